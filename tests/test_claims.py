"""What one speaker says of one deal: sums, numbers, legality; every disagreement kept, nothing resolved by guessing."""
from dataclasses import replace

import pytest
from conftest import DATE_LINE, HEADLINE, LAST, LEAD, document, marked, rows_in

from ruiran import RAW, codebook, pipeline
from ruiran.collection import Founds
from ruiran.deals import deals
from ruiran.reading import corpus as corpus_reader
from ruiran.records import Article, Claim, Found, Mention

SALE = "Russia sold Tor-M1 systems to Iran. "


def claims(sentence):
    """(attribute, stance, low, high, speaker) of each claim in the sentence, which stands behind a sale."""
    text = SALE + sentence
    return [(c["attribute"], c["stance"], c.get("low"), c.get("high"), c["speaker"])
            for c in rows_in("claims", text, DATE_LINE) if c["text"] not in SALE]


def corpus(*articles):
    """(claims, deals) of a corpus of articles, each given by the sentences of its body."""
    texts = ["\n\n".join([HEADLINE, DATE_LINE, LEAD, *sentences, LAST]) + "\n" for sentences in articles]
    rows = pipeline.code_corpus([document(text, str(n)) for n, text in enumerate(texts)], codebook.load())
    return rows["claims"], rows["deals"]


MILLION, BILLION = 10**6, 10**9
CASES = [
    # sums and numbers
    ("The contract is worth $700 million.", [("value", "affirms", 700 * MILLION, 700 * MILLION, "")]),
    ("The contract is worth between $1 and $1.4 billion.", [("value", "affirms", BILLION, 1400 * MILLION, "")]),
    ("The contract is worth more than $700 million.", [("value", "affirms", 700 * MILLION, None, "")]),
    ("The contract for 29 Tor-M1 systems was signed.", [("quantity", "affirms", 29, 29, "")]),
    ("Sergei Ivanov said that the contract was worth $700 million.",
     [("value", "affirms", 700 * MILLION, 700 * MILLION, "Sergei Ivanov")]),
    # legality, purpose, threat
    ("The contract is in accordance with international law.", [("legality", "affirms", None, None, "")]),
    ("The sale of the missiles does not violate any resolution.", [("legality", "affirms", None, None, "")]),
    ("The sale of the missiles is in breach of the embargo.", [("legality", "denies", None, None, "")]),
    ("Sergei Ivanov said that the missiles were exclusively for defense.",
     [("purpose", "affirms", None, None, "Sergei Ivanov")]),
    ("The missiles do not pose a threat to anybody.", [("threat", "denies", None, None, "")]),
    ("The missiles pose a threat to the region.", [("threat", "affirms", None, None, "")]),
    # not yet
    ("The deliveries of the missiles had not yet been completed.", [("delivery_complete", "denies", None, None, "")]),
    ("A Russian official said that the deliveries of the missiles had not yet been completed.",
     [("delivery_complete", "denies", None, None, "RUS:unnamed")]),
    # nothing
    ("The trade between the two countries was worth $3 billion a year.", []),
    ("Iran filed a suit for $4 billion.", []),
    ("The talks of the two ministers went on for five hours.", []),
    ("Five ministers spoke of the price of gas.", []),
    ("The minister spoke in accordance with the wish of his guests.", []),
    ("The weather posed no problem.", []),
    ("The contract is worth 700 million euros.", []),
    ("The defence minister spoke for the defence ministry.", []),
    ("The road had not yet been completed.", []),
]
CASES_WRONG = {
    "The road had not yet been completed.": "whatever is not completed is taken for the article's one weapon",
}


@pytest.mark.parametrize(("sentence", "expected"), marked(CASES, CASES_WRONG))
def test_a_sentence_claims(sentence, expected):
    found = [c for c in claims(sentence) if c[0] not in ("signature", "order")]
    assert found == expected


def test_a_claim_stands_on_the_event_that_makes_it():
    rows = rows_in("claims", SALE.strip())
    events = rows_in("events", SALE.strip())
    assert [(c["event_id"], c["attribute"]) for c in rows] == [(events[0]["event_id"], "delivery_begun")]


