"""Actors, places, persons, weapons, money and quantities in sentences; half of each table must yield nothing."""
import pytest
from conftest import DATE_LINE, marked, rows_in

from ruiran.naming import names


def mentions(kind, sentence):
    return [m for m in rows_in("mentions", sentence, DATE_LINE) if m["kind"] == kind]


def codes(kind, sentence):
    return [m["code"] for m in mentions(kind, sentence)]


# ---------------------------------------------------------------- actors and places
ACTORS = [
    ("Russia sold the missiles to Iran.", ["RUS", "IRN"]),
    ("The Russian Federation and the Islamic Republic of Iran are neighbours.", ["RUS", "IRN"]),
    ("Moscow refused, and Tehran complained.", ["RUS", "IRN"]),
    ("The Iranians paid the Russians in cash.", ["IRN", "RUS"]),
    ("Washington and Israel protested.", ["USA", "ISR"]),
    ("Rosoboronexport signed the papers.", ["RUS:Rosoboronexport"]),
    ("The European Union and NATO kept silent.", ["EUR", "NAT"]),
    ("The Kremlin denied the report.", ["RUS"]),
    ("Teheran was told so by Beijing.", ["IRN", "CHN"]),
    ("RUSSIA AND IRAN AGREED.", ["RUS", "IRN"]),
    ("Both countries kept their word, and the two sides were glad.", ["RUS;IRN", "RUS;IRN"]),
    ("The Soviet Union had sold tanks.", ["SUN"]),
    # nobody
    ("The hearings on the Iran-Contra affair went on for weeks.", []),
    ("He was fond of Russian roulette and of salad dressing.", []),
    ("A post-Soviet town and a Soviet-era plant stood there.", []),
    ("The minister had turkey for dinner, or so the joke went.", []),
    ("Georgia Brown, the singer, arrived late.", []),
    ("The Washington Post and the Moscow Times wrote so.", []),
    ("Denzel Washington plays the colonel in the film.", []),
    ("The Michael Jordan of arms sales retired.", []),
    ("The iranium of the comic strip is no metal.", []),
    ("A Chinaware shop burnt down.", []),
    ("The talks were long and the weather was bad.", []),
    ("The Iranun people live on an island far away.", []),
]
ACTORS_WRONG = {
    "Georgia Brown, the singer, arrived late.": "a first name is taken for the country",
}


@pytest.mark.parametrize(("sentence", "expected"), marked(ACTORS, ACTORS_WRONG))
def test_actors(sentence, expected):
    named = mentions("actor", sentence) + mentions("place", sentence)
    assert [m["code"] for m in named if m["basis"] != "media"] == expected


