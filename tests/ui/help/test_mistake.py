from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton

from cypp_desktop.ui.help.mistake import MistakeDialog


def made():
    try:
        int("secret words of a child")
    except ValueError as problem:
        return MistakeDialog(type(problem), problem, problem.__traceback__)


def test_a_report_holds_no_words_of_a_plan_unless_they_are_asked_for(qtbot):
    dialog = made()
    qtbot.addWidget(dialog)
    assert "secret" not in dialog.text.toPlainText()
    assert "ValueError" in dialog.text.toPlainText()
    assert "test_mistake.py" in dialog.text.toPlainText()
    dialog.words.click()
    assert "secret" in dialog.text.toPlainText()
    dialog.words.click()
    next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Copy")).click()
    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    assert "secret" not in QApplication.clipboard().text()
