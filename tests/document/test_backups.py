"""Backups roll: what is kept, what goes, and that a bad one never pushes a good one out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.document import backups, file
from cypp_desktop.document.backups import Backup, outlived
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


def title(document, words="x"):
    document.commit(change.edit(document.plan, "safe", {"title": words}))


def made(*ages, why="editing", size=1):
    """Backups of so many days ago, latest first."""
    return [Backup(backups.folder("x") / f"{age}", NOW - timedelta(days=age), why, size) for age in sorted(ages)]


# --- which are kept --------------------------------------------------------------------------------------------------


def test_all_of_two_days_then_one_a_day_a_week_and_a_month():
    found = made(*(hours / 24 for hours in range(0, 24 * 400, 3)))
    out = outlived(found, NOW)
    kept = [one for one in found if one not in out]
    days = [(NOW - one.at).days for one in kept]
    assert sum((NOW - one.at) <= timedelta(days=2) for one in kept) == 17
    assert [days.count(day) for day in range(3, 11)] == [1] * 8
    assert len({f"{one.at:%G-%V}" for one in kept if (NOW - one.at).days < 66}) == 10
    assert len({f"{one.at:%Y-%m}" for one in kept}) == 9
    assert len(kept) < 17 + 12 + 10 + 9


def test_the_last_ten_from_before_something_stay():
    found = sorted(
        made(*range(0, 800, 10)) + made(*range(300, 700, 20), why="before-merge"), key=lambda one: NOW - one.at
    )
    out = outlived(found, NOW)
    before = [one for one in found if one.why == "before-merge"]
    assert [one in out for one in before] == [False] * 10 + [True] * 10


def test_no_more_than_so_many_bytes_and_the_latest_always():
    found = made(0, 0.5, 1, 5, 30, size=backups.MOST_BYTES // 3)
    assert [one in outlived(found, NOW) for one in found] == [False, False, False, True, True]
    (huge,) = made(0, size=backups.MOST_BYTES * 2)
    assert outlived([huge], NOW) == []


@given(st.lists(st.floats(0, 1000), max_size=60, unique=True))
def test_thinning_out_twice_is_thinning_out_once(ages):
    found = made(*ages)
    kept = [one for one in found if one not in outlived(found, NOW)]
    assert outlived(kept, NOW) == []
    assert not found or found[0] in kept


# --- making them -----------------------------------------------------------------------------------------------------


def test_a_backup_is_made_where_something_changed_and_only_then(document):
    first = backups.keep_if_changed(document.path, backups.OPENING)
    assert first is not None
    assert backups.keep_if_changed(document.path, backups.OPENING) is None
    title(document)
    assert backups.keep_if_changed(document.path, backups.EDITING, least=backups.EVERY) is None
    second = backups.keep_if_changed(document.path, backups.EDITING)
    assert [one.path for one in backups.found(document.doc_id)] == [second, first]
    assert [one.why for one in backups.found(document.doc_id)] == ["editing", "opening"]
    copy = Document.open(second, "Ann", read_only=True)
    assert (copy.plan, copy.check()) == (document.plan, [])
    copy.close()
    assert [one.name for one in document.path.parent.iterdir() if one.suffix == ".cypp"] == ["plan.cypp"]


def test_what_a_backup_lacks_and_what_it_has_besides_is_told(document, tmp_path):
    kept = document.back_up("before-merge")
    (backup,) = backups.found(document.doc_id)
    assert backup.path == kept
    assert backup.size == kept.stat().st_size
    assert backups.compare(document.path, backup) == backups.Difference(0, (), 0)
    title(document, "one")
    document.author = "Bob"
    title(document, "two")
    assert backups.compare(document.path, backup) == backups.Difference(2, ("Ann", "Bob"), 0)
    copy = tmp_path / "copy.cypp"
    document.save_copy(copy)
    other = Document.open(copy, "Cat")
    title(other, "three")
    later = other.back_up("editing")
    other.close()
    (found, _) = backups.found(document.doc_id)
    assert found.path == later
    assert backups.compare(document.path, found) == backups.Difference(0, (), 1)
    kept.write_bytes(b"rubbish" * 1000)
    with pytest.raises(CannotSave, match=r"cannot be read: .*\.$"):
        backups.compare(document.path, backup)


def test_old_ones_go_once_a_sound_one_is_there(document):
    folder = backups.folder(document.doc_id)
    folder.mkdir(parents=True)
    long_ago = [folder / f"editing-202001{day:02}T000000.{day:06}Z.cypp" for day in range(1, 29)]
    for path in (*long_ago, folder / "something else.txt", folder / "editing-20209999T000000.000000Z.cypp"):
        path.write_bytes(b"old")
    document.back_up("editing")
    left = {path for path in folder.iterdir() if path.stat().st_size == 3}
    assert len(left & set(long_ago)) == 11 + 2  # the last days, and two weeks before them
    assert folder / "something else.txt" in left


def test_a_bad_backup_pushes_none_out_and_a_failed_one_leaves_nothing(document, monkeypatch):
    folder = backups.folder(document.doc_id)
    folder.mkdir(parents=True)
    for day in range(1, 29):
        (folder / f"editing-202001{day:02}T000000.000000Z.cypp").write_bytes(b"old")
    document._connection.execute("DELETE FROM change WHERE field='_kind'")
    document.back_up("editing")
    assert len(list(folder.iterdir())) == 29
    monkeypatch.setattr(file, "sync", lambda _path: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(CannotSave, match="no space left on device"):
        document.back_up("editing")
    assert len(list(folder.iterdir())) == 29


def test_a_folder_that_cannot_be_made_is_told(document, tmp_path):
    (tmp_path / "data").write_bytes(b"a file")
    with pytest.raises(CannotSave, match="The backup could not be written"):
        document.back_up("editing")
    assert backups.found(document.doc_id) == []


def test_a_plan_that_is_gone_is_told_of(document, path):
    path.rename(path.with_name("moved.cypp"))
    with pytest.raises(CannotSave, match="The backup could not be written"):
        backups.keep_if_changed(path, backups.EDITING)
