from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.document.document import Document, Event
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Action, Outcome, Plan, Priority, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models import tree
from cypp_desktop.ui.models.tree import (
    ACTIONS,
    APART,
    KIND,
    LEADS,
    MARKS,
    NUMBER,
    PLAN,
    READY,
    SECTIONS,
    SETTLE,
    UNPLACED,
    TreeModel,
)

Role = Qt.ItemDataRole


@pytest.fixture
def county(tmp_path, qapp):
    bridge = Bridge(Document.create(tmp_path / "county.cypp", "Tester", samples.load("county")))
    yield bridge
    bridge.close()


@pytest.fixture
def model(county):
    made = TreeModel(county)
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def rows(model, parent=None):
    parent = parent or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        said = [index.data(role) for role in (Role.DisplayRole, MARKS, NUMBER, KIND, Role.AccessibleTextRole)]
        found.append((model.id_of(index), *said, rows(model, index)))
    return found


def outcome(plan, reference):
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == reference)


def test_pages_then_priorities_with_their_outcomes(model, county):
    top = [row[0] for row in rows(model)]
    assert top == [PLAN, ACTIONS, LEADS, SECTIONS, *(one.id for one in county.plan.priorities), SETTLE, READY]
    first = model.index_of(county.plan.priorities[0].id)
    assert model.rowCount(first) == 7


def test_marks_are_what_needs_a_look_with_counts(model, county):
    mash = model.index_of(outcome(county.plan, "1.5").id)
    assert [(mark.shape, mark.count) for mark in mash.data(MARKS)] == [("triangle", 1)]
    priority = model.index_of(county.plan.priorities[0].id)
    assert [(mark.shape, mark.count) for mark in priority.data(MARKS)] == [("triangle", 4)]
    for role in (Role.AccessibleTextRole, Role.ToolTipRole):
        assert "1 Happening but behind schedule" in mash.data(role)


def test_where_all_is_well_one_shape_without_a_count(model, county):
    index = model.index_of(outcome(county.plan, "2.1").id)
    assert [(mark.shape, mark.count) for mark in index.data(MARKS)] == [("disc", 0)]


def test_a_status_given_counts_at_once_up_to_the_priority(model, county):
    plan, where = county.plan, outcome(county.plan, "2.1")
    late = plan.statuses[3]
    field = update_field("status", plan.current_period.id)
    changed = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(model.id_of(first)))
    assert county.commit(change.edit(plan, plan.actions(where.id)[0].id, {field: late.id}))
    assert [(m.shape, m.count) for m in model.index_of(where.id).data(MARKS)] == [("diamond", 1)]
    assert {where.id, where.parent} <= set(changed)
    assert county.undo()
    assert [m.shape for m in model.index_of(where.id).data(MARKS)] == ["disc"]


def test_an_edit_never_resets_the_model(model, county):
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    plan = county.plan
    county.commit(change.add(plan, "outcome", plan.priorities[1].id, {"title": "New"}))
    county.commit(change.delete(county.plan, [county.plan.priorities[0].id]))
    county.undo()
    assert not resets
    assert rows(model) == rows(TreeModel(county))


def test_a_record_that_is_no_row_is_found_where_it_hangs(model, county):
    where = outcome(county.plan, "1.5")
    action = county.plan.actions(where.id)[0]
    assert model.id_of(model.index_of(action.id)) == where.id
    assert not model.index_of("nothing").isValid()


def test_renaming_in_the_tree_is_a_step(model, county):
    where = outcome(county.plan, "1.5")
    assert model.setData(model.index_of(where.id), "  Another title ", Role.EditRole)
    assert county.plan[where.id].title == "Another title"
    assert county.document.undo_label == "new title of key activity"
    assert not model.setData(model.index_of(where.id), "Another title", Role.EditRole)


def apart(model, plan):
    return [model.index_of(one.id).data(APART) for one in plan.priorities]


def test_priorities_that_begin_alike_are_told_apart(model, county):
    first = county.plan.priorities[0]
    assert apart(model, county.plan)[:2] == [
        "…safe in Nottinghamshire",
        "…happy and healthy in Nottinghamshire",
    ]
    assert model.index_of(first.id).data() == first.title
    assert first.title in model.index_of(first.id).data(Role.AccessibleTextRole)
    assert first.title in model.index_of(first.id).data(Role.ToolTipRole)
    mash = outcome(county.plan, "1.5")
    assert model.index_of(mash.id).data(APART) == mash.title


def test_what_titles_have_in_common_follows_them(model, county, qtbot):
    apart(model, county.plan)
    told = []
    model.dataChanged.connect(lambda first, last: told.append(model.id_of(first)))
    first, second = county.plan.priorities[:2]
    county.commit(change.edit(county.plan, first.id, {"title": "Safe"}, "title"))
    assert apart(model, county.plan)[:2] == ["Safe", "…are happy and healthy in Nottinghamshire"]
    assert second.id in told


