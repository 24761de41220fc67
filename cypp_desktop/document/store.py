"""The SQL of a plan file: journal rows in, records out, and the tables of the plan as it is now kept in step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from cypp_desktop.document import journal
from cypp_desktop.document.journal import COLUMNS, PLACES, Head, Row
from cypp_desktop.domain.plan import KINDS, Action, Measure, Plan, Record, Update, Value, field_defaults

if TYPE_CHECKING:
    from sqlite_utils.db import Database

BULK = 50
"""From this many records on, rows are written in bulk; below it, sqlite-utils writes them one by one."""


class Store:
    """One open connection to a plan file; every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._run = connection.execute
        self._database: Database | None = None

    @property
    def database(self) -> Database:
        """The same connection through sqlite-utils, imported at the first write."""
        if self._database is None:
            from sqlite_utils.db import Database  # noqa: PLC0415 - half the time of a bare window's start

            self._database = Database(self.connection, execute_plugins=False, recursive_triggers=False)
        return self._database

    # --- the journal ---

    def meta(self, key: str, default: str = "") -> str:
        """A fact about the file: doc_id, seal, lamport."""
        found = self._run("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return str(found[0]) if found else default

    def set_meta(self, key: str, value: str) -> None:
        """Record a fact about the file."""
        self._run("INSERT INTO meta VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, value))

    def heads(self, record: str, field: str) -> list[bytes]:
        """The ids of a cell's heads."""
        return [one for (one,) in self._run("SELECT id FROM head WHERE record=? AND field=?", (record, field))]

    def all_heads(self, record: str) -> list[bytes]:
        """The ids of the heads of all cells of a record."""
        return [one for (one,) in self._run("SELECT id FROM head WHERE record=?", (record,))]

    def insert(self, rows: Sequence[Row]) -> None:
        """Put new changes into the journal and bring the heads of their cells up to date."""
        self.connection.executemany(
            f"INSERT INTO change({COLUMNS}) VALUES({PLACES})",  # noqa: S608 - the class's own names
            [row.astuple() for row in rows],
        )
        for record, field in {(row.record, row.field) for row in rows}:
            self._behead(record, field)
        self.set_meta("seal", journal.seal((row.id for row in rows), self.meta("seal", "0")))
        lamport = max((row.lamport for row in rows), default=0)
        self.set_meta("lamport", str(max(lamport, int(self.meta("lamport", "0")))))

    def _behead(self, record: str, field: str) -> None:
        cell = (record, field)
        found = self._run("SELECT id, parents FROM change WHERE record=? AND field=?", cell).fetchall()
        self._run("DELETE FROM head WHERE record=? AND field=?", cell)
        self.connection.executemany("INSERT INTO head VALUES(?,?,?)", [(*cell, one) for one in journal.heads(found)])

    def rows(self) -> Iterator[Row]:
        """The whole journal, in the order in which it came into the file."""
        return self._rows("ORDER BY rowid")

    def step(self, step: bytes) -> list[Row]:
        """The changes of one step."""
        return list(self._rows("WHERE step=? ORDER BY rowid", step))

    def history(self, record: str = "", limit: int = -1) -> list[Row]:
        """The changes of a record, or of the whole plan, latest first."""
        where = "WHERE record=? " if record else ""
        return list(self._rows(f"{where}ORDER BY rowid DESC LIMIT ?", *([record] if record else []), limit))

    def change(self, one: bytes) -> Row | None:
        """A change by its id."""
        return next(self._rows("WHERE id=?", one), None)

    def _rows(self, tail: str, *values: object) -> Iterator[Row]:
        query = f"SELECT {COLUMNS} FROM change {tail}"  # noqa: S608 - no user text: tails stand above
        return (Row(*found) for found in self._run(query, values))

    def cell_changes(self, record: str, field: str) -> set[bytes]:
        """The ids of all changes ever made to a cell."""
        found = self._run("SELECT id FROM change WHERE record=? AND field=?", (record, field))
        return {one for (one,) in found}

    # --- records from the journal ---

    def fold(self, record: str) -> Record | None:
        """What the journal says that a record is now; None where it is deleted."""
        return journal.record_of(record, self.cells(record))

    def cells(self, record: str) -> dict[str, list[Head]]:
        """The heads of all cells of a record."""
        cells: dict[str, list[Head]] = {}
        query = (
            "SELECT h.field, c.id, c.lamport, coalesce(c.value, 'null'), c.parents"
            " FROM head h JOIN change c ON c.id=h.id WHERE h.record=?"
        )
        for field, one, lamport, value, parents in self._run(query, (record,)):
            cells.setdefault(field, []).append(Head(one, lamport, value, parents))
        return cells

    def deleted(self) -> list[str]:
        """The ids of the records that were deleted, latest first."""
        query = (
            "SELECT h.record FROM head h JOIN change c ON c.id=h.id"
            " WHERE h.field='_deleted' AND c.value='true' GROUP BY h.record ORDER BY max(c.rowid) DESC"
        )
        return [record for (record,) in self._run(query)]

    # --- the tables of the plan as it is now ---

    def write(self, records: Sequence[Record], gone: Sequence[tuple[str, str]]) -> None:
        """Bring the tables up to date: records as they are now, and those (kind, id) that are no longer there."""
        for kind, one in gone:
            self._run(f"DELETE FROM {_table(kind)} WHERE id=?", (one,))  # noqa: S608 - a known kind
            self._drop_details(one)
        groups: dict[str, list[Record]] = {}
        for record in records:
            groups.setdefault(record.kind, []).append(record)
        for kind, group in groups.items():
            rows = [_row(record) for record in group]
            if len(rows) < BULK:
                for row in rows:
                    self.database.table(_table(kind)).upsert(row, pk="id")
            else:
                names = ", ".join(rows[0])
                marks = ", ".join(f":{name}" for name in rows[0])
                insert = f"INSERT OR REPLACE INTO {_table(kind)}({names}) VALUES({marks})"  # noqa: S608 - field names
                self.connection.executemany(insert, rows)
        for record in records:
            if isinstance(record, Action | Measure):
                self._write_details(record)

    def _drop_details(self, record: str) -> None:
        self._run("DELETE FROM progress WHERE action=?", (record,))
        self._run("DELETE FROM custom WHERE record=?", (record,))

    def _write_details(self, record: Action | Measure) -> None:
        self._drop_details(record.id)
        self.connection.executemany("INSERT INTO custom VALUES(?,?,?)", [(record.id, *one) for one in record.custom])
        if isinstance(record, Action):
            notes = [(record.id, one.period, one.note, one.status, one.reason) for one in record.updates]
            self.connection.executemany("INSERT INTO progress VALUES(?,?,?,?,?)", notes)

    def load(self) -> Plan:
        """The plan as its tables hold it."""
        updates: dict[str, list[Update]] = {}
        for action, period, note, status, reason in self._run("SELECT * FROM progress ORDER BY action, period"):
            updates.setdefault(action, []).append(Update(period=period, note=note, status=status, reason=reason))
        custom: dict[str, list[tuple[str, str]]] = {}
        for record, field, value in self._run("SELECT * FROM custom ORDER BY record, field"):
            custom.setdefault(record, []).append((field, value))
        records: list[Record] = []
        for kind in KINDS:
            for values in self._kind_rows(kind):
                extra: dict[str, Any] = {}
                if kind == Action.kind and (found := updates.get(values["id"])):
                    extra["updates"] = tuple(found)
                if kind in (Action.kind, Measure.kind) and (own := custom.get(values["id"])):
                    extra["custom"] = tuple(own)
                records.append(KINDS[kind](**values, **extra))
        return Plan(records)

    def _kind_rows(self, kind: str) -> Iterator[dict[str, Any]]:
        names = ["id", "parent", "order", *field_defaults(kind)]
        lists = [name for name, default in field_defaults(kind).items() if isinstance(default, tuple)]
        flags = [name for name, default in field_defaults(kind).items() if isinstance(default, bool)]
        for row in self._run(f"SELECT {', '.join(_columns(kind))} FROM {_table(kind)}"):  # noqa: S608 - field names
            values = dict(zip(names, row, strict=True))
            for name in lists:
                values[name] = _list(values[name])
            for name in flags:
                values[name] = bool(values[name])
            yield values

    def rebuild(self) -> None:
        """Make the heads and the plan's tables anew from the journal alone."""
        self._run("DELETE FROM head")
        cells = self._run("SELECT DISTINCT record, field FROM change").fetchall()
        for record, field in cells:
            self._behead(record, field)
        for kind in KINDS:
            self._run(f"DELETE FROM {_table(kind)}")  # noqa: S608 - a known kind
        self._run("DELETE FROM progress")
        self._run("DELETE FROM custom")
        self.write(list(journal.fold(self.rows())), [])


@cache
def _table(kind: str) -> str:
    if kind not in KINDS:
        raise KeyError(kind)
    return kind


@cache
def _columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind's table, in the order of its fields."""
    return ("id", "parent", "position", *field_defaults(kind))


def _row(record: Record) -> dict[str, Value | int]:
    row: dict[str, Value | int] = {"id": record.id, "parent": record.parent, "position": record.order}
    for field in fields(record):
        if field.name in field_defaults(record.kind):
            value = getattr(record, field.name)
            row[field.name] = _written(value)
    return row


def _written(value: Value) -> str | int | None:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def _list(text: str) -> tuple[str, ...]:
    if text == "[]":
        return ()
    found = json.loads(text)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
