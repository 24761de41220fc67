"""Removing recorded values for good: chosen, warned of, and gone from the file and the backups."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cypp_desktop.document import backups
from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui.dialogs.remove import RemoveDialog

SECRET = "Wilhelmina lives at Elm Row"


@pytest.fixture
def told(small):
    """What should not have been written was, twice, and then written over in one place."""
    one, other = (record for record in small.plan if isinstance(record, Action))
    small.commit(edit(small.plan, one.id, {"text": f"Begun. {SECRET}."}))
    small.commit(edit(small.plan, one.id, {"text": "Begun."}))
    small.commit(edit(small.plan, other.id, {"due": f"When {SECRET} says so"}))
    return small


def dialog_of(small, qtbot, ids=()):
    dialog = RemoveDialog(small, ids)
    qtbot.addWidget(dialog)
    return dialog


def find(dialog, qtbot, words):
    dialog.words.setText(words)
    dialog.look()
    qtbot.waitUntil(lambda: dialog.list.count() > 0)


def texts(dialog):
    return [dialog.list.item(place).text() for place in range(dialog.list.count())]


def is_in(path):
    return SECRET.encode() in path.read_bytes()


def test_what_was_chosen_is_ticked_and_more_is_found_by_its_words(told, qtbot):
    entry = next(one for one in told.document.history() if SECRET in str(one.after) and one.field == "text")
    dialog = dialog_of(told, qtbot, [entry.id])
    assert dialog.chosen() == [entry.id]
    find(dialog, qtbot, "WILHELMINA lives")
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    assert dialog.chosen() == [entry.id]
    assert sum("in the plan now, where it becomes empty" in words for words in texts(dialog)) == 1


def test_nothing_ticked_can_be_removed_and_the_warning_is_there(told, qtbot):
    dialog = dialog_of(told, qtbot)
    assert not dialog.button.isEnabled()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cannot be undone" in said
    assert "Copies that went out, and backups on other computers, still hold it" in said


@pytest.mark.parametrize("everywhere", [True, False])
def test_what_is_ticked_goes_from_the_file_and_from_the_backups_if_that_is_wanted(told, qtbot, everywhere):
    told.document.back_up("before")
    dialog = dialog_of(told, qtbot)
    find(dialog, qtbot, "wilhelmina")
    for place in range(dialog.list.count()):
        dialog.list.item(place).setCheckState(Qt.CheckState.Checked)
    dialog.backups.setChecked(everywhere)
    dialog.button.click()
    qtbot.waitUntil(lambda: dialog.result() == 1)
    assert not is_in(told.document.path)
    kept = list(backups.folder(told.document.doc_id).glob("*.cypp"))
    assert len(kept) == 2  # one was made before anything was removed
    assert [is_in(path) for path in kept] == [not everywhere] * 2
    assert told.said == []


def test_where_it_is_refused_the_reason_is_said_and_nothing_goes(told, qtbot):
    dialog = dialog_of(told, qtbot)
    find(dialog, qtbot, "wilhelmina")
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    told.document.read_only = "Only read."
    dialog.button.click()
    assert told.said == ["Only read."]
    assert is_in(told.document.path)
