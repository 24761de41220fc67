"""The file as a file: copies whole or not at all, and what a disk can do to an open plan."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cypp_desktop.document import file
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused

ROOT = Path(__file__).parent.parent.parent


def title(document, words="x"):
    document.commit(change.edit(document.plan, "safe", {"title": words}))


def cannot_save(document, words):
    """A step fails with a sentence, and the document is as it was."""
    plan, events = document.plan, []
    stop = document.subscribe(events.append)
    for what in (lambda: title(document, "lost"), document.undo):
        with pytest.raises(CannotSave, match=words) as problem:
            what()
        assert str(problem.value).endswith(".")
        assert "\n" not in str(problem.value)
    stop()
    assert document.plan is plan
    assert events == []


# --- copies ----------------------------------------------------------------------------------------------------------


def test_a_copy_is_whole_and_nothing_else_appears(document, tmp_path):
    title(document)
    target = tmp_path / "copy.cypp"
    target.write_bytes(b"an older copy")
    document.save_copy(target)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.cypp", "folder"]
    copy = Document.open(target, "Bob")
    assert copy.plan == document.plan
    assert copy.history() == document.history()
    assert copy.doc_id == document.doc_id
    assert copy.check() == []
    copy.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean nothing there")
def test_a_copy_can_be_read_by_whom_any_new_file_can(document, tmp_path):
    document.save_copy(tmp_path / "copy.cypp")
    (tmp_path / "any").touch()
    assert (tmp_path / "copy.cypp").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_copy_that_cannot_be_written_leaves_all_as_it_was(document, tmp_path, monkeypatch):
    (tmp_path / "a folder.cypp").mkdir()
    target = tmp_path / "copy.cypp"
    target.write_bytes(b"an older copy")
    with pytest.raises(CannotSave, match="could not be written"):
        document.save_copy(tmp_path / "nowhere" / "copy.cypp")
    with pytest.raises(CannotSave, match="could not be written"):
        document.save_copy(tmp_path / "a folder.cypp")
    with pytest.raises(CannotSave, match="the plan that is open"):
        document.save_copy(document.path)
    monkeypatch.setattr(file, "sync", lambda _path: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CannotSave, match="no space left on device"):
        document.save_copy(target)
    assert target.read_bytes() == b"an older copy"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a folder.cypp", "copy.cypp", "folder"]
    title(document)


FULL = """
import resource, sys
from pathlib import Path
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change
document = Document.open(Path(sys.argv[1]), "Ann")
size = Path(sys.argv[1]).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096 * int(sys.argv[2]), -1))
plan, failed = document.plan, 0
for what in ("step", "copy"):
    try:
        if what == "step":
            branches = [change.Branch("action", {"text": "x" * 3000}) for _ in range(100)]
            document.commit(change.add_branches(document.plan, "mash", branches))
        else:
            document.save_copy(Path(sys.argv[1]).with_name("copy.cypp"))
    except CannotSave as problem:
        assert document.plan is plan and str(problem).endswith("."), problem
        print(what, problem)
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
document.commit(change.edit(document.plan, "safe", {"title": "went on"}))
assert document.check() == [], document.check()
document.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits for files there")
@pytest.mark.parametrize("pages", [-10, 5])
def test_a_disk_that_is_full_fails_a_step_and_no_more(path, pages):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(pages)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "step This was not saved:" in done.stdout
    assert ("copy The copy could not be written:" in done.stdout) == (pages < 0)
    assert {one.name for one in path.parent.iterdir()} - {"copy.cypp"} == {path.name}
    document = Document.open(path, "Ann")
    assert document.plan["safe"].title == "went on"
    assert document.check() == []
    document.close()


def test_a_step_without_room_is_not_saved_and_the_next_one_is(document):
    size = document._connection.execute("PRAGMA page_count").fetchone()[0]
    document._connection.execute(f"PRAGMA max_page_count={size + 2}")
    plan = document.plan
    branches = [change.Branch("action", {"text": "x" * 3000}) for _ in range(50)]
    with pytest.raises(CannotSave, match=r"This was not saved: the disk is full. Nothing you typed is lost."):
        document.commit(change.add_branches(plan, "mash", branches))
    with pytest.raises(CannotSave, match="the disk is full"):
        document.keep_draft("safe", "title", "x" * 100_000)
    assert document.plan is plan
    assert document.undo_label == ""
    assert document.check() == []
    document._connection.execute("PRAGMA max_page_count=1000000")
    document.commit(change.add_branches(plan, "mash", branches))
    assert document.check() == []


# --- moved, deleted, replaced ----------------------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file can be neither moved nor deleted there")


