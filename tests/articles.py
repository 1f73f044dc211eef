"""Articles that nobody would write: days that do not exist, numbers of any size, capitals, markup (strategies), and
tables of articles that are markup."""
import pandas as pd
from hypothesis import strategies as st

MONTHS = "January Jan. JANUARY February Feb. FEB. March June Sept. SEPTEMBER Oct December".split()
WEEKDAYS = "Monday Tuesday, Wednesday, Thursday Fri, SUNDAY".split() + [""]
NUMBER = st.integers(0, 10 ** 25) | st.sampled_from([0, 29, 30, 31, 99, 1899, 2024, 2500, 3000, 9999, 2 ** 63])
FIGURE = st.builds(lambda n, mark: f"{n:,}" if mark else str(n), NUMBER, st.booleans())
WHEN = st.one_of(
    st.builds(lambda w, m, d, y: f"on {w} {m} {d}{y}", st.sampled_from(WEEKDAYS), st.sampled_from(MONTHS),
              st.integers(0, 40), st.sampled_from(["", ", 2007", " 0000", ", 9999", ", 2075", " 1900"])),
    st.builds(lambda d, m, y: f"{d} {m} {y}", st.integers(0, 40), st.sampled_from(MONTHS), st.integers(1900, 2099)),
    st.builds(lambda a, b, y: f"{a}/{b}/{y}", st.integers(0, 40), st.integers(0, 40), st.integers(0, 9999)),
    st.builds(lambda n, u, w: f"{n} {u} {w}", FIGURE, st.sampled_from(["days", "weeks", "months", "years", "decades"]),
              st.sampled_from(["ago", "after", "later", "earlier"])),
    st.builds(lambda p, n, u: f"{p} {n} {u}", st.sampled_from(["for", "in", "over", "for more than"]), FIGURE,
              st.sampled_from(["days", "years"])),
    st.sampled_from(["the day before", "last February", "in mid-June", "the summer of 2049", "the 2040s", "so far"]))
WHAT = st.one_of(
    st.builds(lambda n, s: f"a deal worth ${n}{s}", FIGURE, st.sampled_from(["", " million", "bn", " trillion"])),
    st.builds(lambda a, b: f"between {a} and {b} billion rubles", FIGURE, FIGURE),
    st.builds(lambda n: f"{n} Tor-M1 systems", FIGURE), st.builds(lambda n: f"up to {n} tanks", FIGURE),
    st.sampled_from(["<b>S-300</b>", "<script>", "=S-300", "İSTANBUL", "ǅ", "the two countries", "“S-300"]))
SENTENCES = st.builds("{} {} {}, {}, {}".format, st.sampled_from(["Russia", "Iran", "IRAN", "Ivanov", "He"]),
                      st.sampled_from(["sold", "will deliver", "denied having sold", "protested against", "met"]), WHAT,
                      WHEN, st.sampled_from(["the ministry said.", "he said", "Russia's ally.", "according to Iran!"]))
HEADS = st.one_of(WHEN, st.builds("Posted {}".format, WHEN), st.builds("MOSCOW, {} (UPI) --".format, WHEN),
                  st.just("IRAN AND RUSSIA MEET IN İSTANBUL ON S-300 MISSILES"))

SCRIPT = "<script>window.hacked=1</script>"
PROBE = "<img src=x onerror='window.hacked=2'>"
BODY = f"{SCRIPT} Russia sold $1 Tor-M1 systems {PROBE} to Iran for $2 &lt;b&gt;."


def hostile_tables():
    """Tables of two articles whose title, speaker and body are markup."""
    rows = {"documents": [], "lines": [], "events": [], "quotations": [], "reasons": []}
    for doc_id, body in (("one", BODY), ("two", f"Nothing {PROBE} was sold.")):
        where = {"doc_id": doc_id, "line": 1, "start": 0, "end": len(body)}
        rows["documents"].append({"doc_id": doc_id, "label": f"{doc_id} {SCRIPT}", "title": f"{PROBE} {doc_id}"})
        rows["lines"] += [{**where, "text": body, "kind": "body", "rule": ""},
                          {"doc_id": doc_id, "line": 2, "start": len(body) + 1, "end": len(body) + 5, "text": "Menu",
                           "kind": "menu", "rule": "before-lead"}]
        rows["events"].append({**where, "event_id": f"{doc_id}-1", "source": "RUS", "event": "COOPERATE",
                               "target": "IRN", "stage": "delivery", "status": "claimed", "weapon": PROBE,
                               "speaker": PROBE})
        rows["quotations"].append({**where, "speaker": SCRIPT, "via": SCRIPT})
        rows["reasons"].append({"row": f"{doc_id}-1", "column": "speaker", "value": PROBE, "rule": SCRIPT, "start": 4,
                                "end": 12, "words": SCRIPT, "basis": f"because of {doc_id}"})
    empty = {name: pd.DataFrame(columns=["doc_id", "start", "end"]) for name in ("claims", "clues", "mentions")}
    return {name: pd.DataFrame(found) for name, found in rows.items()} | empty
