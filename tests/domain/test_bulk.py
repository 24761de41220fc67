from __future__ import annotations

import pytest

from cypp_desktop.domain.bulk import ADD, REMOVE, Bulk, change
from cypp_desktop.domain.change import Refused, Step
from cypp_desktop.domain.plan import Action, Details, Outcome, Period, Plan, Priority, Record, Update
from tests.strategies import done


def plan() -> Plan:
    return Plan(
        [
            Details(id="p", current_period="now"),
            Period(id="now", parent="p", order="a1"),
            Period(id="old", parent="p", order="a0", closed=True),
            Priority(id="P", parent="p"),
            Outcome(id="o", parent="P"),
            Outcome(id="x", parent="P"),
            Action(id="1", parent="o", order="a0", ref="1", leads=("ann", "ben")),
            Action(id="2", parent="o", order="a1", ref="2", updates=(Update(period="now", note="So", status="s"),)),
            Action(id="3", parent="o", order="a2", ref="3", archived="2015"),
            Action(id="4", parent="x", order="a0", ref="2"),
        ]
    )


def after(step: Step) -> dict[str, Action]:
    records: dict[str, Record] = {record.id: record for record in plan()}
    made = Plan(done(records, step).values())
    return {one.id: one for one in made if isinstance(one, Action)}


def test_the_step_is_named_in_the_plans_own_word() -> None:
    worded = plan().replaced([Details(id="p", current_period="now", action_word="Key activity")])
    assert change(worded, ["1", "2"], Bulk(due="May")).label == "change of 2 key activities"
    assert change(worded, ["1"], Bulk(due="May")).label == "change of key activity"


def test_a_number_of_thousands_of_digits_is_passed_over_for_the_next_free_one() -> None:
    long = Action(id="9", parent="x", order="a1", ref="9" * 5000)
    moved = change(plan().replaced([long]), ["2"], Bulk(parent="x"))
    assert [one.after for one in moved.changes if one.field == "ref"] == ["3"]


@pytest.mark.parametrize(
    ("how", "first", "second"),
    [
        ("replace", ("cat", "ben"), ("cat", "ben")),
        (ADD, ("ann", "ben", "cat"), ("cat", "ben")),
        (REMOVE, ("ann",), ()),
    ],
)
def test_leads(how: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    now = after(change(plan(), ["1", "2", "gone"], Bulk(leads=("cat", "ben"), how=how)))
    assert (now["1"].leads, now["2"].leads) == (first, second)


def test_status_and_due_in_one_step() -> None:
    step = change(plan(), ["1", "2"], Bulk(status="t", due="By end June 2017"), "now")
    now = after(step)
    assert step.label == "change of 2 key actions"
    assert [one.update("now").status for one in (now["1"], now["2"])] == ["t", "t"]
    assert now["2"].update("now").note == "So"
    assert (now["1"].due, now["1"].due_date) == ("By end June 2017", "2017-06-30")
    assert not Bulk()
    assert Bulk(status="")


def test_a_closed_period_is_not_written_for() -> None:
    for period in ("old", "gone"):
        with pytest.raises(Refused):
            change(plan(), ["1"], Bulk(status="t"), period)


def test_archiving_and_bringing_back() -> None:
    now = after(change(plan(), ["1", "3"], Bulk(archived="2016")))
    assert (now["1"].archived, now["3"].archived) == ("2016", "2015")
    assert after(change(plan(), ["1", "3"], Bulk(archived="")))["3"].archived == ""


def test_moving_keeps_the_order_and_frees_numbers_that_are_taken() -> None:
    step = change(plan(), ["1", "2", "4"], Bulk(parent="x"))
    now = after(step)
    there = sorted((one for one in now.values() if one.parent == "x"), key=lambda one: one.order)
    assert [(one.id, one.ref) for one in there] == [("4", "2"), ("1", "1"), ("2", "3")]
    with pytest.raises(Refused):
        change(plan(), ["1"], Bulk(parent="p"))
