"""A person's last word: what is doubtful, what a decision writes, and what the next run makes of it."""
import json

import pandas as pd
import pytest
from test_model import ALONE, GOOD, TEXT, article, line_of_answer

import ruiran
from ruiran.__main__ import main
from ruiran.report import review


@pytest.fixture
def coded(tmp_path):
    """(folder of one article, function that codes it with a model's answer)."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "article.txt").write_text(TEXT, encoding="utf-8")
    answers = tmp_path / "answers.jsonl"
    answers.write_text(line_of_answer(article(), {"events": [GOOD, ALONE], "claims": []}) + "\n", encoding="utf-8")

    def code():
        out = tmp_path / "out"
        code = main(["code", str(tmp_path / "in"), "--out", str(out), "--answers", str(answers)])
        return ruiran.read(out) if code == 0 else code
    return tmp_path / "in", code


def alone(tables):
    rows = review.doubtful(tables)
    return rows[(rows.coders == "model") & (rows.table == "events")].iloc[0]


def test_the_least_sure_row_comes_first_with_both_readings(coded):
    rows = review.doubtful(coded[1]())
    sure = rows.confidence.dropna()
    assert list(sure) == sorted(sure) and rows.iloc[-1].confidence is not None
    assert "ACCUSE" in alone(coded[1]()).says and "event: model alone" in alone(coded[1]()).rests_on


def test_what_a_person_accepts_is_his(coded):
    folder, code = coded
    before = code()
    review.decide(folder, alone(before), "confirmed", "read again")
    after = code()["events"].set_index("event_id").loc[alone(before).row_id]
    assert (after.coders, after.corrected, pd.isna(after.confidence)) == ("model;hand", "read again", True)


def test_what_a_person_corrects_and_rejects_stands_after_the_next_run(coded):
    folder, code = coded
    before = code()
    row, sale = alone(before), before["events"][before["events"].event == "COOPERATE"].iloc[0]
    review.decide(folder, row, "corrected", "they only grumble", "status", "actual", "claimed")
    review.decide(folder, {"row_id": sale.event_id}, "withdrawn", "sold to nobody")
    after = code()["events"]
    assert list(after.status[after.event_id == row.row_id]) == ["claimed"] and sale.event_id not in set(after.event_id)


@pytest.mark.parametrize(("what", "more", "said"), [
    ("confirmed", {"reason": ""}, "no reason"),
    ("corrected", {"reason": "x", "column": "event", "value": "SALE"}, "SALE"),
    ("forgotten", {"reason": "x"}, "forgotten")])
def test_a_decision_that_no_correction_can_say_is_refused_and_nothing_is_written(what, more, said, coded):
    folder, code = coded
    row = alone(code())
    with pytest.raises(ValueError, match=said):
        review.decide(folder, row, what, **more)
    assert not (folder / "corrections.csv").exists()


def test_a_second_decision_on_the_same_is_refused(coded):
    folder, code = coded
    row = alone(code())
    review.decide(folder, row, "confirmed", "read")
    with pytest.raises(ValueError, match="already"):
        review.decide(folder, row, "withdrawn", "read again")


def test_a_decision_that_has_become_stale_stops_the_run(coded, capsys):
    folder, code = coded
    review.decide(folder, alone(code()), "corrected", "so it is", "status", "denied", "claimed")
    assert code() == 2 and "not 'denied'" in capsys.readouterr().err


def test_the_buttons_keep_what_is_decided_and_go_on(coded):
    folder, code = coded
    shown = review.Review(code(), folder)
    assert shown.column.value == shown.column.options[0]
    shown.buttons["accept"].click()
    assert "no reason" in shown.said.value and shown.at == 0
    shown.reason.value = "I have read it"
    shown.buttons["accept"].click()
    assert shown.at == 1 and "I have read it" in (folder / "corrections.csv").read_text(encoding="utf-8")
    while shown.at < len(shown.rows):
        shown.buttons["skip"].click()
    assert shown.sentence.value == "No row is left." and shown.buttons["accept"].disabled


def test_a_row_that_was_left_out_is_taken_in_where_a_person_accepts_it(coded, tmp_path):
    folder, code = coded
    (tmp_path / "answers.jsonl").write_text(line_of_answer(article(), {"events": [], "claims": []}) + "\n")
    before = code()
    assert before["events"].empty
    rows = review.doubtful(before)
    sale = rows[(rows.table == "left out of events") & rows.says.str.contains("COOPERATE")].iloc[0]
    with pytest.raises(ValueError, match="in no table"):
        review.decide(folder, sale, "withdrawn", "no")
    review.decide(folder, sale, "confirmed", "the rules are right")
    event = code()["events"].iloc[0]
    assert (event.event, event.source, event.weapon, event.coders) == ("COOPERATE", "RUS", "Tor-M1", "hand")


def test_a_reason_that_a_spreadsheet_would_run_and_markup_in_a_row_do_no_harm(coded):
    folder, code = coded
    row = {**alone(code()), "words": "<script>alert(1)</script>", "says": "<b>"}
    assert "<script>" not in review.shown(row)
    review.decide(folder, row, "confirmed", "=HYPERLINK(\"x\")")
    text = code()["events"].set_index("event_id").corrected[row["row_id"]]
    assert text == "=HYPERLINK(\"x\")"


def written(folder, *rows, header="event_id"):
    """Corrections by hand, each of (column, was, value) of one row."""
    text = "".join(f"{row_id},{column},{was},{value},so it is\n" for row_id, column, was, value in rows)
    (folder / "corrections.csv").write_text(f"{header},column,was,value,reason\n{text}", encoding="utf-8")


def test_an_added_event_stands_on_its_words(coded):
    folder, code = coded
    name = f"article-{ALONE['line']}-0123abcd"
    cells = {"row": "new event", "quote": "shaking their heads at the Kremlin", "source": "ISR", "target": "RUS",
             "event": "REJECT", "status": "actual", "date_to": "2007-01-24"}
    written(folder, *((name, column, "", value) for column, value in cells.items()), header="row")
    event = code()["events"].set_index("event_id").loc[name]
    assert (event.event, event.coders, event.line) == ("REJECT", "hand", ALONE["line"])
    assert event.sentence == TEXT.split("\n")[ALONE["line"] - 1]


def test_an_added_event_whose_words_are_not_there_stops_the_run(coded, capsys):
    folder, code = coded
    new = "article-9-0123abcd"
    written(folder, (new, "row", "", "new event"), (new, "quote", "", "no such words"))
    assert code() == 2 and "do not stand in the article" in capsys.readouterr().err


def test_a_claim_can_be_corrected_withdrawn_and_added(coded):
    folder, code = coded
    claims = code()["claims"]
    first, new = claims.claim_id[0], f"article-{GOOD['line']}-0123abcd"
    cells = {"row": "new claim", "quote": "sold ten Tor-M1 systems to Iran", "attribute": "order", "stance": "affirms",
             "supplier": "RUS", "recipient": "IRN", "weapon": "Tor-M1"}
    written(folder, (first, "speaker", claims.speaker[0], "IRN"), *((new, c, "", v) for c, v in cells.items()))
    after = code()["claims"].set_index("claim_id")
    added = after.loc[new]
    assert after.speaker[first] == "IRN" and (added.attribute, added.text) == ("order", cells["quote"])
    written(folder, (first, "row", "", "withdrawn"))
    assert first not in set(code()["claims"].claim_id)


def test_a_claim_can_be_made_to_rest_on_other_words_of_its_line(coded, capsys):
    folder, code = coded
    before = code()["claims"].iloc[0]
    words = before.text.split()[0] + " " + before.text.split()[1]
    written(folder, (before.claim_id, "quote", f'"{before.text}"', words))
    claims = code()["claims"].set_index("claim_id")
    claim = claims.loc[before.claim_id]
    assert (claim.text, claim.end - claim.start, claim.corrected) == (words, len(words), "so it is")
    assert TEXT[claim.start:claim.end] == words and claim.attribute == before.attribute
    written(folder, (before.claim_id, "quote", "something else", words))
    assert code() == 2 and "not 'something else'" in capsys.readouterr().err
    written(folder, (before.claim_id, "quote", f'"{before.text}"', "no such words"))
    assert code() == 2 and "do not stand" in capsys.readouterr().err


@pytest.mark.parametrize(("column", "value", "said"), [
    ("form", "banana", "banana"), ("status", "actual;denied", "one value"), ("status", ";", "one value"),
    ("event", "COOPERATE;AID", "one value"), ("edtf", "banana", "no date"), ("weapon", "S-300:anything", "S-300:any"),
    ("speaker", "\x1b[31mNobody", "do not show"), ("repeats", "no-such-1-00000000", "no other event"),
    ("source", ";", "one value"), ("attribute", "value", "no column")])
def test_a_value_that_no_table_should_hold_is_refused(column, value, said, coded, capsys):
    folder, code = coded
    event = code()["events"].set_index("event_id").iloc[0]
    was = "" if pd.isna(event.get(column, "")) else event.get(column, "")
    written(folder, (event.name, column, was, value))
    assert code() == 2 and said in capsys.readouterr().err


def test_where_the_first_telling_is_withdrawn_the_second_is_told_for_the_first_time(coded):
    folder, code = coded
    path = folder / "article.txt"
    text = path.read_text(encoding="utf-8").replace("Russia, Iran and arms", "Russia sold Tor-M1 systems to Iran")
    path.write_text(text, encoding="utf-8")
    out = folder.parent / "rules"
    assert main(["code", str(folder), "--out", str(out)]) == 0
    events = ruiran.read(out)["events"]
    head = events[events.repeats != ""].iloc[0]
    written(folder, (head.repeats, "row", "", "withdrawn"))
    assert main(["code", str(folder), "--out", str(out)]) == 0
    after = ruiran.read(out)["events"].set_index("event_id")
    assert head.repeats not in after.index and after.repeats[head.event_id] == ""


def test_corrections_that_are_a_link_to_nothing_are_said(coded, capsys):
    folder, code = coded
    (folder / "corrections.csv").symlink_to(folder / "lost.csv")
    assert code() == 2 and "corrections.csv" in capsys.readouterr().err


def test_a_row_that_is_cut_is_no_json(coded):
    assert review.is_json(json.dumps({"a": 1})) and not review.is_json('{"a": ') and not review.is_json("[1]")
