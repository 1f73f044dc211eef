"""The command, python -m ruiran: code codes articles, report makes a page of their tables, export writes these in forms
that other tools read, check checks a codebook, new-pair starts one."""
import argparse
import sys
from pathlib import Path

from . import codebook, corrections, store, tables
from .faults import AskError, printable
from .reading import corpus
from .report.progress import progress, share


def main(argv=None):
    """Runs the command; returns 0, 1 where nothing could be coded, 2 where codebook, corrections or OUT are no good,
    130 where it was stopped by Ctrl-C."""
    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except codebook.CodebookError as error:
        return max([say(f"codebook: {printable(fault)}", 2) for fault in error.faults])
    except corpus.Unreadable as error:
        return say(str(error), 1)
    except (corrections.Stale, store.OutError, AskError) as error:
        return say(str(error), 2)
    except KeyboardInterrupt:
        return say("stopped: nothing of this run was kept, and what stood in its folder is as it was", 130)


def parser():
    """What the command line may say, as an ArgumentParser."""
    ask = argparse.ArgumentParser(prog="ruiran", description="Codes an arms relationship of two states from news.")
    commands = ask.add_subparsers(dest="command", required=True)
    code = commands.add_parser("code", help="code every article in a folder and below")
    add_code(code)
    ask_for = commands.add_parser("ask", help="write a request to a language model for every article, and send nothing")
    ask_for.set_defaults(run=run_ask)
    ask_for.add_argument("folder", type=Path, help="folder of articles")
    ask_for.add_argument("--out", type=Path, required=True, help="file for the requests, a JSON object a line; with "
                         "--shard a folder for several")
    ask_for.add_argument("--shard", type=int, default=0, help="write files of at most so many requests: an archive")
    add_scale(ask_for)
    report, export = add_report(commands), add_export(commands)
    check = commands.add_parser("check", help="check a codebook and corrections, and code nothing")
    check.set_defaults(run=run_check)
    check.add_argument("dir", nargs="?", type=Path, help="the codebook folder, as --codebook names it")
    add_new_pair(commands)
    for command in (code, check, ask_for, report, export):
        command.add_argument("--codebook", type=Path, help="another codebook folder than the project's")
    for command in (code, check):
        command.add_argument("--corrections", type=Path, help="CSV with corrections of events and claims by hand")
    return ask


def add_export(commands):
    """The command `export`, with what may follow it."""
    export = commands.add_parser("export", help="write the tables of a run in forms that other tools read")
    export.set_defaults(run=run_export)
    export.add_argument("out", type=Path, help="folder with the tables of a run")
    export.add_argument("--to", type=Path, required=True, help="another folder, for the exports")
    return export


def add_code(code):
    """What may follow `code`."""
    code.set_defaults(run=run_code)
    code.add_argument("folder", type=Path, help="folder of articles; a sources.csv beside them is optional")
    code.add_argument("--out", type=Path, required=True, help="folder for the tables, one file each")
    code.add_argument("--answers", type=Path, help="file of a model's answers to the requests of `ask`; with --model, "
                      "the file that they are added to (default: OUT/answers.jsonl)")
    code.add_argument("--model", help="name of a language model to be asked; without it nothing leaves the machine")
    code.add_argument("--endpoint", help="address of a server that speaks the chat-completions protocol")
    code.add_argument("--at-once", type=int, default=4, help="requests at once (default: 4)")
    code.add_argument("--timeout", type=float, default=120.0, help="seconds that one request may take (default: 120)")
    code.add_argument("--format", choices=("csv", "parquet"), default="csv")
    code.add_argument("--charts", action="store_true", help="draw the figures, too, into OUT/figures")
    add_scale(code)


def add_scale(command):
    """On what a command runs, if not in one process."""
    command.add_argument("--workers", type=int, default=0, help="code with so many processes: an archive, in pieces, "
                         "into Parquet files; a run that is killed goes on where it was")
    command.add_argument("--scheduler", default="", help="the same on a Dask cluster at this address")


def add_new_pair(commands):
    """What may follow `new-pair`."""
    new = commands.add_parser("new-pair", help="start a folder for another pair of states")
    new.set_defaults(run=run_new_pair)
    new.add_argument("dir", type=Path, help="a folder that is not there yet")
    new.add_argument("--supplier", required=True, help="who usually supplies: RUS, or Russia")
    new.add_argument("--recipient", required=True, help="the other: IND, or India")


def run_code(args):
    """Codes a folder; returns the exit code."""
    from . import pipeline  # loads the parser
    from .model import answers
    book = codebook.load(args.codebook)
    corpus.check(args.folder)
    own = args.folder / corpus.CORRECTIONS  # a person's own, beside the articles
    files = [args.corrections, own if own.exists() or own.is_symlink() else None]
    fixes = [fix for path in files for fix in corrections.load(path, book)]
    if bool(args.model) != bool(args.endpoint):
        return say("--model and --endpoint go together", 2)
    with store.held(args.out) as out:
        given = ask_model(args, book, out) if args.model else args.answers
        if args.workers or args.scheduler:
            return run_scaled(args, book, out, fixes, given)
        answered = answers.read(given, book)
        data, texts = pipeline.rows_of_folder(args.folder, book, progress, fixes, out.resolve(), answered)
        store.write(book, data, out, args.format, texts)
        if args.charts:
            draw_charts(data, book, out)
    counts = counted({name: len(rows) for name, rows in data.items()})
    return say(f"{counts} -> {printable(out)}/", 0 if len(data["documents"]) else 1)


