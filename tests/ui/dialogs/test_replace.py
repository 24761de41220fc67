from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.ui.dialogs.replace import ReplaceDialog

KEY = Qt.Key


@pytest.fixture
def dialog(qtbot, small):
    """The dialog on the small plan, whose actions say "Do **this**" and "Do that"."""
    made = ReplaceDialog(small)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    QAbstractItemModelTester(made.places, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def find(dialog, words):
    dialog.words.setText(words)
    dialog.search()
    dialog.places.finish()
    return [dialog.places.name(place) for place in dialog.places.rows]


def test_places_are_found_shown_and_replaced_in_one_step(dialog, small):
    assert not dialog.put.isEnabled()
    assert find(dialog, "do th") == ["Key action 1.1.1, words", "Key action 1.1.2, words"]
    assert dialog._said.text() == "2 places, 2 ticked"
    dialog.by.setText("Make th")
    dialog.put.click()
    texts = [one.text for one in small.plan.actions(small.plan.outcomes(small.plan.priorities[0].id)[0].id)]
    assert texts == ["Make th**is**", "Make that"]
    assert dialog._said.text() == "2 places replaced. One Undo takes it back."
    small.undo()
    assert find(dialog, "do th")


def test_what_is_not_ticked_stays(dialog, small, qtbot):
    find(dialog, "do")
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.places.index(0))
    qtbot.keyClick(dialog.list, KEY.Key_Space)
    assert dialog.put.text() == "Replace 1"
    dialog.by.setText("Go")
    dialog.put.click()
    texts = [one.text for one in small.plan.actions(small.plan.outcomes(small.plan.priorities[0].id)[0].id)]
    assert texts == ["Do **this**", "Go that"]
    find(dialog, "do")
    dialog.all.click()
    assert not dialog.put.isEnabled()
    dialog.all.click()
    assert dialog.put.isEnabled()
    box = dialog.list.rows.box(dialog.list.visualRect(dialog.places.index(0))).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert not dialog.places.chosen


def test_capitals_and_whole_words(dialog):
    assert len(find(dialog, "DO")) == 2
    dialog.case.setChecked(True)
    dialog.places.finish()
    assert dialog.places.rows == []
    assert dialog._empty._sentence.text() == "“DO” stands nowhere in the plan."
    dialog.case.setChecked(False)
    dialog.whole.setChecked(True)
    assert find(dialog, "th") == []


def test_enter_goes_to_the_record_and_typing_searches(dialog, small, qtbot):
    went = []
    dialog.wanted.connect(went.append)
    dialog.words.setText("foreword")
    qtbot.waitUntil(lambda: len(dialog.places.rows) == 1)
    dialog.list.setCurrentIndex(dialog.places.index(0))
    qtbot.keyClick(dialog.list, KEY.Key_Return)
    assert went == [small.plan.sections()[0].id]
    assert dialog.grab().width()
