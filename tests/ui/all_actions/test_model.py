from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import add, delete, edit
from cypp_desktop.domain.plan import CustomField, View, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui.all_actions.model import ARCHIVED, AllActions
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.cells import NONE


@pytest.fixture
def county(tmp_path, qapp):
    """The table of all actions of the county plan, watched by Qt's own judge of models."""
    bridge = Bridge(Document.create(tmp_path / "county.cypp", "Tester", samples.load("county")))
    model = AllActions(bridge)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.look(View(id=""))
    yield model
    bridge.close()


def shown(model):
    """Headings in brackets, and references."""
    return [
        f"[{heading} {count}]" if heading else model.plan.reference(row.action)
        for row, (heading, count) in zip(model.rows, model.headings, strict=True)
    ]


def asked(model, *filters, group="", sort=""):
    model.look(View(id="", filters=filters, group=group, sort=sort))
    return shown(model)


def test_all_actions_with_their_whole_reference_and_place(county):
    assert len(shown(county)) == county.found == 43
    texts = [county.cell(0, column).plain for column in range(len(county.columns))]
    assert texts[0] == "1.1"
    assert [column.key for column in county.columns] == ["ref", "actions", "place", "leads", "due", "note", "status"]
    assert texts[2] == "To further develop the effectiveness of…"
    assert texts[3] == "Steve Edwards"
    assert texts[6] == "On schedule"


def test_groups_have_a_row_of_their_own_and_an_action_with_two_leads_stands_twice(county):
    rows = asked(county, group="lead")
    assert rows[0].startswith("[")
    assert county.found == 43
    assert sum(not row.startswith("[") for row in rows) > 43
    heading = county.index(0, 0)
    assert county.data(heading, Qt.ItemDataRole.AccessibleTextRole) == ", ".join(map(str, county.headings[0]))
    assert county.record(0, 0) == ""
    assert county.editor(0, 1) == NONE


def test_an_action_comes_and_goes_with_what_it_says(county):
    statuses, period = county.plan.statuses, county.bridge.period.id
    late = asked(county, f"status={statuses[2].id}")
    resets = []
    county.modelReset.connect(lambda: resets.append(1))
    first = county.action(0).id
    county.bridge.commit(edit(county.plan, first, {update_field("status", period): statuses[0].id}))
    assert shown(county) == late[1:]
    county.bridge.undo()
    assert shown(county) == late
    county.bridge.commit(edit(county.plan, first, {"archived": "2016-17"}))
    assert shown(county) == late[1:]
    assert asked(county, "archived=yes") == late[:1]
    assert ARCHIVED in [column.key for column in county.columns]
    assert county.editor(0, 1) == NONE
    county.bridge.commit(delete(county.plan, [first]))
    assert shown(county) == []
    assert resets == [1]  # for the other columns of the archive alone


@pytest.mark.parametrize("view", [View(id=""), View(id="", group="lead", sort="due", filters=("text=e",))])
def test_an_edit_that_moves_no_action_touches_its_rows_alone(county, monkeypatch, view):
    county.look(view)
    first = next(row.action for row in county.rows if row.action)
    before, touched = shown(county), []
    county.dataChanged.connect(lambda top, bottom: touched.append((top.row(), bottom.row())))
    monkeypatch.setattr(county, "_fill", pytest.fail)
    county.bridge.commit(edit(county.plan, first.id, {"text": f"{first.text} At once."}))
    rows = [place for place, row in enumerate(county.rows) if row.action and row.action.id == first.id]
    assert rows
    assert touched == [(place, place) for place in rows]
    assert all(county.action(row).text.endswith("At once.") for row in rows)
    assert shown(county) == before


@pytest.mark.parametrize(
    ("view", "cells"),
    [
        (View(id="", group="lead"), {"leads": ()}),
        (View(id="", sort="due"), {"due": "End 1999", "due_date": "1999-12-31"}),
        (View(id="", sort="text"), {"text": "Zzz"}),
    ],
)
def test_an_edit_that_moves_an_action_is_sifted_anew(county, view, cells):
    county.look(view)
    before = shown(county)
    county.bridge.commit(edit(county.plan, [row.action.id for row in county.rows if row.action][4], cells))
    now = shown(county)
    assert now != before
    fresh = AllActions(county.bridge)
    fresh.look(view)
    assert now == shown(fresh)


def test_cells_are_edited_as_on_a_page(county):
    column = [one.key for one in county.columns].index("due")
    assert county.setData(county.index(0, column), "By end June 2017")
    assert county.action(0).due_date == "2017-06-30"
    note = [one.key for one in county.columns].index("note")
    long = "word " * 60
    assert county.setData(county.index(0, note), long.strip())
    assert county.cell(0, note).plain.endswith("…")
    assert county.source(0, note) == long.strip()


def test_own_columns_and_another_period(county):
    plan, bridge = county.plan, county.bridge
    step = add(plan, CustomField.kind, plan.root, {"name": "Stage"})
    bridge.commit(step)
    assert county.columns[-1].heading == "Stage"
    bridge.commit(edit(bridge.plan, county.action(0).id, {f"custom@{step.record}": "Begun"}))
    assert county.cell(0, len(county.columns) - 1).plain == "Begun"
    bridge.commit(add(bridge.plan, "period", bridge.plan.root, {"name": "Next"}))
    bridge.look_at(bridge.plan.periods[-1].id)
    status = [one.key for one in county.columns].index("status")
    assert county.cell(0, status).status is None
    assert county.cell(0, status).last


def test_it_rests_while_nobody_looks(county):
    county.rest()
    county.bridge.commit(edit(county.plan, county.action(0).id, {"archived": "2016-17"}))
    assert len(shown(county)) == 43
    assert len(asked(county)) == 42
