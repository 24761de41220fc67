"""Files from strangers: each is refused with a sentence or read with a notice, untouched and in a moment."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
import sys
import time
from types import MappingProxyType

import pytest

from cypp_desktop.document import journal, merge, safe_open, schema
from cypp_desktop.document.document import Document
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND, LONGEST, PLACE, Branch, Refused

STAMP = Stamp(3, "2026-11-22T09:00:00+00:00", "Eve", b"stranger", b"one step", "set")
ALTERED = "altered outside the program"
NO_PLAN_HAS = "a value that no plan can have"


def by_sql(*statements, **pragmas):
    """Whoever has a database tool."""

    def make(path):
        connection = sqlite3.connect(path, isolation_level=None)
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return make


def insert(path, rows):
    """Whoever has this program's source: rows with ids and a seal that fit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    marks = ", ".join("?" * len(Row._fields))
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO change VALUES({marks})", rows)
    ids = [one for (one,) in connection.execute("SELECT id FROM change")]
    connection.execute("UPDATE meta SET value=? WHERE key='seal'", (journal.seal(ids),))
    connection.execute("COMMIT")
    connection.close()


def forged(field="text", value="x", *, record="act", parents=(), text=None, **stamp):
    """A genuine row with any content."""
    stamp = STAMP._replace(**stamp)
    text = journal.write(value) if text is None else text
    joined, salt = b"".join(parents), b"saltsalt"
    vhash = journal._hash(salt, text.encode("utf-8", "surrogatepass"))
    return Row(journal._identity(stamp, record, field, joined, vhash), *stamp, record, field, joined, vhash, salt, text)


def by_forging(*what, **more):
    """With such rows, or with one of such parts."""
    rows = what if what and isinstance(what[0], Row) else [forged(*what, **more)]
    return lambda path: insert(path, rows)


def by_bytes(alter):
    return lambda path: path.write_bytes(alter(path.read_bytes()))


def patched(place, content):
    return by_bytes(lambda whole: whole[:place] + content + whole[place + len(content) :])


