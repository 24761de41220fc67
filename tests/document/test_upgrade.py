"""Files of every format there ever was: opened for ever, renewed after a backup, or read as they are."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cypp_desktop.document import backups, file, merge, safe_open, schema, upgrade
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Copy, Layout, Priority, View

FILES = Path(__file__).parent.parent / "files"
PINNED = [FILES / f"format-{number}.cypp" for number in range(1, schema.FORMAT + 1)]


@pytest.fixture
def old(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return Path(shutil.copy(PINNED[0], folder / "old.cypp"))


def format_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return schema.format_of(connection)


def kept(path):
    """The backups of the plan in a file."""
    with closing(sqlite3.connect(path)) as connection:
        (doc_id,) = connection.execute("SELECT value FROM meta WHERE key='doc_id'").fetchone()
    folder = backups.folder(doc_id)
    return set(folder.iterdir()) if folder.exists() else set()


def test_there_is_a_file_of_every_format():
    assert [format_of(path) for path in PINNED] == list(range(1, schema.FORMAT + 1))


@pytest.mark.parametrize("pinned", PINNED, ids=lambda path: path.stem)
def test_a_file_of_any_format_opens_for_ever_and_is_edited(pinned, tmp_path):
    path = Path(shutil.copy(pinned, tmp_path / "plan.cypp"))
    document = Document.open(path, "Ann")
    plan = document.plan
    assert (document.check(), document.read_only) == ([], "")
    document.commit(change.edit(plan, plan.priorities[0].id, {"title": "New", "leads": (plan.leads[0].id,)}))
    document.undo()
    assert document.plan == plan
    document.close()
    assert format_of(path) == schema.FORMAT
    assert [one.name for one in tmp_path.iterdir()] == ["plan.cypp"]
    again = Document.open(path, "Ann")
    assert (again.plan, again.check()) == (plan, [])
    again.close()


def test_a_file_of_format_1_holds_what_it_held(old):
    document = Document.open(old, "Ann")
    plan = document.plan
    assert (len(plan.priorities), sum(one.kind == "action" for one in plan)) == (4, 43)
    assert [entry.op for entry in document.history(limit=5)] == ["undo", "set", "delete", "move", "set"]
    assert [entry.author for entry in document.history(limit=1)] == ["An officer"]
    assert [one.kind for one in document.deleted()] == ["lead"]
    document.close()


def test_a_file_of_format_2_holds_what_it_held(tmp_path):
    document = Document.open(Path(shutil.copy(PINNED[1], tmp_path / "plan.cypp")), "Ann")
    plan = document.plan
    assert (plan.details.rules_off, plan.details.words) == (("no-lead",), ("MASH", "Healthwatch"))
    layout = plan[plan.details.layout]
    assert isinstance(layout, Layout)
    assert (layout.columns, layout.left_out) == (("outcome=Outcome|20", "actions=Key actions"), ("legend",))
    assert (layout.paper, layout.people, layout.watermark, layout.text_size) == ("A3", "roles", "DRAFT", "large")
    assert (layout.priorities, layout.leads, layout.period) == (("one",), ("ann",), "mid")
    assert plan.of(View)[0].filters == ("status=late", "lead=ann")
    assert (plan.of(Copy)[0].scope, plan.of(Copy)[0].answered_at[:10]) == ("slip", "2026-11-20")
    assert plan.lead_names(plan.of(Priority)[0]) == ["Ann Example"]
    assert (plan["ann"].role, plan["old"].archived) == ("Head of service", "2015-16")
    assert [entry.field for entry in document.history(limit=4)] == ["colour", "likelihood", "_place", "_kind"]
    document.close()


def test_a_backup_of_the_old_file_comes_before_it_is_renewed(old):
    before = kept(old)
    Document.open(old, "Ann").close()
    (backup,) = kept(old) - before
    assert format_of(backup) == 1
    assert backup.name.startswith("before-upgrade-")
    with closing(Document.open(backup, "Ann", read_only=True)) as as_it_was, closing(Document.open(old, "Ann")) as now:
        assert as_it_was.plan == now.plan
    Document.open(old, "Ann").close()
    assert kept(old) - before == {backup}


def test_an_old_file_that_is_only_read_stays_as_it_is(old, tmp_path):
    content = old.read_bytes()
    document = Document.open(old, "Ann", read_only=True)
    assert document.check() == []
    assert len(document.plan.priorities) == 4
    assert document.history(limit=1)[0].author == "An officer"
    copy = tmp_path / "copy.cypp"
    document.save_copy(copy)
    document.close()
    assert old.read_bytes() == content
    assert [one.name for one in old.parent.iterdir()] == ["old.cypp"]
    assert (format_of(old), format_of(copy)) == (1, schema.FORMAT)


@pytest.mark.parametrize("what", ["backup", "ladder", "tables"])
def test_an_old_file_that_cannot_be_renewed_is_read_as_it_is(old, monkeypatch, what):
    content = old.read_bytes()

    def full(*_args, **_more):
        raise CannotSave("x") from OSError(28, "No space left on device")

    if what == "backup":
        monkeypatch.setattr(file, "copy_to", full)
    elif what == "ladder":
        monkeypatch.setattr(schema, "build", once(schema.build, full))
    else:
        monkeypatch.setattr(upgrade.Store, "rebuild", once(upgrade.Store.rebuild, full))
    document = Document.open(old, "Ann")
    assert document.read_only == (
        "This plan was saved by an older version and could not be renewed: no space left on device."
    )
    assert len(document.plan.priorities) == 4
    document.close()
    assert old.read_bytes() == content
    assert [one.name for one in old.parent.iterdir()] == ["old.cypp"]


def once(real, failing):
    """What fails the first time that it is called."""
    calls = []

    def called(*args):
        calls.append(args)
        return failing() if len(calls) == 1 else real(*args)

    return called


def test_copies_of_the_old_format_are_taken_in_by_the_new_one(old, tmp_path):
    colleague = Path(shutil.copy(old, tmp_path / "still of format 1.cypp"))
    document = Document.open(old, "Ann")
    document.commit(change.edit(document.plan, document.plan.root, {"title": "Ann’s", "words": ("MASH",)}))
    (nothing_new,) = merge.preview(document, [colleague])
    assert (nothing_new.refused, nothing_new.new) == ("", 0)
    back = Document.open(colleague, "Bob")  # Bob's newer program renews his copy
    back.commit(change.edit(back.plan, back.plan.priorities[0].id, {"title": "Bob’s"}))
    back.close()
    assert merge.take_in(document, merge.preview(document, [colleague])) == 1
    assert document.check() == []
    document.close()


@pytest.mark.parametrize("pinned", PINNED, ids=lambda path: path.stem)
def test_a_format_of_one_number_with_the_tables_of_another_is_refused(pinned, tmp_path):
    path = Path(shutil.copy(pinned, tmp_path / "plan.cypp"))
    for number in {0, *range(1, schema.FORMAT + 1)} - {format_of(path)}:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version={number}")
        for reads in (safe_open.read, lambda one: Document.open(one, "Ann")):
            with pytest.raises(Refused, match="never makes"):
                reads(path)


def test_a_new_file_climbs_every_rung(tmp_path):
    new = tmp_path / "new.cypp"
    Document.create(new, "Ann", change.Branch("plan", {"title": "New"})).close()
    with closing(sqlite3.connect(new)) as connection:
        rungs = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert rungs == [f"format {number}" for number in range(1, schema.FORMAT + 1)]