def test_dragging_follows_the_rules_of_the_plan(model, county):
    first, second = county.plan.priorities[:2]
    one = county.plan.outcomes(first.id)[0]
    data = model.mimeData([model.index_of(one.id)])
    move = Qt.DropAction.MoveAction
    assert not model.canDropMimeData(data, move, 2, 0, QModelIndex())  # an outcome is no priority
    assert not model.canDropMimeData(data, move, -1, 0, model.index_of(one.id))  # nor below itself
    assert model.canDropMimeData(data, move, 1, 0, model.index_of(second.id))
    model.dropMimeData(data, move, 1, 0, model.index_of(second.id))
    assert [x.id for x in county.plan.outcomes(second.id)][1] == one.id
    assert rows(model) == rows(TreeModel(county))


def test_a_priority_is_not_dropped_above_the_pages(model, county):
    last = county.plan.priorities[-1]
    data = model.mimeData([model.index_of(last.id)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert county.plan.priorities[0].id == last.id
    assert [row[0] for row in rows(model)][:5] == [PLAN, ACTIONS, LEADS, SECTIONS, last.id]


def test_random_steps_leave_what_a_new_model_shows(model, county):
    draw = random.Random(20161)
    for _ in range(120):
        plan = county.plan
        step = random_step(plan, draw, county.document.keys)
        if step is not None:
            county.commit(step)
        elif draw.random() < 0.7:
            county.undo()
        else:
            county.redo()
        assert rows(model) == rows(TreeModel(county))


def random_step(plan, draw, keys):
    nodes = [one for one in plan if isinstance(one, Priority | Outcome)]
    actions = [one for one in plan if isinstance(one, Action)]
    what = draw.choice(["add", "move", "move", "delete", "status", "action", "undo"])
    try:
        if what == "add":
            return change.add(plan, "outcome", draw.choice(nodes).id, {"title": "New"}, after=draw.choice(["", None]))
        if what == "move":
            one = draw.choice(nodes + actions)
            parents = [plan.root, *(node.id for node in nodes)]
            return change.move(plan, one.id, draw.choice(parents), draw.choice(["", None]), keys)
        if what == "delete" and len(nodes) > 8:
            return change.delete(plan, [draw.choice(nodes + actions).id])
        if what == "status" and actions:
            field = update_field("status", plan.current_period.id)
            return change.edit(plan, draw.choice(actions).id, {field: draw.choice(plan.statuses).id})
        if what == "action" and nodes:
            return change.add(plan, "action", draw.choice(nodes).id, {"text": "x"})
    except Refused:
        return change.Step("", "set", ())
    return None


def test_what_merging_left_without_a_place_is_listed_to_be_placed(model, county):
    """Merging can bring such plans about; no step of one person can."""
    before = county.plan
    lost = outcome(before, "1.5")
    after = before.replaced(removed=[lost.parent])
    county.document.plan = after
    model.follow(Event(before, after, frozenset([lost.parent]), "merge", "merge"))
    top = rows(model)[-3]
    assert top[0] == UNPLACED
    assert top[3] == len(after.unplaced())
    assert lost.id in [row[0] for row in top[-1]]
    assert rows(model) == rows(TreeModel(county))


def test_outcomes_in_a_circle_are_listed_once(model, county):
    before = county.plan
    one, two = before.outcomes(before.priorities[0].id)[:2]
    from dataclasses import replace

    after = before.replaced([replace(one, parent=two.id), replace(two, parent=one.id)])
    county.document.plan = after
    model.follow(Event(before, after, frozenset([one.id, two.id]), "merge", "merge"))
    assert [row[0] for row in rows(model)[-3:]] == [UNPLACED, SETTLE, READY]
    assert rows(model) == rows(TreeModel(county))


def test_many_changes_at_once_begin_anew(model, county):
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    first = county.plan.priorities[0].id
    branches = [change.Branch("outcome", {"title": str(n)}) for n in range(450)]
    county.commit(change.add_branches(county.plan, first, branches))
    assert resets == [1]
    assert model.rowCount(model.index_of(first)) == 457


def test_words_of_a_record_without_a_title():
    assert tree.words(Outcome(id="x")) == "Untitled"
    assert tree.words(Action(id="x", text="Do **this**")) == "Do this"


def test_the_tree_of_an_empty_plan(tmp_path, qapp):
    bridge = Bridge(Document.create(tmp_path / "new.cypp", "Tester", change.Branch("plan", {"title": "New"})))
    model = TreeModel(bridge)
    assert [row[0] for row in rows(model)] == [PLAN, ACTIONS, LEADS, SECTIONS, SETTLE, READY]
    assert isinstance(bridge.plan, Plan)
    bridge.close()


def test_the_foot_says_how_many_things_there_are_to_look_at(model, qtbot):
    with qtbot.waitSignal(model.dataChanged):
        model.say_findings(7)
    foot = model.index_of(READY)
    assert (foot.data(), foot.data(NUMBER), foot.data(KIND)) == ("Ready for the board?", 7, "last foot")
    assert foot.data(Qt.ItemDataRole.AccessibleTextRole) == "Ready for the board?, 7"