def run_scaled(args, book, out, fixes, given):
    """Codes a folder with Dask; returns the exit code."""
    run = scaled()
    with run.cluster(args.workers, args.scheduler) as client, share() as show:
        counts = run.code(client, args.folder, out.resolve(), book, fixes, given, show)
    if args.charts:
        data = store.read(book, out)
        draw_charts({name: tables.rows_of(frame) for name, frame in data.items()}, book, out)
    return say(f"{counted(counts)} -> {printable(args.out)}/", 0 if counts["documents"] else 1)


def scaled():
    """The module that codes with Dask; raises store.OutError where Dask is not installed."""
    try:
        from .scale import run
    except ModuleNotFoundError as error:
        raise store.OutError(f"--workers needs the scale extra ({error.name} is missing): pip install 'ruiran[scale]'"
                             ) from None
    return run


def counted(counts):
    """How many rows there are, in words."""
    return ", ".join(f"{counts[name]} {name}" for name in ("documents", "events", "claims", "deals", "problems"))


def draw_charts(data, book, out):
    """Draws the figures of the rows of a run into OUT/figures; what cannot be drawn is said, and costs no table."""
    from .report import figures
    try:
        with codebook.chosen(book.folder):
            found = {name: tables.frame(book, name, rows) for name, rows in data.items()}
            faults = figures.publish(found, out / "figures")
    except KeyboardInterrupt:
        faults = {"some": "stopped"}
    if faults:
        said = f"figures not drawn, the tables are whole: {', '.join(faults)} ({next(iter(faults.values()))})"
        print(said, file=sys.stderr)


def add_report(commands):
    """The command `report`, with what may follow it."""
    report = commands.add_parser("report", help="write one page of findings, figures and tables of a run")
    report.set_defaults(run=run_report)
    report.add_argument("out", type=Path, help="folder of the tables, as `code` has written them")
    report.add_argument("--to", type=Path, help="file for the page (default: OUT/report.html)")
    return report


def run_report(args):
    """Writes the page of a run; returns the exit code."""
    path = args.to or args.out / "report.html"
    with codebook.chosen(args.codebook):
        store.read(codebook.load(), args.out)
        try:
            from .report import page
        except ModuleNotFoundError as error:
            return say(f"the page needs the notebooks extra ({error.name} is missing): pip install 'ruiran[notebooks]'",
                       2)
        page.of_tables(args.out, path)
    return say(f"{printable(args.out)} -> {printable(path)}", 0)


def ask_model(args, book, out):
    """Asks a model about the articles that it was not asked about; returns the file of answers."""
    from . import pipeline
    from .model import client
    path = args.answers or out / "answers.jsonl"
    made, _ = pipeline.requests_of_folder(args.folder, book, progress)
    try:
        given, errors, tokens = client.ask(made, path, args.model, args.endpoint, args.at_once, args.timeout)
    except KeyboardInterrupt:
        print(f"stopped; what was answered is in {printable(path)}, the next run goes on from there", file=sys.stderr)
        raise
    print(f"{given} answers, {errors} errors, {tokens:,} tokens -> {printable(path)}", file=sys.stderr)
    return path


def run_ask(args):
    """Writes the requests of a folder; returns the exit code."""
    from . import pipeline
    from .model.requests import estimate
    book = codebook.load(args.codebook)
    if args.shard:
        made, tokens, problems = ask_in_shards(args, book)
    elif args.workers or args.scheduler:
        return say("--workers and --scheduler go with --shard: the requests are many files then", 2)
    else:
        found, problems = pipeline.requests_of_folder(args.folder, book, progress)
        made, tokens = len(found), estimate(found)
        if found:
            store.write_lines(args.out, found)
    for row in problems:
        print(f"{row['file']}: {row['problem']}", file=sys.stderr)
    return say(f"{made} requests, about {tokens:,} tokens, {len(problems)} problems -> {printable(args.out)}",
               0 if made else 1)


def ask_in_shards(args, book):
    """(requests, tokens, problems) of a folder whose requests are written to several files."""
    from .scale import asking
    if not args.workers and not args.scheduler:
        return asking.ask(args.folder, args.out, book, args.shard)
    with scaled().cluster(args.workers, args.scheduler) as client:
        return asking.ask(args.folder, args.out, book, args.shard, client)


def run_export(args):
    """Exports the tables of a run; returns the exit code."""
    from .export import exports
    counts = exports.export(codebook.load(args.codebook), args.out, args.to)
    told = ", ".join(f"{counts[name]} {name}" for name in ("acts", "deals", "events", "claims"))
    return say(f"{told} -> {printable(args.to)}/", 0)


def run_check(args):
    """Checks a codebook and corrections; returns the exit code."""
    if args.dir and args.codebook:
        return say("name the codebook folder once: DIR or --codebook DIR", 2)
    book = codebook.load(args.dir or args.codebook, anew=True)
    fixes = corrections.load(args.corrections, book)
    for note in book.notes:
        print(f"note: {printable(note)}", file=sys.stderr)
    if book.own:
        names, own = book.names(), sum(len(table.rows) for table in book.own.values())
        print(f"{' → '.join(names[code] for code in book.pair)}: {own} rows of {len(book.own)} files laid over the "
              "project's")
    rows = sum(len(table.rows) for table in book.files.values())
    return say(f"{len(book.files)} files, {rows} rows, {len(fixes)} corrections: no fault", 0)


def run_new_pair(args):
    """Starts a folder for another pair of states; returns the exit code."""
    from .codebook import start
    for line in start.start(args.dir, args.supplier, args.recipient):
        print(printable(line))
    return 0


def say(line, code):
    """Prints the line, a fault to stderr, and returns the exit code."""
    print(line, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
