from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain.plan import (
    KINDS,
    Action,
    Details,
    Lead,
    Measure,
    Outcome,
    Period,
    Plan,
    Priority,
    Section,
    Status,
    Update,
    cell,
    custom_field,
    field_defaults,
    update_field,
    with_cells,
)
from cypp_desktop.domain.values import replace
from tests import strategies

KIND = st.sampled_from(sorted(KINDS))


# --- cells -----------------------------------------------------------------------------------------------------------


@given(KIND.flatmap(lambda kind: st.tuples(st.just(kind), strategies.fields(kind))))
def test_a_cell_holds_what_was_put_there(drawn):
    kind, values = drawn
    record = with_cells(KINDS[kind](id="x", parent="y", order="a0"), values)
    assert {name: cell(record, name) for name in values} == values
    assert (record.id, record.parent, record.order) == ("x", "y", "a0")
    untouched = field_defaults(kind).keys() - values.keys()
    assert all(cell(record, name) == field_defaults(kind)[name] for name in untouched)


@given(KIND.flatmap(lambda kind: st.tuples(st.just(kind), strategies.fields(kind))), st.sampled_from([None, 7, ["x"]]))
def test_nothing_or_a_value_of_another_type_empties_a_cell(drawn, nothing):
    kind, values = drawn
    blank = KINDS[kind](id="x")
    assert with_cells(with_cells(blank, values), dict.fromkeys(values, nothing)) == blank


@pytest.mark.parametrize(
    "field", ["nonsense", "id", "parent", "updates", "custom", "note@", "note@p", "custom@f", "@", "x@p"]
)
def test_a_record_has_no_other_fields(field):
    section = Section(id="s")
    with pytest.raises(KeyError):
        cell(section, field)
    assert with_cells(section, {field: "x"}) == section  # as a newer program may have written it


def test_only_actions_have_updates_and_only_actions_and_measures_custom_fields():
    action, measure = Action(id="a"), Measure(id="m")
    assert cell(action, update_field("note", "p")) == cell(action, custom_field("f")) == ""
    assert cell(measure, custom_field("f")) == ""
    with pytest.raises(KeyError):
        cell(measure, update_field("note", "p"))
    with pytest.raises(KeyError):
        cell(action, "colour@p")


def test_an_update_without_words_is_none():
    action = with_cells(Action(id="a"), {"note@p2": "x", "status@p1": "green"})
    assert action.updates == (Update(period="p1", status="green"), Update(period="p2", note="x"))
    assert action.update("p2").note == "x"
    assert action.update("p3") == Update(period="p3")
    assert with_cells(action, {"note@p2": "", "status@p1": ""}) == Action(id="a")


# --- the snapshot ----------------------------------------------------------------------------------------------------


def looks(plan):
    """All that can be seen of a plan: its records, their order, and what is not reached."""
    ids = ["", "nowhere", *(record.id for record in plan)]
    order = {one: [child.id for child in plan.children(one)] for one in ids}
    return {record.id: record for record in plan}, order, plan.root, [one.id for one in plan.unplaced()]


@given(strategies.tangles(), strategies.tangles(), st.data())
def test_replacing_records_equals_building_the_plan_anew(first, second, data):
    plan = Plan(first)
    if data.draw(st.booleans()):
        plan.unplaced()  # so that what is known of it is carried over
    changed = [one for one in second if data.draw(st.booleans())]
    removed = [one.id for one in first if one.id != "root" and data.draw(st.booleans())]
    new = plan.replaced(changed, removed)
    records = {one.id: one for one in first if one.id not in removed} | {one.id: one for one in changed}
    assert new == Plan(records.values())
    assert looks(new) == looks(Plan(records.values()))
    assert looks(plan) == looks(Plan(first))  # the old one stays as it is


@settings(max_examples=40)
@given(strategies.plans, st.data())
def test_what_is_not_reached_is_known_after_every_single_change(plan, data):
    plan.unplaced()
    for _ in range(3):
        record = data.draw(st.sampled_from(list(plan)))
        home = data.draw(st.sampled_from([one.id for one in plan]))
        if record.id == plan.root:
            continue
        if data.draw(st.booleans()):
            plan = plan.replaced(removed=[record.id])
        else:
            plan = plan.replaced([type(record)(id=record.id, parent=home, order="a0")])
        assert plan.unplaced() == Plan(plan).unplaced()


@given(strategies.tangles())
def test_every_record_is_reached_or_below_one_that_is_unplaced(records):
    plan = Plan(records)
    tops = [one.id for one in plan.unplaced()]
    below = {one.id for top in tops for one in plan.branch(top)}
    reached, ready = {"root"}, ["root"]
    while ready:
        for child in plan.children(ready.pop()):
            if plan[child.parent].kind in child.hangs_on and child.id not in reached:
                reached.add(child.id)
                ready.append(child.id)
    assert reached | below == {one.id for one in plan}
    assert not reached & set(tops)
    assert len(tops) == len(set(tops))


@given(strategies.tangles())
def test_walking_up_and_down_ends_in_circles_too(records):
    plan = Plan(records)
    for record in plan:
        branch = plan.branch(record.id)
        assert branch[0] == record
        assert len({one.id for one in branch}) == len(branch)
        assert plan.root not in {one.id for one in plan.ancestors(record.id)}


