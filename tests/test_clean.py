"""Pages with the furniture of news sites: what is kept, what is dropped, and by which rule."""
import pytest
from conftest import coded, marked

LEAD = "Russia and Iran opened three days of talks on arms in Moscow, officials of both sides told reporters."
MIDDLE = "The talks follow a visit that the Iranian defence minister paid to the Russian capital in the autumn."
LAST = "A second round of the talks is to be held in Tehran before the end of the year, the officials said."


def page(*blocks):
    return "\n\n".join(blocks) + "\n"


def kept(text):
    return [row["text"] for row in coded(text)["lines"] if not row["rule"]]


def line_of(text, words):
    return next(row for row in coded(text)["lines"] if row["text"] == words)


# ---------------------------------------------------------------- furniture among the body
FURNITURE = [
    "Advertisement", "ADVERTISEMENT", "Story continues below advertisement", "Sponsored content",
    "Share on Facebook", "Facebook Twitter Email Print", "Tweet this", "12 comments so far",
    "Home | News | Sport | Weather | Archive", "You are here: Home > World > Middle East", "Back to top",
    "Section: News: Europe", "Tags: arms, Iran, Russia",
    "Sign up to our morning newsletter and never miss a story from our correspondents again.",
    "Follow us on Telegram for breaking stories from Moscow, Tehran and the whole of the region.",
    "Subscribe now to read the paper on every device that you own, at home and on the road.",
    "Read more: Iran shows off a new submarine in the Gulf",
    "READ ALSO: Tehran wants more tanks, minister says",
    "Copyright 2006 The Daily Courier. All rights reserved.", "© 2011 Northern Wire Service",
    "This material may not be published or rewritten. Copyright (c) 2008 Northern Wire. All rights reserved.",
    "Photo: the two ministers before the signing", "The ministers (left) shake hands in the Kremlin before the talks.",
    "An Iranian submarine in the port of Bandar Abbas. REUTERS/John Smith", "Last updated: 07/27/2016",
    "To view this page you must enable JavaScript in the settings of your browser and load it again.",
]


@pytest.mark.parametrize("words", FURNITURE)
def test_furniture_in_the_body_is_dropped_by_a_named_rule(words):
    text = page("Russia and Iran open talks on arms", LEAD, words, MIDDLE, LAST)
    assert line_of(text, words)["rule"]
    assert kept(text) == ["Russia and Iran open talks on arms", LEAD, MIDDLE, LAST]


# ---------------------------------------------------------------- sentences that look like furniture
BODY = [
    "Iran and Russia share a border on the Caspian Sea.",
    "Advertisement of weapons is banned in Iran.",
    "Related claims were dropped.",
    "Comments by the minister were brief.",
    "He would not comment.",
    "It is a deal.",
    "Print media in Tehran reported the sale of the missiles at length.",
    "Iran is to sign up to the accord on missile technology next year, its foreign minister said in Vienna.",
    "Others may follow the example of Iran and buy the same missiles, an expert on arms sales said in Moscow.",
    "Read more about it he would not, the minister told the reporters who had gathered at the gate.",
    "The minister, who was on the left in the picture, said that Russia had sold no missiles to Iran.",
    "He said Russia had the right (and the duty) to sell what it liked, to whom it liked, at its own price.",
    "The video: it shows a battery of missiles on the road from Tehran to the holy city of Qom, experts say.",
    "Section chiefs of the two ministries met in Tehran to discuss the delivery of spare parts for submarines.",
    "Moscow will support us with aircraft, the Iranian general said, and he thanked the Russian government for it.",
    '"We sold them helicopters. We shall sell them more helicopters," said the head of the company.',
    "Sources: the price, they say, is $700 million.",
    "The price was $1.5 billion | $2 billion with spare parts, the newspaper said, quoting a table of the ministry.",
    "Click here and the missile flies, an engineer of the plant told the newspaper with a broad smile.",
    "This site near the town of Natanz is guarded by Russian missiles, an Iranian officer told the agency.",
    "Russia will join us in the exercise of the two fleets in the Caspian Sea, an Iranian admiral told the agency.",
    "Iran would log in a book every missile that it received from Russia, the officer told the news agency IRNA.",
]


