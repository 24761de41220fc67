"""The questions that merging leaves open: found in the journal, kept in the file, settled by an ordinary step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Literal

from cypp_desktop.document import file, journal, redaction, twins
from cypp_desktop.document.file import BROKEN
from cypp_desktop.document.journal import Row
from cypp_desktop.document.knowledge import BRINGS_BACK
from cypp_desktop.document.store import Store
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, PLACE, REDACT, TWINS, Change, Refused, Step
from cypp_desktop.domain.plan import KINDS, Copy, Plan, Value, cell
from cypp_desktop.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers: which field was given which value, by whom and when, as their computer says.

    That is who wrote it, not who only brought it back by undo, redo or review; ``id`` is the change in which they did.
    """

    field: str
    value: Value
    author: str
    at: str
    id: bytes


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question about one record; the last of its sides is shown in the plan meanwhile.

    "value": a field was given different values (its ``base`` is what stood before). "deleted": somebody deleted the
    record, and somebody else changed or kept it. "place": what it hangs on is gone, or cannot bear it, and its sides
    say who deleted that. "twins": two people seem to have added the same; the values of its sides are the records' ids.
    "redact": a copy asks to remove a recorded value (``base``) from the history for good, of a record that may be gone
    (then it is about the plan); the values of its sides are the id of that change.
    """

    kind: Literal["value", "deleted", "place", "twins", "redact"]
    record: str
    field: str
    base: Value
    sides: tuple[Side, ...]


def find(store: Store, plan: Plan) -> list[Conflict]:
    """All open questions about the records that are in the plan, in the order in which one reads it."""
    found = [*_values(store, plan), *_deletions(store, plan), *_places(store, plan)]
    found += [*_twins(store, plan), *_removals(store, plan)]
    place = {record.id: number for number, record in enumerate(plan.walk())} if found else {}

    def order(one: Conflict) -> tuple[object, ...]:
        at = place.get(one.record, len(place))
        return at, one.record, one.field, one.kind, *(side.id for side in one.sides[-1:])

    return sorted(found, key=order)


def load(path: Path, plan: Plan) -> list[Conflict]:
    """The same of a plan file, of which ``plan`` is what is in it now; raises Refused.

    It opens the file for itself, so it can run on any thread.
    """
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            return find(Store(connection), plan)
    except BROKEN as problem:
        raise Refused(f"What is to settle cannot be read: {file.sentence(problem)}") from problem


def settle(plan: Plan, conflict: Conflict, value: Value) -> Step:
    """The step that answers a question for good; raises Refused where the value cannot be.

    ``value`` is the field's; for "deleted" whether the record is to go; for a place the id of what it is to hang on;
    for twins the id of the one that is kept, or False where both are meant. A removal can only be declined here; it is
    agreed to by :meth:`Document.redact`, as there is no undoing it.
    """
    label = "decision"
    if conflict.kind == "twins":
        one, other = (str(side.value) for side in conflict.sides)
        if not value:
            return twins.keep_both(one, other)
        return twins.combine(plan, str(value), other if value == one else one)
    if conflict.kind == "redact":
        return Step(label, "resolve", (Change(str(conflict.sides[0].value), REDACT, before=True, after=False),))
    if conflict.kind == "deleted":
        step = change.delete(plan, [conflict.record], label) if value else change.restore([conflict.record], label)
    elif conflict.field == PLACE:
        step = change.move(plan, conflict.record, str(value))
    else:
        if value is None:  # it was removed from the history for good: then what an empty field has
            value = cell(KINDS[plan[conflict.record].kind](id=""), conflict.field)
        step = change.edit(plan, conflict.record, {conflict.field: value}, closed=True)
    return Step(label, "resolve", step.changes or (_again(plan, conflict),))


def _again(plan: Plan, conflict: Conflict) -> Change:
    """The value that is shown already, written once more: now it replaces all sides."""
    record = plan[conflict.record]
    shown = (record.parent, record.order) if conflict.field == PLACE else cell(record, conflict.field)
    return Change(conflict.record, conflict.field, shown, shown)


def _values(store: Store, plan: Plan) -> Iterator[Conflict]:
    heads = store.divided()
    rows = store.changes(one for cell in heads.values() for one in cell)
    wrote = _written(store, rows.values())
    older = store.changes(one for row in wrote.values() for one in journal.split(row.parents))
    for (record, field), ids in heads.items():
        if record not in plan or field == DELETED or not _known(plan, record, field):
            continue
        sides = _sides((rows[one] for one in ids), wrote)
        if (
            len({side.value[0] if field == PLACE and isinstance(side.value, tuple) else side.value for side in sides})
            > 1
        ):
            yield Conflict("value", record, field, _base([wrote[one] for one in ids], older), sides)


def _known(plan: Plan, record: str, field: str) -> bool:
    if isinstance(plan[record], Copy):  # who has copies out is noted, not written: the latest note counts
        return False
    try:
        return field == PLACE or cell(plan[record], field) is not None
    except KeyError:  # a newer program's: kept and passed on, not shown
        return False


def _base(rows: list[Row], older: dict[bytes, Row]) -> Value:
    """What stood in a cell before its sides parted: the latest change that all of them replaced."""
    shared = set.intersection(*(set(journal.split(row.parents)) for row in rows))
    common = [older[one] for one in shared if one in older and older[one].cell == rows[0].cell]
    return journal.read(max(common, key=_order).value) if common else None


def _sides(rows: Iterable[Row], wrote: Mapping[bytes, Row]) -> tuple[Side, ...]:
    """The different values, each by who wrote it last, in the order in which the plan would show them."""
    last = {row.value: row for row in sorted(rows, key=_order)}
    kept = [(row, wrote[row.id]) for row in sorted(last.values(), key=_order)]
    return tuple(Side(row.field, journal.read(row.value), by.author, by.at, by.id) for row, by in kept)


def _written(store: Store, rows: Iterable[Row]) -> dict[bytes, Row]:
    """For each side's change by its id the one in which somebody wrote its value: what brings it back has its hash.

    But where another side was written over that one, it is the first to bring it back who stands against that.
    """
    found = {row.id: row for row in rows}
    alike: dict[tuple[str, str, bytes], list[Row]] = {}
    for row in sorted(store.of_records({row.record for row in found.values() if row.op in BRINGS_BACK}), key=_order):
        alike.setdefault((*row.cell, row.vhash), []).append(row)
    chosen = {one: alike.get((*row.cell, row.vhash), [row]) for one, row in found.items()}
    wrote = (row for same in chosen.values() for row in same if row.op not in BRINGS_BACK)
    known = {one for row in wrote for one in journal.split(row.parents)}
    return {one: next((row for row in same if row.id not in known), found[one]) for one, same in chosen.items()}


def _order(row: Row) -> tuple[int, bytes]:
    return row.lamport, row.id


def _deletions(store: Store, plan: Plan) -> Iterator[Conflict]:
    for record, cells in store.cells(one for one in store.deleted() if one in plan).items():
        if isinstance(plan[record], Copy):
            continue
        marks = cells[DELETED]
        seen = {one for mark in marks if journal.read(mark.value) is True for one in journal.split(mark.parents)}
        unseen = [
            head.id for field, heads in cells.items() if field != DELETED for head in heads if head.id not in seen
        ]
        rows = store.changes([*(mark.id for mark in marks), *unseen])
        wrote = _written(store, rows.values())
        gone = _sides((row for row in rows.values() if row.field == DELETED), wrote)
        kept = sorted((row for row in rows.values() if row.field != DELETED), key=lambda row: _order(wrote[row.id]))
        sides = (*gone, *(side for row in kept for side in _sides([row], wrote)))
        yield Conflict("deleted", record, DELETED, base=False, sides=sides)


def _places(store: Store, plan: Plan) -> Iterator[Conflict]:
    lost = plan.unplaced()
    marks = store.cells({record.parent for record in lost})
    for record in lost:
        rows = store.changes(head.id for head in marks.get(record.parent, {}).get(DELETED, ()))
        sides = _sides(rows.values(), _written(store, rows.values()))
        yield Conflict("place", record.id, PLACE, record.parent, sides)


def _twins(store: Store, plan: Plan) -> Iterator[Conflict]:
    makers = store.makers()
    if len({row.author for row in makers.values()}) > 1:
        decided = {row.record for row in store.marks(TWINS) if journal.read(row.value) == twins.BOTH}
        names = {record: row.author for record, row in makers.items()}
        for pair in twins.find(plan, names, decided):
            rows = sorted((makers[one.id] for one in pair), key=_order)
            sides = tuple(Side(TWINS, row.record, row.author, row.at, row.id) for row in rows)
            yield Conflict("twins", rows[0].record, TWINS, None, sides)


def _removals(store: Store, plan: Plan) -> Iterator[Conflict]:
    asked = list(redaction.requests(store))
    wrote = _written(store, (mark for marks, _ in asked for mark in marks))
    for marks, row in asked:
        ordered = (wrote[mark.id] for mark in sorted(marks, key=_order))
        sides = tuple(Side(REDACT, mark.record, mark.author, mark.at, mark.id) for mark in ordered)
        about = row.record if row.record in plan else plan.root
        yield Conflict("redact", about, row.field, journal.read(row.value), sides)
