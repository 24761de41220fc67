"""What a document tells: what a step did, and which text was being typed when the program ended.

Such text, a draft, is in the file within seconds. One of an earlier sitting is never overwritten: what is typed into
the same cell meanwhile stands beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass

_ASIDE = "\n"  # no field's name has one; behind it stands when the draft that was set aside was written


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
    """Text that was being typed and not yet a step when the program ended; ``key`` is the field that it is kept by."""

    record: str
    field: str
    value: str
    at: str
    author: str
    key: str


def drafts_in(connection: sqlite3.Connection) -> list[Draft]:
    """All drafts in a file, oldest first."""
    found = connection.execute("SELECT record, field, value, at, author FROM draft ORDER BY at")
    return [Draft(one, key.partition(_ASIDE)[0], value, at, author, key) for one, key, value, at, author in found]


def keep_draft(connection: sqlite3.Connection, draft: Draft, since: str) -> None:
    """Keep a draft in place of the one of the same cell; one from before ``since`` (ISO) is set aside."""
    connection.execute(
        "UPDATE OR REPLACE draft SET field=field || ? || at WHERE record=? AND field=? AND at<?",
        (_ASIDE, draft.record, draft.field, since),
    )
    row = (draft.record, draft.key, draft.value, draft.at, draft.author)
    connection.execute("INSERT OR REPLACE INTO draft VALUES(?,?,?,?,?)", row)


def drafts_of_cell(connection: sqlite3.Connection, record: str, field: str, since: str) -> list[Draft]:
    """The draft of a cell that was written in this sitting, if any."""
    return [one for one in drafts_in(connection) if (one.record, one.key) == (record, field) and one.at >= since]


def drop_draft(connection: sqlite3.Connection, draft: Draft) -> None:
    """Forget a draft."""
    connection.execute("DELETE FROM draft WHERE record=? AND field=?", (draft.record, draft.key))


def drop_drafts(connection: sqlite3.Connection, cells: Collection[tuple[str, str]]) -> None:
    """Forget all drafts of some cells, those that were set aside too."""
    for one in drafts_in(connection):
        if (one.record, one.field) in cells:
            drop_draft(connection, one)
