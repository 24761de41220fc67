"""Where a record goes that is moved with the keys."""

from __future__ import annotations

from collections.abc import Sequence

from cypp_desktop.domain.change import Step, move
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import KINDS, Outcome, Plan, Priority, Record


def shift(plan: Plan, record: Record, by: int, keys: Keys) -> Step | None:
    """The step that moves a record up (-1) or down (1) among its siblings, at the end into the neighbouring parent."""
    siblings = [one.id for one in plan.of(KINDS[record.kind], record.parent)]
    place = siblings.index(record.id) + by
    if 0 <= place < len(siblings):
        above = siblings[place - 1] if by < 0 and place else siblings[place] if by > 0 else ""
        return move(plan, record.id, record.parent, above, keys)
    parent = plan.get(record.parent)
    if not isinstance(parent, Priority | Outcome):
        return None
    around = plan.of(KINDS[parent.kind], parent.parent)
    other = around.index(parent) + by
    if not 0 <= other < len(around):
        return None
    return move(plan, record.id, around[other].id, "" if by > 0 else None, keys)


def along(plan: Plan, shown: Sequence[Record], record: Record, by: int, keys: Keys) -> Step | None:
    """The step that moves a record up (-1) or down (1) past its neighbour in a list that is shown; None at its ends."""
    ids = [one.id for one in shown]
    place = ids.index(record.id) + by if record.id in ids else -1
    if not 0 <= place < len(shown):
        return None
    parent = shown[place].parent
    return (
        shift(plan, record, by, keys)
        if parent == record.parent
        else move(plan, record.id, parent, "" if by > 0 else None, keys)
    )


def inwards(plan: Plan, record: Record, keys: Keys) -> Step | None:
    """The step that hangs an outcome on the one before it."""
    siblings = plan.of(KINDS[record.kind], record.parent)
    place = siblings.index(record) if record in siblings else 0
    if not isinstance(record, Outcome) or not place:
        return None
    return move(plan, record.id, siblings[place - 1].id, None, keys)


def outwards(plan: Plan, record: Record, keys: Keys) -> Step | None:
    """The step that takes a nested outcome out of the one above it, to stand after it."""
    parent = plan.get(record.parent)
    if not isinstance(record, Outcome) or not isinstance(parent, Outcome):
        return None
    return move(plan, record.id, parent.parent, parent.id, keys)
