from __future__ import annotations

import pytest

from cypp_desktop.domain.change import Step
from cypp_desktop.domain.numbering import renumber, renumber_all
from cypp_desktop.domain.plan import Action, Details, Outcome, Plan, Priority


def plan(priorities: list[str], outcomes: list[str], actions: list[str]) -> Plan:
    """A plan whose outcomes hang on its first priority and whose actions hang on its first outcome."""
    return Plan(
        [
            Details(id="p"),
            *(Priority(id=f"P{n}", parent="p", order=f"a{n:02}", ref=ref) for n, ref in enumerate(priorities)),
            *(Outcome(id=f"O{n}", parent="P0", order=f"a{n:02}", ref=ref) for n, ref in enumerate(outcomes)),
            *(Action(id=f"A{n}", parent="O0", order=f"a{n:02}", ref=ref) for n, ref in enumerate(actions)),
        ]
    )


def refs(step: Step) -> dict[str, object]:
    return {one.record: one.after for one in step.changes}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["1", "3", "3"], {"A1": "2"}),
        (["2", "", "x"], {"A0": "1", "A1": "2", "A2": "3"}),
        (["1.1.4", "1.1.6"], {"A0": "1.1.1", "A1": "1.1.2"}),
        (["a)", "c)"], {"A1": "b)"}),
        (["", ""], {}),
        (["1", "2"], {}),
    ],
)
def test_siblings_are_numbered_in_their_own_form(old: list[str], new: dict[str, str]) -> None:
    assert refs(renumber(plan(["1"], ["1.1"], old), "O0")) == new


def test_only_what_hangs_on_it_directly() -> None:
    assert refs(renumber(plan(["1"], ["1.2", "1.5"], ["7"]), "P0")) == {"O0": "1.1", "O1": "1.2"}


def test_a_whole_plan_takes_new_numbers_down() -> None:
    assert refs(renumber_all(plan(["2", "4"], ["2a", "2d"], ["2a.1", "2a.3"]))) == {
        "P0": "1",
        "P1": "2",
        "O0": "1a",
        "O1": "1b",
        "A0": "1a.1",
        "A1": "1a.2",
    }


def test_after_z_comes_aa() -> None:
    many = [chr(ord("A") + n % 26) for n in range(28)]
    assert refs(renumber(plan(["1"], ["1"], many), "O0")) == {"A26": "AA", "A27": "AB"}


def test_a_circle_ends() -> None:
    ring = [Outcome(id="x", parent="y", ref="1"), Outcome(id="y", parent="x", ref="1")]
    assert renumber_all(Plan([Details(id="p"), *ring])).changes == ()


def test_outcomes_that_share_a_row_share_a_number() -> None:
    refs_ = [("1.2", False), ("1.4.1", False), ("1.4.2", True), ("1.5", False)]
    outcomes = [Outcome(id=ref, parent="P", order=f"a{n:02}", ref=ref, joined=on) for n, (ref, on) in enumerate(refs_)]
    whole = Plan([Details(id="p"), Priority(id="P", parent="p", ref="1"), *outcomes])
    assert refs(renumber(whole, "P")) == {"1.2": "1.1", "1.4.1": "1.2.1", "1.4.2": "1.2.2", "1.5": "1.3"}
