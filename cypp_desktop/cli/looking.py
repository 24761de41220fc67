"""Looking back and deciding on the command line: the history, what came in copies, what is to settle, what is to go."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from cypp_desktop.cli import calling
from cypp_desktop.cli.calling import DONE, FINDINGS
from cypp_desktop.document import conflicts, review
from cypp_desktop.document.conflicts import Conflict
from cypp_desktop.document.document import Document
from cypp_desktop.document.history import Entry
from cypp_desktop.document.review import Contribution
from cypp_desktop.domain import naming
from cypp_desktop.domain.change import PLACE, Refused
from cypp_desktop.domain.plan import Plan, Value
from cypp_desktop.exchange import words

_YES = {"yes": True, "no": False}
_ASKED = {"deleted": "deleted", "place": "place", "twins": "twins", "removal": "redact"}
"""What questions that are about no single field are called on the command line."""


# --- the history -----------------------------------------------------------------------------------------------------


def history(options: argparse.Namespace) -> int:
    """List who changed what, latest first."""
    with closing(Document.open(options.file, options.author, read_only=True)) as document:
        plan = document.plan
        record = options.id and (options.id if document.history(options.id, 1) else words.find(plan, options.id).id)
        filtered = options.by or options.words or options.field
        entries = [one for one in document.history(record, -1 if filtered else options.limit) if _wanted(options, one)]
    entries = entries[: options.limit] if options.limit >= 0 else entries
    if options.json:
        calling.print_json([_entry(one) for one in entries])
    else:
        for one in entries:
            print(_line(plan, one))
    return DONE


def _wanted(options: argparse.Namespace, entry: Entry) -> bool:
    field = words.ALIASES.get(options.field, options.field)
    if options.by not in ("", entry.author) or field not in ("", entry.field, entry.field.partition("@")[0]):
        return False
    return options.words.casefold() in f"{entry.before} {entry.after}".casefold()


def _entry(entry: Entry) -> dict[str, Any]:
    shown = {name: getattr(entry, name) for name in ("at", "author", "op", "record", "field", "before", "after")}
    return {"id": entry.id.hex(), "step": entry.step.hex(), **shown}


def _line(plan: Plan, entry: Entry) -> str:
    record = plan.get(entry.record)
    name = naming.record_name(plan, record) if record else "deleted"
    return f"{entry.at}  {entry.author}  {entry.op}  {name}, {_change(plan, entry)}  [{entry.record}]"


def _change(plan: Plan, one: Entry | review.Edit) -> str:
    before, after = (naming.said(plan, one.field, value) or "nothing" for value in (one.before, one.after))
    return f"{naming.field_name(plan, one.field)}: {naming.short(before)} → {naming.short(after)}"


def redact(options: argparse.Namespace) -> int:
    """Remove recorded values from the history for good, after a backup, which still holds them."""
    try:
        ids = [bytes.fromhex(one) for one in options.change]
    except ValueError:
        raise Refused("A change is named by its id, as “history --json” lists it.") from None
    with closing(calling.write(options)) as document:
        kept = document.back_up("before")
        document.redact(ids)
    print(f"{len(ids)} removed. Copies elsewhere still hold it, and so does the backup {kept}")
    return DONE


# --- what came in copies ---------------------------------------------------------------------------------------------


def review_what_came(options: argparse.Namespace) -> int:
    """List what came in copies, or keep or put back what is not reviewed yet."""
    changes = options.keep or options.put_back
    opened = calling.write(options) if changes else Document.open(options.file, options.author, read_only=True)
    with closing(opened) as document:
        plan = document.plan
        found = [one for one in document.contributions() if options.by in ("", one.author)]
        waiting = [one for one in found if one.open]
        if waiting and options.keep:
            document.commit(review.keep(waiting))
        elif waiting and options.put_back:
            document.put_back(waiting)
    if changes:
        print(f"{len(waiting)} {'kept' if options.keep else 'put back'}")
        return DONE
    if options.json:
        calling.print_json([_contribution(one) for one in found])
    else:
        for one in found:
            print(f"{one.at}  {_told(plan, one)}")
    return FINDINGS if waiting else DONE


def _told(plan: Plan, one: Contribution) -> str:
    there = plan.replaced([one.record] if one.record.id not in plan else [])
    name = naming.record_name(there, one.record)
    edits = "; ".join(_change(there, edit) for edit in one.edits) if one.doing == "changed" else one.doing
    state = one.verdict or (f"changed since by {', '.join(one.since)}" if one.since else "not reviewed")
    return f"{one.author}  {name}, {edits}  ({state})  [{one.record.id}]"


def _contribution(one: Contribution) -> dict[str, Any]:
    edits = [{"field": edit.field, "before": edit.before, "after": edit.after} for edit in one.edits]
    shown = {name: getattr(one, name) for name in ("author", "at", "doing", "verdict", "judges", "since", "open")}
    return {"record": one.record.id, **shown, "edits": edits}


# --- settling --------------------------------------------------------------------------------------------------------


def settle(options: argparse.Namespace) -> int:
    """Settle what copies left open about a record; prints the record's id."""
    with closing(calling.write(options)) as document:
        plan = document.plan
        record = words.find(plan, options.id)
        found = _question(plan, [one for one in document.conflicts() if one.record == record.id], options.field)
        if found is None:
            raise Refused(f"There is nothing to settle in “{options.field}” of that record.")
        if found.kind == "redact" and options.value == "yes":
            document.back_up("before")
            document.redact([bytes.fromhex(str(found.sides[0].value))])
        else:
            document.commit(conflicts.settle(plan, found, _answer(plan, found, options)))
    print(record.id)
    return DONE


