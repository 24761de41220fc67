"""A plan's data as JSON for other programs, which comes back without loss.

It is ``{"format": "cypp plan data", "version": 1, "records": [...]}``; each record is ``{"id", "kind", "parent",
"fields"}``, parents before children and siblings in their order. ``fields`` has what is not empty, by the names of
:mod:`cypp_desktop.domain.records`: words (rich text as the Markdown subset), true or false, or a list of words. An
action's progress is ``note@PERIOD``, ``status@PERIOD`` and ``reason@PERIOD``, a custom field ``custom@FIELD``, by ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined, move, restore
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import (
    KINDS,
    Details,
    Plan,
    Record,
    Value,
    cell,
    fields_of,
)

FORMAT, VERSION = "cypp plan data", 1
LARGEST = 200_000_000
"""The most bytes of JSON that are read."""
DEEPEST = 100
"""The most records that hang one below another."""
LABEL = "import of data"
_ID = re.compile(r"[0-9a-f]{32}")


def as_json(plan: Plan) -> bytes:
    """The whole plan as JSON in UTF-8."""
    records = [
        {"id": one.id, "kind": one.kind, "parent": one.parent, "fields": _filled(one)} for one in plan.branch(plan.root)
    ]
    data = {"format": FORMAT, "version": VERSION, "records": records}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _filled(record: Record) -> dict[str, Value]:
    blank = type(record)(id=record.id)
    return {name: value for name in fields_of(record) if (value := cell(record, name)) != cell(blank, name)}


def read(path: Path) -> list[Branch]:
    """The records of a JSON file; Refused says why it cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"“{path.name}” is too large: at most {LARGEST // 1_000_000} MB are read.")
        words = path.read_bytes()
    except OSError as problem:
        raise Refused(f"“{path.name}” cannot be read: {problem.strerror or problem}.") from None
    try:
        return read_json(words)
    except Refused as problem:
        raise Refused(f"“{path.name}” was not read. {problem}") from None


def read_json(data: bytes) -> list[Branch]:
    """The records of a JSON text, those without a parent, each with all that hangs on it; Refused says why not."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused("It is no JSON, or damaged.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("records"), list):
        raise Refused("It is JSON, but not the data of a plan.")
    if found.get("version") != VERSION:
        raise Refused("It was written by a newer version of the program; please update.")
    entries: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(found["records"], 1):
        entry = _entry(number, one)
        if entry["id"] in entries:
            raise Refused(f"Record {number}: its id stands there twice.")
        entries[entry["id"]] = entry
    return _branches(entries)


def _entry(number: int, one: object) -> dict[str, Any]:
    if not isinstance(one, dict) or not isinstance(one.get("fields"), dict):
        raise Refused(f"Record {number} is no record.")
    kind, own, parent = one.get("kind"), one.get("id"), one.get("parent")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Refused(f"Record {number}: there is nothing called “{kind}” in a plan.")
    if not isinstance(own, str) or not _ID.fullmatch(own) or not isinstance(parent, str):
        raise Refused(f"Record {number}: its id is not one of this program.")
    fields = {str(name): tuple(value) if isinstance(value, list) else value for name, value in one["fields"].items()}
    for name, value in fields.items():
        if not (
            all(isinstance(one, str) for one in value) if isinstance(value, tuple) else isinstance(value, str | bool)
        ):
            raise Refused(f"Record {number}: “{name}” cannot take that kind of value.")
    return {"id": own, "kind": kind, "parent": parent, "fields": fields}


def _branches(entries: Mapping[str, dict[str, Any]]) -> list[Branch]:
    """The records as branches: a record whose parent does not stand there is the top of one."""
    children: dict[str, list[dict[str, Any]]] = {}
    for entry in entries.values():
        children.setdefault(entry["parent"] if entry["parent"] in entries else "", []).append(entry)
    made: dict[str, Branch] = {}
    order, deep = list(children.get("", ())), dict.fromkeys(entries, 0)
    for entry in order:  # grows while it is walked: parents first
        hung = children.get(entry["id"], [])
        order += hung
        deep |= dict.fromkeys((child["id"] for child in hung), deep[entry["id"]] + 1)
    if len(order) != len(entries):
        raise Refused("Some of its records hang on each other in a circle.")
    if max(deep.values(), default=0) > DEEPEST:
        raise Refused("Its records hang below one another deeper than in any plan.")
    for entry in reversed(order):
        below = [made[child["id"]] for child in children.get(entry["id"], ())]
        made[entry["id"]] = Branch(entry["kind"], entry["fields"], below, entry["id"])
    return [made[entry["id"]] for entry in children.get("", ())]


def step(plan: Plan, branches: Sequence[Branch], keys: Keys | None = None, deleted: Collection[Record] = ()) -> Step:
    """The step that brings data into a plan, or begins one where there is none.

    Into the plan that they are of, data bring what is new and what differs; what they do not have stays as it is;
    those of the ``deleted`` records that they have come back.
    Refused where they are of another plan, or mean something that cannot be.
    """
    if len(branches) != 1 or branches[0].kind != Details.kind:
        raise Refused("It has no plan, or more than one, at its top.")
    if not plan.root:
        return add_branches(plan, "", branches, keys=keys, label=LABEL)
    if branches[0].id != plan.root:
        raise Refused("These are the data of another plan. Make a new plan of them.")
    named = set(_ids(branches[0]))
    back = [record for record in deleted if record.id in named]
    steps = _steps(plan.replaced(back), branches[0], "", keys or Keys())
    return joined(LABEL, [restore(record.id for record in back), *steps])


def _steps(plan: Plan, branch: Branch, parent: str, keys: Keys) -> Iterator[Step]:
    if branch.id not in plan:
        yield add_branches(plan, parent, [branch], keys=keys)
        return
    now = plan[branch.id]
    if now.kind != branch.kind:
        raise Refused(f"The {now.kind} “{branch.id}” stands there as a {branch.kind}.")
    if parent and now.parent != parent:
        yield move(plan, branch.id, parent, keys=keys)
    yield edit(plan, branch.id, branch.fields)
    for child in branch.children:
        yield from _steps(plan, child, branch.id, keys)


def _ids(branch: Branch) -> Iterator[str]:
    yield branch.id
    for child in branch.children:
        yield from _ids(child)
