from __future__ import annotations

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.document.document import Document
from cypp_desktop.domain import change, rows
from cypp_desktop.domain.plan import Action, Outcome, Period, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models import writing
from cypp_desktop.ui.models.table import ActionTable


@pytest.fixture
def opened(tmp_path, qapp):
    documents = []

    def open_(name):
        documents.append(Document.create(tmp_path / f"{name}.cypp", "Tester", samples.load(name)))
        return Bridge(documents[-1])

    yield open_
    for document in documents:
        document.close()


def outcome(plan, ref):
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == ref)


def shown(model):
    columns = range(len(model.columns))
    return [
        [(model.cell(row, column), model.shared(row, column)) for column in columns] for row in range(len(model.rows))
    ]


def test_an_outcome_has_numbers_and_the_plans_own_headings(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    assert [column.heading for column in model.columns] == [
        "No.",
        "Key Actions",
        "Lead",
        "Progress to Date",
        "RAG Rating",
    ]
    assert model.shared_plans == ("MASH Action Plan (2016-2017)",)
    assert [model.cell(row, 0).plain for row in range(7)] == list("1234567")
    assert [model.shared(row, 2) for row in range(7)] == [(0, 7)] * 7
    index = model.index(5, 4)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "RAG Rating: Happening but behind schedule"


def test_a_priority_has_the_whole_table(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(bridge.plan.priorities[0].id)
    assert model.columns[0].heading == "Key Activities"
    both = next(row for row in range(len(model.rows)) if "1.3.1" in model.cell(row, 0).plain)
    assert "1.3.2 To ensure" in model.cell(both, 0).plain
    assert model.shared(both + 3, 0) == (both, 5)
    assert model.cell(both, model.column_of("actions")).plain.startswith("1. Promote effective")
    assert sum(model.counts.values()) == 18


def test_the_city_shows_measures_and_no_numbers(opened):
    bridge = opened("city")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1a").id)
    assert [column.key for column in model.columns] == ["measures", "actions", "leads"]


def test_an_edit_reports_its_row_and_nothing_else(opened, qtbot):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(bridge.plan.priorities[0].id)
    note = model.column_of("note")
    seen = []
    model.dataChanged.connect(lambda first, last: seen.append((first.row(), last.row())))
    model.modelReset.connect(lambda: seen.append("reset"))
    assert model.setData(model.index(4, note), "Other words")
    assert set(seen) == {(4, 4)}
    assert model.cell(4, note).plain == "Other words"


def test_a_new_measure_of_a_shared_cell_is_served_by_every_action_of_it(opened):
    bridge = opened("city")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "3b").id)
    column = model.column_of("measures")
    row = next(place for place in range(len(model.rows)) if model.shared(place, column)[1] > 1)
    shared = model.shared(row, column)
    words = model.source(row, column)
    assert model.setData(model.index(row, column), f"{words}\n·\t Pasted  from a list")
    assert model.shared(row, column) == shared
    assert model.cell(row, column).plain.split("\n")[-1] == "Pasted from a list"


