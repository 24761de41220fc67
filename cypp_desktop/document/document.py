"""One open plan file: what the plan is now, and steps that are in the file before anyone is told."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cypp_desktop.document import event, file, journal, schema, sent, steps
from cypp_desktop.document.event import Draft, Event, event_of
from cypp_desktop.document.file import BROKEN, CannotSave
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.lock import Lock
from cypp_desktop.document.long import Long
from cypp_desktop.document.store import Store
from cypp_desktop.document.undo import Done, Heads, Memory
from cypp_desktop.domain import slips
from cypp_desktop.domain.change import DELETED, Branch, Change, Refused, Step, add_branches
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan, Record, Value

if TYPE_CHECKING:  # what looks back, or asks, is loaded when it is first wanted
    from cypp_desktop.document.conflicts import Conflict
    from cypp_desktop.document.history import Entry
    from cypp_desktop.document.review import Contribution

__all__ = ["CannotSave", "Document", "Draft", "Event"]


class Document:
    """An open plan. Every step is on the disk when :meth:`commit` returns; there is no saving."""

    def __init__(self, path: Path, author: str, connection: sqlite3.Connection, lock: Lock, read_only: str) -> None:
        self.path, self.read_only = path, read_only
        self.author = journal.signed(author)
        self.keys = Keys()
        self.saved_at: datetime | None = None
        self._connection, self.lock = connection, lock
        self._store = Store(connection)
        self._session = os.urandom(8)  # drawn anew at each opening, never read back: copies need no identity
        self._memory, self.long = Memory(), Long()
        self._undo, self._redo = list[Done](), list[Done]()
        self._subscribers: list[Callable[[Event], None]] = []
        self._trace, self._version = file.trace(path), self._store.version
        self._since = datetime.now(UTC).isoformat()
        self.doc_id = self._store.meta("doc_id")
        self.slip, self.clean = sent.slip_of(self._store), bool(self._store.meta(sent.CLEAN))
        self.plan = self._store.load()

    # --- opening and closing ---

    @classmethod
    def open(cls, path: Path, author: str, *, force: bool = False, read_only: bool = False) -> Document:
        """Open a plan file; raises Refused, with nothing changed, where it is not a sound plan of a known format.

        One of an older format is brought to today's, after a backup; where it can only be read, it stays as it is.
        ``read_only`` opens it without taking its lock; ``force`` takes over a lock from another computer. The
        document says in its own ``read_only`` why it cannot be edited.
        """
        path = Path(path)
        if not file.unfinished(path):
            file.check(path)
        why = "It was opened for reading only." if read_only else file.why_read_only(path)
        lock = Lock(path, author)
        why = why or lock.hold(force=force)
        try:
            connection = file.opened(path, read_only=bool(why))
            if schema.format_of(connection) < schema.FORMAT:
                from cypp_desktop.document import upgrade  # once in a plan's life

                connection, why = upgrade.upgraded(connection, path.name, why)
            return cls._loaded(path, author, connection, lock, why)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _loaded(cls, path: Path, author: str, connection: sqlite3.Connection, lock: Lock, why: str) -> Document:
        with suppress(*BROKEN):
            document = cls(path, author, connection, lock, why or schema.newer(Store(connection).meta(schema.WRITER)))
            if document.plan.root:
                return document
        connection.close()
        raise file.Damaged(file.damaged(path.name))

    @classmethod
    def create(cls, path: Path, author: str, content: Branch | Step) -> Document:
        """Make a new file with a plan, given as a branch or as the step that adds it; raises Refused if that fails."""
        path = Path(path)
        file.create(path)
        lock = Lock(path, author)
        try:
            lock.take(force=True)
            return cls._filled(path, author, lock, content)
        except BaseException as problem:
            lock.release()
            path.unlink(missing_ok=True)
            if isinstance(problem, (OSError, *BROKEN)):
                raise Refused(f"“{path.name}” cannot be made there: {file.sentence(problem)}") from None
            raise

    @classmethod
    def _filled(cls, path: Path, author: str, lock: Lock, content: Branch | Step) -> Document:
        connection = file.connect(path, read_only=False)
        try:
            schema.build(connection)
            document = cls(path, author, connection, lock, "")
            if isinstance(content, Branch):
                content = add_branches(Plan([]), "", [content], keys=document.keys, label="new plan")
            document.commit(content)
        except BaseException:
            connection.close()
            raise
        document._undo.clear()
        return document

    def close(self) -> None:
        """Close the file and let go of its lock."""
        self._connection.close()
        self.lock.release()
        self._subscribers.clear()

    # --- steps ---

    def commit(self, step: Step) -> None:
        """Carry out a step; it is on the disk when this returns. Raises Refused or CannotSave, with nothing changed."""
        self._writable()
        if self.slip:
            slips.examine(self.plan, self.slip, step)
        if step:
            rows, before, after = self.long.do(len(step.changes), lambda: self._forward(step))
            self._undo.append(Done(step.label, before, {row.cell: frozenset([row.id]) for row in rows}))
            self._redo.clear()
            self._became(after, rows, step.label, step.op)

    def _forward(self, step: Step) -> tuple[list[Row], Heads, Plan]:
        with self._transaction():
            rows, before = steps.forward(self._store, self.plan, self._stamp(step.op), step.changes)
            return rows, before, self._written(rows, steps.told(rows))

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

    def _turn(self, source: list[Done], target: list[Done], op: str) -> None:
        self._writable()
        if not source:
            raise Refused(f"There is nothing to {op}.")
        last = source[-1]
        now, then = (last.after, last.before) if op == "undo" else (last.before, last.after)

        def put_back() -> tuple[list[Row], Plan]:
            with self._transaction():
                rows = list(self._memory.put_back(self._store, self._stamp(op), now, then))
                return rows, self._written(rows)

        rows, after = self.long.do(len(then), put_back)
        target.append(source.pop())
        self._became(after, rows, last.label, op)

    def _writable(self) -> None:
        if self.read_only:
            raise Refused(self.read_only)
        if trouble := self.trouble():
            raise CannotSave(trouble)
        now = file.trace(self.path)
        try:
            if self._store.version != self._version or (now != self._trace and not self._store.is_in(self.path)):
                self._catch_up()
        except BROKEN as problem:
            raise file.not_saved(problem) from problem
        self._trace = now

    def trouble(self) -> str:
        """Whether the file is still where it was, as one plain sentence where it is not; "" where it is."""
        return file.moved(self.path, self._trace)

    def _catch_up(self) -> None:
        """Read the file again after somebody else wrote to it; raises Refused where it holds another state now."""
        try:
            connection = file.opened(self.path, read_only=False)
        except Refused:
            raise CannotSave(file.MOVED) from None
        if Store(connection).meta("doc_id") != self.doc_id:
            connection.close()
            raise CannotSave(file.MOVED)
        self._connection.close()
        self._connection, self._store = connection, Store(connection)
        if self._reload():
            raise Refused("Another program changed this file meanwhile. It is shown as it is now; do yours again.")

    def follow(self) -> None:
        """Show what somebody else wrote meanwhile to a file that can only be read here; raises CannotSave."""
        try:
            if self.read_only and self._store.version != self._version:
                self._reload()
        except BROKEN as problem:
            raise CannotSave(f"The plan cannot be read again: {file.sentence(problem)}") from problem

    def _reload(self) -> bool:
        """Show what the file holds; whether that is anything else than before."""
        before, self.plan = self.plan, self.long.alone(self._connection, self._store.last, self._store.load)
        self._version, self._trace = self._store.version, file.trace(self.path)
        told = event_of(before, self.plan, {record.id for record in (*before, *self.plan)}, "reload", "reload")
        self._tell(told)  # also where only the history has more: questions may have been settled
        return bool(told.changed)

    def _stamp(self, op: str) -> Stamp:
        return Stamp(self._store.lamport + 1, _now(), self.author, self._session, os.urandom(8), op)

    def _written(
        self,
        rows: Collection[Row],
        told: Mapping[str, Record | None] = MappingProxyType({}),
        emptied: Collection[Row] = (),
    ) -> Plan:
        """Write rows, and bring the file's tables and a new snapshot up to date with what the journal says then.

        What is ``told`` of records need not be read from the journal again; ``emptied`` rows are in it already.
        """
        self._store.insert(rows)
        touched = {row.record for row in (*rows, *emptied)}
        old = {one: was for one in touched if (was := self.plan.get(one))}
        now = {
            **self._store.after(self.plan, {row.cell for row in (*rows, *emptied) if row.record not in told}),
            **told,
        }
        kept = [record for one, record in now.items() if record and record != old.get(one)]
        gone = [was for one, was in old.items() if (record := now.get(one)) is None or record.kind != was.kind]
        self._store.write(kept, [was for one, was in old.items() if now.get(one) != was])
        return self.plan.replaced(kept, [record.id for record in gone])

    def _became(self, after: Plan, rows: Iterable[Row], label: str, op: str) -> None:
        self.saved_at = datetime.now(UTC)
        before, self.plan = self.plan, after
        self._tell(event_of(before, after, {row.record for row in rows}, label, op))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self.long.turn(self._connection):
                self._begin()
                try:
                    yield
                    self.long.look()
                    self._connection.execute("COMMIT")
                finally:
                    self._settle()
        except BROKEN as problem:
            raise file.not_saved(problem) from problem

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        if self._store.version != self._version:
            self._connection.execute("ROLLBACK")
            raise CannotSave("Another program is writing to this file. Nothing you typed is lost: try again.")

    def _settle(self) -> None:
        """Roll back what was not committed, and remember how we left the file: failing, too, makes a new version."""
        with suppress(*BROKEN):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._version, self._trace = self._store.version, file.trace(self.path)

    def _tell(self, told: Event) -> None:
        for subscriber in list(self._subscribers):
            subscriber(told)

    # --- changes from copies ---

    def known(self) -> set[bytes]:
        """The ids of all changes that are here; raises Refused where something else took some away."""
        return self.long.alone(self._connection, self._store.last, lambda: self._store.whole(self._store.ids()))

    def journal(self) -> dict[bytes, Row]:
        """All changes that are here by their ids; raises Refused as ``known`` does."""
        return self._store.whole({row.id: row for row in self._store.rows()})

    def kinds(self, records: Iterable[str]) -> list[tuple[str, str]]:
        """Those of some records that were ever here, each with its recorded kind."""
        return self._store.kinds(records)

    def take_in(self, rows: Collection[Row], label: str, changes: Sequence[Change] = ()) -> None:
        """Unite the journal with checked changes of copies, as one step that can be undone (see ``merge.take_in``).

        ``changes`` of our own, to cells that nothing taken in is about, become part of the step.
        """
        from cypp_desktop.document import review

        self._writable()
        if self.slip:
            raise Refused("This is a return slip: copies are taken in where it came from.")

        def unite() -> tuple[list[Row], Heads, Plan]:
            with self._transaction():
                ours, _ = steps.forward(self._store, self.plan, self._stamp("merge"), changes)
                every, first = [*ours, *rows], self._store.last + 1 + len(ours)
                before = self._store.heads_of({row.cell for row in every})
                after = self._written(every)
                review.remember(self._store, _now(), first)
                return every, before, after

        every, before, after = self.long.do(len(rows), unite)
        self._undo.append(Done.of(label, before, every))
        self._redo.clear()
        self._became(after, every, label, "merge")

    def put_back(self, contributions: Sequence[Contribution]) -> None:
        """Make cells what they would be had some of what people did never been, and mark it; one step.

        Raises Refused where it adds a record that others have written into since.
        """
        from cypp_desktop.document import review

        self._writable()
        if self.slip:
            raise Refused("This is a return slip: changes are reviewed where it came from.")

        def carry_out() -> tuple[list[Row], Heads, Plan]:
            with self._transaction():
                rows = review.rows_back(self._store, self.plan, self._stamp("review"), self._memory, contributions)
                return rows, self._store.heads_of({row.cell for row in rows}), self._written(rows)

        rows, before, after = self.long.do(sum(len(one.ids) for one in contributions), carry_out)
        label = review.label(review.PUT_BACK, contributions)
        self._undo.append(Done.of(label, before, rows))
        self._redo.clear()
        self._became(after, rows, label, "review")

    def fact(self, name: str) -> str:
        """A fact about this file that is no part of the plan, such as what came in copies; "" for none."""
        return self._store.meta(name)

    def keep_fact(self, name: str, words: str) -> None:
        """Keep a fact about this file, which copies for others go without; raises CannotSave."""
        self._writable()
        with self._transaction():
            self._store.set_meta(name, words)

    def contributions(self, *, last: bool = False) -> list[Contribution]:
        """What people did by changes that came by taking in, or by the ``last`` taking in."""
        from cypp_desktop.document import review

        return review.what_came(self._store, self.plan, last=last)

    def changes(self, ids: Iterable[bytes]) -> dict[Row, bool]:
        """Changes by their ids, as far as they are known, each with whether its value is in the plan now."""
        rows = self._store.changes(ids).values()
        heads = self._store.heads_of({row.cell for row in rows})
        return {row: row.id in heads[row.cell] for row in rows}

    def arrivals(self, ids: Iterable[bytes]) -> dict[bytes, str]:
        """Those of some changes that came in copies, each with when it was taken in (ISO)."""
        from cypp_desktop.document import review

        return review.arrivals(self._store, ids)

    def redact(self, ids: Collection[bytes]) -> None:
        """Take the recorded values of changes out of the history for good; there is no undoing it.

        The caller makes a backup first. Raises Refused or CannotSave, with nothing changed.
        """
        from cypp_desktop.document import redaction

        self._writable()
        with self._transaction():
            emptied = redaction.targets(self._store, ids)
            marks = redaction.marks(self._store, emptied)
            rows, _ = steps.forward(self._store, self.plan, self._stamp(redaction.OP), marks)
            self._store.empty(row.id for row in emptied)
            event.drop_drafts(self._connection, {row.cell for row in emptied})
            after = self._written(rows, steps.told(rows), emptied)
        self._became(after, [*rows, *emptied], "removal from the history", redaction.OP)

    def conflicts(self) -> list[Conflict]:
        """The questions that taking in copies left open."""
        from cypp_desktop.document import conflicts

        return conflicts.find(self._store, self.plan)

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Be told of every step after it is saved; call what is returned to stop."""
        self._subscribers.append(listener)

        def stop() -> None:
            if listener in self._subscribers:
                self._subscribers.remove(listener)

        return stop

    # --- looking back ---

    @property
    def lamport(self) -> int:
        """The highest number that a change bears."""
        return self._store.lamport

    def values(self, records: Iterable[str], until: int | None = None) -> dict[tuple[str, str], Value]:
        """What stood in the cells of some records, by record and field, while no change bore more than ``until``."""
        return self._store.values(records, until)

    def history(self, record: str = "", limit: int = 500) -> list[Entry]:
        """The changes of one record, or of the whole plan, latest first."""
        from cypp_desktop.document import history

        return history.entries(self._store, record, limit)

    def deleted(self, only: Iterable[str] = ()) -> list[Record]:
        """The records that can be restored, as they were, latest deletion first; or those of ``only`` some."""
        cells = self._store.cells(one for one in only or self._store.deleted() if one not in self.plan)
        for found in cells.values():
            del found[DELETED]
        return [was for one, found in cells.items() if (was := journal.record_of(one, found))]

    # --- drafts: text that is being typed ---

    def keep_draft(self, record: str, field: str, value: str) -> None:
        """Keep text that is being typed, for after a crash; raises CannotSave."""
        if not self.read_only:
            draft = Draft(record, field, value, datetime.now(UTC).isoformat(), self.author, field)
            with self._transaction():
                event.keep_draft(self._connection, draft, self._since)

    def drop_draft(self, record: str, field: str) -> None:
        """Forget what was kept of a cell in this sitting: it became a step, or its writer put it back."""
        try:
            found = [] if self.read_only else event.drafts_of_cell(self._connection, record, field, self._since)
        except BROKEN as problem:
            raise file.not_saved(problem) from problem
        self.forget(found)

    def forget(self, given_up: Collection[Draft]) -> None:
        """Forget drafts that were put back or given up; raises CannotSave."""
        if given_up:
            with self._transaction():
                for one in given_up:
                    event.drop_draft(self._connection, one)

    def drafts(self) -> list[Draft]:
        """Text that was being typed when the program ended."""
        return event.drafts_in(self._connection)

    # --- the file ---

    def save_copy(self, target: Path, facts: Mapping[str, str] | None = None) -> None:
        """Write a whole copy elsewhere, even where this file was moved or deleted; raises CannotSave.

        With ``facts`` it is for somebody else: it bears these, and no drafts (see ``sent.prepare``).
        """
        target, there = Path(target), file.trace(Path(target))
        if there and self._trace and there[:2] == self._trace[:2]:
            raise CannotSave("That is the plan that is open: choose another name or folder for the copy.")
        same, prepare = (lambda copy: Store(copy).load() == self.plan), sent.preparation(facts)
        file.copy_to(self._connection, target, same, prepare)

    def back_up(self, why: str) -> Path:
        """Write a whole copy into the program's own folder (see ``backups.keep``); raises CannotSave."""
        from cypp_desktop.document import backups  # not needed to open a plan

        return self.long.alone(self._connection, self._store.last, lambda: backups.keep(self._connection, why))

    def check(self) -> list[str]:
        """What is wrong with the file, a sentence each: its journal, or tables that are not what that comes to."""
        return self._store.faults(self.plan)

    def rebuild(self) -> None:
        """Make the plan's tables anew from the journal, where something else altered them; raises CannotSave."""
        self._writable()
        with self._transaction():
            self._store.rebuild()
        self._reload()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
