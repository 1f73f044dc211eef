"""The deals in the columns of SIPRI's register of transfers."""
import pandas as pd

from .. import store
from ..deals import deals as steps
from ..report import register
from ..report.words import side, when

FILE = "sipri_register.csv"
COLUMNS = ["Supplier", "Recipient", "Number ordered", "Weapon designation", "Weapon description", "Year of order",
           "Number delivered", "Year(s) of delivery", "Comments", "ruiran_deal"]
STEPS = {"ordered": "signed or ordered", "delivered": "delivered", "suspended": "suspended", "cancelled": "cancelled"}
DONE = ("actual", "claimed")  # statuses of an act that is told as done


ABOUT = " ".join("""
    A row a deal, in the columns of SIPRI's register of transfers. As there, a figure or a year in brackets is doubtful:
    speakers differ on it, or it is an interval or open at one end; Comments has the days. A number told of a delivery
    that is done is a number delivered, always in brackets, since more may have come; a number told otherwise is a
    number ordered. SIPRI lists a deal once an order or a delivery is certain; here no deal is left out, and Comments
    says where neither is affirmed. ruiran_deal is the key of table deals.""".split())


def write(tables, folder):
    """Writes sipri_register.csv, which ABOUT describes, into a folder, of the tables (checked DataFrames by name);
    returns its name, description, columns and delimiter."""
    deals = tables["deals"].astype("string").fillna("").to_dict("records")
    shown = register.view(tables["deals"]).to_dict("records")
    claims = tables["claims"]
    rows = [row(deal, view, claims[claims.deal == deal["deal"]], tables["events"])
            for deal, view in zip(deals, shown, strict=True)]
    store.write_cells(folder / FILE, COLUMNS, rows)
    return FILE, ABOUT, COLUMNS, ","


def row(deal, view, claims, events):
    """A deal as a row of the register; `view` is its row beside SIPRI, `claims` are its own."""
    open_ended = claims.attribute[claims.low.isna() != claims.high.isna()]  # at least, at most
    doubt = {*deal["disputed"].split(";"), *open_ended}
    counts = list(claims[claims.attribute == "quantity"].itertuples())
    sent = [c for c in counts if is_sent(c, events)]
    ordered = view["number ordered"] if len(sent) < len(counts) else ""
    worth = bracketed(view["comments"], "value" in doubt)
    return {"Supplier": side(deal["supplier"]), "Recipient": side(deal["recipient"]), "ruiran_deal": deal["deal"],
            "Weapon designation": view["designation"], "Weapon description": view["description"],
            "Number ordered": bracketed(ordered, "quantity" in doubt),
            "Year of order": year(view["year of order"], deal, "ordered", doubt & {"order", "signature"}),
            "Number delivered": bracketed(span([n for c in sent for n in (c.low, c.high) if not pd.isna(n)]), True),
            "Year(s) of delivery": year(view["years of delivery"], deal, "delivered",
                                        doubt & {"delivery_begun", "delivery_complete"}),
            "Comments": "; ".join(comments(deal, claims, worth, units(counts)))}


def is_sent(claim, events):
    """True for a number that stands where nothing but a delivery is told, as done."""
    told = events[(events.doc_id == claim.doc_id) & (events.start <= claim.start) & (events.end > claim.start)]
    return len(told) > 0 and bool(((told.stage == "delivery") & told.status.isin(DONE)).all())


def span(numbers):
    """'10 to 29' of numbers, '29' where they are one."""
    return " to ".join(dict.fromkeys(str(f(numbers)) for f in (min, max))) if numbers else ""


def bracketed(text, doubt):
    """A figure, in brackets where it is doubtful or a range."""
    text = text.strip("()")
    return f"({text})" if text and (doubt or " to " in text) else text


def year(text, deal, step, doubt):
    """The year or years of a step, in brackets also where its days are open at one end."""
    return bracketed(text, doubt or not (deal[f"{step}_from"] and deal[f"{step}_to"]))


def units(counts):
    """The words for what is counted: `battalion` of the rule `quantity:battalion`."""
    return ", ".join(dict.fromkeys(c.rule.partition(":")[2] for c in counts if ":" in c.rule))


def comments(deal, claims, worth, counted):
    """What else is told of a deal, part by part."""
    told = {step: set(claims.stance[claims.attribute.isin(steps.STEPS[step])]) for step in STEPS}
    if "affirms" not in told["ordered"] | told["delivered"]:
        yield "neither an order nor a delivery is affirmed"
    for step, stances in told.items():
        if stances:
            days = when(deal[f"{step}_from"], deal[f"{step}_to"])
            yield f"{STEPS[step]}: {days if 'affirms' in stances else 'denied'}"
    yield from [f"counted in: {counted}"] if counted else []
    yield from [f"worth: {worth}"] if worth else []
    for column, words in (("disputed", "speakers differ on"), ("changed", "denied first and affirmed later")):
        if deal[column]:
            yield f"{words}: {deal[column].replace(';', ', ')}"
    yield f"claims that affirm: {deal['affirmed']}, that deny: {deal['denied']}"
