from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from cypp_desktop.ui.panels.sections import SectionsPanel

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot, small):
    made = SectionsPanel(small)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


def headings(bridge, place):
    return [section.heading for section in bridge.plan.sections(place)]


def shown(panel):
    return [row.words for row in panel.model.rows]


def test_sections_stand_under_their_places(panel):
    assert shown(panel) == ["Before the tables", "Foreword", "Vision", "After the tables", "Approach"]


def test_the_list_and_the_windows_selection_follow_each_other(small, panel):
    vision = small.plan.sections()[1]
    panel.list.setCurrentIndex(panel.model.index(2))
    assert small.selection == vision.id
    assert panel._fields[2].editor.text() == "More"
    small.select(small.plan.sections()[0].id)
    assert panel.list.currentIndex().row() == 1
    assert panel._fields[2].editor.text() == "Words"


def test_typing_is_saved_when_another_section_is_chosen(qtbot, small, panel):
    panel._fields[2].editor.edit.setFocus()
    qtbot.keyClicks(panel._fields[2].editor.edit, "New ")
    panel.list.setCurrentIndex(panel.model.index(2))
    assert small.plan.sections()[0].text == "New Words"


def test_keys_move_a_section_and_take_it_over_the_tables(qtbot, small, panel):
    panel.list.setCurrentIndex(panel.model.index(1))
    panel.list.setFocus()
    qtbot.keyClick(panel.list, KEY.Key_Down, ALT)
    assert headings(small, "before") == ["Vision", "Foreword"]
    qtbot.keyClick(panel.list, KEY.Key_Down, ALT)
    assert headings(small, "before") == ["Vision"]
    assert headings(small, "after") == ["Foreword", "Approach"]
    qtbot.keyClick(panel.list, KEY.Key_Up, ALT)
    assert headings(small, "before") == ["Vision", "Foreword"]
    for _ in range(3):
        small.undo()
    assert headings(small, "before") == ["Foreword", "Vision"]
    assert panel.model.rows[panel.list.currentIndex().row()].words == "Foreword"


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        (1, ["Approach", "Foreword", "Vision"], []),
        (3, ["Foreword", "Vision", "Approach"], []),
        (5, ["Foreword", "Vision"], ["Approach"]),
    ],
)
def test_a_section_is_dropped_where_the_mouse_lets_go(small, panel, row, before, after):
    dragged = panel.model.mimeData([panel.model.index(4)])
    panel.model.dropMimeData(dragged, Qt.DropAction.MoveAction, row, 0, panel.model.index(-1))
    assert headings(small, "before") == before
    assert headings(small, "after") == after
    assert not panel.model.canDropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, panel.model.index(-1))


def test_a_section_is_added_and_deleted(qtbot, small, panel):
    panel.list.setCurrentIndex(panel.model.index(1))
    panel.add_section()
    assert panel._fields[0].editor.edit.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "Achievements")
    panel.list.setFocus()
    assert headings(small, "before") == ["Foreword", "Achievements", "Vision"]
    qtbot.keyClick(panel.list, KEY.Key_Delete)
    assert headings(small, "before") == ["Foreword", "Vision"]
    small.undo()
    assert headings(small, "before") == ["Foreword", "Achievements", "Vision"]


def test_without_sections_one_can_be_begun(small, panel):
    for _ in range(3):
        panel.delete_selected()
    assert small.plan.sections() == ()
    assert panel._stack.currentWidget() is panel._empty
    assert not panel.list.isVisible()
    assert not panel._plus.isVisible()
    panel._empty.acted.emit()
    assert len(small.plan.sections()) == 1
    assert panel.list.isVisible()
    assert panel._stack.currentWidget() is not panel._empty
