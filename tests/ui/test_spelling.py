from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cypp_desktop.domain.change import edit
from cypp_desktop.ui import settings
from cypp_desktop.ui.richtext.editor import RichEditor
from cypp_desktop.ui.spelling import Spelling
from cypp_desktop.ui.words import WordsEditor


@pytest.fixture
def stage(qtbot, small):
    settings._store().clear()
    window = QWidget()
    window.rich, window.plain = RichEditor(), WordsEditor(paragraphs=True)
    column = QVBoxLayout(window)
    column.addWidget(window.rich)
    column.addWidget(window.plain)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.spelling = Spelling(small, window)
    return window


def underlined(area):
    return [one.cursor.selectedText() for one in area.extraSelections()]


def type_in(qtbot, area, words):
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    qtbot.keyClicks(area, words)


@pytest.mark.parametrize("name", ["rich", "plain"])
def test_a_word_that_nobody_knows_is_underlined_once_it_is_typed(qtbot, stage, name):
    area = getattr(stage, name).edit
    type_in(qtbot, area, "The progamme goes on")
    qtbot.waitUntil(lambda: underlined(area) == ["progamme"])
    type_in(qtbot, area, " teh")
    stage.spelling.look()
    assert underlined(area) == ["progamme"]  # the last one may go on
    type_in(qtbot, area, " ")
    qtbot.waitUntil(lambda: underlined(area) == ["progamme", "teh"])


def test_another_field_is_looked_at_and_the_first_one_left(qtbot, stage):
    type_in(qtbot, stage.rich.edit, "teh ")
    qtbot.waitUntil(lambda: underlined(stage.rich.edit) == ["teh"])
    type_in(qtbot, stage.plain.edit, "wrld ")
    qtbot.waitUntil(lambda: underlined(stage.plain.edit) == ["wrld"])
    assert underlined(stage.rich.edit) == []


def test_the_menu_puts_another_word_in_its_place(qtbot, stage):
    area = stage.rich.edit
    type_in(qtbot, area, "The progamme goes")
    qtbot.waitUntil(lambda: underlined(area) == ["progamme"])
    cursor = area.textCursor()
    cursor.setPosition(7)
    area.setTextCursor(cursor)
    menu = stage.spelling.menu(area, QPoint(), here=True)
    next(one for one in menu.actions() if one.text() == "programme").trigger()
    assert stage.rich.text() == "The programme goes"
    assert area.document().isUndoAvailable()
    assert underlined(area) == []
    assert stage.spelling.menu(area, QPoint(), here=True) is None


def test_the_right_word_is_mended_behind_an_emoji(qtbot, stage):
    area = stage.rich.edit
    stage.rich.set_text("\U0001f389\U0001f389\U0001f389 The progamme goes")
    area.setFocus()
    qtbot.waitUntil(lambda: underlined(area) == ["progamme"])
    assert stage.spelling.next_wrong()
    assert area.textCursor().selectedText() == "progamme"
    menu = stage.spelling.menu(area, QPoint(), here=True)
    next(one for one in menu.actions() if one.text() == "programme").trigger()
    assert stage.rich.text() == "\U0001f389\U0001f389\U0001f389 The programme goes"


def test_the_menu_helps_with_the_word_that_is_being_typed(qtbot, stage):
    area = stage.rich.edit
    type_in(qtbot, area, "wrld and progamme")
    qtbot.waitUntil(lambda: underlined(area) == ["wrld"])
    menu = stage.spelling.menu(area, QPoint(), here=True)
    assert "programme" in [one.text() for one in menu.actions()]


def test_a_word_can_be_kept_in_the_plan(qtbot, stage, small):
    area = stage.rich.edit
    type_in(qtbot, area, "Zybrowska goes")
    qtbot.waitUntil(lambda: underlined(area) == ["Zybrowska"])
    stage.spelling.keep("Zybrowska")
    assert small.plan.details.words == ("Zybrowska",)
    qtbot.waitUntil(lambda: underlined(area) == [])
    small.undo()
    qtbot.waitUntil(lambda: underlined(area) == ["Zybrowska"])


def test_a_new_lead_is_a_known_name(qtbot, stage, small):
    area = stage.rich.edit
    type_in(qtbot, area, "Zybrowska goes")
    qtbot.waitUntil(lambda: underlined(area) == ["Zybrowska"])
    lead = small.plan.leads[0]
    small.commit(edit(small.plan, lead.id, {"name": "Ann Zybrowska"}))
    qtbot.waitUntil(lambda: underlined(area) == [])


def test_it_can_be_turned_off(qtbot, stage):
    area = stage.rich.edit
    type_in(qtbot, area, "teh ")
    qtbot.waitUntil(lambda: underlined(area) == ["teh"])
    stage.spelling.turn(False)
    qtbot.waitUntil(lambda: underlined(area) == [])


def test_the_next_one_is_gone_to(qtbot, stage):
    area = stage.rich.edit
    type_in(qtbot, area, "teh one and wrld ")
    qtbot.waitUntil(lambda: len(underlined(area)) == 2)
    found = []
    for _ in range(3):
        assert stage.spelling.next_wrong()
        found.append(area.textCursor().selectedText())
    assert found == ["teh", "wrld", "teh"]


def test_text_that_is_only_read_is_left_alone(qtbot, stage):
    stage.rich.set_text("teh")
    stage.rich.set_read_only(True)
    stage.rich.edit.setFocus()
    qtbot.wait(10)
    stage.spelling.look()
    assert underlined(stage.rich.edit) == []


def test_the_mouse_asks_for_the_menu_of_a_word(qtbot, stage):
    area = stage.rich.edit
    type_in(qtbot, area, "teh one ")
    qtbot.waitUntil(lambda: underlined(area) == ["teh"])
    cursor = area.textCursor()
    cursor.setPosition(1)
    at = area.cursorRect(cursor).center()
    place = area.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place)
    assert event.type() == QEvent.Type.ContextMenu
    QApplication.sendEvent(area.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert any(one.text() == "the" for one in menu.actions())
    menu.close()
