from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.domain.change import add
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui.leads.merging import MergeDialog
from cypp_desktop.ui.leads.page import LeadsPage

KEY = Qt.Key


@pytest.fixture
def page(qtbot, small):
    """The page of the small plan's leads, Ann with an action and Ben without; ``asked`` whose are wanted."""
    made = LeadsPage(small)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.asked = []
    made.actions_wanted.connect(made.asked.append)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.table.setFocus()
    return made


def cells(page, row):
    return [page.model.cell(row, column).plain for column in range(len(page.model.columns))]


def choose(page, *rows):
    page.table.clearSelection()
    flags = page.table.selectionModel().SelectionFlag
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)
    page._say()


def test_who_has_what(page, small):
    assert cells(page, 0) == ["Ann", "", "", "", "1"]
    assert cells(page, 1)[-1] == "None"
    small.look_at(small.plan.periods[0].id)
    assert cells(page, 0)[-1] == "1\n1 On schedule"
    choose(page)
    assert page._said.text().startswith("2 leads, 1 without anything. Select one")
    choose(page, 0)
    assert page._said.text() == "2 leads, 1 without anything"
    page.buttons["actions"].click()
    assert page.asked == [small.plan.leads[0].id]


def test_name_role_and_address_are_edited(page, small):
    assert page.model.setData(page.model.index(1, 0), "Benedict")
    assert page.model.setData(page.model.index(1, 1), "Head of Care")
    assert page.model.setData(page.model.index(1, 2), "ben@example.org")
    ben = small.plan.leads[1]
    assert (ben.name, ben.role, ben.email) == ("Benedict", "Head of Care", "ben@example.org")
    assert not page.model.setData(page.model.index(1, 0), "  ")
    assert small.said == ["A lead needs a name. To take one out, delete it or merge it with another."]


def test_spellings_that_are_probably_one_are_suggested_and_made_one(page, small, qtbot, monkeypatch):
    assert not page.banner.isVisible()
    for name in ("Benjamin Booth", "B Booth"):
        small.commit(add(small.plan, "lead", small.plan.root, {"name": name}))
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.accessibleName() == "“Benjamin Booth” and “B Booth” may be one and the same."
    monkeypatch.setattr(MergeDialog, "exec", lambda dialog: list(dialog.choices.values())[1].setChecked(True) or True)
    page.banner.acted.emit()
    assert [lead.name for lead in small.plan.leads] == ["Ann", "Ben", "B Booth"]
    small.undo()
    qtbot.waitUntil(page.banner.isVisible)
    page.banner.closed.emit()
    assert not page.banner.isVisible()


def test_two_that_were_chosen_are_made_one_and_the_busier_one_is_proposed(page, small, monkeypatch):
    choose(page, 0, 1)
    kept = []
    monkeypatch.setattr(MergeDialog, "exec", lambda dialog: kept.append(dialog.keep()) or True)
    page.buttons["merge"].click()
    assert [lead.name for lead in small.plan.leads] == ["Ann"]
    assert kept == [small.plan.leads[0].id]


def test_all_that_one_has_is_handed_over(page, small):
    choose(page, 0)
    (entry,) = page.takers().actions()
    assert entry.text() == "To Ben"
    entry.trigger()
    led = [small.plan.lead_names(one) for one in small.plan if isinstance(one, Action) and one.leads]
    assert led == [["Ben"]]


def test_only_who_has_nothing_is_deleted(page, small, qtbot):
    page.table.go(page.model.index(0, 0))
    qtbot.keyClick(page.table, KEY.Key_Delete)
    assert small.said == ["“Ann” still leads something. Hand that over first, or merge the two."]
    page.buttons["tidy"].click()
    assert [lead.name for lead in small.plan.leads] == ["Ann"]
    page.add()
    assert page.table.editing.field is not None
    assert not page.menu().isEmpty()
