"""The list of what imports left: its lines are copied, dismissed, and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cypp_desktop.exchange import importing
from cypp_desktop.exchange.importing.remarks import OPEN, TAKEN, Remark
from cypp_desktop.ui.dialogs.importing.left import LeftDialog

ONE, TWO = Remark(OPEN, "Table 1", "this status is none:", "Purple <b>"), Remark(TAKEN, "", "two leads")


@pytest.fixture
def dialog(qtbot, small):
    importing.keep(small.document, "plan.docx", [TWO, ONE])
    made = LeftDialog(small)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def lines(dialog):
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_what_is_in_no_record_is_marked_and_stands_first(dialog):
    heading, *rest = lines(dialog)
    assert heading.startswith("From plan.docx · Today")
    assert rest == ["! Table 1: this status is none: “Purple <b>”", "two leads"]
    assert not dialog.dismiss.isEnabled()


def test_lines_are_copied_dismissed_and_brought_back_with_keys(dialog, small, qtbot):
    dialog.list.setFocus()
    dialog.list.setCurrentRow(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Purple <b>"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert lines(dialog)[1:] == ["two leads"]
    assert [one.remarks for one in importing.kept(small.document)] == [(TWO,)]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert importing.kept(small.document) == []
    assert not dialog.list.isVisible()
    assert small.document.fact("imports") == ""
    dialog.back.click()
    assert len(lines(dialog)) == 3
    assert [one.remarks for one in importing.kept(small.document)] == [(ONE, TWO)]


def test_a_plan_that_can_only_be_read_keeps_its_list(dialog, small):
    small.document.read_only = "It can only be read."
    dialog.list.setCurrentRow(1)
    assert dialog.copy.isEnabled()
    assert not dialog.dismiss.isEnabled()
    dialog.dismiss_selected()
    assert len(importing.kept(small.document)[0].remarks) == 2
