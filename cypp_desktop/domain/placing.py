"""Which records of a plan are reached from it: what merging left without a place is found, never lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cypp_desktop.domain.plan import Plan, Record


def unplaced(plan: Plan) -> tuple[str, ...]:
    """The tops of what is not reached from the plan, in order: their parent is gone, wrong, or below themselves."""
    if plan.root and stays_whole(plan, (record.id for record in plan if record.id != plan.root), ()):
        return ()  # as nearly always, and sooner told from below than from above
    reached = _reached(plan)
    lost = sorted((record for record in plan if record.id not in reached), key=lambda record: (record.order, record.id))
    tops: list[str] = []
    covered: set[str] = set()
    for orphans in (True, False):  # those without a right parent first; what is left hangs in a circle
        for record in lost:
            if record.id not in covered and not (orphans and fits(plan, record)):
                tops.append(record.id)
                covered.update(one.id for one in plan.branch(record.id))
    return tuple(tops)


def stays_whole(plan: Plan, moved: Iterable[str], out: Iterable[Record]) -> bool:
    """Whether all of a plan is still reached after some records were put elsewhere and some taken out.

    It is, if before that it was: every other record hangs on what it hung on.
    """
    if any(record.id not in plan and next(plan.children(record.id), None) for record in out):
        return False
    sound = {plan.root}
    for one in moved:
        chain: set[str] = set()
        record = plan[one]
        while record.id not in sound:
            if record.id in chain or not fits(plan, record):
                return False
            chain.add(record.id)
            record = plan[record.parent]
        sound.update(chain)
    return True


def fits(plan: Plan, record: Record) -> bool:
    """Whether a record hangs on one that is there, of a kind that can bear it."""
    parent = plan.get(record.parent)
    return parent is not None and parent.kind in record.hangs_on


def _reached(plan: Plan) -> set[str]:
    found = {plan.root} & {record.id for record in plan}
    ready = list(found)
    while ready:
        below = [child.id for child in plan.children(ready.pop()) if fits(plan, child) and child.id not in found]
        found.update(below)
        ready += below
    return found
