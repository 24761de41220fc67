from __future__ import annotations

import pytest

from cypp_desktop.cli import calling
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Action, Details, Outcome, Plan, Priority
from cypp_desktop.exchange import listing

DEEP = 2000


@pytest.fixture(scope="module")
def deep():
    """Outcomes below outcomes, two in a row on the first level, with one action at the very bottom."""
    outcomes = [Outcome(id="o0", parent="p", order="a", ref="1.1", title="Above")]
    outcomes += [Outcome(id=f"o{n}", parent=f"o{n - 1}", order="a", ref=str(n)) for n in range(1, DEEP)]
    return Plan(
        [
            Details(id="plan", title="Deep", levels=("Priority", "Outcome")),
            Priority(id="p", parent="plan", order="a", ref="1", title="First"),
            *outcomes,
            Outcome(id="after", parent="p", order="b", ref="1.2", title="After"),
            Action(id="bottom", parent=outcomes[-1].id, order="a", text="At the bottom"),
        ]
    )


def test_any_number_of_levels_is_listed_in_the_plans_order(deep):
    lines = list(listing.as_lines(deep))
    assert lines[1:3] == ["1 First  [p]", "  1.1 Above  [o0]"]
    assert lines[-2].startswith("  " * (DEEP + 1))
    assert "At the bottom" in lines[-2]
    assert lines[-1] == "  1.2 After  [after]"
    assert len(lines) == DEEP + 4


def test_any_number_of_levels_is_there_as_values(deep):
    [priority] = listing.as_json(deep)["priorities"]
    assert [one["id"] for one in priority["outcomes"]] == ["o0", "after"]
    one, depth = priority["outcomes"][0], 1
    while one["outcomes"]:
        [one], depth = one["outcomes"], depth + 1
    assert depth == DEEP
    assert [action["text"] for action in one["actions"]] == ["At the bottom"]


def test_json_that_cannot_be_written_is_said_in_a_sentence(deep):
    with pytest.raises(Refused, match="too deep"):
        calling.print_json(listing.as_json(deep))
