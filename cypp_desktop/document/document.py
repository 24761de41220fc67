"""One open plan file: what the plan is now, and steps that are in the file before anyone is told."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from cypp_desktop.document import file, journal, schema
from cypp_desktop.document.file import CannotSave
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.lock import Lock
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import DELETED, KIND, Branch, Change, Refused, Step, add_branches
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan, Record, Value

__all__ = ["CannotSave", "Document", "Draft", "Entry", "Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """What a step did: the plan before and after it, and the ids of all records that it added, changed or removed."""

    before: Plan
    after: Plan
    changed: frozenset[str]
    label: str
    op: str


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


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was being typed and not yet a step when the program ended."""

    record: str
    field: str
    value: str
    at: str
    author: str


@dataclass(frozen=True, slots=True)
class _Done:
    """A step that can be undone or redone: its id in the journal, and its name."""

    step: bytes
    label: str


class Document:
    """An open plan. Every step is on the disk when :meth:`commit` returns; there is no saving."""

    def __init__(self, path: Path, author: str, connection: sqlite3.Connection, lock: Lock, read_only: str) -> None:
        self.path, self.author, self.read_only = path, author, read_only
        self.keys = Keys()
        self.saved_at: datetime | None = None
        self._connection, self._lock = connection, lock
        self._store = Store(connection)
        self._session = secrets.token_bytes(8)  # drawn anew at each opening, never read back: copies need no identity
        self._undo: list[_Done] = []
        self._redo: list[_Done] = []
        self._subscribers: list[Callable[[Event], None]] = []
        self._identity = _identity(path)
        self.plan = self._store.load()

    # --- opening and closing ---

    @classmethod
    def open(cls, path: Path, author: str, *, force: bool = False, read_only: bool = False) -> Document:
        """Open a plan file; raises Refused, with nothing changed, where it is not a sound plan of a known format.

        ``read_only`` opens it without taking its lock; ``force`` takes over a lock from another computer. The
        document says in its own ``read_only`` why it cannot be edited.
        """
        path = Path(path)
        file.check(path)
        why = "It was opened for reading only." if read_only else file.why_read_only(path)
        lock = Lock(path, author)
        if not why:
            try:
                who = lock.take(force=force)
            except OSError:
                why = "The folder of this file cannot be written to."
            else:
                why = f"{who} has this plan open, so it can only be read here." if who else ""
        try:
            return cls._opened(path, author, lock, why)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, author: str, lock: Lock, why: str) -> Document:
        try:
            connection = file.connect(path, read_only=bool(why))
        except sqlite3.Error as problem:
            raise Refused(f"“{path.name}” cannot be opened: {file.sentence(problem)}") from None
        try:
            file.examine(connection, path.name)
            return cls(path, author, connection, lock, why)
        except sqlite3.Error:
            connection.close()
            raise Refused(f"“{path.name}” is damaged. Open a backup, or ask for it to be sent again.") from None
        except BaseException:
            connection.close()
            raise

    @classmethod
    def create(cls, path: Path, author: str, content: Branch | Step) -> Document:
        """Make a new plan file from a branch of kind "plan", or a step that adds one; raises Refused where it cannot be."""
        path = Path(path)
        connection, lock = file.create(path), Lock(path, author)
        try:
            lock.take()
            store = Store(connection)
            schema.build(store.database)
            store.set_meta("doc_id", secrets.token_hex(16))
            document = cls(path, author, connection, lock, "")
            if isinstance(content, Branch):
                content = add_branches(Plan([]), "", [content], keys=document.keys, label="new plan")
            document.commit(content)
        except BaseException as problem:
            connection.close()
            lock.release()
            path.unlink(missing_ok=True)
            if isinstance(problem, sqlite3.Error | OSError):
                raise Refused(f"“{path.name}” cannot be made there: {file.sentence(problem)}") from None
            raise
        document._undo.clear()
        return document

    def close(self) -> None:
        """Close the file and let go of its lock."""
        self._connection.close()
        self._lock.release()
        self._subscribers.clear()

    # --- steps ---

    def commit(self, step: Step) -> None:
        """Carry out a step; it is on the disk when this returns. Raises Refused or CannotSave, with nothing changed."""
        self._writable()
        if not step:
            return
        self._stale(step.changes)
        done = self._write(step.op, step.label, lambda stamp: self._rows(stamp, step.changes))
        self._undo.append(_Done(done, step.label))
        self._redo.clear()

    @property
    def undo_label(self) -> str:
        """The name of the step that undo would take back; "" where there is none."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """The name of the step that redo would do again; "" where there is none."""
        return self._redo[-1].label if self._redo else ""

    def undo(self) -> None:
        """Put back what the last step of this sitting replaced; raises Refused where it was changed since."""
        self._turn(self._undo, self._redo, "undo")

    def redo(self) -> None:
        """Do again what was undone last; raises Refused where it was changed since."""
        self._turn(self._redo, self._undo, "redo")

    def _turn(self, source: list[_Done], target: list[_Done], op: str) -> None:
        self._writable()
        if not source:
            raise Refused(f"There is nothing to {op}.")
        last = source[-1]
        done = self._write(op, last.label, lambda stamp: self._inverse(stamp, last.step))
        source.pop()
        target.append(_Done(done, last.label))

    def _writable(self) -> None:
        if self.read_only:
            raise Refused(self.read_only)
        if _identity(self.path) != self._identity:
            raise CannotSave("The file was moved, renamed or deleted. Nothing you typed is lost: save a copy elsewhere.")

    def _stale(self, changes: Sequence[Change]) -> None:
        known = {change.record for change in changes if change.field in (KIND, DELETED)}
        if any(change.record not in known and change.record not in self.plan for change in changes):
            raise Refused("That is no longer in the plan.")

    def _rows(self, stamp: Stamp, changes: Iterable[Change]) -> Iterator[Row]:
        """An ordinary step's rows: each replaces all heads of its cell, a deletion all that it saw of its record."""
        for change in changes:
            if change.field == DELETED and change.after:
                parents = self._store.all_heads(change.record)
            else:
                parents = self._store.heads(change.record, change.field)
            yield journal.make(stamp, change.record, change.field, parents, change.after)

    def _inverse(self, stamp: Stamp, step: bytes) -> Iterator[Row]:
        """The rows that put back what a step replaced, a conflict or a half-decided deletion included."""
        cells: dict[tuple[str, str], tuple[set[bytes], set[bytes]]] = {}
        for row in self._store.step(step):
            made, old = cells.setdefault((row.record, row.field), (set(), set()))
            made.add(row.id)
            old.update(journal.split(row.parents))
        for cell, (made, _) in cells.items():
            standing = set(self._store.heads(*cell))
            if standing != made:
                raise Refused(f"{self._who(standing - made)} has changed this since, so it cannot be undone.")
        for (record, field), (made, old) in cells.items():
            if field == KIND:  # an addition is undone by a deletion
                yield journal.make(stamp, record, DELETED, self._store.all_heads(record), True)
            elif (record, KIND) not in cells:
                yield from self._put_back(stamp, record, field, made, old)

    def _put_back(self, stamp: Stamp, record: str, field: str, made: set[bytes], old: set[bytes]) -> Iterator[Row]:
        own = self._store.cell_changes(record, field)
        found = [row for one in old & own if (row := self._store.change(one)) and row.value is not None]
        if not found:
            yield journal.make(stamp, record, field, made, False if field == DELETED else None)
        for value, parents in sorted({(row.value or "", row.parents) for row in found}):
            seen = set(journal.split(parents)) - own if field == DELETED else set()
            yield journal.make(stamp, record, field, made | seen, journal.read(value))

    def _who(self, changes: Iterable[bytes]) -> str:
        names = {row.author for one in changes if (row := self._store.change(one))}
        return " and ".join(sorted(names)) or "Somebody"

    def _write(self, op: str, label: str, rows: Callable[[Stamp], Iterable[Row]]) -> bytes:
        step = secrets.token_bytes(8)
        with self._transaction():
            lamport = 1 + int(self._store.meta("lamport", "0"))
            made = list(rows(Stamp(lamport, _now(), self.author, self._session, step, op)))
            self._store.insert(made)
            touched = {row.record for row in made}
            records = {record: self._store.fold(record) for record in touched}
            after = self._derived(records)
        self.saved_at = datetime.now(timezone.utc)
        before, self.plan = self.plan, after
        event = Event(before, after, frozenset(touched), label, op)
        for subscriber in list(self._subscribers):
            subscriber(event)
        return step

    def _derived(self, records: dict[str, Record | None]) -> Plan:
        """Bring the file's tables, and a new snapshot, up to date with some records."""
        gone = [
            (old.kind, record) for record, now in records.items() if now is None and (old := self.plan.get(record))
        ]
        kept = [record for record in records.values() if record]
        self._store.write(kept, gone)
        return self.plan.replaced(kept, [record for _, record in gone])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as problem:
            self._roll_back()
            raise CannotSave(f"This was not saved: {file.sentence(problem)} Nothing you typed is lost.") from problem
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):  # the failure that led here may have ended the transaction
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Be told of every step after it is saved; call what is returned to stop."""
        self._subscribers.append(listener)

        def stop() -> None:
            if listener in self._subscribers:
                self._subscribers.remove(listener)

        return stop

    # --- looking back ---

    def history(self, record: str = "", limit: int = 500) -> list[Entry]:
        """The changes of one record, or of the whole plan, latest first."""
        return [self._entry(row) for row in self._store.history(record, limit)]

    def _entry(self, row: Row) -> Entry:
        parents = (self._store.change(one) for one in journal.split(row.parents))
        older = [parent for parent in parents if parent and (parent.record, parent.field) == (row.record, row.field)]
        before = max(older, key=lambda parent: (parent.lamport, parent.id), default=None)
        was = journal.read(before.value) if before else None
        return Entry(
            row.id, row.step, row.at, row.author, row.op, row.record, row.field, was, journal.read(row.value)
        )  # fmt: skip

    def deleted(self) -> list[Record]:
        """The records that can be restored, as they were, latest deletion first."""
        found = []
        for record in self._store.deleted():
            cells = self._store.cells(record)
            del cells[DELETED]
            if record not in self.plan and (was := journal.record_of(record, cells)):
                found.append(was)
        return found

    # --- drafts: text that is being typed ---

    def keep_draft(self, record: str, field: str, value: str) -> None:
        """Keep text that is being typed, for after a crash."""
        if not self.read_only:
            with self._transaction():
                draft = (record, field, value, _now(), self.author)
                self._connection.execute("INSERT OR REPLACE INTO draft VALUES(?,?,?,?,?)", draft)

    def drop_draft(self, record: str, field: str) -> None:
        """Forget a draft: it became a step, or its writer put it back."""
        if not self.read_only and any((one.record, one.field) == (record, field) for one in self.drafts()):
            with self._transaction():
                self._connection.execute("DELETE FROM draft WHERE record=? AND field=?", (record, field))

    def drafts(self) -> list[Draft]:
        """Text that was being typed when the program ended."""
        return [Draft(*row) for row in self._connection.execute("SELECT record, field, value, at, author FROM draft")]

    # --- the file ---

    def save_copy(self, target: Path) -> None:
        """Write a whole copy elsewhere, even where this file was moved or deleted; raises CannotSave."""
        file.copy_to(self._connection, Path(target))

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each: nothing where the journal is genuine and whole, and the
        tables are what it comes to."""
        rows = list(self._store.rows())
        found = []
        if self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            found.append("The file is damaged.")
        if not all(map(journal.genuine, rows)):
            found.append("The history was altered outside the program.")
        known = {row.id for row in rows}
        if not all(parent in known for row in rows for parent in journal.split(row.parents)):
            found.append("The history is not complete: changes that it refers to are missing.")
        if self._store.meta("seal") != journal.seal(known):
            found.append("Changes were removed from the history outside the program.")
        if Plan(journal.fold(rows)) != self._store.load():
            found.append("The plan's tables differ from its history.")
        return found

    def rebuild(self) -> None:
        """Make the plan's tables anew from the journal, where something else altered them."""
        self._writable()
        with self._transaction():
            self._store.rebuild()
            after = self._store.load()
        before, self.plan = self.plan, after
        changed = frozenset(record.id for record in [*before, *after])
        for subscriber in list(self._subscribers):
            subscriber(Event(before, after, changed, "rebuild", "rebuild"))


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path; None where none does."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