def _question(plan: Plan, asked: list[Conflict], field: str) -> Conflict | None:
    period = f"@{plan.current_period.id}" if plan.current_period else ""
    name = words.ALIASES.get(field, field)
    if field in _ASKED:
        return next((one for one in asked if one.kind == _ASKED[field] or (field, one.field) == ("place", PLACE)), None)
    return next((one for one in asked if one.kind == "value" and one.field in (name, name + period)), None)


def _answer(plan: Plan, found: Conflict, options: argparse.Namespace) -> Value:
    """What a question is answered with: a side of it, or a value as its kind takes it; raises Refused."""
    value = options.value
    if value is None:
        side = _side(found, options.author, mine=options.mine)
        return side[0] if found.field == PLACE and isinstance(side, tuple) else side
    if found.field == PLACE:
        return words.find(plan, value).id
    if found.kind == "twins":
        return False if value == "both" else words.find(plan, value).id
    if found.kind != "value":
        if value not in _YES:
            raise Refused("Answer that with “--value yes” or “--value no”.")
        return _YES[value]
    name = found.field.partition("@")[0]
    settled, new = words.values(plan, plan[found.record].kind, {name: value})
    if new:
        raise Refused("A lead that is not in the plan yet cannot settle this; add the lead first.")
    return settled[found.field]


def _side(conflict: Conflict, author: str, *, mine: bool) -> Value:
    """The side that ``author`` wrote, or the only one of somebody else."""
    own = [side.value for side in conflict.sides if (side.author == author) == mine]
    if len(own) != 1 or conflict.kind in ("deleted", "redact"):
        names = ", ".join(dict.fromkeys(side.author for side in conflict.sides))
        raise Refused(f"It is not clear which side that is; {names} wrote. Say whose side is yours with --author.")
    return own[0]


# --- the arguments ---------------------------------------------------------------------------------------------------


def add_commands(commands: Any) -> None:  # noqa: ANN401 - argparse's own types are private
    """History, review, settle and redact"""
    _history_command(commands)
    _review_command(commands)
    _settle_command(commands)
    made = calling.command(commands, "redact", redact, "remove recorded values from the history for good")
    made.add_argument("change", nargs="+", help="the id of a change, as “history --json” lists it")


def _history_command(commands: Any) -> None:  # noqa: ANN401 - as above
    made = calling.command(commands, "history", history, "who changed what, latest first")
    made.add_argument("id", nargs="?", default="", help="one record only, a deleted one by its id")
    made.add_argument("--field", default="", help="one field only")
    made.add_argument("--by", default="", metavar="NAME", help="one person's changes only")
    made.add_argument("--words", default="", help="only where these words were written or taken out")
    made.add_argument("--limit", type=int, default=500)
    calling.json_option(made)


def _review_command(commands: Any) -> None:  # noqa: ANN401 - as above
    made = calling.command(commands, "review", review_what_came, "what came in copies, and whether it was reviewed")
    made.add_argument("--by", default="", metavar="NAME", help="one person's changes only")
    verdict = made.add_mutually_exclusive_group()
    verdict.add_argument("--keep", action="store_true", help="keep all that is not reviewed yet")
    verdict.add_argument("--put-back", action="store_true", help="put all that is not reviewed yet back")
    calling.json_option(made)


def _settle_command(commands: Any) -> None:  # noqa: ANN401 - as above
    made = calling.command(commands, "settle", settle, "settle what copies left open")
    made.add_argument("id", help="an id, or a reference such as 1.5.6")
    made.add_argument("field", help=f"the field in question, such as status, note or text; or {', '.join(_ASKED)}")
    answer = made.add_mutually_exclusive_group(required=True)
    answer.add_argument("--mine", action="store_true", help="what the author wrote")
    answer.add_argument("--theirs", action="store_true", help="what the other one wrote")
    answer.add_argument(
        "--value", help="another value for both; yes or no; a parent to hang it on; the twin that is kept, or both"
    )
