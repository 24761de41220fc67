"""Steps as journal rows."""

from __future__ import annotations

from collections.abc import Sequence

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.store import Store
from cypp_desktop.document.undo import Heads, heads_of
from cypp_desktop.domain.change import DELETED, KIND, Change, Refused, is_mark
from cypp_desktop.domain.plan import Plan, Record


def forward(store: Store, plan: Plan, stamp: Stamp, changes: Sequence[Change]) -> tuple[list[Row], Heads]:
    """An ordinary step's rows, and the heads of its cells before it.

    Each row replaces all heads of its cell, a deletion's all that stands of its record. Where a step changes a cell
    twice, the last change counts. Raises Refused where the step is about records that are not, or not any more, as it
    takes them.
    """
    changes = list({(change.record, change.field): change for change in changes}.values())
    standing = store.heads({change.record for change in changes})
    new = {change.record for change in changes if change.field == KIND}
    brought_back = {change.record for change in changes if change.field == DELETED and not change.after}
    new |= brought_back & standing.keys()
    for change in changes:
        _examine(change, plan, known=change.record in standing, new=change.record in new)
    before = heads_of(((change.record, change.field) for change in changes), standing)
    rows = []
    for change in sorted(changes, key=lambda change: change.field == DELETED):  # deletions see the step's own edits
        heads = standing.setdefault(change.record, {})
        if change.field == DELETED and change.after:
            parents = set().union(*heads.values())
        else:
            parents = heads.get(change.field, set())
        row = journal.make(stamp, change.record, change.field, parents, change.after)
        heads[change.field] = {row.id}
        rows.append(row)
    return rows, before


def told(rows: Sequence[Row]) -> dict[str, Record | None]:
    """What an ordinary step's rows alone say of records: of those that it adds, and (None) what it deletes or marks."""
    new = {row.record for row in rows if row.field == KIND}
    deleted = {row.record for row in rows if row.field == DELETED and journal.read(row.value) is True}
    marks = {row.record for row in rows if is_mark(row.field)}
    records = {record.id: record for record in journal.fold(row for row in rows if row.record in new)}
    return {one: records.get(one) for one in new | deleted | marks}


def _examine(change: Change, plan: Plan, *, known: bool, new: bool) -> None:
    if len(change.record) > journal.WIDTHS["record"] or len(change.field) > journal.WIDTHS["field"]:
        raise Refused("The name of a record or field is too long.")
    if is_mark(change.field):
        return
    if known and change.field == KIND:
        raise Refused("That is in the plan already.")
    if change.field == DELETED and change.record == plan.root:
        raise Refused("The plan itself cannot be deleted.")
    there = known if change.field == DELETED and not change.after else change.record in plan
    if not (new or there):
        raise Refused("That is no longer in the plan.")
