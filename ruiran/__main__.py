"""The command: python -m ruiran code FOLDER --out OUT [--codebook DIR] [--corrections FILE] [--format csv|parquet]."""
import argparse
import sys
from pathlib import Path

from . import codebook, corpus, corrections, pipeline, tables


def main(argv=None):
    """Runs the command; returns 0, 1 where nothing could be coded, 2 where codebook or corrections are broken."""
    args = parser().parse_args(argv)
    try:
        book, fixes = codebook.load(args.codebook), corrections.load(args.corrections)
    except codebook.CodebookError as error:
        return say(f"codebook: {error}", 2)
    try:
        data = pipeline.code_folder(args.folder, book, over=progress, fixes=fixes)
    except corpus.Unreadable as error:
        return say(str(error), 1)
    except corrections.Stale as error:
        return say(str(error), 2)
    tables.write(data, args.out, args.format)
    counts = ", ".join(f"{len(data[name])} {name}" for name in ("documents", "events", "claims", "deals", "problems"))
    return say(f"{counts} -> {Path(args.out)}/", 0 if len(data["documents"]) else 1)


def parser():
    """What the command line may say, as an ArgumentParser."""
    ask = argparse.ArgumentParser(prog="ruiran", description="Codes an arms relationship of two states from news.")
    commands = ask.add_subparsers(dest="command", required=True)
    code = commands.add_parser("code", help="code every article in a folder and below")
    code.add_argument("folder", type=Path, help="folder of .txt articles; a sources.csv beside them is optional")
    code.add_argument("--out", type=Path, required=True, help="folder for the tables, one file each")
    code.add_argument("--codebook", type=Path, help="another codebook folder than the project's")
    code.add_argument("--corrections", type=Path, help="CSV with corrections of events by hand")
    code.add_argument("--format", choices=("csv", "parquet"), default="csv")
    return ask


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
