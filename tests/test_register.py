"""The articles beside SIPRI's record."""
from test_charts import event, events_of, table_of, texts_of

from ruiran.report import register

DOCUMENTS = table_of("documents", [{"doc_id": "d", "label": "Outlet 2007", "published_to": "2009-03-07"}])
DEALS = table_of("deals", [
    {"deal": "a", "supplier": "RUS", "recipient": "IRN", "weapon": "Tor-M1", "ordered_from": "2005-12-01",
     "ordered_to": "2005-12-31", "delivered_to": "2007-01-23", "value_low": 700000000, "value_high": 1000000000,
     "voices": 2, "affirmed": 2, "denied": 1, "disputed": "delivery_complete;value", "basis": "text"},
    {"deal": "b", "supplier": "RUS", "recipient": "IRN", "weapon": "Su-24", "ordered_from": "1994-01-01",
     "ordered_to": "1994-12-31", "quantity_low": 12, "quantity_high": 12, "voices": 1, "affirmed": 1, "denied": 0,
     "basis": "text"}])
CLAIMS = table_of("claims", [{"claim_id": "c", "doc_id": "d", "line": 1, "start": 0, "end": 1, "text": "t",
                              "attribute": "delivery_begun", "stance": "affirms", "weapon": "submarine (unspecified)"}])


def test_the_record_has_both_directions_and_marks_what_sipri_doubts():
    rows = register.register()
    assert set(zip(rows.supplier, rows.recipient, strict=True)) == {("RUS", "IRN"), ("IRN", "RUS")}
    tor = rows[rows.designation == "Tor-M1"].iloc[0]
    assert (tor.number_ordered, tor.number_delivered, tor.year_of_order, tor.family) == ("(29)", "29", "2005", "Tor")


def test_each_order_of_the_record_is_told_dated_otherwise_told_in_general_not_told_or_later():
    rows = register.beside(DEALS, CLAIMS, DOCUMENTS)
    told = {(r.designation, r.year_of_order): r.told for r in rows.itertuples()}
    assert told["Tor-M1", "2005"] == "told" and told["Su-24", "1990"] == "dated otherwise"
    assert told["Project-877E", "1991"] == "in general" and told["MiG-29", "1989"] == "not told"
    assert told["S-300PMU2 Favorit", "2015"] == "after the articles" and len(rows) == len(register.register())


def test_the_deals_stand_in_the_columns_of_the_register_with_disputed_figures_in_brackets():
    tor, bomber = register.view(DEALS).to_dict("records")
    assert tor["comments"] == "($700 million to $1 billion)" and tor["years of delivery"] == "(2007)"
    assert (bomber["number ordered"], bomber["year of order"], bomber["designation"]) == ("12", "1994", "Su-24")


def test_a_delivery_counts_for_the_years_in_which_it_may_lie_where_its_days_are_near():
    near = event(1, weapon="Tor-M1", stage="delivery", date_from="2006-11-01", date_to="2007-01-31")
    far = event(2, weapon="Tor-M1", stage="delivery", date_from="1993-01-01", date_to="2001-12-31")
    events = events_of(near, far, event(3, date_to="2007-01-31"), event(4, status="planned", date_from="2002-01-01",
                                                                      date_to="2002-12-31"))
    assert register.years_told(events, DOCUMENTS) == [2006, 2007]
    assert register.headline(events, DOCUMENTS).endswith("lie in 2")
    words = texts_of(register.draw(events, DOCUMENTS, "A finding", "Beside SIPRI", "Some articles").figure)
    assert "not dollars" in words and "28 July 2022" in words