@posix
@pytest.mark.parametrize("what", ["moved", "deleted", "replaced", "folder moved"])
def test_a_file_that_went_away_is_noticed_and_all_is_saved_elsewhere(path, tmp_path, what):
    document = Document.open(path, "Ann")
    title(document, "typed")
    if what == "moved":
        path.rename(path.with_name("renamed.cypp"))
    elif what == "deleted":
        path.unlink()
    elif what == "replaced":
        shutil.copy(path, tmp_path / "other.cypp")
        (tmp_path / "other.cypp").replace(path)
    else:
        path.parent.rename(tmp_path / "elsewhere")
    cannot_save(document, "moved, renamed, deleted or replaced")
    with pytest.raises(CannotSave):
        document.keep_draft("safe", "title", "y")
    copy = tmp_path / "rescued.cypp"
    document.save_copy(copy)
    document.close()
    rescued = Document.open(copy, "Ann")
    assert rescued.plan["safe"].title == "typed"
    assert rescued.check() == []
    title(rescued, "and goes on")
    rescued.close()


@posix
def test_a_file_that_comes_back_goes_on(path):
    document = Document.open(path, "Ann")
    title(document, "typed")
    away = path.rename(path.with_name("away.cypp"))
    cannot_save(document, "moved")
    away.rename(path)
    title(document, "again")
    assert document.check() == []
    document.close()


def test_a_file_overwritten_in_place_by_another_plan_is_left_alone(path, tmp_path):
    other = tmp_path / "other.cypp"
    made = Document.create(other, "Bob", change.Branch("plan", {"title": "Another"}))
    for number in range(5):
        made.commit(change.edit(made.plan, made.plan.root, {"title": f"Another {number}"}))
    made.close()
    document = Document.open(path, "Ann")
    with path.open("r+b") as over:
        over.write(other.read_bytes())
        over.truncate()
    before = path.read_bytes()
    for what in (lambda: title(document), document.undo, lambda: document.save_copy(tmp_path / "copy.cypp")):
        with pytest.raises((CannotSave, Refused)):
            what()
    assert path.read_bytes() == before
    assert not (tmp_path / "copy.cypp").exists()
    document.close()


def test_a_copy_of_the_same_plan_put_over_it_in_place_is_shown_and_not_mixed_with(path, tmp_path):
    """Two copies with as many edits each: SQLite takes the one for the other (its change counters are the same)."""
    mine = Document.open(path, "Ann")
    mine.save_copy(tmp_path / "copy.cypp")
    theirs = Document.open(tmp_path / "copy.cypp", "Bob")
    title(mine, "mine")
    while (tmp_path / "copy.cypp").read_bytes()[24:28] != path.read_bytes()[24:28]:
        title(theirs, f"theirs {len(theirs.history())}")
    theirs.close()
    with path.open("r+b") as over:
        over.write((tmp_path / "copy.cypp").read_bytes())
        over.truncate()
    with pytest.raises(Refused, match="Another program changed this file"):
        title(mine, "over it")
    assert mine.plan["safe"].title.startswith("theirs")
    title(mine, "now on top of it")
    assert mine.check() == []
    mine.close()


def test_a_write_between_our_look_and_our_step_is_not_overwritten(document, path, monkeypatch):
    look = document._writable

    def late():
        look()
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("UPDATE priority SET title='meanwhile'")
        other.close()
        monkeypatch.undo()

    monkeypatch.setattr(document, "_writable", late)
    with pytest.raises(CannotSave, match="Another program is writing"):
        title(document, "mine")
    with pytest.raises(Refused, match="Another program changed this file"):
        title(document, "mine")
    assert document.plan["safe"].title == "meanwhile"


def test_a_file_that_was_only_touched_goes_on(document, path):
    os.utime(path, (1, 1))
    title(document, "x")
    assert document.check() == []


def test_a_file_overwritten_by_rubbish_is_left_alone(path):
    document = Document.open(path, "Ann")
    path.write_bytes(b"rubbish" * 10_000)
    with pytest.raises(CannotSave):
        title(document)
    assert document.check() == ["The file is damaged."]
    assert path.read_bytes() == b"rubbish" * 10_000
    document.close()


def test_another_program_that_holds_the_file_is_waited_for_and_named(path, monkeypatch):
    document = Document.open(path, "Ann")
    document._connection.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotSave, match="another program is using the file"):
        title(document)
    other.execute("ROLLBACK")
    title(document, "now")
    assert document.check() == []
    other.close()
    document.close()


def test_a_free_name(tmp_path):
    assert file.free_path(tmp_path, "Plan").name == "Plan.cypp"
    (tmp_path / "Plan.cypp").touch()
    assert file.free_path(tmp_path, "Plan").name == "Plan 2.cypp"
