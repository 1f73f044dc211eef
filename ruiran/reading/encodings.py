"""Bytes to text: what a byte-order mark says, else UTF-8, also with a few bad bytes, else what fits best."""
import codecs

MARKS = [(codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16")]  # the longer first: UTF-32 begins as UTF-16 does


class Unreadable(ValueError):
    """A file or folder that cannot be read; the message says why and what to do."""


def decode(data):
    """(text, '' or what to know about it) of bytes: a few that are no UTF-8 are replaced and counted, and where it is
    another encoding charset-normalizer names the one that fits. Raises Unreadable."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if marked:
        try:
            return data.decode(marked), ""
        except UnicodeDecodeError:
            raise Unreadable(f"{marked.upper()} that breaks off; save it again, as UTF-8") from None
    if b"\0" in data:
        raise Unreadable("holds NUL bytes: this is no text file; name it as what it is, or save its text")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        cut_off = error.end == len(data) and error.end - error.start > 1  # in the middle of the last character
    if found := mended(data, cut_off):
        return found
    from charset_normalizer import from_bytes  # few files need it
    best = from_bytes(data).best()
    if best is None:
        raise Unreadable("no known encoding fits; save it as UTF-8")
    return str(best), ""


def mended(data, cut_off):
    """(text, how many bytes were replaced and where the first stood) of UTF-8 with a few bad bytes, or cut off; None
    where most of what is beyond ASCII is bad: then it is another encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(ord(c) > 127 for c in text) - bad
    if good < bad and not cut_off:
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return text, (f"coded, but {bad} of its bytes {'is' if bad == 1 else 'are'} no UTF-8 (first at line {line}); "
                  "in its place stands \ufffd; save it again as UTF-8")
