"""The tables of a plan file, format by format: frozen SQL, climbed like a ladder by new and old files alike.

``change`` is the truth; ``head`` says which change of a cell stands now; the tables named after the nouns hold the
plan as it is now, so that it opens fast and can be read with any SQLite tool. They are derived: written in the same
transaction, always equal to the fold of the journal. A migration is never edited and never imports today's classes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils.db import Database

APPLICATION_ID = 0x43595050  # "CYPP"
FORMAT = 2
SET = "cypp"
WRITER = "min_writer"
"""The fact of a file that says which format a program must know at least to write to it."""

_LADDER = """
CREATE TABLE _sqlite_migrations (
  id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT) STRICT;
CREATE UNIQUE INDEX migration_once ON _sqlite_migrations(migration_set, name);
"""

_FORMAT_1 = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE change(
  id BLOB NOT NULL UNIQUE CHECK(length(id)=16),
  lamport INTEGER NOT NULL,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  session BLOB NOT NULL CHECK(length(session)=8),
  step BLOB NOT NULL CHECK(length(step)=8),
  op TEXT NOT NULL,
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  parents BLOB NOT NULL CHECK(length(parents)%16=0),
  vhash BLOB NOT NULL CHECK(length(vhash)=16),
  salt BLOB,
  value TEXT) STRICT;
CREATE INDEX change_cell ON change(record, field);
CREATE INDEX change_step ON change(step);
CREATE TABLE head(record TEXT NOT NULL, field TEXT NOT NULL, id BLOB NOT NULL,
  PRIMARY KEY(record, field, id)) STRICT, WITHOUT ROWID;
CREATE TABLE draft(record TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL,
  author TEXT NOT NULL, PRIMARY KEY(record, field)) STRICT;
CREATE TABLE plan(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, title TEXT NOT NULL,
  subtitle TEXT NOT NULL, organisation TEXT NOT NULL, board TEXT NOT NULL, years TEXT NOT NULL, state TEXT NOT NULL,
  levels TEXT NOT NULL, action_word TEXT NOT NULL, measure_word TEXT NOT NULL, measures_title TEXT NOT NULL,
  columns TEXT NOT NULL, current_period TEXT NOT NULL, appendix TEXT NOT NULL, pack_title TEXT NOT NULL,
  pack_note TEXT NOT NULL, meeting_date TEXT NOT NULL, meeting_time TEXT NOT NULL, meeting_place TEXT NOT NULL,
  governance_officer TEXT NOT NULL, direct_dial TEXT NOT NULL, agenda_item TEXT NOT NULL, agenda_title TEXT NOT NULL,
  agenda_pages TEXT NOT NULL, report_of TEXT NOT NULL) STRICT;
CREATE TABLE section(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, heading TEXT NOT NULL,
  text TEXT NOT NULL, place TEXT NOT NULL) STRICT;
CREATE TABLE status(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, label TEXT NOT NULL,
  letter TEXT NOT NULL, shape TEXT NOT NULL, colour TEXT NOT NULL, meaning TEXT NOT NULL) STRICT;
CREATE TABLE period(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  closed INTEGER NOT NULL) STRICT;
CREATE TABLE lead(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  email TEXT NOT NULL) STRICT;
CREATE TABLE field(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  subject TEXT NOT NULL, type TEXT NOT NULL, choices TEXT NOT NULL) STRICT;
CREATE TABLE priority(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, ref TEXT NOT NULL,
  label TEXT NOT NULL, title TEXT NOT NULL, statement TEXT NOT NULL) STRICT;
CREATE TABLE outcome(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, ref TEXT NOT NULL,
  title TEXT NOT NULL, joined INTEGER NOT NULL) STRICT;
CREATE TABLE measure(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  short_name TEXT NOT NULL, target TEXT NOT NULL, polarity TEXT NOT NULL, source TEXT NOT NULL,
  notes TEXT NOT NULL) STRICT;
CREATE TABLE reading(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, series TEXT NOT NULL,
  period TEXT NOT NULL, value TEXT NOT NULL, provisional INTEGER NOT NULL) STRICT;
CREATE TABLE action(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, ref TEXT NOT NULL,
  text TEXT NOT NULL, due TEXT NOT NULL, due_date TEXT NOT NULL, leads TEXT NOT NULL, plans TEXT NOT NULL,
  measures TEXT NOT NULL) STRICT;
CREATE TABLE progress(action TEXT NOT NULL, period TEXT NOT NULL, note TEXT NOT NULL, status TEXT NOT NULL,
  reason TEXT NOT NULL, PRIMARY KEY(action, period)) STRICT, WITHOUT ROWID;
CREATE TABLE custom(record TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY(record, field)) STRICT, WITHOUT ROWID;
"""

