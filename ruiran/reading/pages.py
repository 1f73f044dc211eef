"""Web pages to text: every block that a reader sees is a paragraph; what is no part of the article is marked."""
import re

from . import language
from .encodings import Unreadable, decode
from .formats import FEWEST, LONGEST, head, library, piece_of

CHARSET = re.compile(r"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.I)
ATTRIBUTES = 1_000    # of one tag: the time to read them grows with their square
ELEMENTS = 40_000     # a page of more is no article, and takes its readers minutes
DEPTH = 200           # elements one in another
TAG = re.compile(r"<[a-z!/][^<>]{0,2000}>", re.I)
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # signs that XML does not know
BREAK = "\ue000"     # a line end that the page sets
SPACE = "\ue001"     # between two links side by side, which are two words
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{5000,}")
SHORT = 25            # characters of a block that may stand in an article by chance


def pieces(data):
    """([the Piece of a web page], what to know about how it was read), of bytes. Raises Unreadable."""
    html, note = decoded(data)
    if any(tag[0].count("=") > ATTRIBUTES for tag in LONG_TAG.finditer(html)):
        raise Unreadable(f"a page with a tag of more than {ATTRIBUTES} attributes: no article; save its text alone")
    blocks, tree = blocks_of(html)
    shown = [line for block in blocks for line in block]
    if sum(map(len, shown)) > LONGEST:
        raise Unreadable(f"it shows more than the {LONGEST:,} characters of one article; split it")
    if sum(len(line.split()) for line in shown) < FEWEST:
        raise Unreadable("a page that shows no text: a script fills it in a browser, or one must sign in; save it as "
                         "PDF, or copy its text into a .txt file")
    about, text = article(html, tree, blocks)
    return [piece_of(head(**about), of_text(blocks, text))], note


def decoded(data):
    """(the page as text, note): its own charset holds where it can be read so."""
    named = CHARSET.search(data[:4096].decode("latin-1"))
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1]), ""
        except (LookupError, UnicodeDecodeError):
            pass
    html, note = decode(data)
    if not TAG.search(html):
        raise Unreadable("holds no tag: this is plain text; name it .txt")
    return html, note


def blocks_of(html):
    """(the blocks of text that a reader of the page sees, lists of lines; the parsed page). Raises Unreadable for a
    page that is too large or too deep."""
    core, lxml = library("justext.core", "web pages"), library("lxml.html", "web pages")
    try:
        tree = lxml.document_fromstring(html.encode("utf-8", "replace"), parser=lxml.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml.etree.LxmlError):
        raise Unreadable("no page that can be read: nothing is in it, or it breaks off") from None
    check_size(tree)
    for element in tree.iter():  # references such as &#1; make signs that nothing may hold later
        for name in ("text", "tail"):
            if NO_TEXT.search(getattr(element, name) or ""):
                setattr(element, name, NO_TEXT.sub(" ", getattr(element, name)))
    for element in tree.iter("a", "time", "button", "label", "br"):
        mark = BREAK if element.tag == "br" else "" if (element.tail or "").strip() else SPACE
        element.tail = mark + (element.tail or "")
    found = core.ParagraphMaker.make_paragraphs(core.preprocessor(tree))
    return [block for p in found for block in lines_of(p.text)], tree


def lines_of(text):
    """The text of a paragraph as blocks, lists of lines: two line ends in a row part blocks."""
    block = []
    for line in text.replace(SPACE, " ").split(BREAK):
        if line.strip():
            block.append(" ".join(line.split()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def check_size(tree):
    """Raises Unreadable for a page that would take its readers minutes."""
    deep = many = 0
    stack = [(tree, 1)]
    while stack:
        element, depth = stack.pop()
        many, deep = many + 1, max(deep, depth)
        if many > ELEMENTS or deep > DEPTH:
            raise Unreadable(f"a page of more than {ELEMENTS:,} elements, or more than {DEPTH} deep: no article; save "
                             "its text alone")
        stack += ((child, depth + 1) for child in element)


def article(html, tree, blocks):
    """(what the page says of itself: title, page_date, outlet; the text of the article as trafilatura finds it). Only
    the head of a page dates it, not what it shows, which is read later; a title that it does not show is that of the
    site or of the browser's window, and stands under another name."""
    dates, find, lxml = (library(name, "web pages") for name in ("htmldate", "trafilatura", "lxml.html"))
    found = find.bare_extraction(html, include_comments=False, with_metadata=True)
    above = "".join(lxml.tostring(e, encoding="unicode", with_tail=False) for e in tree.iter("head", "script"))
    day = dates.find_date(f"<html>{above}<body></body></html>", extensive_search=False, original_date=True,
                          outputformat="%Y-%m-%d")
    title = " ".join(((found and found.title) or "").split())
    shown = title and any(language.same_words(title, " ".join(lines))
                          for block in blocks for lines in (*([x] for x in block), block))
    return {"title" if shown else "page_title": title, "page_date": day,
            "outlet": found and found.sitename}, (found.text or "") if found else ""


def of_text(blocks, text):
    """Of each block its [(line, whether it is part of the article's text)]."""
    inside, lines = " ".join(text.split()), {" ".join(line.split()) for line in text.split("\n")}
    return [[(line, line in lines or len(line) > SHORT and line in inside) for line in block] for block in blocks]