def test_a_delivery_that_is_denied_is_a_claim_that_denies():
    rows = rows_in("claims", "Russia denied that it had sold Tor-M1 systems to Iran.")
    assert [(c["attribute"], c["stance"], c["speaker"]) for c in rows] == [("delivery_begun", "denies", "RUS")]


def test_what_was_not_delivered_is_no_event_but_a_claim():
    sentence = SALE + "The deliveries of the missiles had not yet been completed."
    assert [e["sentence"] for e in rows_in("events", sentence)] == [SALE.strip()]
    assert ("delivery_complete", "denies") in {(c["attribute"], c["stance"]) for c in rows_in("claims", sentence)}


# ---------------------------------------------------------------- deals
SIGNED = "Russia and Iran signed a contract for Tor-M1 missiles in December 2005."


def test_two_outlets_that_differ_are_a_dispute():
    _, deals = corpus([SIGNED, SALE + "The contract is worth $700 million."],
                      [SIGNED, SALE + "The contract is worth $1 billion."])
    assert "value" in deals[0]["disputed"].split(";")


def test_two_values_are_kept_as_a_dispute():
    claims, deals = corpus([SIGNED, SALE + "Sergei Ivanov said that the contract was worth $700 million.",
                            SALE + "Mohammad Khatami said that the contract was worth $1 billion."])
    assert [(d["value_low"], d["value_high"]) for d in deals] == [(700 * MILLION, BILLION)]
    assert "value" in deals[0]["disputed"].split(";")
    assert sorted(c["low"] for c in claims if c["attribute"] == "value") == [700 * MILLION, BILLION]


def test_one_value_told_by_two_is_no_dispute():
    _, deals = corpus([SIGNED, SALE + "Sergei Ivanov said that the contract was worth $700 million."],
                      [SIGNED, SALE + "Mohammad Khatami said that the contract was worth $700 million."])
    assert [d["disputed"] for d in deals] == [""]


@pytest.mark.xfail(strict=True, reason="he who denies having received is not the speaker; two outlets are one")
def test_a_denial_against_an_assertion_is_a_dispute():
    _, deals = corpus([SALE], ["Iran denied having received Tor-M1 systems from Russia."])
    assert [(d["affirmed"], d["denied"], d["disputed"]) for d in deals] == [(1, 1, "delivery_begun")]


def test_a_deal_has_its_year_of_order():
    _, deals = corpus([SIGNED])
    assert [(d["deal"], d["ordered_from"], d["ordered_to"]) for d in deals] == [
        ("RUS-IRN-Tor-M1-2005", "2005-12-01", "2005-12-31")]


def test_a_deal_without_a_year_of_order_says_so():
    assert [d["deal"] for d in corpus([SALE])[1]] == ["RUS-IRN-Tor-M1-nd"]


def test_a_variant_names_the_deal_of_its_family():
    _, deals = corpus(["Russia sold S-300 missiles to Iran."], ["Russia sold S-300PMU-2 missiles to Iran."])
    assert [(d["weapon"], d["affirmed"]) for d in deals] == [("S-300PMU-2", 2)]


def test_iran_may_be_the_supplier():
    _, deals = corpus(["Iran sold Shahed-136 drones to Russia."])
    assert [(d["supplier"], d["recipient"], d["weapon"]) for d in deals] == [("IRN", "RUS", "Shahed-136")]


@pytest.mark.parametrize("sentence", ["Russia sold weapons to Iran.", "Russia sold missiles to Iran, and was paid."])
def test_a_claim_about_arms_in_general_stays_visible_and_unresolved(sentence):
    claims, deals = corpus([sentence])
    assert claims and not deals and {c["deal"] for c in claims} == {""}


def test_of_two_orders_an_undated_claim_is_given_to_neither():
    """Two Kilo deals, of 1991 and 1993; an article of 2007 that names no year may mean either."""
    claims, deals = corpus(["Russia and Iran signed a contract for Kilo-class submarines in May 1991."],
                           ["Russia and Iran signed a contract for Kilo-class submarines in May 1993."],
                           ["Russia sold Kilo-class submarines to Iran."])
    assert [d["deal"][-4:] for d in deals] == ["1991", "1993"]
    assert [c["deal"] for c in claims if c["doc_id"] == "2"] == [""]


