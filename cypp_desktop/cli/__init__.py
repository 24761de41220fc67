"""The command line: what the window does, for scripts and the cautious. It never loads Qt.

Exit 0: done. 1: there are findings. 2: refused, with one plain sentence on stderr and nothing written.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from contextlib import closing, nullcontext, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

from cypp_desktop import __version__
from cypp_desktop.cli import calling, copies, looking, pack, year
from cypp_desktop.cli.calling import DONE, FINDINGS, REFUSED, Shown
from cypp_desktop.document import history
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change, rules
from cypp_desktop.domain.change import Branch, Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import data, export, listing, samples, templates, words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status as above."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console's own encoding has no place for every name
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with redirect_stdout(Shown(sys.stdout)), redirect_stderr(Shown(sys.stderr)):
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Refused, CannotSave) as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # a reader such as "head" that has enough
        sys.stderr.close()
        return DONE


# --- the commands ----------------------------------------------------------------------------------------------------


def new(options: argparse.Namespace) -> int:
    """Make a plan file."""
    if options.sample:
        content: change.Step | Branch = samples.load(options.sample)
    elif options.template:
        content = templates.load(options.template, {"title": options.title} if options.title else {})
    else:
        period = Branch("period", {"name": "First period"})
        content = Branch("plan", {"title": options.title or options.file.stem}, [period])
    document = Document.create(options.file, options.author, content)
    with closing(document):
        if options.sample and options.title:
            document.commit(change.edit(document.plan, document.plan.root, {"title": options.title}))
        print(document.plan.root)
    return DONE


def show(options: argparse.Namespace) -> int:
    """Write the whole plan out."""
    plan = calling.read(options.file)
    if options.at:
        plan = history.plan_at(options.file, history.moment(options.at))
    if options.json:
        calling.print_json(listing.as_json(plan))
    else:
        print("\n".join(listing.as_lines(plan)))
    return DONE


def add(options: argparse.Namespace) -> int:
    """Add a record; prints its id."""
    with closing(calling.write(options)) as document:
        plan = document.plan
        parent = words.find(plan, options.parent).id
        after = "" if options.first else words.find(plan, options.after).id if options.after else None
        step, made = words.add_words(
            plan, options.kind, parent, calling.pairs(options.values), period=options.period, after=after
        )
        document.commit(step)
    print(made)
    return DONE


def set_fields(options: argparse.Namespace) -> int:
    """Give fields of a record other values; prints its id."""
    with closing(calling.write(options)) as document:
        plan, given = document.plan, calling.pairs(options.values)
        record = words.find(plan, options.id)
        now = words.period_of(plan, options.period).id if plan.periods else ""
        document.commit(words.set_words(plan, record, given, options.period, document.keys))
        year.say_why(document.plan, [record.id], now)
    print(record.id)
    return DONE


def move(options: argparse.Namespace) -> int:
    """Move a record under a parent; prints its id."""
    with closing(calling.write(options)) as document:
        plan = document.plan
        record, parent = words.find(plan, options.id), words.find(plan, options.parent)
        after = "" if options.first else words.find(plan, options.after).id if options.after else None
        document.commit(change.move(plan, record.id, parent.id, after, document.keys))
    print(record.id)
    return DONE


def delete(options: argparse.Namespace) -> int:
    """Delete records with all below them; prints their ids."""
    with closing(calling.write(options)) as document:
        ids = [words.find(document.plan, one).id for one in options.id]
        document.commit(change.delete(document.plan, ids))
    print("\n".join(ids))
    return DONE


def check(options: argparse.Namespace) -> int:
    """Look whether the file is sound, and whether the plan is ready for the board."""
    with closing(Document.open(options.file, options.author, read_only=True)) as document:
        found = [{"rule": "file", "record": "", "message": sentence} for sentence in document.check()]
        plan = document.plan
        asked = [(one.record, listing.conflict_line(plan, one)) for one in document.conflicts()]
    found += [{"rule": "to settle", "record": record, "message": sentence} for record, sentence in asked]
    found += [{"rule": one.rule, "record": one.record, "message": one.sentence} for one in rules.findings(plan)]
    if options.json:
        calling.print_json(found)
    else:
        lines = [f"{one['message']}" + (f"  [{one['record']}]" if one["record"] else "") for one in found]
        print("\n".join(lines) or "The file is sound and the plan is ready for the board.")
    return FINDINGS if found else DONE


def export_data(options: argparse.Namespace) -> int:
    """Write the plan's data out."""
    export.write(calling.read(options.file), options.output)
    print(options.output)
    return DONE


def _import_data(options: argparse.Namespace) -> int:
    branches = data.read(options.source)
    with closing(calling.write(options)) if options.file.exists() else nullcontext() as document:
        plan, keys = (document.plan, document.keys) if document else (Plan(()), None)
        step = data.step(plan, branches, keys, document.deleted() if document else ())
        if not options.dry_run:
            document.commit(step) if document else Document.create(options.file, options.author, step).close()
    print(f"{len(step.changes)} cells to come" if options.dry_run else f"{len(step.changes)} cells came")
    return DONE