def test_a_plan_is_compared_by_its_records():
    one, other = Details(id="p", title="x"), Details(id="p", title="y")
    assert Plan([one]) == Plan([one])
    assert Plan([one]) != Plan([other])
    assert Plan([one]) != [one]
    assert len(Plan([one])) == 1
    assert "p" in Plan([one])
    assert Plan([one]).get("q") is None


# --- the nouns -------------------------------------------------------------------------------------------------------

PLAN = Plan(
    [
        Details(id="p", levels=("Pledge", "Aim", "Step"), action_word="Task", measure_word="Indicator"),
        Section(id="s2", parent="p", order="a2", place="after"),
        Section(id="s1", parent="p", order="a1", place="before"),
        Status(id="green", parent="p", order="a1"),
        Period(id="mid", parent="p", order="a1", name="Mid-year"),
        Period(id="end", parent="p", order="a2", name="Year end"),
        Lead(id="ann", parent="p", order="a1", name="Ann"),
        Lead(id="bob", parent="p", order="a0", name="Bob"),
        Priority(id="1", parent="p", order="a1", ref="1"),
        Outcome(id="1.5", parent="1", order="a1", ref="1.5"),
        Outcome(id="1.5.a", parent="1.5", order="a1", ref="a"),
        Outcome(id="deep", parent="1.5.a", order="a1"),
        Measure(id="m", parent="1", order="a1"),
        Action(id="a6", parent="1.5", order="a1", ref="6", leads=("ann", "gone", "bob")),
        Action(id="full", parent="1.5", order="a2", ref="1.5.7", updates=(Update(period="mid", status="green"),)),
        Action(id="bare", parent="1.5", order="a3"),
        Action(id="loose", parent="nowhere", order="a1", ref="9"),
    ]
)


def test_nouns_come_in_their_order():
    assert [one.id for one in PLAN.sections()] == ["s1", "s2"]
    assert [one.id for one in PLAN.sections("after")] == ["s2"]
    assert [one.id for one in PLAN.leads] == ["bob", "ann"]
    assert [one.id for one in PLAN.actions("1.5")] == ["a6", "full", "bare"]
    assert [one.id for one in PLAN.measures("1")] == ["m"]
    assert [one.id for one in PLAN.ancestors("deep")] == ["1", "1.5", "1.5.a"]
    assert [one.id for one in PLAN.unplaced()] == ["loose"]


def test_an_action_names_its_leads_in_their_order_and_skips_those_that_are_gone():
    assert PLAN.lead_names(PLAN["a6"]) == ["Ann", "Bob"]


def test_the_current_period_is_the_named_one_or_the_last():
    assert PLAN.current_period == PLAN["end"]
    named = PLAN.replaced([with_cells(PLAN.details, {"current_period": "mid"})])
    assert named.current_period == PLAN["mid"]
    assert named.replaced(removed=["mid"]).current_period == PLAN["end"]
    assert Plan([Details(id="p")]).current_period is None


def test_a_status_is_that_of_the_current_or_a_named_period():
    assert PLAN.status(PLAN["full"]) is None
    assert PLAN.status(PLAN["full"], "mid") == PLAN["green"]
    assert PLAN.replaced(removed=["green"]).status(PLAN["full"], "mid") is None


@pytest.mark.parametrize(
    ("record", "word"),
    [
        ("1", "Pledge"),
        ("1.5", "Aim"),
        ("1.5.a", "Step"),
        ("deep", "Step"),
        ("a6", "Task"),
        ("m", "Indicator"),
        ("s1", "Section"),
    ],
)
def test_levels_are_called_what_the_plan_calls_them(record, word):
    assert PLAN.level_word(PLAN[record]) == word


def test_levels_without_a_word_have_the_usual_one():
    plan = PLAN.replaced([Details(id="p", levels=())])
    assert [plan.level_word(plan[one]) for one in ("1", "1.5")] == ["Priority", "Outcome"]


@pytest.mark.parametrize(
    ("record", "said"), [("a6", "1.5.6"), ("full", "1.5.7"), ("bare", "1.5"), ("1.5", "1.5"), ("loose", "9")]
)
def test_an_action_is_said_with_the_reference_above_it(record, said):
    assert PLAN.reference(PLAN[record]) == said


def test_archived_actions_are_history() -> None:
    whole = Plan(
        [
            Details(id="p"),
            Section(id="s", parent="p", place="after"),
            Section(id="f", parent="p", place="before"),
            Priority(id="P", parent="p", order="a0"),
            Priority(id="Q", parent="p", order="a1"),
            Outcome(id="o", parent="P"),
            Measure(id="m", parent="P"),
            Action(id="live", parent="o", order="a0"),
            Action(id="gone", parent="o", order="a1", archived="2015-16"),
        ]
    )
    assert [one.id for one in whole.actions("o")] == ["live"]
    assert [one.id for one in whole.of(Action, "o")] == ["live", "gone"]
    assert [one.id for one in whole.walk()] == ["p", "f", "P", "m", "o", "live", "Q", "s"]
    assert [one.id for one in whole.walk(["o", "P", "x"])] == ["o", "live", "P", "m"]


def test_a_record_that_gets_another_place_among_its_siblings_stands_there():
    ids = ["x", "y", "z"]
    plan = Plan([Details(id="p"), *(Priority(id=one, parent="p", order=f"a{n}") for n, one in enumerate(ids))])
    moved = plan.replaced([replace(plan["x"], order="a5")])
    assert [one.id for one in moved.priorities] == ["y", "z", "x"]
    assert [one.id for one in plan.priorities] == ids
