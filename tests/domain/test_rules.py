from __future__ import annotations

from cypp_desktop.domain.plan import (
    Action,
    Details,
    Lead,
    Measure,
    Outcome,
    Period,
    Plan,
    Priority,
    Reading,
    Record,
    Status,
    Update,
)
from cypp_desktop.domain.rules import findings

FRAME = [
    Details(id="p"),
    Period(id="mid", parent="p", order="a0", name="Mid-year"),
    Lead(id="ann", parent="p", order="a0", name="Ann"),
    Priority(id="1", parent="p", order="a0", ref="1", title="Safe"),
    Outcome(id="1.1", parent="1", order="a0", ref="1.1", title="Early help"),
]
SCALE = Status(id="green", parent="p", order="a0", label="On schedule", letter="G")
READY = Action(
    id="ready",
    parent="1.1",
    order="a0",
    ref="1",
    text="Do it",
    leads=("ann",),
    updates=(Update(period="mid", note="Under way", status="green"),),
)


def found(*records: Record) -> list[tuple[str, str]]:
    return [(one.rule, one.sentence) for one in findings(Plan([*FRAME, *records]))]


def test_a_ready_action_has_no_finding() -> None:
    assert found(SCALE, READY) == []


def test_what_an_unready_action_lacks() -> None:
    assert found(SCALE, Action(id="x", parent="1.1", order="a0", ref="2", text="TBC")) == [
        ("undecided", "Key action 1.1.2 is not decided yet: “TBC”."),
        ("no-lead", "Key action 1.1.2 has no lead."),
        ("no-update", "Key action 1.1.2 has no progress note for Mid-year."),
        ("no-status", "Key action 1.1.2 has no status for Mid-year."),
    ]


def test_a_plan_without_a_scale_is_not_asked_for_updates() -> None:
    assert found(Action(id="x", parent="1.1", order="a0")) == [
        ("no-text", "A key action of 1.1 has no words yet."),
        ("no-lead", "A key action of 1.1 has no lead."),
    ]


def test_measures() -> None:
    assert found(
        Measure(id="m", parent="1.1", order="a0", name="Placeholder for a measure"),
        Measure(id="n", parent="1.1", order="a1", name="Rate"),
        Reading(id="r", parent="n", order="a0", series="national", value="4"),
    ) == [
        ("undecided", "The measure “Placeholder for a measure” is not decided yet."),
        ("no-target", "The measure “Rate” has no target."),
        ("no-reading", "The measure “Rate” has no latest value."),
    ]


def test_references_used_twice_or_missing() -> None:
    sentences = [
        sentence
        for _, sentence in found(
            Outcome(id="twin", parent="1", order="a1", ref="1.1", title="Other"),
            Outcome(id="bare", parent="1", order="a2", title="Bare"),
        )
    ]
    assert sentences == ["The reference 1.1 is used 2 times."] * 2 + ["Outcome “Bare” has no reference."]
