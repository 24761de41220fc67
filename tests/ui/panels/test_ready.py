from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu

from cypp_desktop.domain.change import edit, edit_all
from cypp_desktop.domain.plan import Action, update_field
from cypp_desktop.domain.rules import RULES, Check
from cypp_desktop.ui import settings
from cypp_desktop.ui.days import Days
from cypp_desktop.ui.dialogs.rules import RulesDialog
from cypp_desktop.ui.models import readiness
from cypp_desktop.ui.models.readiness import Readiness
from cypp_desktop.ui.models.ready import BY_PLACE
from cypp_desktop.ui.panels.ready import ReadyPanel

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def forget():
    settings._store().clear()
    yield
    settings._store().clear()


@pytest.fixture
def ready(qtbot, small):
    """The page of the small plan; ``asked`` are the places that were wanted."""
    found = Readiness(small)
    panel = ReadyPanel(small, found)
    QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    panel.asked = []
    panel.wanted.connect(lambda record, cell: panel.asked.append((record, cell)))
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    found.finish()
    panel.bridge, panel.readiness = small, found
    panel.list.setFocus()
    return panel


def actions(plan):
    return sorted((one for one in plan if isinstance(one, Action)), key=lambda one: one.ref)


def rules(panel):
    return [row.rule for row in panel.model.rows if row.finding]


def row_of(panel, rule, record=""):
    for place, row in enumerate(panel.model.rows):
        if row.finding and row.rule == rule and record in ("", row.finding.record):
            return panel.model.index(place, 0)
    raise AssertionError(rule)


def heading_of(panel, rule):
    return next(panel.model.index(n, 0) for n, row in enumerate(panel.model.rows) if row.rule == rule)


def click(qtbot, panel, index, *, link):
    panel.list.scrollTo(index)
    rect = panel.list.visualRect(index)
    place = panel.list._rows.link(rect, index).center() if link else rect.topLeft() + QPoint(30, 12)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_findings_stand_under_the_names_of_their_kinds(ready):
    names = [row.words for row in ready.model.rows if row.finding is None]
    assert names[:3] == [RULES["no-update"], RULES["no-status"], RULES["no-lead"]]
    assert rules(ready) == [one.rule for rule in RULES for one in ready.readiness.findings if one.rule == rule]
    assert ready._about.text() == f"Spring · {len(rules(ready))} things to look at"


def test_enter_and_a_click_go_to_the_record(ready, qtbot):
    second = actions(ready.bridge.plan)[1].id
    index = row_of(ready, "no-lead", second)
    ready.list.setCurrentIndex(index)
    qtbot.keyClick(ready.list, KEY.Key_Return)
    click(qtbot, ready, index, link=False)
    assert ready.asked == [(second, ""), (second, "")]


def test_what_can_be_done_goes_to_the_field(ready, qtbot):
    second = actions(ready.bridge.plan)[1].id
    index = row_of(ready, "no-status", second)
    assert ready.model.to_do(index.row()) == "Set a status…"
    click(qtbot, ready, index, link=True)
    ready.list.setCurrentIndex(index)
    qtbot.keyClick(ready.list, KEY.Key_Return, CTRL)
    assert ready.asked == [(second, update_field("status", ready.bridge.period.id))] * 2


def test_a_lead_is_given_as_beside_it_or_chosen(ready, qtbot):
    bridge, (first, second) = ready.bridge, actions(ready.bridge.plan)
    index = row_of(ready, "no-lead", second.id)
    assert ready.model.to_do(index.row()) == "Give it to Ann"
    click(qtbot, ready, index, link=True)
    assert bridge.plan[second.id].leads == first.leads
    bridge.commit(edit_all(bridge.plan, [first.id, second.id], {"leads": ()}, "none"))
    ready.readiness.finish()
    index = row_of(ready, "no-lead", second.id)
    assert ready.model.to_do(index.row()) == "Add a lead…"
    click(qtbot, ready, index, link=True)
    menu = ready.findChild(QMenu)
    assert [one.text() for one in menu.actions()] == ["Ann", "Ben", "", "Somebody else…"]
    menu.actions()[1].trigger()
    assert bridge.plan.lead_names(bridge.plan[second.id]) == ["Ben"]
    menu.actions()[3].trigger()
    assert ready.asked == [(second.id, "leads")]
    menu.close()


def test_a_due_date_is_chosen_in_a_calendar(ready, qtbot):
    bridge, one = ready.bridge, actions(ready.bridge.plan)[0].id
    bridge.commit(edit(bridge.plan, one, {"due": "Ongoing"}))
    ready.readiness.finish()
    click(qtbot, ready, row_of(ready, "ongoing"), link=True)
    days = ready.findChild(Days)
    days._take(QDate(2030, 3, 31))
    assert (bridge.plan[one].due, bridge.plan[one].due_date) == ("31 March 2030", "2030-03-31")


def test_the_last_note_is_copied_as_a_start(ready, qtbot):
    bridge, one = ready.bridge, actions(ready.bridge.plan)[0].id
    index = row_of(ready, "no-update", one)
    assert ready.model.to_do(index.row()) == "Copy last note"
    click(qtbot, ready, index, link=True)
    assert bridge.plan[one].update(bridge.period.id).note == "Begun"