def lying_index(path):
    """An index that leaves rows out: who asks by it is told less than there is."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema=ON")
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name='change_cell'").fetchone()
    (other,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name='migration_once'").fetchone()
    connection.execute("UPDATE sqlite_schema SET rootpage=? WHERE name='change_cell'", (other,))
    assert root != other
    connection.close()


def many_tables(path):
    connection = sqlite3.connect(path)
    for number in range(300):
        connection.execute(f"CREATE TABLE t{number}(x)")
    connection.commit()
    connection.close()


def in_utf_16(path):
    path.unlink()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA encoding='UTF-16le'")
    schema.build(connection)
    connection.close()


def without_any_plan(path):
    by_sql("DELETE FROM change", "DELETE FROM head", f"UPDATE meta SET value='{journal.NO_SEAL}' WHERE key='seal'")(
        path
    )


def with_a_thousand_sides(path):
    insert(path, [forged(value=str(number)) for number in range(safe_open.MOST_SIDES + 1)])


def plan_deleted(path):
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT id FROM plan").fetchone()
    connection.close()
    insert(path, [forged(DELETED, value=True, record=root)])


REFUSED = {
    # the file
    "empty": (by_bytes(lambda _: b""), "is empty"),
    "one byte": (by_bytes(lambda _: b"S"), "not a plan file"),
    "half": (by_bytes(lambda whole: whole[: len(whole) // 2]), "cut short: 50 % of it arrived"),
    "all but the last byte": (by_bytes(lambda whole: whole[:-1]), "cut short: 99 %"),
    "zip": (by_bytes(lambda whole: b"PK\3\4" + whole), "is damaged or locked"),
    "pdf": (by_bytes(lambda whole: b"%PDF-1.7\n" + whole), "not a plan file"),
    "rubbish": (by_bytes(lambda whole: random.Random(1).randbytes(len(whole))), "not a plan file"),
    "rubbish behind the header": (
        by_bytes(lambda whole: whole[:100] + random.Random(2).randbytes(len(whole) - 100)),
        "damaged",
    ),
    "zeros behind the header": (by_bytes(lambda whole: whole[:100] + bytes(len(whole) - 100)), "damaged"),
    "no length": (patched(28, bytes(4)), "damaged"),
    "absurd length": (patched(28, b"\xff" * 4), "cut short: 0 %"),
    "absurd page size": (patched(16, b"\0\3"), "damaged"),
    "one page too many": (patched(28, struct.pack(">I", 10**6)), "cut short"),
    "another program's": (patched(68, b"ABCD"), "belongs to another program"),
    "newer format": (patched(60, struct.pack(">I", schema.FORMAT + 1)), "newer version"),
    "newer reader": (by_sql("INSERT INTO meta VALUES('min_reader', '99')"), "newer version"),
    "absurd reader": (by_sql("INSERT INTO meta VALUES('min_reader', 'x')"), "newer version"),
    "another text encoding": (in_utf_16, "never makes|damaged|altered|exactly one plan"),
    "too big": (lambda path: os.truncate(path, 201 << 20), "too big"),
    # what is in it besides
    "trigger": (by_sql("CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END"), "never makes"),
    "view in the place of a table": (
        by_sql("ALTER TABLE change RENAME TO c2", "CREATE VIEW change AS SELECT * FROM c2"),
        "never makes",
    ),
    "endless view": (
        by_sql("CREATE VIEW v AS WITH RECURSIVE x(i) AS (SELECT 1 UNION ALL SELECT i FROM x) SELECT * FROM x"),
        "never makes",
    ),
    "virtual table": (by_sql("CREATE VIRTUAL TABLE f USING fts5(x)"), "never makes"),
    "generated column": (by_sql("ALTER TABLE meta ADD COLUMN g TEXT AS (upper(value))"), "never makes"),
    "index on an expression": (by_sql("CREATE INDEX i ON change(abs(length(value)))"), "never makes|damaged"),
    "index on some rows": (by_sql("CREATE INDEX i ON change(op) WHERE op='set'"), "never makes"),
    "a check that takes for ever": (
        by_sql(
            "UPDATE sqlite_schema SET sql=replace(sql, 'salt BLOB', 'salt BLOB CHECK(length(randomblob(1000000000)))')"
            " WHERE name='change'",
            writable_schema="ON",
        ),
        "never makes|damaged",
    ),
    "an index that lies": (lying_index, "damaged|never makes"),
    "another table": (by_sql("CREATE TABLE other(x)"), "never makes"),
    "very many tables": (many_tables, "never makes"),
    "a table less": (by_sql("DROP TABLE draft"), "never makes"),
    "broken table definition": (
        by_sql("UPDATE sqlite_schema SET sql='CREATE TABLE change(' WHERE name='change'", writable_schema="ON"),
        "never makes|damaged",
    ),
    "a table's pages elsewhere": (
        by_sql("UPDATE sqlite_schema SET rootpage=2 WHERE name='change'", writable_schema="ON"),
        "damaged",
    ),
    "a table's pages nowhere": (
        by_sql("UPDATE sqlite_schema SET rootpage=99999 WHERE name='change'", writable_schema="ON"),
        "damaged",
    ),
    # altered history
    "author": (by_sql("UPDATE change SET author='Bob'"), ALTERED),
    "time": (by_sql("UPDATE change SET at='1999'"), ALTERED),
    "value": (by_sql("UPDATE change SET value='\"X\"' WHERE field='text'"), ALTERED),
    "salt": (by_sql("UPDATE change SET salt=NULL WHERE field='text'"), ALTERED),
    "value removed": (by_sql("UPDATE change SET value=NULL, salt=NULL WHERE field='text'"), ALTERED),
    "newest row removed": (by_sql("DELETE FROM change WHERE rowid=(SELECT max(rowid) FROM change)"), ALTERED),
    "older row removed": (by_sql("DELETE FROM change WHERE field='text'"), "not complete|altered"),
    "all rows removed": (without_any_plan, "exactly one plan"),
    "no seal": (by_sql("DELETE FROM meta WHERE key='seal'"), ALTERED),
    "no name of its own": (by_sql("DELETE FROM meta WHERE key='doc_id'"), ALTERED),
    "odd name of its own": (by_sql("UPDATE meta SET value='../../x' WHERE key='doc_id'"), ALTERED),
    "bytes that are no text": (by_sql("UPDATE change SET author=CAST(x'ff41' AS TEXT)"), "damaged"),
    "half a character in an author": (by_sql("UPDATE change SET author=CAST(x'eda080' AS TEXT)"), "damaged"),
    # well forged
    "number nought": (by_forging(lamport=0), ALTERED),
    "number below nought": (by_forging(lamport=-1), ALTERED),
    "the last number of all": (by_forging(lamport=(1 << 53) - 1), ALTERED),
    "parent unknown": (by_forging(parents=[b"x" * 16]), "not complete"),
    "long author": (by_forging(author="x" * 401), ALTERED),
    "an author who turns the words around": (by_forging(author="Ann\u202enaJ"), ALTERED),
    "an author of two lines": (by_forging(author="Ann\nand Bob"), ALTERED),
    "an author with a nought": (by_forging(author="Ann\0"), ALTERED),
    "a fact of fifty megabytes": (by_sql("INSERT INTO meta VALUES('note', hex(zeroblob(25000000)))"), "damaged"),
    "long time": (by_forging(at="x" * 65), ALTERED),
    "long op": (by_forging(op="x" * 41), ALTERED),
    "long record": (by_forging(record="x" * 65), ALTERED),
    "long field": (by_forging("x" * 129), ALTERED),
    "no json": (by_forging(text="nonsense"), NO_PLAN_HAS),
    "no json at all": (by_forging(text=""), NO_PLAN_HAS),
    "two values": (by_forging(text='"x" "y"'), NO_PLAN_HAS),
    "no number": (by_forging(text="NaN"), NO_PLAN_HAS),
    "without end": (by_forging(text="-Infinity"), NO_PLAN_HAS),
    "too big a number": (by_forging(text="1e999"), NO_PLAN_HAS),
    "endless number": (by_forging(text="9" * 100_000), NO_PLAN_HAS),
    "object": (by_forging(text='{"a": 1}'), NO_PLAN_HAS),
    "list of numbers": (by_forging(text="[1, 2]"), NO_PLAN_HAS),
    "list of lists": (by_forging(text='[["x"]]'), NO_PLAN_HAS),
    "deep list": (by_forging(text="[" * 100_000 + "]" * 100_000), NO_PLAN_HAS),
    "half a character": (by_forging(text='"\\ud83d"'), NO_PLAN_HAS),
    "too long a text": (by_forging(value="x" * (LONGEST + 1)), NO_PLAN_HAS),
    "too long a list": (by_forging(value=("x" * LONGEST, "y")), NO_PLAN_HAS),
    "far too long a text": (by_forging(value="x" * (safe_open.LONGEST_JSON + 1)), "altered|no plan can have|damaged"),
    "kind that is no word": (by_forging(KIND, record="new", text="7"), NO_PLAN_HAS),
    "kind without a name": (by_forging(KIND, "", record="new"), NO_PLAN_HAS),
    "kind with a long name": (by_forging(KIND, "x" * 41, record="new"), NO_PLAN_HAS),
    "place that is none": (by_forging(PLACE, "mash", record="new"), NO_PLAN_HAS),
    "place without a key": (by_forging(PLACE, ("mash",), record="new"), NO_PLAN_HAS),
    "key that is none": (by_forging(PLACE, ("mash", "a b"), record="new"), NO_PLAN_HAS),
    "key without room before it": (by_forging(PLACE, ("mash", "a10"), record="new"), NO_PLAN_HAS),
    "endless key": (by_forging(PLACE, ("mash", "a1" + "V" * 5000), record="new"), NO_PLAN_HAS),
    "deleted, perhaps": (by_forging(DELETED, "yes"), NO_PLAN_HAS),
    "another plan inside": (
        by_forging(forged(KIND, "plan", record="p2"), forged(PLACE, ("", "Zz"), record="p2")),
        "exactly one plan",
    ),
    "a record of two kinds": (by_forging(KIND, "outcome"), "two kinds"),
    "the plan deleted": (plan_deleted, "exactly one plan"),
    "too many sides": (with_a_thousand_sides, "too many answers"),
}

NOTICED = {
    "a disclaimer behind the end": (
        by_bytes(lambda whole: whole + b"\r\nThis message is confidential."),
        "added behind the end",
    ),
    "much behind the end": (by_bytes(lambda whole: whole + whole * 20), "added behind the end"),
    "marked as of another saving mode": (patched(18, b"\2\2"), "copied while it was being written"),
    "a journal beside it": (
        lambda path: path.with_name(path.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(600)),
        "copied while it was being written",
    ),
}

QUIET = {
    "as it was sent": lambda path: None,
    "pages of another size": by_sql("PRAGMA page_size=65536", "VACUUM"),
    "room given back at once": by_sql("PRAGMA auto_vacuum=FULL", "VACUUM"),
    "very many facts": by_sql(
        "INSERT INTO meta WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
        " SELECT 'fact' || i, 'x' FROM n"
    ),
    "a draft of fifty megabytes": by_sql(
        "INSERT INTO draft VALUES('act', 'text', hex(zeroblob(25000000)), '2026', 'Eve')"
    ),
    "facts of nonsense": by_sql(
        "INSERT INTO meta VALUES('slip', '" + "[" * 5000 + "'), ('came', '[[1, \"x\"], [9, 1]]'), ('copy', 'nobody')",
        "UPDATE meta SET value='99999999999999999999999' WHERE key='lamport'",
    ),
    "times that never were": by_forging(
        *(forged(value=at, at=at) for at in ("", "10000-01-01T00:00:00+00:00", "9999-99-99", "yesterday", "\u202e"))
    ),
    "days that never were": by_forging(
        *(forged("due_date", value=day) for day in ("10000-01-01", "0000-00-00", "-1", "x" * 1000))
    ),
    "outcomes hung on outcomes, two thousand deep": by_forging(
        *(
            row
            for number in range(2000)
            for row in (
                forged(KIND, "outcome", record=f"deep{number}"),
                forged(PLACE, (f"deep{number - 1}" if number else "mash", "a1"), record=f"deep{number}"),
            )
        )
    ),
    "an author who looks like another": by_forging(author="\u0410nn"),
    "shuffled rows": by_sql(
        "CREATE TEMP TABLE t AS SELECT * FROM change ORDER BY random()",
        "DELETE FROM change",
        "INSERT INTO change SELECT * FROM t",
    ),
    "tables that say something else": by_sql("UPDATE action SET text='=cmd|x'", "DELETE FROM head", "DELETE FROM plan"),
    "fields and kinds of a newer program": by_forging(
        forged("carbon", record="act", text="7"),
        forged(KIND, "risk", record="new"),
        forged("score", record="new", text="0.5"),
    ),
    "outcomes in a circle": by_forging(
        *(
            row
            for one, other in ("xy", "yx")
            for row in (forged(KIND, "outcome", record=one), forged(PLACE, (other, "a1"), record=one))
        )
    ),
    "texts that are signs elsewhere": by_forging(forged(value="<img src='/etc/passwd'>=cmd|'\x00\u202e")),
}


def everything(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def untouched(path, known=MappingProxyType({})):
    """Read a file as an arriving copy, with an eye on its folder and the clock."""
    before, start = everything(path.parent), time.monotonic()
    try:
        return safe_open.read(path, known)
    finally:
        assert time.monotonic() - start < 3
        assert everything(path.parent) == before


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(path, name):
    make, words = REFUSED[name]
    known = {row.id: row for row in safe_open.read(path).rows}
    make(path)
    with pytest.raises(Refused, match=words) as problem:
        untouched(path)
    sentence = str(problem.value)
    with pytest.raises(Refused) as problem:
        untouched(path, known)
    assert str(problem.value) == sentence
    assert "plan.cypp”" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", NOTICED)
def test_a_doubtful_file_is_read_with_a_notice(path, plan_bytes, name):
    make, words = NOTICED[name]
    make(path)
    (notice,) = untouched(path).notices
    assert words in notice
    path.with_name("plan.cypp-journal").unlink(missing_ok=True)
    found = set(safe_open.read(path).rows)
    path.write_bytes(plan_bytes)
    assert found == set(safe_open.read(path).rows)


@pytest.mark.parametrize("name", QUIET)
def test_a_sound_file_is_read_and_can_be_taken_in(path, tmp_path, name):
    mine = Document.open(shutil.copy(path, tmp_path / "mine.cypp"), "Ann")
    QUIET[name](path)
    assert untouched(path).notices == ()
    merge.take_in(mine, merge.preview(mine, [path]))
    assert mine.check() == []
    mine.plan.unplaced()
    mine.conflicts()
    while mine.undo_label:
        mine.undo()
    assert mine.check() == []
    mine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
def test_what_is_no_file_is_refused(path):
    path.unlink()
    with pytest.raises(Refused, match="not there any more"):
        safe_open.read(path)
    path.mkdir()
    with pytest.raises(Refused, match="not a plan file"):
        safe_open.read(path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(Refused, match="not a plan file"):
        safe_open.read(path)


def test_a_flipped_bit_is_refused_or_changes_nothing(path, plan_bytes):
    draw = random.Random(1718)
    sound = set(safe_open.read(path).rows)
    used = [place for place in range(16, len(plan_bytes)) if plan_bytes[place]]
    refusals = 0
    for place in draw.sample(used, 150):
        damaged = bytearray(plan_bytes)
        damaged[place] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        try:
            assert set(untouched(path).rows) == sound
        except Refused:
            refusals += 1
    assert refusals > 50


def test_two_files_that_are_sound_alone_but_not_together_are_refused(path, tmp_path):
    mine = Document.open(shutil.copy(path, tmp_path / "mine.cypp"), "Ann")
    mine.commit(change.add_branches(mine.plan, "mash", [Branch("action", {}, id="same")]))
    other = shutil.copy(path, tmp_path / "other.cypp")
    insert(path, [forged(KIND, "outcome", record="same")])
    insert(other, [forged(KIND, "measure", record="third")])
    third = shutil.copy(path, tmp_path / "third.cypp")
    one, two, _ = merge.preview(mine, [path, other, third])
    assert "does not fit this plan" in one.refused
    assert two.refused == ""
    mine.close()


def test_time_is_limited(path, monkeypatch):
    monkeypatch.setattr(safe_open, "SECONDS", -1.0)
    insert(path, [forged(value=str(number)) for number in range(900)])
    with pytest.raises(Refused, match="damaged"):
        safe_open.read(path)