def test_a_reprint_is_no_second_voice():
    body = [SIGNED, SALE + "Sergei Ivanov said that the contract was worth $700 million."]
    voices = [deals[0]["voices"] for _, deals in (corpus(body), corpus(body, body))]
    assert voices[0] == voices[1]


def test_the_days_of_a_deal_never_run_backwards():
    """Delivered up to March 2023 by one claim, since September 2024 by another: the days that claims give, in order."""
    said = [Claim("a", 1, 0, 1, "", "delivery_begun", "", (), "Tor-M1", "RUS", "IRN", date_from=first, date_to=last)
            for first, last in (("", "2023-03-31"), ("2024-09-01", ""))]
    assert deals.days(said, ("delivery_begun",)) == ("2023-03-31", "2024-09-01")


def claim(attribute="delivery_complete", stance="affirms", days=("", "2007-01-23"), **more):
    """A claim on Tor-M1 systems for Iran, each by another speaker."""
    more = {"speaker": stance, "weapon": "Tor-M1", "doc_id": "a"} | more
    return Claim(line=1, start=0, end=1, text=str(more), attribute=attribute, via=(), supplier="RUS", recipient="IRN",
                 stance=stance, date_from=days[0], date_to=days[1], **more)


def dealt(*claims, named=()):
    """(the deals, the deal of each claim) of claims of one article, in which these weapons are named."""
    about = Article("a.txt", "", "", "UPI", "", *["2007-01-31"] * 4)
    claims = tuple(replace(c, claim_id=str(n)) for n, c in enumerate(claims))
    mentions = tuple(Mention(1, 0, 1, text, "weapon", code) for text, code in named)
    resolved, found = together([Found("a", (0,), about, (), claims, mentions, frozenset(), {})])
    return found, [c.deal for c in resolved]


def together(found):
    """(the claims with their deals, the deals) of Founds."""
    found, _, dealt = pipeline.merged(Founds(found), codebook.load())
    claims = [c for f in found.found() for c in f.claims]
    return claims, [deal for _, deal in dealt.found()]


@pytest.mark.parametrize("denied, affirmed, disputed, changed", [
    (("2007-01-02", "2007-01-16"), ("", "2007-01-23"), (), ("delivery_complete",)),  # not yet, and a week later done
    (("2007-02-01", "2007-02-05"), ("", "2007-01-23"), ("delivery_complete",), ()),  # not done after it was done
    (("", ""), ("", "2007-01-23"), ("delivery_complete",), ()),                      # no days: nothing to reconcile
])
def test_what_changed_is_told_apart_from_what_is_disputed(denied, affirmed, disputed, changed):
    (deal,), _ = dealt(claim(stance="denies", days=denied), claim(days=affirmed))
    assert (deal.disputed, deal.changed) == (disputed, changed)


def test_that_a_sale_is_lawful_does_not_change_by_the_day():
    (deal,), _ = dealt(claim("legality", "denies", ("2007-01-02", "2007-01-16")), claim("legality"))
    assert (deal.disputed, deal.changed) == (("legality",), ())


def test_each_step_of_a_deal_has_its_own_days():
    steps = {"signature": "2005-12-02", "order": "2006-01-05", "delivery_begun": "2006-11-24",
             "suspension": "2006-12-01", "cancellation": "2007-01-01"}
    (deal,), _ = dealt(*(claim(attribute, days=(day, day)) for attribute, day in steps.items()))
    assert [(deal.agreed_to, deal.ordered_to), (deal.delivered_to, deal.suspended_to, deal.cancelled_to)] == [
        ("2005-12-02", "2006-01-05"), ("2006-11-24", "2006-12-01", "2007-01-01")]


TOR, S300 = ("Tor-M1", "Tor-M1"), ("S-300", "S-300")


