from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox

from cypp_desktop.domain.change import begun
from cypp_desktop.domain.plan import Action, Plan
from cypp_desktop.exchange import importing
from cypp_desktop.exchange.tables import reading
from cypp_desktop.ui import settings
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.dialogs.importing import ImportDialog
from cypp_desktop.ui.dialogs.importing.coming import ComingModel
from tests.exchange.office import docx, tbl, tr

DOCUMENT = docx(
    tbl(
        tr("Key Activities", "Key Actions", "Lead", "Remarks", "RAG Rating"),
        tr("1.1 Early help", "Open the centre", "Ann Lee / Bob Ray", "By letter", "G"),
        tr("1.2 Safe", "Visit <b>schools</b>", "Bob Ray", "", "Purple patch"),
    )
)


def source():
    return reading.read_bytes(DOCUMENT, "plan.docx")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    settings._store().clear()


@pytest.fixture
def show(qtbot):
    def show(plan=None, read=source):
        dialog = ImportDialog("plan.docx", read, plan or Plan(()))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


@pytest.fixture
def dialog(show, qtbot):
    made = show()
    qtbot.waitUntil(made.button.isEnabled)
    return made


def chooser(dialog, name):
    return next(one for one in dialog.findChildren(Chooser) if name in one.accessibleName())


def choose(chooser, words):
    chooser.setCurrentText(words)
    chooser.activated.emit(chooser.currentIndex())
    chooser.textActivated.emit(words)


def plan_of(dialog):
    return begun(importing.step(Plan(()), dialog.proposal))


def actions(plan):
    return [one for one in plan if isinstance(one, Action)]


def shown(model, parent=None):
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(row.data(), shown(model, row)) for row in rows]


def test_it_shows_what_will_come_before_it_does(dialog):
    tree = shown(dialog._tree.model())
    assert ("1.1  Early help", [("Open the centre", [])]) in [one for _, below in tree for one in below]
    assert "2 actions" in dialog._counts.text()
    assert dialog.proposal is not None


def test_another_field_for_a_column_changes_what_will_come_and_is_remembered(dialog, qtbot, show):
    choose(chooser(dialog, "Remarks"), "Due")
    qtbot.waitUntil(lambda: actions(plan_of(dialog))[0].due == "By letter")
    assert dialog.button.isEnabled()
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert dialog.result() == ImportDialog.DialogCode.Accepted
    again = show()
    qtbot.waitUntil(again.button.isEnabled)
    assert chooser(again, "Remarks").currentText() == "Due"


def test_a_status_can_be_none(dialog, qtbot):
    assert [plan_of(dialog).status(one) is not None for one in actions(plan_of(dialog))] == [True, True]
    choose(chooser(dialog, "purple patch"), "No status")
    qtbot.waitUntil(lambda: plan_of(dialog).status(actions(plan_of(dialog))[1]) is None)


def test_a_table_that_is_not_taken_is_in_the_report(dialog, qtbot):
    table = next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith("Table 1"))
    table.click()
    qtbot.waitUntil(lambda: "Nothing" in dialog._counts.text())
    assert not dialog.button.isEnabled()
    assert "other columns" in dialog._why.text()
    assert any("was not taken" in one for one in dialog._remarks.stringList())
    table.click()
    qtbot.waitUntil(dialog.button.isEnabled)


def test_names_in_one_cell_can_stay_one_lead(dialog, qtbot):
    names = next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith("Several names"))
    names.click()
    qtbot.waitUntil(lambda: plan_of(dialog).lead_names(actions(plan_of(dialog))[0]) == ["Ann Lee / Bob Ray"])


def test_into_a_plan_it_is_one_step_that_undo_takes_back(small, show, qtbot):
    before = small.plan
    dialog = show(small.plan)
    qtbot.waitUntil(dialog.button.isEnabled)
    assert "undo" in dialog._why.text()
    assert small.commit(importing.step(small.plan, dialog.proposal, small.document.keys))
    assert len(actions(small.plan)) == len(actions(before)) + 2
    small.undo()
    assert small.plan == before


def test_a_file_that_cannot_be_read_is_said(show, qtbot):
    dialog = show(read=partial(reading.read_bytes, b"%PDF-1.7", "plan.pdf"))
    qtbot.waitUntil(lambda: "PDF" in dialog._why.text())
    assert not dialog.button.isEnabled()
    assert dialog.proposal is None


def test_closed_while_it_reads_it_says_nothing_more(show, qtbot):
    dialog = show()
    dialog.reject()
    work = dialog._work
    qtbot.waitUntil(work.isFinished)
    qtbot.wait(10)
    assert dialog.proposal is None


def test_an_unreadable_memory_is_an_empty_one(show, qtbot):
    settings.write(**{"import columns": '{"RAG Rating": "no such field", "Lead": 3}'})
    dialog = show()
    qtbot.waitUntil(dialog.button.isEnabled)
    assert chooser(dialog, "RAG Rating").currentText() == "Status"


def test_the_tree_keeps_the_rules_of_models(qtbot, dialog):
    model = ComingModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(dialog.proposal, Plan(()))
    assert model.rowCount()
    model.show(None, Plan(()))
    assert not model.rowCount()
