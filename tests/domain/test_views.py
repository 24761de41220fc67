from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cypp_desktop.domain.plan import (
    Action,
    Details,
    Lead,
    Outcome,
    Period,
    Plan,
    Priority,
    Status,
    Update,
    View,
)
from cypp_desktop.domain.views import Sieve, values, with_values

TODAY = date(2017, 1, 9)


def action(name: str, parent: str = "o", status: str = "", **fields: object) -> Action:
    told = (Update(period="now", status=status, note=str(fields.pop("note", ""))),)
    return replace(Action(id=name, parent=parent, order=f"a{name}", ref=name, updates=told), **fields)  # type: ignore[arg-type]


ACTIONS = (
    action("1", status="good", text="Train **all** drivers", leads=("ann",), due="May 2017", due_date="2017-05-31"),
    action("2", status="late", text="Write", leads=("ann", "ben"), due="2016", due_date="2016-12-31", note="Café"),
    action("3", status="done", text="Meet", leads=("ben",), due="2016", due_date="2016-12-31"),
    action("4", text="Ask", due="Ongoing", custom=(("f", "Stage 1"),)),
    action("5", parent="Q", status="good", due_date="2017-02-01", due="1 Feb"),
    action("6", parent="Q", status="gone", due_date="2017-03-01", due="1 March"),
    action("7", archived="2015", leads=("ann",)),
)


def plan() -> Plan:
    return Plan(
        [
            Details(id="p", current_period="now"),
            Period(id="now", parent="p"),
            *(
                Status(id=one, parent="p", order=f"a{place}", label=label)
                for place, (one, label) in enumerate(
                    [("done", "Completed"), ("good", "On schedule"), ("late", "Behind")]
                )
            ),
            Lead(id="ben", parent="p", order="a0", name="Ben"),
            Lead(id="ann", parent="p", order="a1", name="Ann Élan"),
            Priority(id="P", parent="p", order="a0", ref="1", title="Safe"),
            Priority(id="Q", parent="p", order="a1", ref="2", title="Well"),
            Outcome(id="o", parent="P", ref="1.1"),
            *ACTIONS,
        ]
    )


def sifted(*filters: str, group: str = "", sort: str = "", sieve: Sieve | None = None) -> list[tuple[str, str]]:
    found = (sieve or Sieve()).sift(plan(), View(id="v", filters=filters, group=group, sort=sort), "now", TODAY)
    return [(one.heading, "".join(action.id for action in one.actions)) for one in found]


def test_archived_ones_stand_in_the_plans_order_too() -> None:
    more = [action(name, parent=parent, archived="2015") for name, parent in (("9", "Q"), ("8", "o"))]
    found = Sieve().sift(plan().replaced(more), View(id="v", filters=("archived=yes",)), "now", TODAY)
    assert [one.id for one in found[0].actions] == ["7", "8", "9"]


def test_all_live_actions_in_the_plans_order() -> None:
    assert sifted() == [("", "123456")]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (("lead=ann",), "12"),
        (("lead=ann", "lead=ben"), "123"),
        (("lead=none",), "456"),
        (("status=good",), "15"),
        (("status=none",), "46"),
        (("below=Q",), "56"),
        (("below=o", "lead=ben"), "23"),
        (("due=overdue",), "2"),
        (("due=month",), "5"),
        (("due=quarter",), "6"),
        (("due=later",), "1"),
        (("due=words",), "4"),
        (("due=done",), "3"),
        (("text=drivers",), "1"),
        (("text=all drivers TRAIN",), "1"),
        (("text=cafe",), "2"),
        (("text=elan",), "12"),
        (("text=1.1.3",), "3"),
        (("text=stage 1",), "4"),
        (("custom:f=Stage 1",), "4"),
        (("archived=yes",), "7"),
        (("archived=yes", "lead=ben"), ""),
        (("lead=gone",), ""),
    ],
)
def test_filters(filters: tuple[str, ...], found: str) -> None:
    assert sifted(*filters) == ([("", found)] if found else [])


@pytest.mark.parametrize(
    ("group", "found"),
    [
        ("priority", [("1 Safe", "1234"), ("2 Well", "56")]),
        ("lead", [("Ann Élan", "12"), ("Ben", "23"), ("No lead", "456")]),
        ("status", [("Completed", "3"), ("On schedule", "15"), ("Behind", "2"), ("No status", "46")]),
        (
            "due",
            [
                ("Overdue", "2"),
                ("Due within a month", "5"),
                ("Due within three months", "6"),
                ("Due later", "1"),
                ("Due in words only", "4"),
                ("Completed", "3"),
            ],
        ),
        ("nonsense", [("", "123456")]),
    ],
)
def test_groups(group: str, found: list[tuple[str, str]]) -> None:
    assert sifted(group=group) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("due", "235614"),
        ("status", "315246"),
        ("-status", "215346"),
        ("lead", "123456"),
        ("text", "564312"),
        ("nonsense", "123456"),
    ],
)
def test_sorting(sort: str, found: str) -> None:
    assert sifted(sort=sort) == [("", found)]


def test_words_are_looked_for_in_what_an_action_says_now() -> None:
    sieve = Sieve()
    view = View(id="v", filters=("text=drivers",))
    assert sieve.sift(plan(), view, "now", TODAY)
    changed = plan().replaced([replace(ACTIONS[0], text="Train nobody")])
    assert not sieve.sift(changed, view, "now", TODAY)
    assert sieve.sift(plan(), view, "other", TODAY)


def test_filters_are_read_and_written() -> None:
    view = View(id="v", filters=("lead=a=b", "text=x", "lead=c", "lead="))
    assert values(view, "lead") == ["a=b", "c"]
    assert with_values(view, "lead", ["d", ""]) == ("text=x", "lead=d")