@pytest.mark.parametrize("weapon, named, deal", [
    ("missile (unspecified)", [TOR], "RUS-IRN-Tor-M1-nd"),         # 'the missiles' of an article on the Tor-M1
    ("missile (unspecified)", [TOR, S300], ""),                    # either may be meant
    ("missile (unspecified)", [], ""),
    ("submarine (unspecified)", [TOR], ""),                        # of another kind
    ("weapon (unspecified)", [TOR], ""),                           # arms in general
    ("mine", [("mines", "mine")], ""),                             # a common noun is no deal
])
def test_a_generic_word_is_about_the_one_system_of_its_kind(weapon, named, deal):
    assert dealt(claim(), claim("threat", weapon=weapon), named=named)[1][1] == deal


def test_a_generic_word_is_not_about_a_system_that_nobody_deals_in():
    assert dealt(claim("threat", weapon="missile (unspecified)"), named=[TOR])[1] == [""]


@pytest.mark.parametrize("words, deal", [
    (["nuclear power plant near Bushehr"], "Bushehr nuclear power plant"),
    (["nuclear power plant"], "nuclear power plant"),
    (["nuclear power plant near Bushehr", "nuclear power plant at Isfahan"], "nuclear power plant")])
def test_a_plant_is_a_deal_by_its_place(words, deal):
    plant = "nuclear power plant"
    found, _ = dealt(claim(weapon=plant), named=[(text, plant) for text in words])
    assert [d.weapon for d in found] == [deal]


ELSEWHERE = """ZURICH, 7 August 2014 - A Swiss company delivers scoreboards. The S-300 was ordered by an ice hall in \
Russia for $2 million, and the contract was signed in May.
NEW DELHI, 3 March 2019 - India paid Russia $800 million for the S-400 systems that it ordered last year. The missiles \
are purely defensive, a minister said.
BEIJING, 26 July 2018 - Russia delivered a second S-400 regiment to China, under a contract worth $3 billion that was \
signed in 2014. It threatens nobody, a colonel said.
WARSAW, 20 August 2008 - The American interceptors in Poland are purely defensive, the US Secretary of State said. \
Russia, which sells missiles to many, called the contract unlawful.
MOSCOW, 12 June 2010 - Russia sold Iran two million tons of wheat for $400 million. The contract is in full accordance \
with international law, the agriculture minister said, and deliveries have begun."""


@pytest.mark.parametrize("text", ELSEWHERE.split("\n"))
def test_what_is_no_arms_deal_of_the_pair_makes_no_claim_and_no_deal(text):
    rows = pipeline.code_corpus([document(f"A contract and what it is worth\n\n{text}\n")], codebook.load())
    assert (rows["claims"], rows["deals"]) == ([], [])


def test_leaving_out_an_article_changes_only_the_deals_that_rest_on_it(book):
    found = [pipeline.found_in(d, book, order=(n,)) for n, d in enumerate(corpus_reader.read_folder(RAW, book)[0])]
    resolved, whole = together(found)
    for left_out in (f.doc_id for f in found):
        touched = {c.deal for c in resolved if c.doc_id == left_out}
        still, rest = together([f for f in found if f.doc_id != left_out])
        assert {d for d in whole if d.deal not in touched} <= set(rest)
        assert {(c.claim_id, c.deal) for c in resolved if c.doc_id != left_out and c.deal not in touched} <= {
            (c.claim_id, c.deal) for c in still}


def test_who_denies_a_report_is_its_denier_and_not_who_reported_it(book):
    text = ("Arms for Tehran\n\n3 March 2008\n\nRussia and Iran have long discussed arms, officials said in Moscow.\n\n"
            "Kommersant reported that Russia had delivered two Kilo-class submarines to Iran. Defence Minister Anatoly "
            "Serdyukov denied the report on Monday.\n")
    rows = pipeline.code_article(document(text), book)
    assert ("delivery_begun", "denies", "Anatoly Serdyukov") in {
        (c["attribute"], c["stance"], c["speaker"]) for c in rows["claims"]}
    assert ("denied", "Anatoly Serdyukov") in {(e["status"], e["speaker"]) for e in rows["events"]}
