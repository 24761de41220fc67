"""How a plan changes: a change is one cell that gets another value, a step one named operation and its changes.

The functions here only describe steps; the document carries them out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from cypp_desktop.domain.folding import plainly
from cypp_desktop.domain.order import Keys, valid
from cypp_desktop.domain.plan import (
    KINDS,
    UPDATE_FIELDS,
    Details,
    Period,
    Plan,
    Record,
    Value,
    cell,
    field_defaults,
    with_cells,
)
from cypp_desktop.domain.values import dataclass, field

KIND, PLACE, DELETED = "_kind", "_place", "_deleted"
"""The fields that every record has: what it is, ``(parent, order key)``, and whether it was deleted."""

REVIEW, TWINS, REDACT = "_review", "_twins", "_redact"
"""The fields of marks: what was said of a step, of two records alike, of a recorded value. They are cells of their own
and of no record, so that nobody's mark counts as an edit of what it is about."""

LONGEST = 200_000
"""The most characters that one value can have; a board pack of a hundred pages has fewer."""


class Refused(ValueError):
    """The operation cannot be done, for the reason that the message gives in one plain sentence."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(plainly(sentence))  # names of strangers' files stand in it


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that goes from one value to another; a place is ``(parent, order key)``."""

    record: str
    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Step:
    """One operation by one person: what it is called, what it is (``op``), and its changes."""

    label: str
    op: str
    changes: tuple[Change, ...]

    @property
    def record(self) -> str:
        """The record that the step is about, the first that it touches; "" for an empty step."""
        return self.changes[0].record if self.changes else ""

    def __bool__(self) -> bool:
        return bool(self.changes)


def is_mark(field: str) -> bool:
    """Whether a field is one of a mark, and so of no record."""
    return field.partition("@")[0] in {REVIEW, TWINS, REDACT}


def new_id() -> str:
    """A permanent id for a new record."""
    return os.urandom(16).hex()


@dataclass(frozen=True, slots=True)
class Branch:
    """A record that is not in a plan yet, with what hangs on it: its kind, fields and children."""

    kind: str
    fields: Mapping[str, Value]
    children: Sequence[Branch] = ()
    id: str = field(default_factory=new_id)


def edit(plan: Plan, record: str, values: Mapping[str, Value], label: str = "", *, closed: bool = False) -> Step:
    """Give some fields of a record other values; an empty step where they already have them.

    Refused where one is of a closed period, unless ``closed`` says that this may be, as in a decision on what copies
    brought.
    """
    old = _found(plan, record)
    changes = [Change(record, name, _cell(old, name), _fit(old, name, after)) for name, after in values.items()]
    changes = [change for change in changes if change.after != change.before]
    if not closed:
        for change in changes:
            _in_an_open_period(plan, change.field)
    named = next(iter(values), "").partition("@")[0].replace("_", " ")
    return Step(label or f"change of {named}", "set", tuple(changes))


def edit_all(plan: Plan, records: Iterable[str], values: Mapping[str, Value], label: str) -> Step:
    """The same edit on several records, as one step."""
    steps = [edit(plan, record, values) for record in records]
    return Step(label, "set", tuple(change for step in steps for change in step.changes))


def add(
    plan: Plan,
    kind: str,
    parent: str,
    values: Mapping[str, Value] | None = None,
    *,
    after: str | None = None,
    keys: Keys | None = None,
) -> Step:
    """Add a record under a parent, after a sibling ("" for the first place, None for the last)."""
    return add_branches(plan, parent, [Branch(kind, values or {})], after=after, keys=keys)


def add_branches(
    plan: Plan,
    parent: str,
    branches: Sequence[Branch],
    *,
    after: str | None = None,
    keys: Keys | None = None,
    label: str = "",
) -> Step:
    """Add records with all that hangs on them, one after another; ids that ``Branch`` fields name stay as they are."""
    if parent and parent not in plan:
        raise Refused("The place for it is no longer in the plan.")
    keys = keys or Keys()
    changes: list[Change] = []
    last: dict[str, str] = {}
    for branch in branches:
        _allowed(branch.kind, plan[parent].kind if parent else "")
        if branch.kind == Details.kind and plan.root:
            raise Refused("There can be only one plan in a file.")
        low, high = _room(plan, branch.kind, parent, after)
        last[branch.kind] = keys.between(last.get(branch.kind, low), high)
        _put(branch, parent, last[branch.kind], keys, changes)
    return Step(label or (f"new {branches[0].kind}" if branches else ""), "add", tuple(changes))


def _put(branch: Branch, parent: str, key: str, keys: Keys, changes: list[Change]) -> None:
    changes.append(Change(branch.id, KIND, None, branch.kind))
    changes.append(Change(branch.id, PLACE, None, (parent, key)))
    blank = KINDS[branch.kind](id=branch.id)
    for name, value in branch.fields.items():
        before = _cell(blank, name)
        if _fit(blank, name, value) != before:
            changes.append(Change(branch.id, name, before, value))
    last: dict[str, str] = {}
    for child in branch.children:
        _allowed(child.kind, branch.kind)
        last[child.kind] = keys.between(last.get(child.kind), None)
        _put(child, branch.id, last[child.kind], keys, changes)


