"""Looking back: who changed what, and the whole plan as it was at a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import MAXYEAR, UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cypp_desktop.document import anew, file, journal
from cypp_desktop.document.file import BROKEN
from cypp_desktop.document.journal import Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain import moments
from cypp_desktop.domain.change import KIND, Refused, is_mark
from cypp_desktop.domain.plan import Plan, Value
from cypp_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from cypp_desktop.document.document import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in the history: who put which value into which cell, and what stood there before."""

    id: bytes
    step: bytes
    at: str
    author: str
    op: str
    record: str
    field: str
    before: Value
    after: Value


def entries(store: Store, record: str = "", limit: int = 500) -> list[Entry]:
    """The changes of one record, or of the whole plan, latest first; marks are not among them."""
    rows = [row for row in store.history(record, limit) if not is_mark(row.field)]
    known = store.changes(one for row in rows for one in journal.split(row.parents))
    return [Entry(row.id, row.step, row.at, row.author, row.op, *row.cell, *values(row, known)) for row in rows]


def maker(document: Document, record: str) -> str:
    """Who added a record; "" where it never was."""
    return next((one.author for one in document.history(record) if one.field == KIND), "")


def values(row: Row, known: Mapping[bytes, Row]) -> tuple[Value, Value]:
    """What stood in a change's cell before it, and what it put there."""
    older = [known[one] for one in journal.split(row.parents) if one in known and known[one].cell == row.cell]
    before = journal.read(max(older, key=lambda one: (one.lamport, one.id)).value) if older else None
    return before, journal.read(row.value)


def moment(words: str) -> datetime:
    """A day ("2016-11-03": the end of it) or a moment in ISO form, of this computer's zone; raises Refused."""
    found = moments.local(words)
    if found is None or not 1 < found.year < MAXYEAR:  # the first and last are others in other zones
        raise Refused(f"“{words}” is no date. Write it like 2016-11-03, or 2016-11-03T14:30.")
    if len(words) <= len("2016-11-03"):  # the clocks may be put forward or back on that day
        return found.replace(hour=23, minute=59, second=59, tzinfo=None).astimezone()
    return found


def upto(rows: Iterable[Row], at: datetime) -> Iterator[Row]:
    """The changes that were made up to a moment, by the clocks of those who made them."""
    latest = at.astimezone(UTC).isoformat(timespec="seconds")
    return (row for row in rows if (_plain(row.at) or latest) <= latest)


def _plain(at: str) -> str:
    """A time as this program writes it; a copy from elsewhere can hold anything there."""
    if at.endswith("+00:00") and len(at) == len("2016-11-03T14:30:00+00:00"):
        return at
    found = moments.local(at)
    return found.astimezone(UTC).isoformat(timespec="seconds") if found else ""


def day_of(at: str) -> date | None:
    """The day, by this computer's zone, of a recorded time (ISO); None for what is none: a copy can hold anything."""
    found = moments.local(at)
    return found.date() if found else None


def days(path: Path) -> dict[date, int]:
    """On which days how many steps were taken, in the order of time; raises Refused where the file cannot be read.

    It opens the file for itself, so it can run on any thread.
    """
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            steps = {row.step: row.at for row in Store(connection).rows() if not is_mark(row.field)}
    except BROKEN as problem:
        raise Refused(f"The history cannot be read: {file.sentence(problem)}") from None
    found = Counter(day for at in steps.values() if (day := day_of(at)))
    return dict(sorted(found.items()))


def plan_at(path: Path, at: datetime) -> Plan:
    """The whole plan as it was at a moment; raises Refused where it was not there yet or the file cannot be read.

    It opens the file for itself, so it can run on any thread.
    """
    plan = Plan(journal.fold(_rows_at(path, at)))
    if not plan.root:
        raise Refused("This plan was not begun then.")
    return plan


def write_at(path: Path, target: Path, at: datetime) -> None:
    """Write the plan as it was at a moment into a new file, with its history up to then; raises Refused."""
    rows = _rows_at(path, at)
    if not Plan(journal.fold(rows)).root:
        raise Refused("This plan was not begun then.")
    anew.write(target, rows)


def _rows_at(path: Path, at: datetime) -> list[Row]:
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            return list(upto(Store(connection).rows(), at))
    except BROKEN as problem:
        raise Refused(f"The history cannot be read: {file.sentence(problem)}") from None