@pytest.mark.parametrize("words", BODY)
def test_a_sentence_of_the_body_is_kept(words):
    text = page("Russia and Iran open talks on arms", LEAD, words, MIDDLE, LAST)
    assert line_of(text, words)["rule"] == ""


# ---------------------------------------------------------------- whole pages: (line, kept?)
WRAPPED = """Moscow has agreed to send a first batch of anti-aircraft
missiles to Tehran before the spring, two diplomats in the
Russian capital said. They gave no figure for the number of
systems, nor would they say what Iran had paid for them so
far. A spokesman of the plant that makes the missiles would
not comment."""

PAGES = {
    "a page of a news site": [
        ("Northern Wire", False), ("Home | World | Business | Sport", False), ("Search", False), ("", None),
        ("Russia and Iran open talks on arms", True), ("By Anna Petrova", True), ("", None),
        ("Share this", False), ("Facebook Twitter Email", False), ("", None),
        (LEAD, True), ("", None), ("Advertisement", False), ("", None), (MIDDLE, True), ("", None),
        ("Read more: Tehran buys tanks", False), ("", None), (LAST, True), ("", None),
        ("Related stories",
         False), ("Iran shows off a submarine", False), ("Russian bank opens a branch in Tehran", False),
        ("Leave a Reply", False), ("Your email address will not be published.", False),
    ],
    "comments behind the body": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None), (MIDDLE, True), ("", None),
        ("Comments (2)", False), ("", None),
        ("I think that Russia should never have sold a single missile to Iran, whatever the price.", False), ("", None),
        ("Peter from Leeds", False),
    ],
    "comments behind their number": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None), (MIDDLE, True), ("", None),
        ("2 comments", False), ("", None),
        ("I think that Russia should never have sold a single missile to Iran, whatever the price.", False), ("", None),
        ("Peter from Leeds", False),
    ],
    "a comment form in front of the body does not take the body with it": [
        ("Russia and Iran open talks on arms", True), ("", None), ("No comments yet", False), ("", None),
        (LEAD, True), ("", None), (MIDDLE, True), ("", None), (LAST, True),
    ],
    "related stories in the middle do not take the rest with them": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None), ("Related stories", False),
        ("", None), (MIDDLE, True), ("", None), (LAST, True), ("", None),
        ("The Iranian side has said that it wants the first of the systems to arrive before the summer.", True),
    ],
    "lines without blank lines between them": [
        ("Russia and Iran open talks on arms", True), (LEAD, True), (MIDDLE, True), (LAST, True)],
    "a hard-wrapped body": [
        ("Moscow to send missiles to Tehran",
         True), ("", None), *[(line, True) for line in WRAPPED.split("\n")], ("", None),
        ("Copyright 1998 Northern Wire", False)],
    "a body of one sentence": [("Russia sells Iran missiles", True), ("", None), (LEAD, True)],
    "no body but a headline": [("Russia sells Iran missiles", True)],
    "short answers in an interview": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None),
        ("Will you sell the missiles?",
         True), ("", None), ("Yes.", True), ("", None), ("When?", True), ("", None), (LAST, True)],
    "subheads in the body": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None), ("A matter of price", True),
        ("", None), (MIDDLE, True), ("", None), (LAST, True)],
    "the last sentence is short": [
        ("Russia and Iran open talks on arms", True), ("", None), (LEAD, True), ("", None), (MIDDLE, True), ("", None),
        ("Iran has not replied.", True)],
}
PAGES_WRONG = {}


@pytest.mark.parametrize("name", marked(PAGES, PAGES_WRONG))
def test_a_page_is_cleaned(name):
    lines = PAGES[name]
    text = "\n".join(words for words, _ in lines) + "\n"
    found = [(row["text"], not row["rule"]) for row in coded(text)["lines"]]
    assert found == [(words, keep) for words, keep in lines if words]


def test_an_empty_looking_page_loses_nothing():
    text = "\n \n\u3000\nMenu\n\n\t\nSearch\n"
    assert [row["text"] for row in coded(text)["lines"]] == ["Menu", "Search"]


