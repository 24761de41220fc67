"""Opening: a sound plan opens, everything else is refused in one plain sentence, and neither changes a byte."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cypp_desktop.document import file, schema
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused

ROOT = Path(__file__).parent.parent.parent


def all_files(folder):
    return {one.relative_to(folder): (one.read_bytes() if one.is_file() else None) for one in folder.rglob("*")}


def names(path):
    """What lies in the folder of a file."""
    return {one.name for one in path.parent.iterdir()}


def refused(path, words):
    """Opening a path is refused with a sentence of these words, and changes nothing in its folder."""
    before = all_files(path.parent)
    with pytest.raises(Refused, match=words) as problem:
        Document.open(path, "Ann")
    sentence = str(problem.value)
    assert sentence[0] == "“"
    assert sentence[-1] == "."
    assert "\n" not in sentence
    assert all_files(path.parent) == before


def altered(path, **pragmas):
    """Something else writes into the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}")
    return connection


# --- what is no plan file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"x", "not a plan file"),
        (b"%PDF-1.7 ...", "not a plan file"),
        (b"SQLite format 3\0", "not a plan file"),
        (b"SQLite format 3\0" + bytes(84), "another program"),
        (bytes(5000), "not a plan file"),
    ],
)
def test_something_else_is_refused(path, content, words):
    path.write_bytes(content)
    refused(path, words)


def test_a_zip_is_refused_with_what_to_do(path):
    inside = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("plan.cypp", inside)
    refused(path, "unpack it first")


def test_another_programs_database_is_refused(path):
    path.unlink()
    connection = altered(path)
    connection.execute("CREATE TABLE plan(id TEXT)")
    connection.close()
    refused(path, "belongs to another program")


def test_a_folder_or_nothing_is_refused(path):
    path.unlink()
    refused(path, "not there any more")
    path.mkdir()
    refused(path, "not a plan file")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_refused_and_not_waited_for(path):
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Refused, match="not a plan file"):
        Document.open(path, "Ann")


def test_a_file_that_cannot_be_read_is_refused(path, monkeypatch):
    def denied(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Refused, match="cannot be read: Permission denied"):
        Document.open(path, "Ann")


def test_a_huge_file_is_refused_unread(path):
    os.truncate(path, file.LARGEST + 1)
    with pytest.raises(Refused, match="too big"):
        Document.open(path, "Ann")


# --- what was a plan file --------------------------------------------------------------------------------------------


def test_a_file_that_was_cut_short_is_refused_at_every_length(path, plan_bytes):
    lengths = {*range(1, 200, 7), *range(512, len(plan_bytes), 3001), len(plan_bytes) - 1}
    for length in sorted(lengths):
        path.write_bytes(plan_bytes[:length])
        refused(path, "not a plan file" if length < 100 else "cut short: [0-9]+ % of it arrived")


def test_a_flipped_byte_is_refused_or_found_by_the_check_or_does_no_harm(path, plan_bytes):
    draw = random.Random(2016)
    whole = Document.open(path, "Ann")
    plan, history = whole.plan, whole.history()
    whole.close()
    refusals = reports = 0
    used = [place for place in range(100, len(plan_bytes)) if plan_bytes[place]]
    for place in [*range(16, 100), *draw.sample(used, 120)]:
        damaged = bytearray(plan_bytes)
        damaged[place] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        try:
            document = Document.open(path, "Ann")
        except Refused:
            refusals += 1
        else:
            found = document.check()
            reports += bool(found)
            assert found or (document.plan, document.history()) == (plan, history), place
            document.close()
        assert path.read_bytes() == damaged, place
        assert names(path) == {path.name}
    assert refusals > 20
    assert reports > 20


