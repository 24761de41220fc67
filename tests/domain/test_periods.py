from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit
from cypp_desktop.domain.periods import (
    close_period,
    copy_last_notes,
    last_period,
    open_to_writing,
    ranks,
    rename_period,
    reopen_period,
    start_period,
    worse_without_reason,
    worsened,
)
from cypp_desktop.domain.plan import Action, Plan, Record, cell, update_field
from tests.strategies import done, plan_of

SCALE = ("Completed", "On schedule", "Behind", "Pending", "No information received")


def year(note: str = "Begun", status: int = 1) -> Plan:
    """A plan with two periods, the second one current, and one action with an update in it."""
    scale = [Branch("status", {"label": label}, id=f"s{place}") for place, label in enumerate(SCALE)]
    told = {update_field("note", "mid"): note, update_field("status", "mid"): f"s{status}"}
    action = Branch("action", {"text": "Do it", **told}, id="a")
    top = Branch("priority", {"title": "Safe"}, [Branch("outcome", {"title": "Help"}, [action])])
    periods = [Branch("period", {"name": "Last year"}, id="old"), Branch("period", {"name": "Mid-year"}, id="mid")]
    return plan_of(add_branches(Plan(()), "", [Branch("plan", {}, [*scale, *periods, top], id="p")]))


def after(plan: Plan, step: Step) -> Plan:
    records: dict[str, Record] = {record.id: record for record in plan}
    return Plan(done(records, step).values())


def action(plan: Plan) -> Action:
    found = plan["a"]
    assert isinstance(found, Action)
    return found


@pytest.mark.parametrize("copy", [True, False])
def test_a_new_period_is_the_last_and_the_current_one(copy: bool) -> None:
    step = start_period(year(), "  Year   end ", copy_notes=copy)
    plan = after(year(), step)
    assert [period.name for period in plan.periods] == ["Last year", "Mid-year", "Year end"]
    assert plan.current_period == plan.periods[-1]
    assert step.label == "start of “Year end”"
    new, old = action(plan).update(plan.periods[-1].id), action(plan).update("mid")
    assert (new.note, new.status, new.reason) == ("Begun" if copy else "", "", "")
    assert (old.note, old.status) == ("Begun", "s1")
    assert last_period(plan, plan.current_period) == plan["mid"]


@pytest.mark.parametrize("name", ["", "  ", "mid-year", " Last  Year"])
def test_a_period_needs_a_name_of_its_own(name: str) -> None:
    with pytest.raises(Refused):
        start_period(year(), name)


def test_a_plan_without_periods_can_start_its_first() -> None:
    plan = plan_of(add_branches(Plan(()), "", [Branch("plan", {}, id="p")]))
    assert [one.name for one in after(plan, start_period(plan, "First", copy_notes=True)).periods] == ["First"]


def test_closing() -> None:
    plan = after(before := year(), close_period(before, "mid"))
    assert [(one.id, one.closed) for one in plan.periods] == [("old", False), ("mid", True)]
    assert action(plan) == action(before)
    assert not close_period(plan, "mid")
    with pytest.raises(Refused):
        close_period(plan, "a")


@pytest.mark.parametrize("name", ["note", "status", "reason"])
def test_what_was_written_for_a_closed_period_is_history(name: str) -> None:
    plan = after(year(), close_period(year(), "mid"))
    field = update_field(name, "mid")
    with pytest.raises(Refused, match=r"^“Mid-year” is closed, so its progress can only be read. Reopen it first.$"):
        edit(plan, "a", {field: "x"})
    assert not edit(plan, "a", {field: cell(action(plan), field)})
    assert edit(plan, "a", {field: "x"}, closed=True)
    assert edit(plan, "a", {"due": "June", update_field(name, "old"): "x"})
    assert edit(after(plan, reopen_period(plan, "mid")), "a", {field: "x"})


def test_the_first_period_has_none_before_it() -> None:
    plan = year()
    assert last_period(plan, plan.periods[0]) is None
    assert last_period(plan, None) is None


def test_statuses_that_say_nothing_have_no_rank_where_they_stand_last() -> None:
    assert ranks(year()) == {"s0": 0, "s1": 1, "s2": 2}


@given(st.integers(0, len(SCALE)), st.integers(0, len(SCALE)))
def test_worse_is_further_down_among_those_that_say_how_it_goes(was: int, now: int) -> None:
    plan = year(status=was)
    started = after(plan, start_period(plan, "Year end"))
    new = started.periods[-1].id
    told = after(started, edit(started, "a", {update_field("status", new): f"s{now}" if now < len(SCALE) else ""}))
    assert worsened(told, action(told), new) == (was < now < 3)
    assert not worsened(told, action(told), "mid")


def test_reopening_and_renaming() -> None:
    closed = after(year(), close_period(year(), "mid"))
    with pytest.raises(Refused):
        open_to_writing(closed, "mid")
    opened = after(closed, reopen_period(closed, "mid"))
    assert open_to_writing(opened, "mid").closed is False
    assert after(opened, rename_period(opened, "mid", " Mid  year ")).periods[1].name == "Mid year"
    assert not rename_period(opened, "mid", "Mid-year")
    with pytest.raises(Refused):
        rename_period(opened, "mid", "last YEAR")
    with pytest.raises(Refused):
        open_to_writing(opened, "a")


def test_last_notes_are_copied_where_there_is_none() -> None:
    plan = after(year(), start_period(year(), "Year end"))
    new = plan.periods[-1].id
    copied = after(plan, copy_last_notes(plan, new))
    assert (action(copied).update(new).note, action(copied).update(new).status) == ("Begun", "")
    with pytest.raises(Refused):
        copy_last_notes(copied, new)
    with pytest.raises(Refused):
        copy_last_notes(plan, new, [])
    with pytest.raises(Refused):
        copy_last_notes(plan, "old")
    closed = after(plan, close_period(plan, new))
    with pytest.raises(Refused):
        copy_last_notes(closed, new)
    assert copy_last_notes(plan, new, ["a", "gone"]).label == "notes of “Mid-year” as a start"


def test_who_has_to_say_why() -> None:
    plan = after(year(), start_period(year(), "Year end"))
    new = plan.periods[-1].id
    assert worse_without_reason(plan, ["a"], new) == []
    worse = after(plan, edit(plan, "a", {update_field("status", new): "s2"}))
    assert worse_without_reason(worse, ["a", "gone", "p"], new) == ["a"]
    assert worse_without_reason(worse, ["a"], "old") == []
    told = after(worse, edit(worse, "a", {update_field("reason", new): "No money"}))
    assert worse_without_reason(told, ["a"], new) == []
    archived = after(worse, edit(worse, "a", {"archived": "2016"}))
    assert worse_without_reason(archived, ["a"], new) == []
