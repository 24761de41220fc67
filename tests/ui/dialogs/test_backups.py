"""The list of backups, when they are made, and what is offered where a plan is damaged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cypp_desktop.document import backups
from cypp_desktop.domain import change
from cypp_desktop.ui import files
from cypp_desktop.ui.dialogs.backups import BackupsDialog, compared, said
from cypp_desktop.ui.dialogs.damaged import DamagedDialog

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def window(program, path):
    return program.open(path)


def settled(window, qtbot):
    qtbot.waitUntil(lambda: window.keeping._backup is None)


def test_a_backup_is_made_on_opening_and_after_half_an_hour_of_editing(window, qtbot, monkeypatch):
    document = window.bridge.document
    window.keep_watch()
    settled(window, qtbot)
    assert [one.why for one in backups.found(document.doc_id)] == ["opening"]
    document.commit(change.edit(document.plan, document.plan.root, {"title": "Edited"}))
    window.keeping._timer.timeout.emit()
    settled(window, qtbot)
    assert len(backups.found(document.doc_id)) == 1
    monkeypatch.setattr(backups, "EVERY", timedelta(0))
    window.keeping._timer.timeout.emit()
    settled(window, qtbot)
    assert [one.why for one in backups.found(document.doc_id)] == ["editing", "opening"]
    assert "Last backup at" in window.view.line._words.toolTip()


def test_a_backup_that_fails_is_said_once(window, qtbot, tmp_path):
    (tmp_path / "data").write_bytes(b"a file")
    window.keep_watch()
    settled(window, qtbot)
    assert "The backup could not be written" in window.view.banners.news._words.text()
    window.view.banners.put_away()
    window.keeping.back_up(backups.OPENING)
    settled(window, qtbot)
    assert window.view.banners.news.isHidden()


@pytest.fixture
def dialog(window, qtbot):
    """The list of backups of a plan that was changed since the first of two."""
    document = window.bridge.document
    document.back_up("opening")
    document.commit(change.edit(document.plan, document.plan.root, {"title": "Edited"}))
    document.back_up("before-merge")
    shown = BackupsDialog(window, window.bridge)
    qtbot.waitUntil(lambda: shown.list.count() == 2)
    yield shown
    shown.reject()


def test_the_list_says_when_why_how_big_and_what_changed(dialog):
    latest, first = (dialog.list.item(place).text() for place in range(2))
    assert "before copies were taken in" in latest
    assert " KB" in latest
    assert latest.endswith("The same as the plan now")
    assert "when the plan was opened" in first
    assert first.endswith("1 change since, by Tess")
    assert not dialog.take_button.isEnabled()


def test_a_backup_is_opened_as_a_copy(dialog, program, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(files, "ask_save", lambda *words: asked.append(words[2]) or tmp_path / "then.cypp")
    dialog.list.setCurrentRow(1)
    dialog.open_button.click()
    assert asked[0].startswith(f"plan of {datetime.now(UTC).astimezone():%Y-%m-%d}")
    then = program.windows[-1]
    assert then.bridge.document.path.name == "then.cypp"
    assert then.bridge.plan.details.title == "Plan"
    assert program.windows[0].bridge.plan.details.title == "Edited"


def test_what_only_a_backup_has_can_be_taken_in(window, qtbot, monkeypatch, path):
    from cypp_desktop.ui import operations

    document = window.bridge.document
    before = path.read_bytes()
    document.commit(change.edit(document.plan, document.plan.root, {"title": "Lost"}))
    document.back_up("editing")
    window.give_up()
    path.write_bytes(before)
    again = window.program.open(path)
    shown = BackupsDialog(again, again.bridge)
    qtbot.waitUntil(lambda: shown.list.count() == 1)
    assert shown.list.item(0).text().endswith("1 change in it that is not in the plan")
    taken = []
    monkeypatch.setattr(operations, "take_in", lambda _window, paths: taken.extend(paths))
    shown.take_button.click()
    assert [one.parent for one in taken] == [backups.folder(again.bridge.document.doc_id)]


def test_without_any_backup_the_list_says_so(window, qtbot):
    shown = BackupsDialog(window, window.bridge)
    qtbot.waitUntil(lambda: "There is no backup" in shown.why.text())
    assert not shown.open_button.isEnabled()
    shown.reject()


def test_words_for_backups():
    one = backups.Backup(Path("x"), datetime(2016, 3, 1, 12, tzinfo=UTC), "before-nobody-knows", 5_300_000)
    assert said(one).endswith("· before something else was done · 5.3 MB")
    assert compared(None).startswith("It cannot be read")
    assert compared(backups.Difference(3, ("Ann", "Bob"), 2)) == (
        "3 changes since, by Ann and Bob · 2 changes in it that are not in the plan"
    )


@pytest.fixture
def broken(program, path, qtbot):
    """The dialog that comes where a plan that was backed up turns out to be damaged."""
    backups.keep_if_changed(path, backups.OPENING)
    with path.open("r+b") as content:
        content.truncate(path.stat().st_size // 2)
    assert program.open(path) is None
    (dialog,) = program.windows[-1].findChildren(DamagedDialog)
    qtbot.waitUntil(lambda: "Looking for" not in dialog.why.text())
    return dialog


def test_a_damaged_plan_offers_its_latest_good_backup(broken, program, tmp_path, monkeypatch):
    assert "was cut short" in broken.words.text()
    assert broken.why.text().startswith("The latest good backup: Today")
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "restored.cypp")
    broken.backup_button.click()
    window = program.windows[-1]
    assert window.bridge.document.path.name == "restored.cypp"
    assert window.bridge.plan.details.title == "Plan"


def test_a_damaged_plan_offers_to_rescue_what_is_sound(broken, program, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "rescued.cypp")
    broken.rescue_button.click()
    qtbot.waitUntil(lambda: "Reading" not in broken.why.text() or not broken.isVisible())
    qtbot.waitUntil(lambda: program.windows[-1].bridge is not None or "Too little" in broken.why.text())
    if program.windows[-1].bridge:
        assert "changes were sound" in program.windows[-1].view.banners.news._words.text()


def test_without_a_backup_only_the_rescue_is_offered(program, path, qtbot):
    with path.open("r+b") as content:
        content.truncate(path.stat().st_size // 2)
    program.open(path)
    (dialog,) = program.windows[-1].findChildren(DamagedDialog)
    qtbot.waitUntil(lambda: "no good backup" in dialog.why.text())
    assert not dialog.backup_button.isEnabled()
    dialog.reject()