def test_a_block_of_rubbish_never_crashes(path, plan_bytes):
    draw = random.Random(1516)
    for _ in range(60):
        start = draw.randrange(len(plan_bytes))
        damaged = bytearray(plan_bytes)
        damaged[start : start + 600] = draw.randbytes(len(damaged[start : start + 600]))
        path.write_bytes(damaged)
        try:
            document = Document.open(path, "Ann")
        except Refused:
            continue
        document.check()
        document.history()
        document.deleted()
        document.close()
        assert path.read_bytes() == damaged


def test_a_newer_version_is_refused_and_says_so(path):
    altered(path, user_version=schema.FORMAT + 1).close()
    refused(path, "newer version .* Please update")


def test_a_newer_version_may_allow_reading(path):
    connection = altered(path)
    connection.execute("INSERT INTO meta VALUES('min_writer', ?)", (str(schema.FORMAT + 1),))
    connection.close()
    document = Document.open(path, "Ann")
    assert "newer version" in document.read_only
    with pytest.raises(Refused, match="newer version"):
        document.commit(change.edit(document.plan, "safe", {"title": "x"}))
    document.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END",
        "CREATE VIEW v AS SELECT * FROM change",
        "CREATE VIRTUAL TABLE f USING fts5(text)",
        "CREATE TABLE other(x)",
        "CREATE INDEX i ON action(text)",
        "CREATE INDEX i ON action(abs(length(text)))",
        "ALTER TABLE action ADD COLUMN twice TEXT GENERATED ALWAYS AS (text || text)",
        "ALTER TABLE action ADD COLUMN extra TEXT",
        "ALTER TABLE action DROP COLUMN due_date",
        "DROP TABLE draft",
        "DROP INDEX change_cell",
        "ALTER TABLE lead RENAME COLUMN email TO mail",
    ],
)
def test_tables_of_another_make_are_refused(path, statement):
    connection = altered(path)
    connection.execute(statement)
    connection.close()
    refused(path, "never makes")


def test_a_table_definition_altered_in_place_is_refused(path):
    connection = altered(path, writable_schema="ON")
    connection.execute("UPDATE sqlite_schema SET sql=replace(sql, 'STRICT', 'STRICT ') WHERE name='action'")
    connection.close()
    refused(path, "never makes|damaged")


def test_a_file_of_another_programs_saving_mode_is_refused(path):
    altered(path, journal_mode="WAL").close()
    refused(path, "left unfinished by another program")


def test_a_write_ahead_log_beside_a_plan_is_refused(path):
    path.with_name("plan.cypp-wal").write_bytes(b"x" * 100)
    refused(path, "left unfinished by another program")


def test_an_emptied_table_is_read_from_the_journal(path):
    connection = altered(path)
    for table in ("plan", "action"):
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    document = Document.open(path, "Ann")
    assert document.plan.details.title == "Children’s plan"
    assert document.plan["act"].text == "Co-locate the team"
    assert document.check() == ["The plan's tables differ from its history."]
    document.rebuild()
    assert document.check() == []
    document.close()


def test_a_file_without_any_plan_is_refused(path):
    connection = altered(path)
    for table in ("plan", "change", "head"):
        connection.execute(f"DELETE FROM {table}")
    connection.close()
    refused(path, "damaged")


# --- what opens ------------------------------------------------------------------------------------------------------


def test_opening_and_closing_changes_nothing(path, plan_bytes):
    document = Document.open(path, "Ann")
    assert document.read_only == ""
    assert len(names(path)) == 2  # the plan and its lock
    document.close()
    assert path.read_bytes() == plan_bytes
    assert names(path) == {path.name}


