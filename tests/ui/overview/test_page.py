"""The plan on a page: what it says, where its lines lead, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cypp_desktop.domain.change import Branch, add, add_branches, edit
from cypp_desktop.domain.plan import NATIONAL, OURS, update_field
from cypp_desktop.domain.standing import Standings
from cypp_desktop.reports import charts
from cypp_desktop.ui import theme
from cypp_desktop.ui.models.tree import TreeModel
from cypp_desktop.ui.overview.measures import MOST
from cypp_desktop.ui.overview.page import BY_LEAD, BY_PERIOD, MEASURES, Overview
from cypp_desktop.ui.overview.rows import MORE
from tests.ui.overview.test_rows import outcome

TEXT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def page(qtbot, small):
    made = Overview(small, TreeModel(small))
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    return made


def turn_to(page, name):
    page.tabs.setCurrentIndex([page.tabs.tabData(tab) for tab in range(page.tabs.count())].index(name))


def lines(page):
    return [[card.model.index(row).data(TEXT) for row in range(card.model.rowCount())] for card in page._cards]


def click(qtbot, card, row):
    view = card.lines
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_says_how_the_plan_stands(page, small):
    assert lines(page) == [
        [
            "1 First: 2 key actions, 2 No status yet",
            "1.1 Safe: 2 key actions, 2 No status yet",
        ]
    ]
    assert page._about.text() == "Plan · Spring · 2 key actions"
    assert page.legend.accessibleName().startswith("G On schedule; R Behind; – No status yet")


def test_a_line_leads_to_its_record_by_mouse_and_by_keyboard(qtbot, page, small):
    outcome_id = small.plan.outcomes(small.plan.priorities[0].id)[0].id
    card = page._cards[0]
    click(qtbot, card, 1)
    assert small.selection == outcome_id
    card.lines.setFocus()
    qtbot.keyClick(card.lines, Qt.Key.Key_Up)
    qtbot.keyClick(card.lines, Qt.Key.Key_Return)
    assert small.selection == small.plan.priorities[0].id


def test_it_follows_the_plan_and_the_period(qtbot, page, small):
    plan = small.plan
    late = plan.statuses[1].id
    action = next(one.id for one in plan if one.kind == "action" and one.ref == "1")
    small.commit(edit(plan, action, {update_field("status", plan.current_period.id): late}))
    qtbot.waitUntil(lambda: "1 Behind" in lines(page)[0][0])
    assert "1 worse than in Autumn" in lines(page)[0][0]
    assert "Worse than in Autumn" in page.legend.accessibleName()
    assert page._about.text().endswith("1 worse")
    small.look_at(plan.periods[0].id)
    qtbot.waitUntil(lambda: "1 On schedule" in lines(page)[0][0])
    assert "Worse" not in page.legend.accessibleName()


def test_by_period_leads_back_to_a_period(qtbot, page, small):
    turn_to(page, BY_PERIOD)
    assert [line.partition(":")[0] for line in lines(page)[0]] == ["Spring", "Autumn"]
    click(qtbot, page._cards[0], 1)
    assert small.period.name == "Autumn"
    assert page.tabs.currentIndex() == 0
    assert page.period.currentText() == "Autumn"


def test_by_lead_asks_for_what_a_lead_has_to_do(qtbot, page, small):
    turn_to(page, BY_LEAD)
    assert [line.partition(":")[0] for line in lines(page)[0]] == ["Ann", "No lead yet"]
    with qtbot.waitSignal(page.lead_wanted) as asked:
        click(qtbot, page._cards[0], 0)
    assert asked.args == [small.plan.leads[0].id]


def test_a_long_list_is_shown_whole_when_asked_for(qtbot, page, small):
    top = small.plan.priorities[0].id
    more = [outcome(f"1.{place}") for place in range(2, 20)]
    small.commit(add_branches(small.plan, top, more))
    qtbot.waitUntil(lambda: len(lines(page)[0]) > 2)
    card = page._cards[0]
    rows = card.model.rowCount()
    card.lines.setFocus()
    card.lines.setCurrentIndex(card.model.index(rows - 1))
    qtbot.keyClick(card.lines, Qt.Key.Key_Space)
    assert len(lines(page)[0]) == 20
    assert card.lines.height() == sum(card.lines.sizeHintForRow(row) for row in range(20))


def test_cards_stand_side_by_side_where_there_is_room(qtbot, page, small):
    small.commit(add(small.plan, "priority", small.plan.root, {"title": "Second"}))
    qtbot.waitUntil(lambda: len(page._cards) == 2)
    first, second = page._cards
    qtbot.waitUntil(lambda: second.y() == first.y())
    page.resize(500, 800)
    qtbot.waitUntil(lambda: second.y() > first.y())


def test_a_plan_without_priorities_says_how_to_begin(qtbot, page, small):
    from cypp_desktop.domain.change import delete

    small.commit(delete(small.plan, [small.plan.priorities[0].id]))
    qtbot.waitUntil(lambda: not page._cards)
    assert any("no priority yet" in label.text() for label in page._empty.findChildren(QLabel))
    with qtbot.waitSignal(page.priority_wanted):
        page._empty._button.click()


@pytest.mark.parametrize(("scheme", "zoom"), [("light", 1.0), ("dark", 1.0), ("light", 2.0)])
def test_it_is_painted_in_every_look(page, small, scheme, zoom):
    plain = page.grab().toImage()
    before = theme.scheme()
    theme.choose_scheme(scheme)
    theme.choose_zoom(zoom)
    try:
        for tab in range(page.tabs.count()):
            page.tabs.setCurrentIndex(tab)
            assert page.grab().toImage() != plain or (scheme, zoom) == ("light", 1.0)
    finally:
        theme.choose_scheme(before)
        theme.choose_zoom(1.0)


def test_what_is_counted_is_what_the_report_counts(page, small):
    standing = Standings(small.plan, small.period).whole
    assert page._rows.whole().standing == standing


def test_measures_have_their_latest_value_a_chart_and_which_way_they_went(qtbot, page, small):
    measure = next(one for one in small.plan if one.kind == "measure")
    small.commit(edit(small.plan, measure.id, {"polarity": "Low"}))
    small.commit(add(small.plan, "reading", measure.id, {"series": OURS, "period": "2015", "value": "8"}))
    turn_to(page, MEASURES)
    head, line = lines(page)[0]
    assert head == "1 First: 1 measure"
    assert line.startswith("Children in need: 8. 2 lower than last time: better. Children in need, from the lowest")
    assert "national 12" in line
    assert page._key.isVisible()
    assert "National" in page._key.accessibleDescription()
    row = page._cards[0].model.rows[1]
    assert row.figure == charts.indicator(small.plan[measure.id], small.plan.readings(measure.id), [NATIONAL])
    click(qtbot, page._cards[0], 1)
    assert small.selection == measure.id
    page.tabs.setCurrentIndex(0)
    assert not page._key.isVisible()


def test_a_long_list_of_measures_is_shortened(page, small):
    outcome_id = small.plan.outcomes(small.plan.priorities[0].id)[0].id
    small.commit(add_branches(small.plan, outcome_id, [Branch("measure", {"name": f"M{n}"}) for n in range(MOST + 3)]))
    turn_to(page, MEASURES)
    assert lines(page)[0][-1] == "Show 4 more measures"
    page._cards[0].opened.emit(MORE)
    assert len(lines(page)[0]) == 1 + MOST + 4
    assert lines(page)[0][-1] == f"M{MOST + 2}: no reading yet"
