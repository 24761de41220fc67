"""The plan as it was: a window of its own that only shows it, and gives back what is wanted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cypp_desktop.document import document as documents
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import delete, edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui import past, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.window import Window

THEN, NOW = "2030-01-01T10:00:00+00:00", "2030-02-01T10:00:00+00:00"


@pytest.fixture
def today(qtbot, small, monkeypatch, tmp_path):
    """The window of a plan of which, since January, an action was written over and another deleted."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    one, other = sorted((record for record in small.plan if isinstance(record, Action)), key=lambda one: one.ref)
    monkeypatch.setattr(documents, "_now", lambda: THEN)
    small.commit(edit(small.plan, one.id, {"due": "May", "text": "As it was"}))
    monkeypatch.setattr(documents, "_now", lambda: NOW)
    small.commit(edit(small.plan, one.id, {"due": "June", "text": "As it is"}))
    small.commit(delete(small.plan, [other.id]))
    path = small.document.path
    small.document.lock.release()
    program = Program(QApplication.instance())
    window = Window(program, Document.open(path, "Tess"))
    program.windows.append(window)
    window.show()
    window.one, window.other, window.folder = one.id, other.id, tmp_path / "temporary"
    yield window
    for each in list(program.windows):
        each.close()


@pytest.fixture
def then(today, qtbot):
    """The window of that plan as it was at the end of the first of January."""
    past.show(today, "2030-01-01")
    qtbot.waitUntil(lambda: len(today.program.windows) == 2)
    return today.program.windows[1]


def test_it_shows_the_plan_of_that_day_and_can_only_be_read(today, then):
    assert then.bridge.plan[then.origin.one].text == "As it was"
    assert today.other in then.bridge.plan
    assert today.bridge.plan[today.one].text == "As it is"
    assert "as it was on 1 January 2030" in then.windowTitle()
    assert not then.bridge.editable
    assert not then.commands.actions["add action"].isEnabled()
    assert not then.commands.actions["send"].isEnabled()
    assert today.commands.actions["send"].isEnabled()


def test_a_record_comes_back_with_all_its_fields_as_a_step_of_today(today, then):
    then.bridge.select(today.one)
    then.commands.actions["bring back"].trigger()
    record = today.bridge.plan[today.one]
    assert (record.text, record.due) == ("As it was", "May")
    today.bridge.undo()
    assert today.bridge.plan[today.one].text == "As it is"


def test_one_field_comes_back_alone(today, then, monkeypatch):
    monkeypatch.setattr(type(then.view), "current_cell", property(lambda _view: (today.one, "due")))
    monkeypatch.setattr(then.view, "focused_panel", lambda: then.view.inspector)
    past.bring_back(then)
    record = today.bridge.plan[today.one]
    assert (record.text, record.due) == ("As it is", "May")
    past.bring_back(then)
    assert "nothing was changed" in then.view.banners.news._words.text()


def test_what_was_deleted_since_comes_back(today, then):
    then.bridge.select(today.other)
    then.commands.actions["bring back"].trigger()
    assert today.other in today.bridge.plan


def test_bringing_back_is_no_command_of_the_plan_of_today(today, then):
    assert not today.commands.actions["bring back"].isVisible()
    assert then.commands.actions["bring back"].isVisible()


def test_without_the_plan_of_today_nothing_comes_back(today, then):
    then.bridge.select(today.one)
    today.close()
    past.bring_back(then)
    assert "The plan of today is closed" in then.view.banners.news._words.text()


def test_its_file_goes_with_its_window_and_is_not_among_the_recent(today, then, qtbot):
    path = then.bridge.document.path
    assert Path(path).parent.parent == today.folder
    then.close()
    qtbot.waitUntil(lambda: list(today.folder.iterdir()) == [])
    assert str(path) not in [entry.path for entry in settings.recent()]


@pytest.mark.parametrize(("at", "why"), [("2001-01-01", "not begun"), ("yesterday", "no date")])
def test_what_cannot_be_shown_is_said(today, qtbot, at, why):
    said = []
    today.bridge.failed.connect(said.append)
    past.show(today, at)
    qtbot.waitUntil(lambda: bool(said))
    assert why in said[0]
    assert list(today.folder.iterdir()) == []
