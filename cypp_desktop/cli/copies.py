"""Copies on the command line: sending them, and taking in those that come back."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from cypp_desktop.cli import calling
from cypp_desktop.cli.calling import DONE, FINDINGS
from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.document.merge import Incoming
from cypp_desktop.domain import copies, roles
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Copy, Plan
from cypp_desktop.exchange import listing, words


def send(options: argparse.Namespace) -> int:
    """Write a copy for a colleague; prints its file. The plan remembers it, unless it can only be read."""
    from cypp_desktop.exchange import names, sending

    if options.roles and not options.clean:
        raise Refused("Roles in place of names go with --clean: a copy that can come back has its whole history.")
    with closing(Document.open(options.file, options.author)) as document:
        plan = document.plan
        if options.lead:
            wanted = sending.slip(plan, [words.one_of(plan.leads, one, "lead", "name") for one in options.lead])
        else:
            scope = copies.CLEAN if options.clean else copies.WHOLE
            wanted = sending.Sending(scope=scope, to=options.to, roles=options.roles)
        path = options.output.with_suffix(".zip") if options.zip else options.output
        wanted = replace(wanted, path=path)
        sending.write(document, wanted)
        if options.clean and (open_ones := len(document.conflicts())):
            print(f"Not settled, and shown as answered last: {open_ones}; “check” lists them.", file=sys.stderr)
        if document.read_only:
            print(f"The plan does not remember this copy. {document.read_only}", file=sys.stderr)
        else:
            document.commit(sending.remember(plan, [wanted], document.keys))
    if options.roles and (left := roles.without_role(plan)):
        print(f"Without a role, and so still named: {', '.join(left)}.", file=sys.stderr)
    if options.roles:
        for one in names.left(plan, roles=True):
            print(f"May still name somebody: {one.record}, {one.field}: {one.words}", file=sys.stderr)
    print(path)
    return DONE


def merge_copies(options: argparse.Namespace) -> int:
    """Take in returned copies, all or none, after a backup; lists what came, who is waited for, what is to settle."""
    with closing(calling.write(options)) as document:
        incoming = merge.preview(document, options.copy)
        if any(one.new for one in incoming):
            document.back_up("before")
        merge.take_in(document, incoming)
        plan, questions = document.plan, document.conflicts()
    if options.json:
        out = [_out_json(one) for one in copies.out(plan)]
        asked = [listing.conflict_json(one) for one in questions]
        calling.print_json({"came": [_came_json(plan, one) for one in incoming], "out": out, "to_settle": asked})
    else:
        for one in incoming:
            print(f"{one.path.name}: {one.new} new changes by {', '.join(one.people) or 'nobody'}, {one.known} known")
        if waited := [one.to for one in copies.out(plan) if one.to]:
            print(f"Not back yet: {', '.join(waited)}.")
        print("\n".join(listing.conflict_line(plan, one) for one in questions) or "Nothing to settle.")
    return FINDINGS if questions else DONE


def _came_json(plan: Plan, one: Incoming) -> dict[str, Any]:
    sent = plan.get(one.copy)
    shown = {name: getattr(one, name) for name in ("new", "known", "people", "state", "latest", "notices")}
    return {"file": str(one.path), **shown, "sent_to": sent.to if isinstance(sent, Copy) else ""}


def _out_json(one: Copy) -> dict[str, str]:
    return {name: getattr(one, name) for name in ("id", "to", "lead", "scope", "sent_at", "file")}


def add_commands(commands: Any) -> None:  # noqa: ANN401 - argparse's own types are private
    """Send and merge"""
    made = calling.command(commands, "send", send, "write a copy for a colleague")
    made.add_argument("-o", "--output", type=Path, required=True, help="the copy to write")
    kind = made.add_mutually_exclusive_group()
    kind.add_argument(
        "--lead",
        action="append",
        default=[],
        metavar="NAME",
        help="a return slip: only this lead's progress can be written in it (may be repeated)",
    )
    kind.add_argument("--clean", action="store_true", help="without history; it cannot be taken in again")
    made.add_argument("--roles", action="store_true", help="with --clean: roles in place of leads' names")
    made.add_argument("--to", default="", metavar="NAME", help="whom it is for")
    made.add_argument("--zip", action="store_true", help="as a zip file")

    made = calling.command(commands, "merge", merge_copies, "take in returned copies")
    made.add_argument("copy", nargs="+", type=Path, help="copies of the plan that came back")
    calling.json_option(made)
