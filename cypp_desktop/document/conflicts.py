"""The questions that merging leaves open: found in the journal, kept in the file, settled by an ordinary step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, PLACE, Change, Step
from cypp_desktop.domain.plan import Plan, Value, cell


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers: which field was given which value, by whom and when, as their computer says."""

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
    say who deleted that.
    """

    kind: Literal["value", "deleted", "place"]
    record: str
    field: str
    base: Value
    sides: tuple[Side, ...]


def find(store: Store, plan: Plan) -> list[Conflict]:
    """All open questions about the records that are in the plan, in an order that is the same in every copy."""
    found = [*_values(store, plan), *_deletions(store, plan), *_places(store, plan)]
    return sorted(found, key=lambda one: (one.record, one.field, one.kind))


def settle(plan: Plan, conflict: Conflict, value: Value) -> Step:
    """The step that answers a question for good; raises Refused where the value cannot be.

    ``value`` is the field's; for "deleted" whether the record is to go; for a place the id of what it is to hang on.
    """
    label = "decision"
    if conflict.kind == "deleted":
        step = change.delete(plan, [conflict.record], label) if value else change.restore([conflict.record], label)
    elif conflict.field == PLACE:
        step = change.move(plan, conflict.record, str(value))
    else:
        step = change.edit(plan, conflict.record, {conflict.field: value})
    return Step(label, "resolve", step.changes or (_again(plan, conflict),))


def _again(plan: Plan, conflict: Conflict) -> Change:
    """The value that is shown already, written once more: now it replaces all sides."""
    record = plan[conflict.record]
    shown = (record.parent, record.order) if conflict.field == PLACE else cell(record, conflict.field)
    return Change(conflict.record, conflict.field, shown, shown)


def _values(store: Store, plan: Plan) -> Iterator[Conflict]:
    heads = store.divided()
    rows = store.changes(one for cell in heads.values() for one in cell)
    older = store.changes(one for row in rows.values() for one in journal.split(row.parents))
    for (record, field), ids in heads.items():
        if record not in plan or field == DELETED or not _known(plan, record, field):
            continue
        sides = _sides(rows[one] for one in ids)
        if (
            len({side.value[0] if field == PLACE and isinstance(side.value, tuple) else side.value for side in sides})
            > 1
        ):
            yield Conflict("value", record, field, _base([rows[one] for one in ids], older), sides)


def _known(plan: Plan, record: str, field: str) -> bool:
    try:
        return field == PLACE or cell(plan[record], field) is not None
    except KeyError:  # a newer program's: kept and passed on, not shown
        return False


def _base(rows: list[Row], older: dict[bytes, Row]) -> Value:
    """What stood in a cell before its sides parted: the latest change that all of them replaced."""
    shared = set.intersection(*(set(journal.split(row.parents)) for row in rows))
    common = [older[one] for one in shared if one in older and older[one].cell == rows[0].cell]
    return journal.read(max(common, key=lambda row: (row.lamport, row.id)).value) if common else None


def _sides(rows: Iterable[Row]) -> tuple[Side, ...]:
    """The different values, each by who wrote it last, in the order in which the plan would show them."""
    ordered = sorted(rows, key=lambda row: (row.lamport, row.id))
    last = {row.value: row for row in ordered}
    kept = sorted(last.values(), key=lambda row: (row.lamport, row.id))
    return tuple(Side(row.field, journal.read(row.value), row.author, row.at, row.id) for row in kept)


def _deletions(store: Store, plan: Plan) -> Iterator[Conflict]:
    for record, cells in store.cells(one for one in store.deleted() if one in plan).items():
        marks = cells[DELETED]
        seen = {one for mark in marks if journal.read(mark.value) is True for one in journal.split(mark.parents)}
        unseen = [
            head.id for field, heads in cells.items() if field != DELETED for head in heads if head.id not in seen
        ]
        rows = store.changes([*(mark.id for mark in marks), *unseen])
        gone = _sides(row for row in rows.values() if row.field == DELETED)
        kept = sorted((row for row in rows.values() if row.field != DELETED), key=lambda row: (row.lamport, row.id))
        sides = (*gone, *(side for row in kept for side in _sides([row])))
        yield Conflict("deleted", record, DELETED, base=False, sides=sides)


def _places(store: Store, plan: Plan) -> Iterator[Conflict]:
    lost = plan.unplaced()
    marks = store.cells({record.parent for record in lost})
    for record in lost:
        rows = store.changes(head.id for head in marks.get(record.parent, {}).get(DELETED, ()))
        yield Conflict("place", record.id, PLACE, record.parent, _sides(rows.values()))
