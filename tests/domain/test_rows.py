from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain.plan import Action, Details, Measure, Outcome, Plan, Priority
from cypp_desktop.domain.rows import DEFAULT_COLUMNS, Column, columns, group_of, groups, rows, spans
from cypp_desktop.exchange import samples
from tests import strategies
from tests.strategies import plan_of

CITY, COUNTY = (plan_of(samples.load(name)) for name in samples.names())
FRAME = [
    Details(id="p", columns=("outcome=Outcomes", "measures=Measures", "actions=Key actions")),
    Priority(id="1", parent="p", order="a0"),
]


def outcome(one, parent="1", *, joined=False, order=""):
    return Outcome(id=one, parent=parent, order=order or f"a{one[-1]}", joined=joined)


def shown(table):
    """Each row as (outcomes, measures, action), by ids."""
    return [
        (
            "".join(one.id for one in row.outcomes),
            " ".join(one.id for one in row.measures),
            row.action.id if row.action else "",
        )
        for row in table
    ]


# --- the two published plans -----------------------------------------------------------------------------------------


def test_the_city_plan_has_measures_in_its_table_and_the_county_plan_progress():
    assert [one.key for one in columns(CITY)] == ["outcome", "measures", "actions", "leads"]
    assert {"note", "status"} <= {one.key for one in columns(COUNTY)}
    assert columns(Plan([Details(id="p")])) == [Column(*one.split("=")) for one in DEFAULT_COLUMNS]


@pytest.mark.parametrize("plan", [CITY, COUNTY])
def test_every_action_and_outcome_of_the_published_plans_has_its_row(plan):
    for priority in plan.priorities:
        table = rows(plan, priority)
        below = [one for one in plan.branch(priority.id) if isinstance(one, Action)]
        assert sorted(row.action.id for row in table if row.action) == sorted(one.id for one in below)
        assert {one.id for row in table for one in row.outcomes} == {one.id for one in plan.outcomes(priority.id)}


def test_the_county_plans_joined_activities_share_a_row():
    group = next(group for one in COUNTY.priorities for group in groups(COUNTY, one.id) if len(group) > 1)
    assert [one.ref for one in group] == ["1.3.1", "1.3.2"]
    assert group_of(COUNTY, group[0]) == group_of(COUNTY, group[1]) == group
    assert rows(COUNTY, group[0]) == rows(COUNTY, group[1])
    assert {row.outcomes for row in rows(COUNTY, group[0])} == {group}


def test_the_city_plans_measures_stand_beside_the_actions_that_serve_them():
    table = [row for priority in CITY.priorities for row in rows(CITY, priority)]
    served = [
        one.id for row, covers in zip(table, spans(table, "measures"), strict=True) if covers for one in row.measures
    ]
    measures = [one.id for one in CITY if isinstance(one, Measure)]
    assert sorted(served) == sorted(measures)  # each once, however many rows it covers
    assert max(spans(table, "measures")) > 1
    for row in table:
        assert row.action is None or [one.id for one in row.measures] == [
            one for one in (measure.id for measure in CITY.measures(row.action.parent)) if one in row.action.measures
        ]


@pytest.mark.parametrize("plan", [CITY, COUNTY])
def test_an_outcomes_rows_stand_together_under_one_cell(plan):
    for priority in plan.priorities:
        table = rows(plan, priority)
        tops = [row.outcomes for row, covers in zip(table, spans(table, "outcome"), strict=True) if covers]
        assert tops == [group for group in groups(plan, priority.id) if rows(plan, group[0])]


# --- single rules ----------------------------------------------------------------------------------------------------


def test_outcomes_come_depth_first_and_nothing_joins_one_that_has_others_below_it():
    plan = Plan(
        [
            *FRAME,
            outcome("a1"),
            outcome("b1", "a1"),
            outcome("c1", "b1"),
            outcome("a2", joined=True),
            outcome("a3", joined=True),
        ]
    )
    assert ["".join(one.id for one in group) for group in groups(plan, "1")] == ["a1", "b1", "c1", "a2a3"]


def test_the_first_outcome_has_nothing_to_join():
    plan = Plan([*FRAME, outcome("a1", joined=True), outcome("a2", joined=True)])
    assert ["".join(one.id for one in group) for group in groups(plan, "1")] == ["a1a2"]