@pytest.mark.parametrize(
    "name",
    [
        "50%25 #2?mode=memory.cypp",
        'it\'s "my" plan.cypp' if sys.platform != "win32" else "it's my plan.cypp",
        "Plän für Kinder – 计划 \U0001f600.cypp",
        "  spaces  .cypp",
        "file:plan.cypp?mode=ro" if sys.platform != "win32" else "file plan.cypp",
        "%00.cypp",
        "a;b&c=d.cypp",
        "-- drop.cypp",
        "plan",
    ],
)
def test_odd_names_are_only_names(path, name):
    odd = path.rename(path.with_name(name))
    document = Document.open(odd, "Ann")
    assert document.read_only == ""
    document.commit(change.edit(document.plan, "safe", {"title": "Odd"}))
    document.save_copy(odd.with_name("copy " + name))
    document.close()
    assert names(odd) == {name, "copy " + name}
    for one in (odd, odd.with_name("copy " + name)):
        document = Document.open(one, "Ann")
        assert document.plan["safe"].title == "Odd"
        document.close()


def test_a_new_plan_can_have_an_odd_name_and_never_overwrites(path):
    odd = path.with_name("100%41 #1?.cypp" if sys.platform != "win32" else "100%41 #1.cypp")
    Document.create(odd, "Ann", change.Branch("plan", {"title": "New"})).close()
    assert {odd.name, path.name} == names(path)
    before = all_files(path.parent)
    with pytest.raises(Refused, match="already a file"):
        Document.create(path, "Ann", change.Branch("plan", {}))
    with pytest.raises(Refused, match="cannot be made there"):
        Document.create(path.parent / "nowhere" / "x.cypp", "Ann", change.Branch("plan", {}))
    with pytest.raises(Refused, match="cannot stand under"):
        Document.create(path.with_name("x.cypp"), "Ann", change.Branch("priority", {}))
    assert all_files(path.parent) == before


# --- read-only -------------------------------------------------------------------------------------------------------


def only_read(document, words):
    assert words in document.read_only
    for what in (
        lambda: document.commit(change.edit(document.plan, "safe", {"title": "x"})),
        document.undo,
        document.redo,
        document.rebuild,
    ):
        with pytest.raises(Refused, match=words):
            what()
    document.keep_draft("safe", "title", "x")  # nothing to be done, and no reason to disturb
    document.drop_draft("safe", "title")
    assert document.plan["safe"].title == "Safe"
    assert document.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mode says nothing there")
@pytest.mark.parametrize(("which", "words"), [("file", "This file is read-only."), ("folder", "folder of this file")])
def test_what_cannot_be_written_opens_for_reading_and_says_so(path, which, words):
    place, mode = (path, 0o444) if which == "file" else (path.parent, 0o555)
    place.chmod(mode)
    before = all_files(path.parent)
    try:
        document = Document.open(path, "Ann")
        only_read(document, words)
        copy = path.parent.parent / "copy.cypp"
        document.save_copy(copy)
        document.close()
        assert all_files(path.parent) == before
    finally:
        path.parent.chmod(0o755)
    document = Document.open(copy, "Ann")
    assert document.read_only == ""
    document.close()


def test_a_file_can_be_opened_for_reading_only(path):
    writer = Document.open(path, "Ann")
    reader = Document.open(path, "Bob", read_only=True)
    only_read(reader, "opened for reading only")
    reader.close()
    assert writer.read_only == ""
    writer.close()


def test_a_second_opening_is_read_only_and_names_who_has_it(path):
    first = Document.open(path, "Ann Officer")
    second = Document.open(path, "Bob")
    only_read(second, "Ann Officer has this plan open")
    second.close()
    first.commit(change.edit(first.plan, "safe", {"title": "Still mine"}))
    first.close()
    third = Document.open(path, "Bob")
    assert third.read_only == ""
    third.close()