def import_plan(options: argparse.Namespace) -> int:
    """Take over a plan from Word, Excel, CSV or HTML; without a plan file, one is made."""
    if options.source.suffix.lower() == ".json":
        return _import_data(options)
    from cypp_desktop.exchange import importing
    from cypp_desktop.exchange.tables import reading

    source = reading.read(options.source)
    with closing(calling.write(options)) if options.file.exists() else nullcontext() as document:
        plan = document.plan if document else Plan(())
        only = [number - 1 for number in options.table] or None
        mapping = importing.guess(source, plan, importing.checked(source, calling.pairs(options.map)), only)
        proposal = importing.propose(source, replace(mapping, split=options.split), plan)
        if not options.dry_run:
            step = importing.step(plan, proposal, document.keys if document else None)
            if document:
                document.commit(step)
            target = nullcontext(document) if document else closing(Document.create(options.file, options.author, step))
            with target as written:
                importing.keep(written, options.source.name, proposal.remarks)
    if options.json:
        calling.print_json(importing.as_json(proposal))
    else:
        print("\n".join(importing.summary(proposal)))
    return FINDINGS if proposal.open else DONE


def open_window(options: argparse.Namespace) -> int:
    """Open the window on a plan."""
    from cypp_desktop.ui import app  # the only command that needs Qt

    return app.run([str(options.file), *(["--exit-when-ready"] if options.exit_when_ready else [])])


# --- the arguments ---------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cypp", description="Action plans of children's partnerships, one file each.")
    parser.add_argument("--version", action="version", version=f"cypp {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    own = (_plan_commands, _record_commands, _exchange_commands)
    for more in (*own, pack.add_command, copies.add_commands, looking.add_commands, year.add_commands):
        more(commands)
    made = calling.command(commands, "open", open_window, "open the window on a plan")
    made.add_argument("--exit-when-ready", action="store_true", help="exit at first idle and print the times")
    return parser


def _plan_commands(commands: Any) -> None:  # noqa: ANN401 - argparse's own types are private
    """New, show, check"""
    made = calling.command(commands, "new", new, "make a plan")
    begin = made.add_mutually_exclusive_group()
    begin.add_argument("--sample", choices=samples.names(), help="a published plan to look around in")
    begin.add_argument("--template", choices=templates.names(), help="what the plan begins with")
    made.add_argument("--title", default="", help="the title of the new plan")

    made = calling.command(commands, "show", show, "write the whole plan out")
    made.add_argument("--at", default="", metavar="DATE", help="as it was at the end of a day, or at a moment (ISO)")
    calling.json_option(made)

    made = calling.command(commands, "check", check, "is the file sound, is the plan ready for the board?")
    calling.json_option(made)


def _record_commands(commands: Any) -> None:  # noqa: ANN401 - as above
    """Add, set, move, delete"""
    made = calling.command(commands, "add", add, "add a record; prints its id")
    made.add_argument("parent", help="what it hangs on: an id, a reference such as 1.5, or “plan”")
    made.add_argument("kind", help="priority, outcome, measure, action, reading, section, lead, status, period …")
    made.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    calling.place_options(made)
    calling.period_option(made)

    made = calling.command(commands, "set", set_fields, "give fields of a record other values")
    made.add_argument("id", help="an id, a reference such as 1.5.6, or “plan”")
    made.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    calling.period_option(made)

    made = calling.command(commands, "move", move, "move a record with all below it")
    made.add_argument("id")
    made.add_argument("parent", help="what it shall hang on")
    calling.place_options(made)

    made = calling.command(commands, "delete", delete, "delete records with all below them")
    made.add_argument("id", nargs="+")


def _exchange_commands(commands: Any) -> None:  # noqa: ANN401 - as above
    """Export, import"""
    made = calling.command(commands, "export", export_data, "write the plan's data out for other programs")
    made.add_argument("-o", "--output", type=Path, required=True, help=".json, or .zip for tables as CSV files")

    made = calling.command(commands, "import", import_plan, "take over a plan from Word, Excel, CSV, HTML or JSON")
    made.add_argument("source", type=Path, metavar="SOURCE", help="a .docx, .xlsx, .csv, .html or exported .json file")
    made.add_argument(
        "--table", type=int, action="append", default=[], help="only this table, from 1 (may be repeated)"
    )
    made.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="where a column goes: priority, outcome, action, leads, due, note, status, measure, custom:NAME, skip …",
    )
    made.add_argument(
        "--split", choices=["whole", "numbers", "bullets"], default="numbers", help="several actions in one cell"
    )
    made.add_argument("--dry-run", action="store_true", help="say what would come, and write nothing")
    calling.json_option(made)