def move(plan: Plan, record: str, parent: str, after: str | None = None, keys: Keys | None = None) -> Step:
    """Move a record with all below it under a parent, after a sibling ("" for the first place, None for the last)."""
    old = _found(plan, record)
    if parent not in plan:
        raise Refused("The place for it is no longer in the plan.")
    if any(one.id == parent for one in plan.branch(record)):
        raise Refused("A record cannot be moved below itself.")
    _allowed(old.kind, plan[parent].kind)
    if after == record:
        return Step("move", "move", ())
    siblings = [one.id for one in plan.of(KINDS[old.kind], parent)]
    if parent == old.parent and record in siblings:
        place = siblings.index(record)
        before = siblings[place - 1] if place else ""
        if after == before or (after is None and place == len(siblings) - 1):
            return Step("move", "move", ())
    key = (keys or Keys()).between(*_room(plan, old.kind, parent, after, without=record))
    return Step(f"move of {old.kind}", "move", (Change(record, PLACE, (old.parent, old.order), (parent, key)),))


def delete(plan: Plan, records: Iterable[str], label: str = "") -> Step:
    """Delete records with all below them; the plan itself cannot be deleted."""
    gone: dict[str, Record] = {}
    for record in records:
        if isinstance(_found(plan, record), Details):
            raise Refused("The plan itself cannot be deleted.")
        gone |= {one.id: one for one in plan.branch(record)}
    first = next(iter(gone.values()), None)
    name = label or (f"deletion of {first.kind}" if first else "")
    return Step(name, "delete", tuple(Change(one, DELETED, before=False, after=True) for one in gone))


def restore(records: Iterable[str], label: str = "restore") -> Step:
    """Bring deleted records back, each as it was."""
    return Step(label, "restore", tuple(Change(record, DELETED, before=True, after=False) for record in records))


def begun(step: Step) -> Plan:
    """The plan that a step makes out of nothing."""
    cells: dict[str, dict[str, Value]] = {}
    for change in step.changes:
        cells.setdefault(change.record, {})[change.field] = change.after
    records = []
    for one, fields in cells.items():
        kind, place = fields.pop(KIND), fields.pop(PLACE)
        parent, order = place if isinstance(place, tuple) else ("", "")
        records.append(with_cells(KINDS[str(kind)](id=one, parent=parent, order=order), fields))
    return Plan(records)


def joined(label: str, steps: Iterable[Step]) -> Step:
    """Several steps as one, to be undone as one; their operations must be the same, or they count as edits."""
    steps = list(steps)
    ops = {step.op for step in steps if step}
    op = ops.pop() if len(ops) == 1 else "set"
    return Step(label, op, tuple(change for step in steps for change in step.changes))


def _in_an_open_period(plan: Plan, field: str) -> None:
    name, _, key = field.partition("@")
    period = plan.get(key) if name in UPDATE_FIELDS else None
    if isinstance(period, Period):
        require_open(period)


def require_open(period: Period) -> None:
    """Refused where a period is closed: what was written for it is history."""
    if period.closed:
        raise Refused(f"“{period.name}” is closed, so its progress can only be read. Reopen it first.")


def _found(plan: Plan, record: str) -> Record:
    found = plan.get(record)
    if found is None:
        raise Refused("That is no longer in the plan.")
    return found


def _cell(record: Record, name: str) -> Value:
    try:
        return cell(record, name)
    except KeyError:
        known = ", ".join(field_defaults(record.kind))
        raise Refused(f"A record of kind {record.kind} has no field “{name}”; it has {known}.") from None


def _allowed(kind: str, parent: str) -> None:
    if kind not in KINDS:
        raise Refused(f"There is nothing called “{kind}” in a plan; there are {', '.join(KINDS)}.")
    if parent not in KINDS[kind].hangs_on and (parent or KINDS[kind].hangs_on):
        raise Refused(f"A record of kind {kind} cannot stand under one of kind {parent or 'nothing'}.")


def _room(plan: Plan, kind: str, parent: str, after: str | None, without: str = "") -> tuple[str | None, str | None]:
    """The order keys between which a record is to stand; None where nothing stands on that side."""
    siblings = [one for one in plan.of(KINDS[kind], parent) if one.id != without] if parent else []
    orders = [one.order for one in siblings if valid(one.order)]
    if after is None:
        return (orders[-1] if orders else None), None
    low = next((one.order for one in siblings if one.id == after and valid(one.order)), None)
    return low, next((order for order in orders if low is None or order > low), None)


def _fit(record: Record, name: str, value: Value) -> Value:
    """A value that a field can take; Refused where it is of another type, too long, or cannot be written."""
    if type(value) is not type(_cell(record, name)):
        raise Refused(f"“{name}” cannot take that kind of value.")
    words = "".join(value) if isinstance(value, tuple) else value
    if isinstance(words, str):
        if len(words) > LONGEST:
            raise Refused(f"That text is too long: {len(words):,} characters, and there is room for {LONGEST:,}.")
        try:
            words.encode()
        except UnicodeEncodeError:
            raise Refused("That text holds half a character, which cannot be stored.") from None
    return value