OTHER = """
import sys
from pathlib import Path
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
document = Document.open(Path(sys.argv[1]), "Zoë in another window")
document.commit(change.edit(document.plan, "safe", {"title": "Written elsewhere"}))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(path):
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_another_process_has_it_until_it_dies(path, other_process):
    document = Document.open(path, "Ann")
    assert document.read_only == "Zoë in another window has this plan open, so it can only be read here."
    assert document.plan["safe"].title == "Written elsewhere"
    document.close()
    forced = Document.open(path, "Ann", force=True)  # only a lock from another computer can be overridden
    assert "Zoë" in forced.read_only
    forced.close()
    other_process.kill()  # as the system kills a program that hangs: nothing is tidied up
    other_process.wait()
    assert path.with_name(".~lock.plan.cypp#").exists()
    document = Document.open(path, "Ann")
    assert document.read_only == ""
    document.close()
    assert names(path) == {path.name}


def test_a_lock_from_another_computer_counts_until_it_is_taken_over(path):
    lock = path.with_name(".~lock.plan.cypp#")
    lock.write_text(json.dumps({"name": "Bob\u202e\n", "host": "OFFICE-7", "pid": "1"}), "utf-8")
    before = all_files(path.parent)
    document = Document.open(path, "Ann")
    only_read(document, "Bob on OFFICE-7 has this plan open")
    document.close()
    assert all_files(path.parent) == before
    document = Document.open(path, "Ann", force=True)
    assert document.read_only == ""
    assert json.loads(lock.read_text("utf-8"))["host"] == socket.gethostname()
    document.close()
    assert names(path) == {path.name}


# --- a save that was cut off -----------------------------------------------------------------------------------------

TORN = """
import os, sys
from pathlib import Path
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
document = Document.open(Path(sys.argv[1]), "Ann")
document._connection.execute("PRAGMA cache_spill=1")
document._connection.execute("PRAGMA cache_size=1")
step = change.add_branches(document.plan, "mash", [change.Branch("action", {"text": "x" * 3000}) for _ in range(60)])
tell, rows = document._store.write, []
def torn(*records):
    tell(*records)
    os.kill(os.getpid(), 9) if os.name == "posix" else os._exit(9)
document._store.write = torn
document.commit(step)
"""


@pytest.fixture
def torn(path):
    """A file whose writer was killed in the midst of writing: half a step is in it, its journal beside it."""
    subprocess.run([sys.executable, "-c", TORN, str(path)], cwd=ROOT, check=False)
    assert path.with_name("plan.cypp-journal").stat().st_size > 512
    return path


def test_a_save_that_was_cut_off_is_put_right(torn, plan_bytes):
    assert torn.read_bytes() != plan_bytes
    document = Document.open(torn, "Ann")
    assert document.read_only == ""
    assert document.check() == []
    assert len(document.plan.actions("mash")) == 1
    document.close()
    assert names(torn) == {torn.name}


def test_a_save_that_was_cut_off_is_not_put_right_where_nothing_can_be_written(torn):
    torn.chmod(0o444)
    before = all_files(torn.parent)
    with pytest.raises(Refused, match=r"save was cut off|damaged|cut short"):
        Document.open(torn, "Ann")
    assert all_files(torn.parent) == before
    torn.chmod(0o644)
    Document.open(torn, "Ann").close()


def test_anybodys_journal_is_tried_on_a_copy_first(torn):
    """What lies beside a file that came by mail may be made to destroy it."""
    torn.with_name(".~lock.plan.cypp#").unlink()
    journal = torn.with_name("plan.cypp-journal")
    content = bytearray(journal.read_bytes())
    content[600:2000] = bytes(1400)  # SQLite stops where a page's checksum is wrong, and half a step stays
    journal.write_bytes(content)
    refused(torn, "damaged|cut short")


def test_rubbish_beside_a_plan_does_it_no_harm(path, plan_bytes):
    path.with_name("plan.cypp-journal").write_bytes(b"nothing of SQLite's" * 100)
    document = Document.open(path, "Ann")
    assert document.check() == []
    document.close()
    assert path.read_bytes() == plan_bytes


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows cannot kill like this")
def test_an_interrupted_creation_leaves_nothing_that_opens(path, monkeypatch):
    def full(*_args):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(schema, "build", full)
    new = path.with_name("new.cypp")
    with pytest.raises(Refused, match="cannot be made there"):
        Document.create(new, "Ann", change.Branch("plan", {}))
    assert names(path) == {path.name}
