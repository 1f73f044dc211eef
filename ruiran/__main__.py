"""The command: python -m ruiran code FOLDER --out OUT [...] codes articles, python -m ruiran check checks a
codebook."""
import argparse
import sys
from pathlib import Path

from . import codebook, corrections, store
from .faults import printable
from .reading import corpus


def main(argv=None):
    """Runs the command; returns 0, 1 where nothing could be coded, 2 where codebook, corrections or OUT are no good,
    130 where it was stopped by Ctrl-C."""
    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except codebook.CodebookError as error:
        return say(f"codebook: {error}", 2)
    except corpus.Unreadable as error:
        return say(str(error), 1)
    except (corrections.Stale, store.OutError) as error:
        return say(str(error), 2)
    except KeyboardInterrupt:
        return say("stopped: nothing of this run was kept, and what stood in its folder is as it was", 130)


def parser():
    """What the command line may say, as an ArgumentParser."""
    ask = argparse.ArgumentParser(prog="ruiran", description="Codes an arms relationship of two states from news.")
    commands = ask.add_subparsers(dest="command", required=True)
    code = commands.add_parser("code", help="code every article in a folder and below")
    code.set_defaults(run=run_code)
    code.add_argument("folder", type=Path, help="folder of .txt articles; a sources.csv beside them is optional")
    code.add_argument("--out", type=Path, required=True, help="folder for the tables, one file each")
    code.add_argument("--format", choices=("csv", "parquet"), default="csv")
    check = commands.add_parser("check", help="check a codebook and corrections, and code nothing")
    check.set_defaults(run=run_check)
    for command in (code, check):
        command.add_argument("--codebook", type=Path, help="another codebook folder than the project's")
        command.add_argument("--corrections", type=Path, help="CSV with corrections of events by hand")
    return ask


def run_code(args):
    """Codes a folder; returns the exit code."""
    from . import pipeline  # loads the parser
    book = codebook.load(args.codebook)
    fixes = corrections.load(args.corrections, book)
    corpus.check(args.folder)
    with store.held(args.out) as out:
        data = pipeline.rows_of_folder(args.folder, book, progress, fixes, out.resolve())
        store.write(book, data, out, args.format)
    counts = ", ".join(f"{len(data[name])} {name}" for name in ("documents", "events", "claims", "deals", "problems"))
    return say(f"{counts} -> {printable(out)}/", 0 if len(data["documents"]) else 1)


def run_check(args):
    """Checks a codebook and corrections; returns the exit code."""
    book = codebook.load(args.codebook, anew=True)
    fixes = corrections.load(args.corrections, book)
    rows = sum(len(table.rows) for table in book.files.values())
    return say(f"{len(book.files)} files, {rows} rows, {len(fixes)} corrections: no fault", 0)


def progress(function, documents):
    """map() that shows on a terminal which article is being coded."""
    for n, document in enumerate(documents, 1):
        if sys.stderr.isatty():
            print(f"\r\033[K{n}/{len(documents)} {document.file}", end="", file=sys.stderr, flush=True)
        yield function(document)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)


def say(line, code):
    """Prints the line, a fault to stderr, and returns the exit code."""
    print(line, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
