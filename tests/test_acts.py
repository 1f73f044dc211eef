"""One act told by several articles is one act with its tellers; what may be another act stays one."""
from dataclasses import replace

import pytest
from conftest import HEADLINE, LAST, LEAD, document

import ruiran
from ruiran import codebook, pipeline
from ruiran.collection import Founds
from ruiran.records import Article, Event, Found


def corpus(*articles):
    """The tables of a corpus of articles, each given by its day and the sentences of its body."""
    texts = ["\n\n".join([HEADLINE, day, LEAD, *sentences, LAST]) + "\n" for day, *sentences in articles]
    return pipeline.code_corpus([document(text, str(n)) for n, text in enumerate(texts)], codebook.load())


def event(name, doc_id="a", kind="COOPERATE", days=("2007-01-01", "2007-01-31"), weapon="Tor-M1", sentence="", **more):
    """An event of Russia towards Iran."""
    sides = {"source": "RUS", "target": "IRN"} | more
    return Event(name, doc_id, 1, 0, 1, sentence or name, event=kind, date_from=days[0], date_to=days[1],
                 weapon=weapon, status="actual", **sides)


def article(day="2007-02-01", outlet="UPI", title=""):
    """An article of one day."""
    return Article("a.txt", "", "", outlet, title, day, day, day, day)


def together(articles, *events):
    """(the events with what they repeat, the acts) of articles by doc_id."""
    found = [Found(doc_id, (n,), about, tuple(e for e in events if e.doc_id == doc_id), (), (), frozenset(), {})
             for n, (doc_id, about) in enumerate(articles.items())]
    found, acts, _ = pipeline.merged(Founds(found), codebook.load())
    return [e for f in found.found() for e in f.events], [act for _, act in acts.found()]


def marked(*events):
    """{event: the event that it repeats}, of articles a, b, c in the order of their days."""
    told, _ = together({d: article(f"2007-02-0{n}") for n, d in enumerate("abc", 1)}, *events)
    return {e.event_id: e.repeats for e in told if e.repeats}


def test_a_visit_that_two_articles_tell_is_one_act_with_two_tellers():
    t = corpus(("March 20, 2001", "President Vladimir Putin visited Tehran from March 12 to 15, 2001."),
               ("March 25, 2001", "President Vladimir Putin made an official visit to Tehran on March 12-15, 2001."))
    found = [a for a in t["acts"] if a["articles"] == 2]
    assert [(a["event"], a["source"], a["target"], a["tellings"]) for a in found] == [("CONSULT", "RUS", "IRN", 2)]
    assert [e["repeats"] for e in t["events"] if e["doc_id"] == "1"] == [found[0]["act"]]


@pytest.mark.parametrize("other, one", [
    ({}, True), ({"days": ("2007-01-20", "2007-02-10")}, True), ({"days": ("", "2007-01-16")}, True),
    ({"source": "RUS:Rosoboronexport"}, True),                      # the state's own exporter
    ({"days": ("2008-01-01", "2008-01-31")}, False), ({"weapon": "S-300"}, False), ({"kind": "SANCTION"}, False),
    ({"source": "IRN", "target": "RUS"}, False), ({"days": ("", "1995-05-11")}, False),  # another delivery, long before
    ({"weapon": ""}, False),                                         # arms in general may be any
])
def test_what_tells_two_acts_apart(other, one):
    assert (marked(event("x"), event("y", "b", **other)) == {"y": "x"}) is one


def test_what_an_act_was_known_by_may_itself_be_known_by_another():
    """Leaving an accord: b tells it as c does, and c as a does, once both are known to leave the accord of 1995."""
    pair = {"source": "RUS", "target": "USA", "weapon": "", "kind": "SANCTION"}
    accord = {**pair, "kind": "SUPPORT", "days": ("1995-01-01", "1995-12-31")}
    told = [event(f"accord{d}", d, sentence=d, **accord) for d in "abc"]
    told += [event(f"leaving{d}", d, sentence=d, **pair, days=(day, day))
             for d, day in (("a", "2000-11-03"), ("b", "2000-12-01"), ("c", "2000-12-01"))]
    events, found = together({d: article(f"2007-02-0{n}") for n, d in enumerate("abc", 1)}, *told)
    assert {e.event_id: e.repeats for e in events if e.event == "SANCTION"} == {
        "leavinga": "", "leavingb": "leavinga", "leavingc": "leavingb"}
    assert {a.act: a.tellings for a in found} == {"accorda": 3, "leavinga": 3}


