"""The body that issues a release, a rule or a briefing, as its first lines or its lead name it."""
import re

from ..dating.printed import lead_dateline
from ..spans import within

SMALL = re.compile(r"\b(?:Of|And|The|For|In|On|To|By|At)\b")
STOP = re.compile(r"(?<=[a-z])\. ")
AROUND = 30     # characters between the body in a lead and the word that says what it does today
SHARE = 0.5     # share of a line that the name of a body has at least, where nothing in it says that it issues the text


def cased(text):
    """A text in capitals as a name is written: 'Ministry of Foreign Affairs'; another as it is."""
    return text if any(c.islower() for c in text) else SMALL.sub(lambda m: m[0].lower(), text.title())


def issuer_of(lines, book, mentions):
    """The code of the body that issues the text; '' for a text that is no release, or whose issuer stays open."""
    first = next((x for x in lines if x.kind == "body"), None)
    if first is None or any(x.kind == "byline" for x in lines) or re.search("[(/]", lead_dateline(lines, book)):
        return ""
    heads = [x for x in lines if x.start < first.start or signed(x.text, book)]
    signs = [sign for x in heads if (sign := signed(x.text, book))]
    return (in_heads(heads, book) or in_lead(first, book, mentions)) if signs else ""


def signed(text, book):
    """The row of codebook `releases` that knows a line as one of a release; None for none."""
    return next((r for r in book.near("releases", text) if r.regex.match(text)), None) if len(text) < 200 else None


def in_heads(heads, book):
    """The first body that a line above the text names and little else, or that it says the text is by."""
    for x, following in zip(heads, [*heads[1:], None], strict=True):
        sign = signed(x.text, book)
        text = cased(x.text) + (" " + cased(following.text) if following is not None and sign else "")
        found = [(m.start(), -m.end(), r.code) for r in bodies(book, text) if (m := r.regex.search(text))]
        if found:
            start, end, code = min(found)
            if sign is not None and sign.names == "yes" or -end - start >= SHARE * len(x.text):
                return code
    return ""


def bodies(book, text):
    """The rows of codebook `actors` for bodies and organisations that the text may name."""
    return [r for r in book.near("actors", text) if r.kind in ("organisation", "body")]


def in_lead(lead, book, mentions):
    """The first body or state of the lead that does something today: 'the Department today imposed'; '' for none."""
    words = re.compile(rf"\b(?:{'|'.join(sorted(book.words('issues')))})\b", re.I)
    acting = [m for m in within(mentions, lead.start, lead.end) if m.kind == "actor" and m.code and words.search(
        STOP.split(lead.text[max(m.start - lead.start - AROUND, 0):m.start - lead.start])[-1]
        + "|" + lead.text[m.end - lead.start:m.end - lead.start + AROUND])]
    kinds = (("organisation", "body"), ("country",))
    return next((m.code for some in kinds for m in acting if m.basis in some), "")