def test_leads_are_written_to_every_action_of_a_shared_cell(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    before = len(bridge.plan.leads)
    assert model.setData(model.index(0, 2), "Devon Allen; Somebody New")
    assert {tuple(bridge.plan.lead_names(row.action)) for row in model.rows} == {("Devon Allen", "Somebody New")}
    assert len(bridge.plan.leads) == before + 1
    assert bridge.undo()
    assert len(bridge.plan.leads) == before
    assert model.cell(0, 2).plain == "Devon Allen"


def test_titles_that_share_a_cell_are_edited_line_by_line(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(bridge.plan.priorities[0].id)
    row = model.row_of(outcome(bridge.plan, "1.3.1").id)
    said = []
    bridge.failed.connect(said.append)
    assert not model.setData(model.index(row, 0), "1.3.1 only one")
    assert "a line for each" in said[0]
    assert model.setData(model.index(row, 0), "1.3.1 First\n1.3.2b Second")
    assert [(one.ref, one.title) for one in model.rows[row].outcomes] == [("1.3.1", "First"), ("1.3.2b", "Second")]


def test_words_in_a_row_without_an_action_make_one(opened):
    bridge = opened("city")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1a").id)
    served = model.rows[0]
    bridge.commit(change.delete(bridge.plan, [served.action.id]))
    row = next(place for place, line in enumerate(model.rows) if line.measures == served.measures)
    assert model.rows[row].action is None
    assert model.setData(model.index(row, 1), "Begin again")
    again = model.rows[model.row_of(served.measures[0].id)]
    assert (again.action.text, again.measures) == ("Begin again", served.measures)


def test_a_new_action_is_numbered_after_any_number_that_can_be_read(opened):
    bridge = opened("county")
    one = bridge.plan.actions(outcome(bridge.plan, "1.5").id)[0]
    last = writing.next_number(bridge.plan, one.parent)
    bridge.commit(change.edit(bridge.plan, one.id, {"ref": "9" * 5_000}))
    assert writing.next_number(bridge.plan, one.parent) == last
    assert last.isdigit()


def test_progress_of_a_closed_period_can_only_be_read(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    assert model.editor(0, 3) == "rich"
    assert model.editor(0, 4) == "status"
    bridge.commit(change.edit(bridge.plan, bridge.period.id, {"closed": True}))
    assert [model.editor(0, column) for column in range(5)] == ["words", "rich", "leads", "", ""]
    assert not model.setData(model.index(0, 3), "Too late")


def test_another_period_shows_its_own_progress(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    bridge.commit(change.add(bridge.plan, "period", bridge.plan.root, {"name": "Year end"}))
    bridge.look_at(bridge.plan.periods[-1].id)
    assert [model.cell(0, column).plain for column in (3, 4)] == ["", ""]
    assert set(model.counts) == {""}
    assert model.setData(model.index(0, 3), "Begun")
    assert bridge.plan.periods[0].id != bridge.plan.periods[-1].id
    assert bridge.plan.actions(model.top)[0].update(bridge.plan.periods[0].id).note.startswith("Completed")


def random_step(plan, draw, keys):
    """One random step of a person at this plan; None where it would be refused."""
    actions = [one for one in plan if isinstance(one, Action)]
    outcomes = [one for one in plan if isinstance(one, Outcome)]
    action, where = draw.choice(actions), draw.choice(outcomes)
    period = next(one for one in plan if isinstance(one, Period)).id
    measures = plan.measures(where.id)
    steps = {
        "text": lambda: change.edit(plan, action.id, {"text": f"words {draw.random()}"}),
        "note": lambda: change.edit(plan, action.id, {update_field("note", period): str(draw.random())}),
        "status": lambda: change.edit(
            plan, action.id, {update_field("status", period): draw.choice([*(one.id for one in plan.statuses), ""])}
        ),
        "leads": lambda: change.edit(plan, action.id, {"leads": draw.choice(actions).leads}),
        "plans": lambda: change.edit(plan, action.id, {"plans": draw.choice(actions).plans}),
        "title": lambda: change.edit(plan, where.id, {"title": f"title {draw.random()}"}),
        "joined": lambda: change.edit(plan, where.id, {"joined": not where.joined}),
        "serve": lambda: change.edit(
            plan, action.id, {"measures": tuple(one.id for one in plan.measures(action.parent) if draw.random() < 0.4)}
        ),
        "name": lambda: change.edit(plan, measures[0].id, {"name": f"measure {draw.random()}"}) if measures else None,
        "lead": lambda: change.edit(plan, draw.choice(plan.leads).id, {"name": f"lead {draw.random()}"}),
        "add": lambda: change.add(plan, "action", where.id, {"text": "new"}, keys=keys),
        "measure": lambda: change.add(plan, "measure", where.id, {"name": "new"}, keys=keys),
        "several": lambda: change.add_branches(
            plan, where.id, [change.Branch("action", {"text": str(n)}) for n in range(3)], after="", keys=keys
        ),
        "outcome": lambda: change.add(plan, "outcome", draw.choice([*outcomes, *plan.priorities]).id, keys=keys),
        "move": lambda: change.move(
            plan, action.id, where.id, draw.choice(["", None, *(one.id for one in plan.actions(where.id))]), keys
        ),
        "move outcome": lambda: change.move(plan, where.id, draw.choice(plan.priorities).id, "", keys),
        "delete": lambda: change.delete(plan, [action.id]),
        "delete outcome": lambda: change.delete(plan, [where.id]) if len(outcomes) > 6 else None,
    }
    return steps[draw.choice(list(steps))]()


@pytest.mark.parametrize("name", ["county", "city"])
@pytest.mark.parametrize("seed", range(4))
def test_after_any_step_it_shows_what_a_new_model_would(opened, name, seed):
    bridge, draw = opened(name), random.Random(f"{name}{seed}")
    plan = bridge.plan
    tops = [plan.priorities[0].id, plan.outcomes(plan.priorities[0].id)[2 if name == "county" else 0].id]
    models = [ActionTable(bridge) for _ in tops]
    testers = [QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal) for model in models]
    for model, top in zip(models, tops, strict=True):
        model.show(top)
    for _ in range(60):
        roll = draw.random()
        if roll < 0.15:
            bridge.undo()
        elif roll < 0.2:
            bridge.redo()
        else:
            step = random_step(bridge.plan, draw, bridge.document.keys)
            if step:
                assert bridge.commit(step)
        for model, top in zip(models, tops, strict=True):
            if top not in bridge.plan:
                continue
            fresh = ActionTable(bridge)
            fresh.show(top)
            bridge.changed.disconnect(fresh.follow)
            assert model.keys == fresh.keys
            assert model.columns == fresh.columns
            assert model.rows == fresh.rows
            assert shown(model) == shown(fresh)
            assert +model.counts == +fresh.counts
            assert [row.outcomes for row in model.rows] == [
                row.outcomes for row in rows.rows(bridge.plan, bridge.plan[top])
            ]
    assert testers


def test_a_moved_row_is_moved_and_not_made_anew(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    seen = []
    model.rowsMoved.connect(lambda _a, first, _l, _b, to: seen.append((first, to)))
    model.rowsInserted.connect(lambda *_: seen.append("inserted"))
    model.rowsRemoved.connect(lambda *_: seen.append("removed"))
    first, last = model.keys[0], model.keys[-1]
    bridge.commit(change.move(bridge.plan, first, model.top, last))
    bridge.commit(change.move(bridge.plan, first, model.top, ""))
    assert seen == [(0, 7), (6, 0)]


def test_a_record_with_markup_in_its_words_stays_words(opened):
    bridge = opened("county")
    model = ActionTable(bridge)
    model.show(outcome(bridge.plan, "1.5").id)
    hostile = "<b>=cmd|' /C calc'!A0</b> **not bold"
    lead = bridge.plan.leads[0]
    bridge.commit(change.edit(bridge.plan, lead.id, {"name": hostile}))
    owner = next(one for one in bridge.plan if isinstance(one, Action) and lead.id in one.leads)
    model.show(owner.parent)
    assert hostile in model.cell(model.row_of(owner.id), model.column_of("leads")).plain
    assert replace(lead, name=hostile) == bridge.plan[lead.id]
