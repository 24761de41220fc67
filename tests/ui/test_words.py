from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cypp_desktop.ui.pills import Name, Pills
from cypp_desktop.ui.words import WordsEditor

KEY = Qt.Key


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.column = QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(260, 400)
    return made


def shown(qtbot, window, widget):
    window.column.addWidget(widget)
    window.column.addStretch(1)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    widget.setFocus()
    return widget


def test_enter_is_done_and_escape_puts_back(qtbot, window):
    field = shown(qtbot, window, WordsEditor())
    field.set_text("old")
    qtbot.keyClicks(field.edit, "new ")
    assert field.changed()
    with qtbot.waitSignal(field.done):
        qtbot.keyClick(field.edit, KEY.Key_Return)
    assert field.text() == "new old"
    with qtbot.waitSignal(field.put_back):
        qtbot.keyClick(field.edit, KEY.Key_Escape)
    assert field.text() == "old"
    assert not field.changed()


def test_undo_is_the_plans_own_while_nothing_was_typed(qtbot, window):
    field = shown(qtbot, window, WordsEditor())
    field.set_text("old")
    assert not keeps(field.edit, KEY.Key_Z)
    qtbot.keyClicks(field.edit, "new ")
    assert keeps(field.edit, KEY.Key_Z)
    field.edit.undo()
    assert not keeps(field.edit, KEY.Key_Z)


def keeps(edit, key):
    """Whether a field takes a key with Ctrl for itself, and does not leave it to the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(edit, event)
    return event.isAccepted()


def test_lines_are_only_where_there_may_be_some(qtbot, window):
    mime = QMimeData()
    mime.setText("one\r\ntwo")
    field = shown(qtbot, window, WordsEditor())
    field.edit.insertFromMimeData(mime)
    assert field.text() == "one two"
    field = WordsEditor(paragraphs=True)
    window.column.insertWidget(0, field)
    field.edit.insertFromMimeData(mime)
    assert field.text() == "one\ntwo"


def test_it_is_as_high_as_its_words(qtbot, window):
    field = shown(qtbot, window, WordsEditor())
    low = field.height()
    field.set_text("many words that do not fit into one line " * 4)
    qtbot.waitUntil(lambda: field.height() > 2 * low)


def test_long_names_wrap_inside_their_pill(qtbot, window):
    pills = shown(qtbot, window, Pills("lead"))
    sentence = "Nottingham City Council and all partners of the board, each for their own part of the work"
    pills.show_names([Name("a", "Ann"), Name("b", sentence)], [])
    qtbot.waitUntil(lambda: pills._pills[1].height() > pills._pills[0].height())
    assert pills._pills[1].geometry().right() <= pills.rect().right()
    assert pills.height() >= pills._pills[1].geometry().bottom()


def test_a_name_being_typed_is_put_away_with_escape(qtbot, window):
    pills = shown(qtbot, window, Pills("lead"))
    pills.show_names([], [Name("a", "Ann")])
    pills.add()
    qtbot.keyClicks(pills._field, "An")
    qtbot.keyClick(pills._field, KEY.Key_Escape)
    assert pills.names() == []
    assert pills._plus.isVisible()