def test_references_are_numbered_anew(ready, qtbot):
    bridge, two = ready.bridge, actions(ready.bridge.plan)[1].id
    bridge.commit(edit(bridge.plan, two, {"ref": "1"}))
    ready.readiness.finish()
    index = row_of(ready, "same-reference", two)
    assert ready.model.to_do(index.row()) == "Renumber"
    click(qtbot, ready, index, link=True)
    assert [one.ref for one in actions(bridge.plan)] == ["1", "2"]


def test_a_status_is_set_from_the_words_of_its_note(ready, qtbot):
    bridge, one = ready.bridge, actions(ready.bridge.plan)[0].id
    period, (good, late) = bridge.plan.current_period.id, bridge.plan.statuses
    values = {update_field("note", period): "On schedule – so far", update_field("status", period): late.id}
    bridge.commit(edit(bridge.plan, one, values))
    ready.readiness.finish()
    index = row_of(ready, "contradiction")
    assert ready.model.to_do(index.row()) == "Set “On schedule”"
    click(qtbot, ready, index, link=True)
    assert bridge.plan[one].update(period).status == good.id
    assert ready.asked == []
    ready.readiness.finish()
    assert "contradiction" not in rules(ready)
    bridge.undo()
    assert bridge.plan[one].update(period).status == late.id


def test_a_closed_period_is_not_put_right_but_shown(ready, qtbot):
    bridge, one = ready.bridge, actions(ready.bridge.plan)[0].id
    period, late = bridge.plan.current_period.id, bridge.plan.statuses[1]
    values = {update_field("note", period): "On schedule – so far", update_field("status", period): late.id}
    bridge.commit(edit(bridge.plan, one, values))
    bridge.commit(edit(bridge.plan, period, {"closed": True}))
    ready.readiness.finish()
    ready.list.setCurrentIndex(row_of(ready, "contradiction"))
    qtbot.keyClick(ready.list, KEY.Key_Return, CTRL)
    assert bridge.plan[one].update(period).status == late.id
    assert ready.asked == [(one, update_field("status", period))]


def test_a_kind_is_switched_off_in_the_plan_and_on_again(ready, qtbot, monkeypatch):
    before, bridge = len(rules(ready)), ready.bridge
    click(qtbot, ready, heading_of(ready, "no-update"), link=True)
    assert "no-update" not in rules(ready)
    assert RULES["no-update"] in ready._hidden.text()
    assert bridge.plan.details.rules_off == ("no-update",)
    bridge.undo()
    assert len(rules(ready)) == before
    assert ready._hidden.text() == ""
    bridge.commit(edit(bridge.plan, actions(bridge.plan)[0].id, {"leads": tuple(one.id for one in bridge.plan.leads)}))
    ready.readiness.finish()
    assert "several-leads" not in rules(ready)

    def answer(dialog):
        dialog.boxes["several-leads"].setChecked(True)
        dialog.boxes["no-status"].setChecked(False)
        return True

    monkeypatch.setattr(RulesDialog, "exec", answer)
    qtbot.mouseClick(ready._kinds, Qt.MouseButton.LeftButton)
    assert "several-leads" in rules(ready)
    assert "no-status" not in rules(ready)
    assert Readiness(bridge).hidden == {"no-status"}


def test_one_kind_alone_and_the_list_by_place(ready):
    place = ready.kinds.findData("no-lead")
    ready.kinds.setCurrentIndex(place)
    ready.kinds.activated.emit(place)
    assert set(rules(ready)) == {"no-lead"}
    ready.order.setCurrentIndex(ready.order.findData(BY_PLACE))
    ready.order.activated.emit(1)
    assert [row.words for row in ready.model.rows if row.finding is None] == ["1.1 Safe"]
    assert {row.place for row in ready.model.rows if row.finding} == {RULES["no-lead"]}


def test_where_nothing_is_found_it_says_so_and_no_more(ready, monkeypatch):
    ready.readiness.ask(())
    assert ready.card.empty
    assert ready._empty._sentence.text() == "Nothing was found among the kinds that are asked for."
    assert not ready.order.isVisible()
    monkeypatch.setattr(Check, "gradually", lambda _check, _plan, _skip: iter([[]]))
    ready.readiness.ask(RULES)
    ready.readiness.finish()
    assert ready._empty._sentence.text().startswith("All is well")
    assert ready._about.text() == "Spring"


def test_the_plan_is_looked_at_again_after_a_change_and_the_place_is_kept(ready, qtbot, monkeypatch):
    monkeypatch.setattr(readiness, "AFTER", 1)
    bridge, (one, two) = ready.bridge, actions(ready.bridge.plan)
    ready.list.setCurrentIndex(row_of(ready, "no-update", two.id))
    with qtbot.waitSignal(ready.readiness.changed):
        bridge.commit(edit(bridge.plan, two.id, {"leads": (bridge.plan.leads[0].id,)}))
    assert "no-lead" not in rules(ready)
    assert ready.finding(ready.list.currentIndex()).record == two.id
    bridge.undo()
    bridge.commit(edit(bridge.plan, one.id, {"leads": ()}))
    qtbot.waitUntil(lambda: rules(ready).count("no-lead") == 2)


def test_looking_goes_on_in_slices(small, qtbot, monkeypatch):
    monkeypatch.setattr(readiness, "BEGIN", 1)
    monkeypatch.setattr(readiness, "_SLICE", 0)
    found = Readiness(small)
    assert not found.known
    with qtbot.waitSignal(found.changed):
        QApplication.processEvents()
    assert found.known
    assert len(found.findings) > 3
