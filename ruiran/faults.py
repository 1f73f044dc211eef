"""What went wrong in one article, in words that its reader understands: the step, the line, the exception's name."""
from pathlib import Path
from traceback import walk_tb

# Module -> what it was doing. The first of them that the fault passed through is the step of the pipeline.
STEPS = {"clean": "sorting its lines", "publication": "dating it", "language": "parsing it",
         "names": "finding names in it", "times": "reading times in it", "amounts": "reading sums and numbers in it",
         "quotes": "finding who says what", "turns": "finding who says what",
         "speakers": "finding who says what", "events": "coding its events",
         "held": "holding a model's answer to it", "together": "putting two coders' rows together",
         "claims": "drawing its claims", "tables": "checking its rows"}
LONGEST = 160  # characters of an exception's own words that are shown


class TooMuch(ValueError):
    """An article of more text than one article may have; the message says how much and what to do."""


class AskError(ValueError):
    """A server cannot be asked; the message says why and what to do."""


def said(error):
    """One line on a fault that came up while an article was coded."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    modules = [Path(frame.f_code.co_filename).stem for frame in frames]
    step = next((STEPS[name] for name in modules if name in STEPS), "coding it")
    line = next((n for frame in reversed(frames) for n in lines_in(frame)), None)
    at = f", at line {line}" if line else ""
    return (f"not coded: stopped while {step}{at}; take that out, or report it with the article "
            f"({type(error).__name__}: {printable(error)[:LONGEST]})")


def lines_in(frame):
    """The numbers of the lines that a function was at work on: those of its paragraphs, records and rows."""
    for value in list(frame.f_locals.values()):
        line = value.get("line") if isinstance(value, dict) else getattr(value, "line", None)
        if isinstance(line, int):
            yield line
        elif hasattr(value, "line_at"):
            yield value.lines[0][0]


def printable(text):
    """A text or a path with what a terminal would obey, or what is no character, written out: '\\x1b' for the escape
    sign."""
    return "".join(c if c.isprintable() else escaped(c) for c in str(text))


def escaped(c):
    """One character that cannot be shown, by its code; a byte of a file name that is no UTF-8 by its value."""
    code = ord(c) - (0xDC00 if 0xDC80 <= ord(c) <= 0xDCFF else 0)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
