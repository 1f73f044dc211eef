"""Remembers which codebooks were found sound, and the words that their patterns need, in the cache folder of the user:
to find that out takes longer than to code an article. What is not there is found out again; nothing depends on it."""
import hashlib
import json
import os
import sys
from pathlib import Path

KEPT = 8  # codebooks that are remembered


def folder():
    """Where it is kept; RuntimeError for a user without a home."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ruiran"


def key(tables):
    """What is remembered goes by this: it is another as soon as a cell, a check or the Python that reads is."""
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    for table in tables:
        found.update(repr((table.file, table.columns, [tuple(row) for row in table.rows])).encode())
    return found.hexdigest()


def recalled(key, patterns):
    """{pattern: its words, as literals.needed has them} of a codebook that was found sound; None where it is not known.
    """
    try:
        kept = json.loads((folder() / f"{key}.json").read_text(encoding="utf-8"))
        return {pattern: frozenset((word, any_case) for word, any_case in kept[pattern]) for pattern in patterns}
    except (OSError, LookupError, ValueError, TypeError, RuntimeError):
        return None


def remember(key, needed):
    """Keeps the words of a sound codebook, and of those before it the newest KEPT - 1; where it cannot, it does not."""
    try:
        home = folder()
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"{key}.{os.getpid()}"
        fresh.write_text(json.dumps({pattern: sorted(words) for pattern, words in needed.items()}), encoding="utf-8")
        os.replace(fresh, home / f"{key}.json")
        for old in sorted(home.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink()
    except (OSError, RuntimeError):
        pass
