"""The SQL of a plan file: journal rows in, records out, and the tables of the plan as it is now kept in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cache, lru_cache
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from cypp_desktop.document import file, journal
from cypp_desktop.document.file import BROKEN
from cypp_desktop.document.journal import COLUMNS, PLACES, Head, Row
from cypp_desktop.domain.change import DELETED, KIND, Refused
from cypp_desktop.domain.plan import KINDS, Action, Measure, Plan, Record, Update, Value, field_defaults

KEYS = {"progress": ("action", "period"), "custom": ("record", "field")}
"""The tables whose rows are not a record each, and what tells their rows apart."""
AT_ONCE = 900  # every SQLite takes 999 values in one statement
Changes = TypeVar("Changes", set[bytes], dict[bytes, Row])


class Store:
    """One open connection to a plan file; every method runs inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._run = connection.execute
        self._run_many = connection.executemany
        self._makers: dict[str, Row] | None = None

    # --- facts about the file ---

    def meta(self, key: str, default: str = "") -> str:
        """A fact about the file: doc_id, seal, lamport, min_writer."""
        found = self._run("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return str(found[0]) if found else default

    def set_meta(self, key: str, value: str) -> None:
        """Record a fact about the file."""
        self._run("INSERT INTO meta VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, value))

    @property
    def lamport(self) -> int:
        """The highest number that a change bears."""
        known = self.meta("lamport")
        if known.isascii() and known.isdigit() and len(known) < 16:  # noqa: PLR2004 - what SQLite and JSON can hold
            return int(known)
        return int(self._run("SELECT coalesce(max(lamport), 0) FROM change").fetchone()[0])

    def is_in(self, path: Path) -> bool:
        """Whether a file that was touched is as we left it; SQLite cannot tell where a like one was copied over it."""
        with closing(file.connect(path, read_only=True)) as connection:
            there = Store(connection)
            return all(there.meta(key) == self.meta(key) for key in ("doc_id", "seal"))

    @property
    def version(self) -> int:
        """A number that another one follows when somebody else has written to the file (``PRAGMA data_version``)."""
        return int(self._run("PRAGMA data_version").fetchone()[0])

    # --- the journal ---

    def insert(self, rows: Collection[Row]) -> None:
        """Put new changes, whose parents are all known, into the journal; they replace the heads that they name."""
        self.put(rows)
        deleted = [row for row in rows if row.field == DELETED]
        marks = {row.id for row in deleted}.union(*self.marked({row.record for row in deleted}).values())
        gone = {
            (*row.cell, parent)
            for row in rows
            for parent in journal.split(row.parents)
            if row.field != DELETED or parent in marks  # a deletion names what it saw of other cells too
        }
        self._run_many("DELETE FROM head WHERE record=? AND field=? AND id=?", gone)
        new = ((*row.cell, row.id) for row in rows)
        self._run_many("INSERT INTO head VALUES(?,?,?)", sorted(head for head in new if head not in gone))
        self.set_meta("lamport", str(max([self.lamport, *(row.lamport for row in rows)])))
        self.set_meta("seal", journal.seal((row.id for row in rows), self.meta("seal", journal.NO_SEAL)))

    def put(self, rows: Iterable[Row]) -> None:
        """Put changes into the journal, and leave what is derived from it to the caller."""
        rows = list(rows)
        self._run_many(f"INSERT INTO change({COLUMNS}) VALUES({PLACES})", rows)
        if self._makers is not None:
            self._makers |= {row.record: row for row in rows if row.field == KIND}

    def empty(self, ids: Iterable[bytes]) -> None:
        """Take the recorded values of changes away for good; all else of them stays."""
        self._run_many("UPDATE change SET value=NULL, salt=NULL WHERE id=?", [(one,) for one in ids])

    def ids(self) -> set[bytes]:
        """The ids of all changes."""
        return {one for (one,) in self._run("SELECT id FROM change")}

    def kinds(self, records: Iterable[str]) -> list[tuple[str, str]]:
        """Those of some records that were ever here, each with its recorded kind."""
        return list(self._each(f"SELECT record, value FROM change WHERE record IN ({{}}) AND field='{KIND}'", records))

    def makers(self) -> Mapping[str, Row]:
        """The change that added each record; looked up once, and kept from then on."""
        if self._makers is None:
            columns = ", ".join(f"c.{name}" for name in Row._fields)
            query = f"SELECT {columns} FROM head h JOIN change c ON c.id=h.id WHERE h.field='{KIND}'"
            self._makers = {row.record: row for row in map(Row._make, self._run(query))}
        return self._makers

    def divided(self) -> dict[tuple[str, str], list[bytes]]:
        """The cells that have several heads, with their ids."""
        found: dict[tuple[str, str], list[bytes]] = {}
        query = (
            "SELECT record, field, id FROM head JOIN (SELECT record, field FROM head GROUP BY record, field"
            " HAVING count(*) > 1) USING (record, field)"
        )
        for record, field, one in self._run(query):
            found.setdefault((record, field), []).append(one)
        return found

    def marked(self, records: Iterable[str]) -> dict[str, set[bytes]]:
        """Those of some records that somebody deleted or brought back, with the ids of the heads that say so."""
        query = f"SELECT record, id FROM head WHERE record IN ({{}}) AND field='{DELETED}'"
        found: dict[str, set[bytes]] = {}
        for record, one in self._each(query, records):
            found.setdefault(record, set()).add(one)
        return found

    def heads_of(self, cells: Collection[tuple[str, str]]) -> dict[tuple[str, str], frozenset[bytes]]:
        """The ids of the heads of some cells."""
        found: dict[tuple[str, str], set[bytes]] = {cell: set() for cell in cells}
        for record, field, one in self._each_cell("h.record, h.field, h.id", cells):
            found[record, field].add(one)
        return {cell: frozenset(ids) for cell, ids in found.items()}

    def heads(self, records: Iterable[str]) -> dict[str, dict[str, set[bytes]]]:
        """The ids of the heads of all cells of some records, by record and field."""
        found: dict[str, dict[str, set[bytes]]] = {}
        for record, field, one in self._each("SELECT record, field, id FROM head WHERE record IN ({})", records):
            found.setdefault(record, {}).setdefault(field, set()).add(one)
        return found

    def cells(self, records: Iterable[str]) -> dict[str, dict[str, list[Head]]]:
        """The heads of all cells of some records, by record and field."""
        return _grouped(
            self._each(f"SELECT {_HEAD} FROM head h JOIN change c ON c.id=h.id WHERE h.record IN ({{}})", records)
        )

    def rows(self) -> Iterator[Row]:
        """The whole journal, in the order in which it came into the file."""
        return map(Row._make, self._run(f"SELECT {COLUMNS} FROM change ORDER BY rowid"))

    @property
    def last(self) -> int:
        """The number of the change that came last; they are numbered as they came into the file, and none ever goes."""
        return int(self._run("SELECT coalesce(max(rowid), 0) FROM change").fetchone()[0])

    def places(self, ids: Iterable[bytes]) -> dict[bytes, int]:
        """The numbers of changes."""
        return dict(self._each("SELECT id, rowid FROM change WHERE id IN ({})", ids))

    def between(self, first: int, last: int) -> list[Row]:
        """The changes of some numbers, in the order in which they came."""
        query = f"SELECT {COLUMNS} FROM change WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        return [Row._make(found) for found in self._run(query, (first, last))]

    def of_records(self, records: Iterable[str]) -> list[Row]:
        """All changes of some records."""
        return [Row._make(one) for one in self._each(f"SELECT {COLUMNS} FROM change WHERE record IN ({{}})", records)]

    def marks(self, field: str) -> list[Row]:
        """The marks of a kind that stand, those with a parameter (``field@…``) among them."""
        columns = ", ".join(f"c.{name}" for name in Row._fields)
        query = f"SELECT {columns} FROM head h JOIN change c ON c.id=h.id WHERE h.field=? OR h.field GLOB ?"
        return [Row._make(found) for found in self._run(query, (field, f"{field}@*"))]

    def history(self, record: str = "", limit: int = -1) -> list[Row]:
        """The changes of a record, or of the whole plan, latest first."""
        where, values = ("WHERE record=?", (record, limit)) if record else ("", (limit,))
        query = f"SELECT {COLUMNS} FROM change {where} ORDER BY rowid DESC LIMIT ?"
        return [Row(*found) for found in self._run(query, values)]

    def changes(self, ids: Iterable[bytes]) -> dict[bytes, Row]:
        """Changes by their ids, as far as they are known."""
        found = self._each(f"SELECT {COLUMNS} FROM change WHERE id IN ({{}})", set(ids))
        return {row[0]: Row(*row) for row in found}

    def _each(self, query: str, values: Iterable[str] | Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query for any number of values, where its ``{}`` stands."""
        rest = iter(values)
        while some := tuple(islice(rest, AT_ONCE)):
            yield from self._run(query.format(",".join("?" * len(some))), some)

    def _each_cell(self, columns: str, cells: Iterable[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
        """Some columns of the heads ``h`` and their changes ``c`` for any number of cells."""
        rest = iter(cells)
        while some := tuple(islice(rest, AT_ONCE // 2)):
            wanted = f"WITH w(record, field) AS (VALUES {','.join(['(?,?)'] * len(some))})"
            found = "w CROSS JOIN head h ON h.record=w.record AND h.field=w.field CROSS JOIN change c ON c.id=h.id"
            yield from self._run(f"{wanted} SELECT {columns} FROM {found}", [part for cell in some for part in cell])

    def values(self, records: Iterable[str], until: int | None = None) -> dict[tuple[str, str], Value]:
        """What stood in the cells of some records, by record and field, while no change bore more than ``until``."""
        found: dict[tuple[str, str], tuple[int, bytes, str | None]] = {}
        limit = journal.HIGHEST if until is None else until
        query = f"SELECT record, field, lamport, id, value FROM change WHERE lamport<={limit:d} AND record IN ({{}})"
        for record, field, *latest in self._each(query, records):
            if (record, field) not in found or tuple(latest[:2]) > found[record, field][:2]:
                found[record, field] = (latest[0], latest[1], latest[2])
        return {cell: journal.read(value) for cell, (_, _, value) in found.items()}

    # --- records from the journal ---

    def after(self, plan: Plan, cells: Collection[tuple[str, str]]) -> dict[str, Record | None]:
        """What the journal makes of the records of some cells, the other cells being as they are in the plan."""
        anew = {record for record, field in cells if field in (KIND, DELETED) or record not in plan}
        anew |= self._at_stake({record for record, _ in cells} - anew)
        edited = _grouped(self._each_cell(_HEAD, [cell for cell in cells if cell[0] not in anew]))
        now: dict[str, Record | None] = {one: journal.edited(plan[one], found) for one, found in edited.items()}
        return now | self.fold(anew)

    def _at_stake(self, records: Iterable[str]) -> set[str]:
        """Those of some records that somebody wants deleted: whether they are depends on all of their cells."""
        query = (
            "SELECT h.record FROM head h CROSS JOIN change c ON c.id=h.id"
            f" WHERE h.record IN ({{}}) AND h.field='{DELETED}' AND c.value='true'"
        )
        return {record for (record,) in self._each(query, records)}

    def fold(self, records: Collection[str]) -> dict[str, Record | None]:
        """What the journal says that some records are now; None for those that are deleted."""
        cells = self.cells(records)
        return {one: journal.record_of(one, cells[one]) if one in cells else None for one in records}

    def deleted(self) -> list[str]:
        """The ids of the records that somebody deleted, latest first."""
        query = (
            "SELECT h.record FROM head h JOIN change c ON c.id=h.id"
            " WHERE h.field='_deleted' AND c.value='true' GROUP BY h.record ORDER BY max(c.rowid) DESC"
        )
        return [record for (record,) in self._run(query)]

    # --- the tables of the plan as it is now ---

    def write(self, now: Iterable[Record], was: Iterable[Record] = ()) -> None:
        """Bring the tables up to date, table by table: from what they hold of some records to what there is now."""
        there = tables(was)
        for name, rows in tables(now).items():
            key = KEYS.get(name, ("id",))
            stay = {row[: len(key)] for row in rows}
            gone = [row[: len(key)] for row in there[name] if row[: len(key)] not in stay]
            self._run_many(f"DELETE FROM {name} WHERE {' AND '.join(f'{one}=?' for one in key)}", gone)
            new = set(rows).difference(there[name])
            if new:
                self._run_many(f"INSERT OR REPLACE INTO {name} VALUES({', '.join('?' * len(rows[0]))})", sorted(new))

    def load(self) -> Plan:
        """The plan as its tables hold it."""
        plan = Plan(self._tabled())
        return plan if plan.root else Plan(journal.fold(self.rows()))  # where something else emptied the tables

    def legible(self) -> Plan:
        """What can be read of the plan as the tables of a damaged file hold it."""
        return Plan(self._tabled(*BROKEN))

    def _tabled(self, *passed_over: type[Exception]) -> Iterator[Record]:
        updates: dict[str, list[Update]] = {}
        with suppress(*passed_over):
            for action, period, note, status, reason in self._run("SELECT * FROM progress ORDER BY action, period"):
                updates.setdefault(action, []).append(Update(period=period, note=note, status=status, reason=reason))
        custom: dict[str, list[tuple[str, str]]] = {}
        with suppress(*passed_over):
            for record, field, value in self._run("SELECT * FROM custom ORDER BY record, field"):
                custom.setdefault(record, []).append((field, value))
        for kind in KINDS:
            with suppress(*passed_over):
                for values in self._kind_rows(kind):
                    extra: dict[str, Any] = {}
                    if kind == Action.kind and (found := updates.get(values["id"])):
                        extra["updates"] = tuple(found)
                    if kind in (Action.kind, Measure.kind) and (own := custom.get(values["id"])):
                        extra["custom"] = tuple(own)
                    yield KINDS[kind](**values, **extra)

    def _kind_rows(self, kind: str) -> Iterator[dict[str, Any]]:
        names = ["id", "parent", "order", *field_defaults(kind)]
        lists = [name for name, default in field_defaults(kind).items() if isinstance(default, tuple)]
        flags = [name for name, default in field_defaults(kind).items() if isinstance(default, bool)]
        for row in self._run(f"SELECT * FROM {kind}"):
            values = dict(zip(names, row, strict=True))
            for name in lists:
                values[name] = _list(values[name])
            for name in flags:
                values[name] = bool(values[name])
            yield values

    def agrees(self, rows: Collection[Row]) -> bool:
        """Whether heads and tables are exactly what the whole journal, given as ``rows``, comes to."""
        if set(self._run("SELECT * FROM head")) != set(journal.heads(rows)):
            return False
        expected = tables(journal.fold(rows))
        return all(set(self._run(f"SELECT * FROM {name}")) == set(found) for name, found in expected.items())

    def whole(self, changes: Changes) -> Changes:
        """Changes by their ids, if they are all that ever came into the file; Refused where some were taken away."""
        if journal.seal(changes) != self.meta("seal"):
            raise Refused("The history of this plan was altered outside the program, so nothing can be taken in.")
        return changes

    def faults(self, plan: Plan) -> list[str]:
        """What is wrong with a file whose tables gave this plan, a sentence each."""
        try:
            if self._run("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return ["The file is damaged."]
            rows = list(self.rows())
            found = journal.faults(rows, self.meta("seal"))
            if not self.agrees(rows) or self.load() != plan:
                found.append("The plan's tables differ from its history.")
        except (sqlite3.Error, UnicodeDecodeError):
            return ["The file is damaged."]
        return found

    def rebuild(self) -> None:
        """Make the heads and the plan's tables anew from the journal alone."""
        rows = list(self.rows())
        for name in ("head", *KEYS, *KINDS):
            self._run(f"DELETE FROM {name}")
        self._run_many("INSERT INTO head VALUES(?,?,?)", journal.heads(rows))
        self.write(list(journal.fold(rows)))
        self.set_meta("lamport", str(max((row.lamport for row in rows), default=0)))


_HEAD = "h.record, h.field, c.id, c.lamport, coalesce(c.value, 'null'), c.parents"


def _grouped(heads: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, list[Head]]]:
    found: dict[str, dict[str, list[Head]]] = {}
    for record, field, *head in heads:
        found.setdefault(record, {}).setdefault(field, []).append(Head(*head))
    return found


def tables(records: Iterable[Record]) -> dict[str, list[tuple[str | int, ...]]]:
    """The rows of every table that holds the plan as it is now, for some records."""
    rows: dict[str, list[tuple[str | int, ...]]] = {name: [] for name in (*KINDS, *KEYS)}
    for record in records:
        values, other = _columns(record.kind)
        row = list(values(record))
        for place in other:
            row[place] = _written(row[place])
        rows[record.kind].append(tuple(row))
        if isinstance(record, Action | Measure):
            rows["custom"] += [(record.id, *one) for one in record.custom]
        if isinstance(record, Action):
            rows["progress"] += [(record.id, one.period, one.note, one.status, one.reason) for one in record.updates]
    return rows


@cache
def _columns(kind: str) -> tuple[Callable[[Record], tuple[Any, ...]], tuple[int, ...]]:
    """What reads a record's columns in one go, and which of them are no text."""
    defaults = {"id": "", "parent": "", "order": "", **field_defaults(kind)}
    other = tuple(place for place, default in enumerate(defaults.values()) if not isinstance(default, str))
    return attrgetter(*defaults), other


@lru_cache(maxsize=4096)
def _written(value: Value) -> str | int:
    if isinstance(value, tuple):
        return journal.write(value) if value else "[]"
    return int(value or 0)


def _list(text: str) -> tuple[str, ...]:
    """A list as a table holds it; of one that something else damaged, what can be read."""
    found = journal.read(text) if text != "[]" else ()
    return found if isinstance(found, tuple) else ()
