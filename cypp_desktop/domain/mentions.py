"""Where records name one another by their ids, and what stands there once one of them takes the place of others."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from cypp_desktop.domain.plan import Plan, Record, Value, View

_LISTS = ("leads", "measures", "priorities")
_FILTERS = ("lead", "below")
"""The filters of a view whose value is an id."""


def renamed(plan: Plan, gone: AbstractSet[str], kept: str) -> Iterator[tuple[Record, str, Value]]:
    """The cells that name one of some records (by id): each with its record, its field, and ``kept`` named instead.

    A list names it once. The records that are ``gone`` name nobody any more.
    """
    for record in plan:
        if record.id in gone:
            continue
        for name in _LISTS:
            ids: tuple[str, ...] = getattr(record, name, ())
            if not gone.isdisjoint(ids):
                yield record, name, tuple(dict.fromkeys(kept if one in gone else one for one in ids))
        if getattr(record, "lead", "") in gone:
            yield record, "lead", kept
        if isinstance(record, View) and (filters := _filters(record, gone, kept)) != record.filters:
            yield record, "filters", filters


def _filters(view: View, gone: AbstractSet[str], kept: str) -> tuple[str, ...]:
    """A view's filters ("lead=ID"), each of them once."""
    old = {f"{key}={one}": f"{key}={kept}" for key in _FILTERS for one in gone}
    return tuple(dict.fromkeys(old.get(one, one) for one in view.filters))