PLACES = [
    ("The talks were held in Tehran.", ["IRN"]), ("They met in the Kremlin.", ["RUS"]),
    ("The plant stands near Moscow.", ["RUS"]), ("Reporters waited outside the White House.", ["USA"]),
    ("Demonstrators marched through the streets in Washington.", ["USA"]), ("The missiles are in Iran.", ["IRN"]),
    ("Tehran asked for more.", []), ("The Kremlin denied the report.", []), ("It was a gift from Moscow.", []),
    ("Iran thanked Russia.", []), ("The White House was angry.", []), ("They spoke of the sale to Iran.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), PLACES)
def test_a_capital_or_seat_is_a_place_where_a_preposition_says_so(sentence, expected):
    assert codes("place", sentence) == expected


# ---------------------------------------------------------------- persons
PERSONS = [
    ("Defence Minister Sergei Ivanov signed it.", [("Sergei Ivanov", "RUS", "defence minister")]),
    ("Igor Ivanov, secretary of Russia's Security Council, signed it.",
     [("Igor Ivanov", "RUS", "security council secretary")]),
    ("Secretary of State Hillary Rodham Clinton spoke.", [("Hillary Clinton", "USA", "secretary of state")]),
    ("President Vladimir Putin spoke, and Putin smiled.",
     [("Vladimir Putin", "RUS", "president"), ("Vladimir Putin", "RUS", "president")]),
    ("Sergey Lavrov, the foreign minister, spoke.", [("Sergei Lavrov", "RUS", "foreign minister")]),
    ("Sergei Ivanov met Igor Ivanov, and Ivanov smiled.",
     [("Sergei Ivanov", "RUS", None), ("Igor Ivanov", "RUS", None), ("", "", None)]),
    ("Mohammad Khatami and Mahmoud Ahmadinejad disagreed.",
     [("Mohammad Khatami", "IRN", None), ("Mahmoud Ahmadinejad", "IRN", None)]),
    ("Russian lawmaker Arkady Stepanenko said that the price was low.", [("Arkady Stepanenko", "RUS", None)]),
    ("President Putin spoke.", [("Vladimir Putin", "RUS", "president")]),
    ("Dmitri Medvedev and Barack Obama met.", [("Dmitry Medvedev", "RUS", None), ("Barack Obama", "USA", None)]),
    ("Former President Mohammad Khatami spoke.", [("Mohammad Khatami", "IRN", "president")]),
    ("General Leonid Ivashov said that the plant was ready.", [("Leonid Ivashov", "RUS", "military")]),
    # nobody
    ("By Anna Petrova", []),
    ("The president spoke, and the minister smiled.", []),
    ("The Gorbachev Foundation burnt down.", []),
    ("The talks may go on in May.", []),
    ("Rice and bush fires were no matter for the ministers.", []),
    ("The price of a gate in the wood was a major matter.", []),
    ("Boris Ivanov, a novelist, was buried on Friday.", []),
    ("Tor-M1 and Fath-360 are missiles.", []),
    ("The Sergei Prokofiev was the name of the ship.", []),
    ("Bushehr and Natanz are towns.", []),
    ("Rosoboronexport spoke for itself.", []),
    ("It was a Kalashnikov that he carried.", []),
]
PERSONS_WRONG = {}


@pytest.mark.parametrize(("sentence", "expected"), marked(PERSONS, PERSONS_WRONG))
def test_persons(sentence, expected):
    found = [(m["code"], m["country"], m.get("role", "")) for m in mentions("person", sentence) if m["basis"] != "open"]
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    assert all(row[2] == want[2] for row, want in zip(found, expected, strict=True) if want[2] is not None)


# ---------------------------------------------------------------- weapons
WEAPONS = [
    ("Russia sold Tor-M1 missiles.", ["Tor-M1"]),
    ("Russia sold TOR M1 systems.", ["Tor-M1"]),
    ("They are called S300 in the trade.", ["S-300"]),
    ("They are called S‑300 in the trade.", ["S-300"]),
    ("They are called S-300PMU1 in the trade.", ["S-300PMU-1"]),
    ("They are called S-300 PMU-2 in the trade.", ["S-300PMU-2"]),
    ("The SA-20 is feared.", ["S-300"]),
    ("Su-35 and Sukhoi-30 jets were offered.", ["Su-35", "Su-30"]),
    ("A Kilo-class submarine left the yard.", ["Kilo-class submarine"]),
    ("MiG-29s were parked there.", ["MiG-29"]),
    ("Shahed-136 drones fell on the town.", ["Shahed-136"]),
    ("Tanks and grenade launchers were shown.", ["tank (unspecified)", "grenade launcher"]),
    ("T-72 tanks were built under licence.", ["T-72"]),
    ("Iran asked for the S-400.", ["S-400"]),
    # nothing
    ("The S-3000 is a camera.", []),
    ("A tank of water and a tank top stood there.", []),
    ("The S&P 500 fell by 300 points.", []),
    ("It was a triumph for diplomacy.", []),
    ("The torch and the tornado were in the news.", []),
    ("He kept the papers of Su and of thirty others.", []),
    ("Prices rocketed, the minister said.", []),
    ("She weighed five kilos and classed herself light.", []),
    ("The wheat was paid for in cash.", []),
    ("The think tank wrote a report.", []),
    ("The minister came under fire.", []),
    ("A drone of voices came from the hall.", []),
    ("He is a fighter for peace.", []),
    ("The firm sold detectors for cars.", []),
]
TWICE = "the noun behind a designation is a second mention; both readers of data/hand have one"
WEAPONS_WRONG = {}


@pytest.mark.parametrize(("sentence", "expected"), marked(WEAPONS, WEAPONS_WRONG))
def test_weapons(sentence, expected):
    assert codes("weapon", sentence) == expected


def test_a_variant_belongs_to_its_family(book):
    families = dict(zip(book["weapons"].code, book["weapons"].family, strict=True))
    assert {families["S-300PMU-1"], families["S-300PMU-2"], families["S-300V"]} == {"S-300"}


def test_the_missiles_are_the_one_system_that_was_named():
    assert codes("weapon", "Iran wants the S-300. Russia has not sent the missiles.") == ["S-300", "S-300"]


def test_the_missiles_stay_open_where_two_systems_were_named():
    assert "S-300" not in codes("weapon", "Iran wants the S-300 and the Tor-M1. Russia has not sent the missiles.")[2:]


# ---------------------------------------------------------------- money
MONEY = [
    ("The contract is worth $700 million.", [("USD", 700_000_000, 700_000_000, "contract")]),
    ("The contract is worth US$1.4 billion.", [("USD", 1_400_000_000, 1_400_000_000, "contract")]),
    ("The contract is worth between $1 and $1.5 billion.", [("USD", 1_000_000_000, 1_500_000_000, "contract")]),
    ("The contract is worth more than $700 million.", [("USD", 700_000_000, None, "contract")]),
    ("The contract is worth at least 2 billion U.S. dollars.", [("USD", 2_000_000_000, None, "contract")]),
    ("The contract is worth two billion dollars.", [("USD", 2_000_000_000, 2_000_000_000, "contract")]),
    ("Iran filed a suit for $4 billion in Geneva.", [("USD", 4_000_000_000, 4_000_000_000, "claim")]),
    ("Russia earns $300 million a year from the sale of spare parts.", [("USD", 300_000_000, 300_000_000, "rate")]),
    ("The submarines were priced at $250 million each.", [("USD", 250_000_000, 250_000_000, "each")]),
    ("The contract is worth 700 million euros.", [("EUR", None, None, "contract")]),
    ("The contract is worth 20 billion rubles.", [("RUB", None, None, "contract")]),
    ("The contract is worth 300 million pounds sterling.", [("GBP", None, None, "contract")]),
    ("Iran paid $1,250,000 for the spare parts.", [("USD", 1_250_000, 1_250_000, None)]),
    ("The contract is worth up to $7 billion.", [("USD", None, 7_000_000_000, "contract")]),
    # nothing
    ("Russia sold 700 missiles.", []),
    ("Millions of people live there.", []),
    ("The dollar fell and the rouble rose.", []),
    ("They weigh two million tons.", []),
    ("It flew 300 million kilometres.", []),
    ("The trial of the banker and the pound of flesh were in the paper.", []),
    ("The price was not made public.", []),
    ("In 2007 there were 29 systems.", []),
    ("The paper cost money.", []),
    ("The sum is a secret.", []),
    ("A billion barrels lie under the sea.", []),
    ("He earned a lot.", []),
    ("There are 15 billion reasons for it.", []),
    ("The $ sign was on the door.", []),
]
MONEY_WRONG = {}


@pytest.mark.parametrize(("sentence", "expected"), marked(MONEY, MONEY_WRONG))
def test_money(sentence, expected):
    found = [(m["unit"], m["low"], m["high"], m["values"]) for m in mentions("money", sentence)]
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    assert all(row[3] == want[3] for row, want in zip(found, expected, strict=True) if want[3])


# ---------------------------------------------------------------- quantities
QUANTITIES = [
    ("Russia delivered 29 Tor-M1 systems.", [("Tor-M1", 29, 29)]),
    ("Russia delivered twenty-nine Tor-M1 systems.", [("Tor-M1", 29, 29)]),
    ("Russia delivered five battalions of S-300 missiles.", [("S-300", 5, 5)]),
    ("Russia delivered up to 30 Su-35 jets.", [("Su-35", None, 30)]),
    ("Russia delivered more than 40 T-72 tanks.", [("T-72", 40, None)]),
    ("Russia delivered dozens of Shahed-136 drones.", [("Shahed-136", None, None)]),
    ("Russia delivered three Kilo-class submarines.", [("Kilo-class submarine", 3, 3)]),
    ("Russia delivered a dozen S-300 launchers.", [("S-300", 12, 12)]),
    ("Russia delivered 1,200 Fath-360 missiles.", [("Fath-360", 1200, 1200)]),
    ("Russia delivered two Tor-M1 systems and four S-300 systems.", [("Tor-M1", 2, 2), ("S-300", 4, 4)]),
    ("Russia delivered at least six Su-24 aircraft.", [("Su-24", 6, None)]),
    ("Russia delivered half a dozen MiG-29 fighters.", [("MiG-29", 6, 6)]),
    # nothing
    ("Russia delivered Tor-M1 systems.", []),
    ("Russia delivered S-300 missiles on 12 March 2006.", []),
    ("Russia delivered missiles for $29 million.", []),
    ("Russia delivered Su-24 aircraft in 1996.", []),
    ("Two ministers spoke of the missiles.", []),
    ("The missiles fly 1,300 kilometres.", []),
    ("The S-300 hits aircraft at an altitude of 27 kilometres.", []),
    ("The two countries spoke of the Tor-M1.", []),
    ("Five years later the Tor-M1 was shown.", []),
    ("Iran has one wish: the S-300.", []),
    ("The price of the Su-30 rose by ten percent.", []),
    ("The 5-plus-one group spoke of missiles.", []),
]
QUANTITIES_WRONG = {}


@pytest.mark.parametrize(("sentence", "expected"), marked(QUANTITIES, QUANTITIES_WRONG))
def test_quantities(sentence, expected):
    assert [(m["code"], m["low"], m["high"]) for m in mentions("quantity", sentence)] == expected


# ---------------------------------------------------------------- numbers whole
@pytest.mark.parametrize(("sentence", "expected"), [
    ("Russia supplied Iran with two hundred and fifty BMP-2 vehicles.", [(250, 250)]),
    ("Russia supplied Iran with about one hundred and twenty T-72 tanks.", [(120, 120)]),
    ("Iran bought three thousand five hundred Kornet missiles from Russia.", [(3500, 3500)]),
    ("Iran bought between two hundred and three hundred Kornet missiles from Russia.", [(200, 300)]),
    ("Iran bought a hundred T-72 tanks from Russia.", [(100, 100)]),
    ("Iran bought twenty-nine Tor-M1 systems from Russia.", [(29, 29)]),
    ("Iran has ordered 24 Su-34 fighters and Bastion missiles from Russia.", [(24, 24)]),
    ("Each of the 12.5 tanks is a half.", []),
])
def test_a_number_is_read_whole(sentence, expected):
    assert [(m["low"], m["high"]) for m in mentions("quantity", sentence)] == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Russia sold Iran launchers worth $590 M in December.", [("USD", 590_000_000, 590_000_000)]),
    ("The parts that Iran bought from Russia cost $54K.", [("USD", 54_000, 54_000)]),
    ("Iran offered Russia half a billion dollars.", [("USD", 500_000_000, 500_000_000)]),
    ("Each engine that Iran sold Russia costs $590, the report says.", [("USD", 590, 590)]),
    ("The radars cost Iran between 900 million and 1.1 billion euros.", [("EUR", 900_000_000, 1_100_000_000)]),
    ("The radars cost Iran two hundred and fifty million euros.", [("EUR", 250_000_000, 250_000_000)]),
    ("The launchers with M-16 rifles cost Iran $590 M-16 dealers said.", [("USD", 590, 590)]),
])
def test_a_sum_is_read_whole(sentence, expected):
    found = [(m["unit"], m["amount_low"], m["amount_high"]) for m in mentions("money", sentence)]
    assert found == expected


@pytest.mark.parametrize("sentence, unknown", [
    ("Pavel Sidorenko, a Russian expert, told reporters.", True),
    ("Iran Barkley lost to Roberto Duran.", True),
    ("The Bank of Tehran bought Washington Mutual.", True),
    ("President Vladimir Putin and the Iranian Foreign Ministry met in Moscow on Friday, March 3.", False),
    ("But Russia sold S-300 missiles to Iran.", False),
])
def test_the_model_looks_for_names_where_two_capitals_meet_that_no_list_has(book, sentence, unknown):
    assert names.may_be_unknown(sentence, book) is unknown
