"""An article that another prints again is one voice; two articles on one thing are two."""
from conftest import document

from ruiran import pipeline

LEAD = "Russia has sold Iran 29 Tor-M1 air defence missile systems for $700 million."
MORE = ("The systems are to guard the nuclear plant at Bushehr, on the coast of the Gulf, against raids from the air, "
        "and their crews were taught at a school in the town of Izhevsk, where the Tor is built, in autumn and winter.")
LAST = ("Buyers in the region have long asked for short-range missiles of this kind, which can be moved at short "
        "notice and which hit cruise missiles as well as aircraft that fly low over hills and towns.")
OTHER = ("Tehran wants them for sites that it has built in the desert, some of them under ground, and it has asked "
         "for more than one school to teach its crews, who know older missiles and speak no language but their own.")


LONG = ("The sale was talked of for two years in both capitals, and more than once a day was named on which nothing "
        "was signed, until the buyers came to the plant with a list of wishes and the makers with another of prices.")


def article(doc_id, *paragraphs, day="3 March 2007"):
    return document("\n\n".join(["Missiles for Iran", day, *paragraphs]) + "\n", doc_id)


def coded(book, *articles):
    data = pipeline.code_corpus(articles, book)
    return {d["doc_id"]: d["reprint_of"] for d in data["documents"]}, data


def test_a_reprint_with_another_head_and_without_its_end_is_no_new_voice(book):
    first = article("b", LEAD, MORE, LONG, LAST)
    again = article("a", "A new headline", LEAD, MORE, LONG, day="5 March 2007")
    found, data = coded(book, again, first)
    assert found == {"b": "", "a": "b"}  # the earlier is the first, whatever its name
    (deal,) = data["deals"]
    assert deal["voices"] == 1 and deal["affirmed"] == len(data["claims"])
    assert [a["articles"] for a in data["acts"] if a["event"] == "COOPERATE"] == [1]


def test_two_articles_on_one_thing_are_two_voices(book):
    found, data = coded(book, article("a", LEAD, MORE, LAST), article("b", LEAD, OTHER))
    assert found == {"a": "", "b": ""} and [d["voices"] for d in data["deals"]] == [2]


def test_what_is_short_is_no_reprint_of_what_begins_alike(book):
    assert coded(book, article("a", LEAD), article("b", LEAD, OTHER))[0] == {"a": "", "b": ""}


def test_a_reprint_of_a_reprint_names_the_first(book):
    rows = [article(name, LEAD, MORE, LONG, LAST, day=f"{n} May 2007") for n, name in enumerate("cba", 1)]
    assert coded(book, *rows)[0] == {"c": "", "b": "c", "a": "c"}
