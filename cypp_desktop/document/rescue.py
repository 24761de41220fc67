"""Saving what is sound out of a plan file that is damaged, into a new file; the damaged one stays as it is.

Every change whose hash holds is read, row by row where pages are broken. Those with a whole history behind them become
the new file's journal, so that it can still be united with any copy; what the others say beyond that is written anew on
top of it, as one step by whoever rescues.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from cypp_desktop.document import anew, file, journal, safe_open
from cypp_desktop.document.document import Document
from cypp_desktop.document.file import BROKEN
from cypp_desktop.document.journal import COLUMNS, Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain import naming
from cypp_desktop.domain.change import KIND, PLACE, Change, Refused, Step
from cypp_desktop.domain.plan import KINDS, Plan, cell, fields_of
from cypp_desktop.domain.values import dataclass

AHEAD = 1000
"""How many rows may be missing in a row before nothing more is looked for."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a damaged file shows and the new one lacks: a field of a record as one says them, and what stands there."""

    record: str
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Rescued:
    """How many changes of a damaged file are in the new one, and how many of the others were unreadable or altered.

    ``missing`` is what is known of these from the damaged file's tables, which nothing vouches for: it is shown only.
    """

    kept: int
    anew: int
    lost: int
    missing: tuple[Missing, ...] = ()

    @property
    def sentence(self) -> str:
        """What became of the changes, for people."""
        lost = f"{self.lost:,} could not be read or were altered" if self.lost else "none was lost"
        return f"{self.kept + self.anew:,} changes were sound and are in the new file; {lost}."


def rescue(source: Path, target: Path, author: str) -> Rescued:
    """Make a new file of what is sound in a damaged one; raises Refused where that is nothing."""
    try:
        if not stat.S_ISREG((facts := source.stat()).st_mode) or facts.st_size > file.LARGEST:
            raise Refused(f"“{source.name}” is not a plan file.")
        with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
            copy = Path(folder, "damaged")
            shutil.copyfile(source, copy)
            doc_id, rows, lost, shown = _read(copy)
    except OSError as problem:
        raise Refused(f"“{source.name}” cannot be read: {file.sentence(problem)}") from None
    whole = _whole(rows)
    replaced = {one for row in whole for one in journal.split(row.parents)}
    if not Plan(journal.fold(whole)).root or safe_open.tangle(whole, replaced):
        raise Refused(f"Too little of “{source.name}” is sound to make a plan of it. Open a backup.")
    anew.write(target, whole, doc_id)
    try:
        with closing(Document.open(target, author)) as document:
            document.commit(_beyond(document.plan, Plan(journal.fold(rows))))
            return Rescued(len(whole), len(rows) - len(whole), lost, tuple(_missing(shown, document.plan)))
    except BaseException:  # half of a rescue is none, and would stand in the way of the next
        target.unlink(missing_ok=True)
        raise


def _read(path: Path) -> tuple[str, list[Row], int, Plan]:
    """The id of the plan, its sound rows, how many others there seem to be, and what its tables show of the plan."""
    with path.open("r+b") as whole:
        first = whole.read(100)
        size = int.from_bytes(first[16:18], "big") * int.from_bytes(first[28:32], "big")
        if 0 < size <= file.LARGEST:
            whole.truncate(max(size, path.stat().st_size))  # what is missing at the end is damage like any other
    found: dict[bytes, Row] = {}
    doc_id, seen, highest, shown = "", 0, 0, Plan([])
    with suppress(*BROKEN, MemoryError), closing(safe_open.connect(path)) as connection:
        with suppress(*BROKEN):
            facts = dict(connection.execute("SELECT key, value FROM meta"))
            doc_id = str(facts.get("doc_id", ""))
        for number, row in _rows(connection):
            seen, highest = seen + 1, max(highest, number)
            if safe_open.sound(row):
                found[row.id] = row
        shown = Store(connection).legible()
    return doc_id, list(found.values()), max(highest, seen) - len(found), shown


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[int, Row]]:
    """All rows that can be read, each with its number: in one go, and one by one from where that breaks."""
    last = 0
    query = f"SELECT rowid, {COLUMNS} FROM change NOT INDEXED"
    with suppress(*BROKEN):
        for number, *row in connection.execute(query):
            last = number
            yield number, Row._make(row)
    missing = 0
    while missing < AHEAD:
        last, missing = last + 1, missing + 1
        with suppress(*BROKEN):
            for number, *row in connection.execute(f"{query} WHERE rowid=?", (last,)):
                missing = 0
                yield number, Row._make(row)


def _whole(rows: Iterable[Row]) -> list[Row]:
    """The rows with a complete history, each after those that it replaces."""
    found: dict[bytes, Row] = {}
    waiting = list(rows)
    while waiting:
        left = []
        for row in waiting:  # as they came into the file, which is mostly that order already
            if all(one in found for one in journal.split(row.parents)):
                found[row.id] = row
            else:
                left.append(row)
        if len(left) == len(waiting):
            break
        waiting = left
    return list(found.values())


def _beyond(have: Plan, want: Plan) -> Step:
    """The step from what the whole history comes to, to what all sound changes say; nothing is deleted by it."""
    changes: list[Change] = []
    for record in want:
        old = have.get(record.id)
        if old is None:
            changes.append(Change(record.id, KIND, None, record.kind))
        if old is None or (old.parent, old.order) != (record.parent, record.order):
            changes.append(Change(record.id, PLACE, None, (record.parent, record.order)))
        for name in fields_of(record):
            value = cell(record, name)
            if value != cell(old if old is not None and old.kind == record.kind else KINDS[record.kind](id=""), name):
                changes.append(Change(record.id, name, None, value))
    return Step("rescue of a damaged file", "set", tuple(changes))


def _missing(shown: Plan, made: Plan) -> Iterator[Missing]:
    """What a damaged file's tables show that did not come into the plan that was made."""
    names = shown if shown.root else made
    read = [*shown.walk()] if shown.root else []
    walked = {record.id for record in read}
    for record in (*read, *(record for record in shown if record.id not in walked)):
        here, name, blank = made.get(record.id), naming.record_name(names, record), type(record)(id="")
        there = here if type(here) is type(record) else blank
        written = [(field, cell(record, field)) for field in fields_of(record)]
        lacking = [(field, value) for field, value in written if value not in (cell(there, field), cell(blank, field))]
        for field, value in lacking:
            yield Missing(name, naming.field_name(names, field), naming.said(names, field, value))
        if here is None and not lacking:
            yield Missing(name, "", naming.title_of(record))
