"""What a document tells: what a step did, and which text was being typed when the program ended."""

from __future__ import annotations

from collections.abc import Iterable

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What a step did: the plan before and after it, and the ids of all records that it added, changed or removed."""

    before: Plan
    after: Plan
    changed: frozenset[str]
    label: str
    op: str


def event_of(before: Plan, after: Plan, touched: Iterable[str], label: str, op: str) -> Event:
    """What a step did that touched some records."""
    changed = frozenset(one for one in touched if before.get(one) != after.get(one))
    return Event(before, after, changed, label, op)


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was being typed and not yet a step when the program ended."""

    record: str
    field: str
    value: str
    at: str
    author: str
