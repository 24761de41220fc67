"""The tables of a file against its journal: what something else altered is noticed, and mended where it can be."""

from __future__ import annotations

import sqlite3

import pytest

from cypp_desktop.document import journal
from cypp_desktop.document.document import Document
from cypp_desktop.document.journal import Stamp
from cypp_desktop.document.store import Store, tables
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND
from cypp_desktop.domain.plan import KINDS, Plan

DIFFER = "The plan's tables differ from its history."
ALTERED = "The history was altered outside the program."
SEAL = "Changes were added to the history, or removed from it, outside the program."


def alter(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        assert connection.execute(statement).rowcount, statement
    connection.close()


@pytest.fixture
def store(path):
    connection = sqlite3.connect(path, isolation_level=None)
    yield Store(connection)
    connection.close()


# --- altered outside the program -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE action SET text='something else'",
        "UPDATE plan SET title='something else'",
        "UPDATE plan SET levels='not a list'",
        "UPDATE outcome SET joined=1",
        "UPDATE outcome SET position='b00'",
        "UPDATE action SET parent='safe'",
        "UPDATE progress SET note='better'",
        "UPDATE custom SET value='two'",
        "DELETE FROM action",
        "DELETE FROM progress",
        "INSERT INTO section VALUES('x', 'y', 'a0', 'h', 't', 'before')",
        "INSERT INTO progress VALUES('nobody', 'mid', 'n', 's', 'r')",
        "INSERT INTO custom VALUES('nobody', 'stage', 'one')",
        "DELETE FROM head WHERE field='text'",
        "INSERT INTO head VALUES('x', 'title', x'00112233445566778899aabbccddeeff')",
    ],
)
def test_a_table_that_was_altered_is_noticed_and_mended(path, statement):
    document = Document.open(path, "Ann")
    plan = document.plan
    document.close()
    alter(path, statement)
    document = Document.open(path, "Ann")
    assert document.check() == [DIFFER]
    visible, events = document.plan != plan, []
    document.subscribe(events.append)
    document.rebuild()
    assert document.check() == []
    assert document.plan == plan
    assert [(event.after, bool(event.changed)) for event in events] == [(plan, visible)]  # told of the history, too
    document.commit(change.edit(plan, "safe", {"title": "goes on"}))
    assert document.check() == []
    document.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE change SET author='Bob' WHERE field='text'", ALTERED),
        ("UPDATE change SET at='2030-01-01' WHERE field='text'", ALTERED),
        ("UPDATE change SET value='\"Bob\"' WHERE value='\"Ann\"'", ALTERED),
        ("UPDATE change SET record='mash' WHERE field='text'", ALTERED),
        ("UPDATE change SET op='undo' WHERE field='text'", ALTERED),
        ("UPDATE change SET lamport=lamport+1 WHERE field='text'", ALTERED),
        ("UPDATE change SET session=x'0000000000000000' WHERE field='text'", ALTERED),
        ("UPDATE change SET step=x'0000000000000000' WHERE field='text'", ALTERED),
        ("UPDATE change SET parents=x'' WHERE op='set'", ALTERED),
        ("UPDATE change SET salt=NULL WHERE field='text'", ALTERED),
        ("DELETE FROM change WHERE rowid=(SELECT max(rowid) FROM change)", SEAL),
        ("DELETE FROM change WHERE field='email' OR field='text'", SEAL),
        ("UPDATE meta SET value='00' WHERE key='seal'", SEAL),
        ("UPDATE meta SET value='rubbish' WHERE key='seal'", SEAL),
        ("DELETE FROM meta WHERE key='seal'", SEAL),
    ],
)
def test_a_history_that_was_altered_is_noticed_for_good(path, statement, found):
    alter(path, statement)
    document = Document.open(path, "Ann")
    assert found in document.check()
    document.rebuild()
    document.commit(change.edit(document.plan, "safe", {"title": "x"}))
    assert found in document.check()  # nothing that was lost comes back, and nobody is told that it has
    document.close()


@pytest.mark.parametrize("value", ["x", "", "-5", "9" * 40, "\u0663"])
def test_a_number_that_something_else_wrote_stops_nobody(path, value):
    alter(path, f"UPDATE meta SET value='{value}' WHERE key='lamport'")
    document = Document.open(path, "Ann")
    document.commit(change.edit(document.plan, "safe", {"title": "x"}))
    assert document.check() == []
    assert document._store.lamport == max(row.lamport for row in document._store.rows())
    document.close()


# --- the store itself ------------------------------------------------------------------------------------------------


def test_the_tables_have_a_column_for_every_field(store):
    for kind, rows in tables([KINDS[kind](id="x") for kind in KINDS]).items():
        for row in rows:
            columns = store.connection.execute(f"PRAGMA table_info({kind})").fetchall()
            assert len(columns) == len(row)


def test_everything_can_be_written_and_read_again(store, document):
    plan = store.load()
    assert plan == document.plan
    assert Plan(journal.fold(store.rows())) == plan
    assert store.agrees(list(store.rows()))
    assert {one: store.fold([one])[one] for one in ("act", "train", "nobody")} == {
        "act": plan["act"],
        "train": None,
        "nobody": None,
    }
    assert len(store.fold([record.id for record in plan])) == len(plan)


def test_more_records_than_one_statement_takes(store):
    ids = [f"r{number}" for number in range(2500)]
    stamp = Stamp(store.lamport + 1, "", "Ann", b"sitting!", b"one step", "add")
    rows = [
        journal.make(stamp, one, field, [], value) for one in ids for field, value in ((KIND, "lead"), ("name", one))
    ]
    store.connection.execute("BEGIN")
    store.insert(rows)
    assert set(store.heads(ids)) == set(ids)
    assert {one: record.name for one, record in store.fold(ids).items()} == {one: one for one in ids}
    assert store.changes(row.id for row in rows) == {row.id: row for row in rows}


def test_a_deletion_replaces_no_heads_but_its_own_cells(store):
    before = store.heads(["act"])["act"]
    everything = set().union(*before.values())
    stamp = Stamp(store.lamport + 1, "", "Ann", b"sitting!", b"one step", "delete")
    mark = journal.make(stamp, "act", DELETED, everything, value=True)
    store.insert([mark])
    assert store.heads(["act"])["act"] == before | {DELETED: {mark.id}}
    assert store.fold(["act"]) == {"act": None}
    assert store.deleted()[0] == "act"


def test_the_typed_tables_can_be_read_with_any_sqlite_tool(path):
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT p.ref, o.ref, a.text, s.label FROM action a JOIN outcome o ON o.id=a.parent"
        " JOIN priority p ON p.id=o.parent JOIN progress n ON n.action=a.id JOIN status s ON s.id=n.status"
    ).fetchall()
    connection.close()
    assert found == [("1", "1.1", "Co-locate the team", "On schedule")]