# ---------------------------------------------------------------- what a kept line is
@pytest.mark.parametrize(("words", "kind"), [
    ("Russia and Iran open talks on arms", "headline"), ("By Anna Petrova", "byline"),
    ("Posted by admin on March 8, 2009", "posting"), ("Saturday, 7 March 2009", "dateline"), (LEAD, "body"),
])
def test_a_kept_line_has_its_kind(words, kind):
    text = page("Russia and Iran open talks on arms", "By Anna Petrova", "Posted by admin on March 8, 2009",
                "Saturday, 7 March 2009", LEAD, MIDDLE, LAST)
    assert (line_of(text, words)["kind"], line_of(text, words)["rule"]) == (kind, "")


def test_a_hard_wrapped_sentence_is_one_sentence():
    text = page("Moscow to send missiles to Tehran", WRAPPED)
    assert [row["sentence"] for row in coded(text)["events"] if "diplomats" in row["sentence"]][:1] == [
        "Moscow has agreed to send a first batch of anti-aircraft missiles to Tehran before the spring, "
        "two diplomats in the Russian capital said."]


def test_two_articles_lines_are_never_joined_over_a_blank_line():
    text = page("Arms for Tehran", LEAD + "\n" + "Iran received",
                "S-300 missiles were discussed, the officials of both sides said.")
    assert not [row for row in coded(text)["events"] if "received S-300" in row["sentence"]]


def test_paragraphs_that_are_set_in_need_no_blank_line_between_them():
    lines = ["Arms talks open in Moscow", "", "    By Ann Writer",
             "    Russia and Iran opened three days of talks on arms in Moscow, officials of both",
             "sides told reporters who waited there.",
             "    The talks follow a visit that the Iranian defence minister paid to the Russian",
             "capital.",
             "    A second round of the talks is to be held in Tehran before the end of the year."]
    text = "\n".join(lines) + "\n"
    assert kept(text) == [line.strip() for line in lines if line]
    sentences = [row["sentence"] for row in coded(text)["events"]]
    assert sentences and not any("waited there. The talks" in s for s in sentences)


def test_the_article_goes_on_behind_a_box_of_other_stories():
    rest = ("Officials of both sides said that the talks on arms in Moscow would go on for three days and that the "
            "Iranian defence minister would then return to Tehran.")
    text = page("Arms talks open in Moscow", LEAD, MIDDLE, MIDDLE.replace("autumn", "spring"),
                "More from our Moscow desk", "Bread prices rise again", rest)
    assert rest in kept(text)
    assert "Bread prices rise again" not in kept(text)


# ---------------------------------------------------------------- pages as they are
SHORT_LEAD = "Russia has sold arms to Iran since 1989."


@pytest.mark.parametrize("text, kinds", [
    (f"Arms for three decades\n\n1 October 2009\n\n{SHORT_LEAD}\n\n{MIDDLE}\n",
     ["headline", "dateline", "body", "body"]),
    (f"Moscow mates\n\n1 October 2009\n\n{LEAD}\n", ["headline", "dateline", "body"]),
    ("Terms of the pact\n\nTEHRAN, 3 October 2001 (IRNA) - Under the accord signed in Moscow:\n\n"
     "- Russia will deliver fighters to Iran;\n\n* Russian officers will train Iranian crews;\n\n"
     "1. Iran may not resell the weapons.\n", ["headline", "body", *["bullet", "body"] * 3]),
    (f"Missiles for Iran\n\n{LEAD}\n\nRussia also trained the crews of these missiles\nand promised more.\n",
     ["headline", "body", "body", "body"]),
    ("Tor for Tehran\n\n5 December 2005\n\nRussia has signed a contract to supply\nIran with Tor-M1 missiles, Defence\n"
     "Minister Sergei Ivanov said on Monday.\n", ["headline", "dateline", "body", "body", "body"])])
def test_short_lines_of_an_article_are_body_and_the_line_above_them_its_headline(text, kinds):
    assert [x["kind"] for x in coded(text)["lines"]] == kinds


def test_a_sentence_on_the_pair_is_no_furniture_although_it_begins_like_one():
    words = "This page follows the arms trade of Russia and Iran from the revolution to the present day, sale by sale."
    assert line_of(page("Forty years of arms", words, LEAD, MIDDLE, LAST), words)["rule"] == ""