_FORMAT_2 = """
DROP TABLE plan;
DROP TABLE lead;
DROP TABLE priority;
DROP TABLE action;
CREATE TABLE plan(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, title TEXT NOT NULL,
  subtitle TEXT NOT NULL, organisation TEXT NOT NULL, board TEXT NOT NULL, years TEXT NOT NULL, state TEXT NOT NULL,
  levels TEXT NOT NULL, action_word TEXT NOT NULL, measure_word TEXT NOT NULL, measures_title TEXT NOT NULL,
  columns TEXT NOT NULL, current_period TEXT NOT NULL, appendix TEXT NOT NULL, pack_title TEXT NOT NULL,
  pack_note TEXT NOT NULL, meeting_date TEXT NOT NULL, meeting_time TEXT NOT NULL, meeting_place TEXT NOT NULL,
  governance_officer TEXT NOT NULL, direct_dial TEXT NOT NULL, agenda_item TEXT NOT NULL, agenda_title TEXT NOT NULL,
  agenda_pages TEXT NOT NULL, report_of TEXT NOT NULL, rules_off TEXT NOT NULL, words TEXT NOT NULL,
  layout TEXT NOT NULL) STRICT;
CREATE TABLE lead(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  email TEXT NOT NULL, role TEXT NOT NULL) STRICT;
CREATE TABLE layout(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  columns TEXT NOT NULL, left_out TEXT NOT NULL, paper TEXT NOT NULL, priorities TEXT NOT NULL, leads TEXT NOT NULL,
  period TEXT NOT NULL, people TEXT NOT NULL, watermark TEXT NOT NULL, text_size TEXT NOT NULL) STRICT;
CREATE TABLE view(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, name TEXT NOT NULL,
  filters TEXT NOT NULL, "group" TEXT NOT NULL, sort TEXT NOT NULL) STRICT;
CREATE TABLE copy(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, "to" TEXT NOT NULL,
  lead TEXT NOT NULL, scope TEXT NOT NULL, sent_at TEXT NOT NULL, file TEXT NOT NULL,
  answered_at TEXT NOT NULL) STRICT;
CREATE TABLE priority(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, ref TEXT NOT NULL,
  label TEXT NOT NULL, title TEXT NOT NULL, statement TEXT NOT NULL, leads TEXT NOT NULL) STRICT;
CREATE TABLE action(id TEXT PRIMARY KEY, parent TEXT NOT NULL, position TEXT NOT NULL, ref TEXT NOT NULL,
  text TEXT NOT NULL, due TEXT NOT NULL, due_date TEXT NOT NULL, leads TEXT NOT NULL, plans TEXT NOT NULL,
  measures TEXT NOT NULL, archived TEXT NOT NULL) STRICT;
"""
"""Only tables that are derived go; who climbs makes them anew from the journal (``build``)."""

SETTINGS = (
    "journal_mode=DELETE",  # with WAL, a colleague who was mailed the open file got none of the edits
    "synchronous=EXTRA",  # the default FULL lost the last acknowledged edit in 166 of 400 simulated power cuts
    "cache_size=-64000",  # kilobytes: with the usual 2,000, a big step reads the same pages again and again
    "cache_spill=OFF",  # the file changes only while a commit runs, so a copy made meanwhile is sound
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "foreign_keys=OFF",
)


def build(connection: sqlite3.Connection, then: Callable[[], None] = lambda: None) -> sqlite3.Connection:
    """Bring a plan file's tables to today's format, from nothing or from any older one, as one transaction.

    ``then`` is done in the same one: from an older format, it makes the derived tables anew.
    """
    from sqlite_utils.db import Database  # slow to import, and not needed to open a plan
    from sqlite_utils.migrations import Migrations

    database = Database(connection, execute_plugins=False, recursive_triggers=False)
    ladder = Migrations(SET)

    @ladder(name="format 1")
    def format_1(db: Database) -> None:
        _run(db.conn, _FORMAT_1)
        db.conn.execute("INSERT INTO meta VALUES('doc_id', ?)", (os.urandom(16).hex(),))

    @ladder(name="format 2")
    def format_2(db: Database) -> None:
        _run(db.conn, _FORMAT_2)

    connection.execute("BEGIN IMMEDIATE")
    try:
        if not database["_sqlite_migrations"].exists():
            _run(connection, _LADDER)
        ladder.apply(database)
        then()
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise
    return connection


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):  # executescript would commit what is open
        if statement.strip():
            connection.execute(statement)


def format_of(connection: sqlite3.Connection) -> int:
    """The format that a file says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def newer(writer: str) -> str:
    """Why a plan can only be read that says (``WRITER``) from which format on it may be written; "" where it may."""
    writer = writer or "1"
    if writer.isascii() and writer.isdigit() and int(writer[:9]) <= FORMAT:
        return ""
    return "This plan was saved by a newer version of this program, so it can only be read here."


@cache
def expected(number: int) -> frozenset[tuple[str, str, str, str | None]]:
    """Every object of a format as ``sqlite_schema`` rows (type, name, tbl_name, sql); none of one that never was."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.executescript("".join((_LADDER, _FORMAT_1, _FORMAT_2)[: number + 1]) if 0 < number <= FORMAT else "")
        return frozenset(memory.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
    finally:
        memory.close()