def test_where_an_article_tells_two_that_may_be_it_neither_is():
    assert marked(event("x"), event("y", "b"), event("z", "b")) == {}


def test_an_act_without_a_system_is_the_same_where_both_sentences_tell_another_that_is():
    """The accord of 1995, and the leaving of it, of which one article has the day of the notice and one the month."""
    pair = {"source": "RUS", "target": "USA", "weapon": ""}
    accord, leaving = {"kind": "SUPPORT", "days": ("1995-01-01", "1995-12-31")}, {"kind": "SANCTION"}
    told = [event(f"{name}{doc}", doc, sentence=doc, **pair, **what) for doc, day in (("a", "11-03"), ("b", "12-01"))
            for name, what in (("accord", accord), ("leaving", {**leaving, "days": (f"2000-{day}", f"2000-{day}")}))]
    assert marked(*told) == {"accordb": "accorda", "leavingb": "leavinga"}
    apart = [e for e in told if not e.event_id.startswith("accord")]
    assert marked(*apart) == {}


def test_an_open_end_is_closed_by_another_telling_and_days_that_do_not_meet_are_all_kept():
    articles = {"a": article(), "b": article(outlet="TASS")}
    x, y = event("x", days=("", "2007-01-16"), speaker="RUS"), event("y", "b", days=("2005-12-01", "2007-01-23"))
    _, (one,) = together(articles, x, replace(y, repeats="x"))
    assert (one.date_from, one.date_to, one.tellers, one.days_differ) == (
        "2005-12-01", "2007-01-16", ("RUS", "TASS 2007"), False)
    z = event("z", "b", days=("2007-02-01", "2007-02-02"))
    _, (two,) = together(articles, x, replace(z, repeats="x"))
    assert (two.date_from, two.date_to, two.days_differ) == ("2007-02-01", "2007-02-02", True)


def test_every_event_of_the_corpus_tells_exactly_one_act(corpus_tables):
    told, events = corpus_tables["acts"], corpus_tables["events"]
    assert told.tellings.sum() == len(events) and set(told.act) == set(events.event_id[events.repeats == ""])


@pytest.mark.parametrize("source, kind, target, stage", [
    ("IRN", "CONSULT", "RUS", ""), ("RUS", "SANCTION", "USA", "lifting"), ("RUS", "COOPERATE", "IRN", "delivery")])
def test_what_two_of_the_five_articles_tell(source, kind, target, stage):
    """The visit of March 2001, the leaving of the accord of 1995, the delivery of the Tor-M1."""
    told = ruiran.read()["acts"].query("articles == 2")[["source", "event", "target", "stage"]].values.tolist()
    assert told.count([source, kind, target, stage]) == 1


def test_leaving_out_an_article_changes_only_acts_that_rest_on_it():
    """The first telling may be another's then; the acts that remain are the same groups."""
    visit = "{}\n\nPresident Vladimir Putin visited Tehran on March {}, 2001, for talks on arms.\n"
    days = {"20": 12, "21": 12, "22": 15}
    texts = {name: document(visit.format(f"March {name}, 2001", day), name) for name, day in days.items()}

    def groups(documents):
        found = {}
        for e in pipeline.code_corpus(documents, codebook.load())["events"]:
            found.setdefault(e["repeats"] or e["event_id"], set()).add(e["event_id"])
        return {frozenset(g) for g in found.values()}

    whole = groups(texts.values())
    assert sum(len(g) > 1 for g in whole) == 1
    for left_out in texts:
        rest = groups([d for name, d in texts.items() if name != left_out])
        assert rest == {g for own in whole if (g := frozenset(e for e in own if not e.startswith(f"{left_out}-")))}


# ---------------------------------------------------------------- labels
def test_an_article_is_called_by_outlet_or_title_and_year_and_a_letter_where_two_are_called_alike():
    found = Founds(Found(doc_id, (n,), a, (), (), (), frozenset(), {}) for n, (doc_id, a) in enumerate({
        "x": article("2007-02-01"), "y": article("2007-01-01"), "z": article("2009-01-01"),
        "t": article(outlet="", title="Iran talks arms with the Kremlin and others"),
        "n": article("", outlet="", title="")}.items()))
    found, _, _ = pipeline.merged(found, codebook.load())
    assert {f.doc_id: f.article.label for f in found.found()} == {
        "x": "UPI 2007b", "y": "UPI 2007a", "z": "UPI 2009", "t": "Iran talks arms… 2007",
        "n": "a.txt undated"}