def test_outcomes_in_a_circle_end():
    plan = Plan([*FRAME, outcome("a1", "b1"), outcome("b1", "a1")])
    assert [one.id for one in plan.unplaced()] == ["a1"]
    assert {one.id for group in groups(plan, "a1") for one in group} == {"a1", "b1"}
    assert group_of(plan, plan["a1"]) == (plan["a1"],)
    assert rows(plan, plan["a1"]) == []


def test_an_action_stands_at_its_first_measure_and_idle_measures_keep_their_place():
    measures = [Measure(id=f"m{one}", parent="a1", order=f"a{one}") for one in range(4)]
    actions = [
        Action(id="last", parent="a1", order="a0"),
        Action(id="third", parent="a1", order="a1", measures=("m3", "m2", "gone")),
        Action(id="first", parent="a1", order="a2", measures=("m0",)),
        Action(id="again", parent="a1", order="a3", measures=("m0", "m0")),
    ]
    table = rows(Plan([*FRAME, outcome("a1"), *measures, *actions]), Outcome(id="a1", parent="1"))
    assert shown(table) == [
        ("a1", "m0", "first"),
        ("a1", "m0", "again"),
        ("a1", "m1", ""),
        ("a1", "m2 m3", "third"),
        ("a1", "", "last"),
    ]
    assert spans(table, "measures") == [2, 0, 1, 1, 1]
    assert spans(table, "outcome") == [5, 0, 0, 0, 0]
    assert spans(table, "actions") == [1] * 5


def test_leads_and_plans_are_shared_by_neighbours_that_have_the_same_and_serve_the_same():
    actions = [
        Action(id="x1", parent="a1", order="a1", leads=("ann",)),
        Action(id="x2", parent="a1", order="a2", leads=("ann",), plans=("MASH",)),
        Action(id="x3", parent="a1", order="a3", leads=("bob", "ann"), plans=("MASH",)),
        Action(id="x4", parent="a1", order="a4"),
        Action(id="x5", parent="a1", order="a5"),
        Action(id="y1", parent="a2", order="a1"),
    ]
    table = rows(Plan([*FRAME, outcome("a1"), outcome("a2"), *actions]), Priority(id="1"))
    assert spans(table, "leads") == [2, 0, 1, 1, 1, 1]
    assert spans(table, "plans") == [1, 2, 0, 1, 1, 1]
    assert spans(table, "outcome") == [5, 0, 0, 0, 0, 1]
    assert spans([], "outcome") == []


def test_an_empty_outcome_has_one_empty_row_but_not_one_with_outcomes_below_it():
    plan = Plan([*FRAME, outcome("a1"), outcome("a2"), outcome("b1", "a2")])
    assert shown(rows(plan, Priority(id="1"))) == [("a1", "", ""), ("b1", "", "")]


def test_actions_of_a_priority_stand_before_its_outcomes():
    plan = Plan([*FRAME, outcome("a1"), Action(id="x", parent="1", order="a0")])
    assert shown(rows(plan, Priority(id="1"))) == [("", "", "x"), ("a1", "", "")]


# --- any plan --------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(strategies.plans, st.booleans())
def test_every_action_and_measure_below_the_outcomes_is_in_the_table(plan, with_measures):
    if with_measures:
        plan = plan.replaced([Details(id=plan.root, order=plan.details.order, columns=FRAME[0].columns)])
    else:
        plan = plan.replaced([Details(id=plan.root, order=plan.details.order)])
    for priority in plan.priorities:
        table = rows(plan, priority)
        below = plan.branch(priority.id)
        assert sorted(row.action.id for row in table if row.action) == sorted(
            one.id for one in below if isinstance(one, Action) and not one.archived
        )
        if with_measures:
            listed = {one.id for row in table for one in row.measures}
            assert listed >= {one.id for one in below if isinstance(one, Measure) and one.parent != priority.id}
        walked = [one for group in groups(plan, priority.id) for one in group]
        assert walked == list(depth_first(plan, priority.id))
        for key in ("outcome", "measures", "plans", "leads", "status"):
            covered = spans(table, key)
            assert sum(covered) == len(table)
            place = 0
            while place < len(table):  # each span is followed by the zeros that it covers
                assert covered[place] > 0
                assert not any(covered[place + 1 : place + covered[place]])
                place += covered[place]


def depth_first(plan, parent):
    for one in plan.outcomes(parent):
        yield one
        yield from depth_first(plan, one.id)


@given(strategies.tangles())
def test_the_rows_of_records_that_hang_anyhow_come_to_an_end(records):
    plan = Plan(records)
    for one in plan:
        if isinstance(one, Priority | Outcome):
            assert all(row.action is None or row.action.id in plan for row in rows(plan, one))
