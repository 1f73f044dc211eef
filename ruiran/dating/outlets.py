"""The outlet of an article as its page prints it, where nothing else tells it."""
import re

from ..reading import language
from .printed import lead_dateline

LONGEST = 200  # characters of a line that may name the outlet
TOP = 3        # lines of the head of a page in which its name may stand
PARTS = re.compile(r"\s[|·•]\s|\s{3,}")
STAFF = re.compile(r"(?: (?:Staff|Special|Diplomatic|Correspondent|Writer|Reporter|Editor))+$", re.I)
COMPANY = re.compile(r",?(?: (?:Company|Co|Corp|Corporation|Inc|Ltd|Limited|LLC|GmbH|AS|plc)\.?)+$")
STOP = re.compile(r"(?<=\w{3})\. ")


def outlet_of(lines, book):
    """The name of the outlet that a field gives, else by the first rule of codebook `outlets` that finds one; '' where
    none does, or where the rule finds two."""
    given = next((x.text for x in lines if x.kind == "outlet"), "")
    if given:
        return given
    top = [x for x in lines[:TOP] if x.kind not in ("headline", "subhead", "body")]
    texts = {"line": list(parts(lines)), "top": list(parts(top)), "lead": [lead_dateline(lines, book)]}
    for rule in book.rows("outlets"):
        found = {name for text in texts[rule.site] if (m := rule.regex.match(text)) and (name := named(m, rule, book))}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def parts(lines):
    """The lines in plain text, cut where a bar or a gap parts them; no part that is long."""
    for x in lines:
        yield from (part for part in PARTS.split(language.plain(x.text)) if len(part) <= LONGEST)


def named(match, rule, book):
    """The name that a rule has found; '' for one that the rule may not take."""
    name = COMPANY.sub("", STAFF.sub("", STOP.split(match["name"])[0])).strip(" .,")
    known = any(r.kind == "media" and r.regex.fullmatch(spelt) for spelt in (name, name.title())
                for r in book.near("actors", spelt))
    noun = bool(set(name.lower().split()) & book.words("outlet_names"))
    other = any(r.regex.fullmatch(name) for table in ("actors", "places") for r in book.near(table, name))
    fits = {"known": known, "noun": known or noun and not other, "any": known or not other}
    return name if fits[rule.takes] else ""
