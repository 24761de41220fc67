"""Steps as journal rows: forward, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import DELETED, KIND, Change, Refused
from cypp_desktop.domain.plan import Plan

GONE = "That is no longer in the plan."


def forward(store: Store, plan: Plan, stamp: Stamp, changes: Sequence[Change]) -> Iterator[Row]:
    """An ordinary step's rows: each replaces all heads of its cell, a deletion all that stands of its record.

    Where a step changes a cell twice, the last change counts. Raises Refused where the step is about records that are
    not, or not any more, as it takes them.
    """
    changes = list({(change.record, change.field): change for change in changes}.values())
    standing = store.heads({change.record for change in changes})
    new = {change.record for change in changes if change.field == KIND}
    for change in changes:
        _examine(change, plan, known=change.record in standing, new=change.record in new)
    for change in sorted(changes, key=lambda change: change.field == DELETED):  # deletions see the step's own edits
        heads = standing.setdefault(change.record, {})
        if change.field == DELETED and change.after:
            parents = set().union(*heads.values())
        else:
            parents = heads.get(change.field, set())
        row = journal.make(stamp, change.record, change.field, parents, change.after)
        heads[change.field] = {row.id}
        yield row


def deleted(rows: Iterable[Row]) -> set[str]:
    """The records that an ordinary deletion's rows hide: it saw all that stood, so nothing need be read again."""
    return {row.record for row in rows if row.op == "delete" and row.field == DELETED and row.value == "true"}


def _examine(change: Change, plan: Plan, *, known: bool, new: bool) -> None:
    if known and change.field == KIND:
        raise Refused("That is in the plan already.")
    if change.field == DELETED and change.record == plan.root:
        raise Refused("The plan itself cannot be deleted.")
    there = known if change.field == DELETED and not change.after else change.record in plan
    if not (new or there):
        raise Refused(GONE)


def inverse(store: Store, stamp: Stamp, step: bytes) -> Iterator[Row]:
    """The rows that put back what a step replaced, a conflict or a half-decided deletion included.

    Raises Refused, with the name, where somebody has changed a cell since.
    """
    made: dict[tuple[str, str], list[Row]] = {}
    for row in store.step(step):
        made.setdefault(row.cell, []).append(row)
    standing = store.heads({record for record, _ in made})
    for (record, field), rows in made.items():
        _unchanged(store, stamp, rows, standing[record].get(field, set()))
    older = _replaced(store, made)
    seen = store.own_heads({record for record, field in made if field in (KIND, DELETED)}, stamp.session)
    for (record, field), rows in sorted(made.items(), key=lambda one: one[0][1] == DELETED):  # they see the rest
        if field == KIND:  # an addition is undone by a deletion, which does not hide what others wrote into the record
            parents = seen[record] | standing[record].get(DELETED, set())
            yield journal.make(stamp, record, DELETED, parents, value=True)
        elif (record, KIND) not in made:
            heads, own = standing[record][field], seen.setdefault(record, set())
            for row in _put_back(stamp, rows[0].cell, heads, older[record, field], own):
                own.add(row.id)
                yield row


def _unchanged(store: Store, stamp: Stamp, made: list[Row], standing: set[bytes]) -> None:
    """See that a cell still says what a step wrote: its rows stand, or this sitting's undo and redo put them back."""
    others = store.changes(standing - {row.id for row in made})
    strange = [row for row in others.values() if row.session != stamp.session or row.op not in ("undo", "redo")]
    if not others and len(standing) == len(made):
        return
    if strange or {row.value for row in others.values()} != {row.value for row in made}:
        names = " and ".join(sorted({row.author for row in strange or others.values()})) or "Somebody"
        raise Refused(f"{names} has changed this since, so it cannot be taken back.")


Before = list[tuple[Row, set[bytes]]]
"""What stood in a cell: the changes that were replaced, each with what it saw of other cells if it is a deletion."""


def _replaced(store: Store, made: dict[tuple[str, str], list[Row]]) -> dict[tuple[str, str], Before]:
    marks = store.marks({record for record, field in made if field == DELETED})
    parents = {cell: {one for row in rows for one in journal.split(row.parents)} for cell, rows in made.items()}
    others = store.changes(one for (_, field), ids in parents.items() if field != DELETED for one in ids)
    found: dict[tuple[str, str], Before] = {cell: [] for cell in made}
    for row in sorted((*others.values(), *marks.values()), key=lambda row: (row.lamport, row.id)):
        if row.id in parents.get(row.cell, ()) and row.value is not None:
            saw = {one for one in journal.split(row.parents) if row.field == DELETED and one not in marks}
            found[row.cell].append((row, saw))
    return found


def _put_back(stamp: Stamp, cell: tuple[str, str], heads: set[bytes], older: Before, own: set[bytes]) -> Iterator[Row]:
    """Rows with the older values, in their order, so that a conflict shows again the side that it showed.

    A deletion comes back knowing what it knew, and what this sitting (``own``) did and took back since.
    """
    deletion = cell[1] == DELETED
    if not older:
        yield journal.make(stamp, *cell, heads, value=False if deletion else None)
    for place, (row, saw) in enumerate(older):
        later = stamp._replace(lamport=stamp.lamport + place)
        seen = saw | own if deletion and row.value == "true" else saw
        yield journal.make(later, *cell, heads | seen, journal.read(row.value))
