from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cypp_desktop.domain.change import Refused
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
    Section,
    Status,
    Update,
)
from cypp_desktop.domain.rules import QUIET, RULES, Check, Finding, findings, fix, off, switch
from tests.strategies import tangles

FRAME = [
    Details(id="p"),
    Period(id="old", parent="p", order="a0", name="Last year"),
    Period(id="mid", parent="p", order="a1", name="Mid-year"),
    Lead(id="ann", parent="p", order="a0", name="Ann"),
    Priority(id="1", parent="p", order="a0", ref="1", title="Safe"),
    Outcome(id="1.1", parent="1", order="a0", ref="1.1", title="Early help"),
]
SCALE = [
    Status(id=one, parent="p", order=f"a{place}", label=label)
    for place, (one, label) in enumerate(
        (
            ("blue", "Completed"),
            ("green", "On schedule"),
            ("amber", "Happening but behind schedule"),
            ("red", "Behind or not happening"),
            ("none", "No information received"),
        )
    )
]
READY = Action(
    id="ready",
    parent="1.1",
    order="a0",
    ref="1",
    text="Do it",
    leads=("ann",),
    updates=(Update(period="mid", note="Under way", status="green"),),
)
TODAY = date(2017, 1, 9)


def look(*records: Record, skip: frozenset[str] = frozenset()) -> list[Finding]:
    return findings(Plan([*FRAME, *records]), skip, TODAY)


def found(*records: Record) -> list[tuple[str, str]]:
    return [(one.rule, one.sentence) for one in look(*records)]


def noted(note: str, status: str = "green", reason: str = "", last: str = "") -> Action:
    updates = (Update(period="old", status=last), Update(period="mid", note=note, status=status, reason=reason))
    return replace(READY, updates=updates)


def test_a_ready_action_has_no_finding() -> None:
    assert found(*SCALE, READY) == []


def test_what_an_unready_action_lacks() -> None:
    assert found(*SCALE, Action(id="x", parent="1.1", order="a0", ref="2", text="TBC")) == [
        ("undecided", "Key action 1.1.2 is not decided yet: “TBC”."),
        ("no-lead", "Key action 1.1.2 has no lead."),
        ("no-update", "Key action 1.1.2 has no progress note for Mid-year."),
        ("no-status", "Key action 1.1.2 has no status for Mid-year."),
    ]


def test_a_plan_without_a_scale_is_not_asked_for_updates_or_dates() -> None:
    assert found(Action(id="x", parent="1.1", order="a0", due="Ongoing")) == [
        ("no-text", "A key action of 1.1 has no words yet."),
        ("no-lead", "A key action of 1.1 has no lead."),
    ]


def test_rules_that_are_skipped_find_nothing() -> None:
    bare = Action(id="x", parent="1.1", order="a0", ref="2", text="TBC")
    assert {one.rule for one in look(*SCALE, bare, skip=frozenset({"no-lead", "no-update"}))} == {
        "undecided",
        "no-status",
    }
    assert look(*SCALE, bare, skip=frozenset(RULES)) == []


@pytest.mark.parametrize(
    ("status", "note", "fix"),
    [
        ("amber", "Completed – all staff are trained.", "blue"),
        ("amber", "**Completed** - all staff", "blue"),
        ("amber", "Complete.", "blue"),
        ("red", "1. On schedule: the group has met", "green"),
        ("red", "on-schedule", "green"),
        ("green", "Behind schedule – two posts are empty", "amber"),
        ("blue", "Not happening, for want of money", "red"),
        ("blue", "Completed – all staff are trained.", ""),
        ("amber", "Completed forms are being counted", ""),
        ("green", "Behind – it may mean either", "red"),
        ("amber", "Not completed – two are missing", ""),
        ("amber", "Completed – the first part\n\nBehind schedule – the second", ""),
        ("green", "Information received – from all partners", ""),
        ("blue", "", ""),
    ],
)
def test_a_note_that_opens_with_another_status(status: str, note: str, fix: str) -> None:
    wrong = [one for one in look(*SCALE, noted(note, status)) if one.rule == "contradiction"]
    assert [(one.field, one.fix) for one in wrong] == ([("status@mid", fix)] if fix else [])


def test_a_missing_status_that_the_note_says() -> None:
    (one,) = look(*SCALE, noted("Completed – in May", ""))
    assert (one.rule, one.field, one.fix) == ("no-status", "status@mid", "blue")


@pytest.mark.parametrize(
    ("last", "now", "reason", "worse"),
    [
        ("green", "amber", "", True),
        ("green", "amber", "Two left", False),
        ("amber", "green", "", False),
        ("green", "none", "", False),
        ("none", "red", "", False),
        ("", "red", "", False),
    ],
)
def test_worse_than_last_period_without_a_reason(last: str, now: str, reason: str, worse: bool) -> None:
    rules = [one.rule for one in look(*SCALE, noted("So it is", now, reason, last))]
    assert rules == (["worse"] if worse else [])


@pytest.mark.parametrize(
    ("due", "day", "status", "rule"),
    [
        ("By end December", "2016-12-31", "green", "overdue"),
        ("By end December", "2016-12-31", "blue", ""),
        ("Today", "2017-01-09", "green", ""),
        ("Ongoing", "", "amber", "ongoing"),
        ("on-going", "", "amber", "ongoing"),
        ("Ongoing", "", "blue", ""),
        ("TBC", "", "green", "undecided"),
    ],
)
def test_due_dates(due: str, day: str, status: str, rule: str) -> None:
    late = replace(noted("So it is", status), due=due, due_date=day)
    assert [(one.rule, one.field) for one in look(*SCALE, late)] == ([(rule, "due")] if rule else [])


def test_measures() -> None:
    assert found(
        Measure(id="m", parent="1.1", order="a0", name="Placeholder for a measure"),
        Measure(id="n", parent="1.1", order="a1", name="Rate"),
        Reading(id="r", parent="n", order="a0", series="national", value="4"),
    ) == [
        ("undecided", "Measure “Placeholder for a measure” is not decided yet."),
        ("no-target", "Measure “Rate” has no target."),
        ("no-reading", "Measure “Rate” has no latest value."),
    ]


def test_references_used_twice_or_missing() -> None:
    assert found(
        Outcome(id="twin", parent="1", order="a1", ref="1.1", title="Other"),
        Outcome(id="bare", parent="1", order="a2", title="Bare"),
    ) == [
        ("same-reference", "The reference 1.1 is used 2 times."),
        ("same-reference", "The reference 1.1 is used 2 times."),
        ("no-reference", "Outcome “Bare” has no reference."),
    ]


def test_where_no_sibling_has_a_reference_none_is_missed() -> None:
    one = replace(READY, ref="")
    assert found(*SCALE, one, replace(one, id="other", order="a1")) == []
    assert [rule for rule, _ in found(*SCALE, one, replace(READY, id="other", order="a1"))] == ["no-reference"]


def test_what_has_lost_its_place() -> None:
    assert [(one.rule, one.record) for one in look(replace(READY, parent="gone"))] == [("unplaced", "ready")]


def test_long_sentences_are_counted_in_words() -> None:
    forty = " ".join(["word"] * 40)
    assert found(*SCALE, noted(f"{forty}. {forty}.\n\n{forty}")) == []
    (one,) = look(*SCALE, noted(f"Short. {forty} more."))
    assert (one.rule, one.field) == ("long-sentence", "note@mid")
    assert one.sentence.startswith("The progress note of Key action 1.1.1 has a sentence of 41 words: “word word")


@pytest.mark.parametrize(
    ("elsewhere", "asked"),
    [
        ("Nothing", True),
        ("The hub (MASH) opened", False),
        ("The Multi-Agency Safeguarding Hub opened", False),
        ("The Multi-agency safeguarding hub opened", False),
        ("my aunt sings here", True),
        ("Safeguarding hub", True),
    ],
)
def test_abbreviations_that_are_never_explained(elsewhere: str, asked: bool) -> None:
    section = Section(id="s", parent="p", order="a0", heading="Vision", text=elsewhere)
    one = noted("The MASH opened. MASHs are good, and TBC is another matter")
    sentences = [x.sentence for x in look(*SCALE, section, one) if x.rule == "abbreviation"]
    expected = "“MASH” is never written out; it stands 2 times, first in Key action 1.1.1."
    assert sentences == ([expected] if asked else [])


@given(tangles())
def test_any_plan_can_be_checked(records: list[Record]) -> None:
    plan = Plan(records)
    everything = findings(plan, today=TODAY)
    assert {one.rule for one in everything} <= RULES.keys()
    assert all(one.record in plan for one in everything)


@given(tangles(), tangles())
def test_a_second_look_finds_what_a_first_one_would(one: list[Record], other: list[Record]) -> None:
    check, plans = Check(), [Plan(one), Plan([*one, *other]), Plan(one)]
    for plan in plans:
        again = [finding for portion in check.gradually(plan, today=TODAY) for finding in portion]
        assert again == findings(plan, today=TODAY)


@pytest.mark.parametrize(
    "changed",
    [
        noted("TBC", "red"),
        replace(READY, leads=()),
        Lead(id="ann", parent="p", order="a0", name="TBC"),
        Outcome(id="1.1", parent="1", order="a0", ref="9.9", title="Early help"),
        Period(id="mid", parent="p", order="a1", name="Mid-year review"),
        Details(id="p", action_word="Deed"),
        Reading(id="r", parent="m", order="a0", value="5"),
        Status(id="green", parent="p", order="a1", label="Completed"),
    ],
)
def test_a_look_after_a_change_speaks_of_the_plan_as_it_is_now(changed: Record) -> None:
    measure = Measure(id="m", parent="1.1", order="a0", name="Rate of MASH", target="TBC")
    plan, check = Plan([*FRAME, *SCALE, measure, replace(READY, due="Ongoing", text="MASH")]), Check()
    list(check.gradually(plan, today=TODAY))
    plan = plan.replaced([changed])
    again = [finding for portion in check.gradually(plan, today=TODAY) for finding in portion]
    assert again == findings(plan, today=TODAY)


def test_rules_are_switched_off_in_the_plan() -> None:
    two = replace(READY, leads=("ann", "bob"))
    plan = Plan([*FRAME, Lead(id="bob", parent="p", order="a1", name="Bob"), *SCALE, replace(two, text="TBC")])
    assert off(plan) == QUIET
    assert [one.rule for one in findings(plan, today=TODAY)] == ["undecided"]
    assert [one.rule for one in findings(plan, (), TODAY)] == ["undecided", "several-leads"]
    step = switch(plan, {"undecided"})
    details = plan.details
    changed = plan.replaced([replace(details, rules_off=step.changes[0].after)])  # type: ignore[arg-type]
    assert off(changed) == {"undecided"}
    assert [one.rule for one in findings(changed, today=TODAY)] == ["several-leads"]
    assert off(plan.replaced([replace(details, rules_off=("gone", "+gone"))])) == QUIET
    with pytest.raises(Refused):
        switch(plan, {"gone"})


def test_a_fix_needs_a_period_that_is_open_and_words_to_go_by() -> None:
    first = replace(noted("", "", last="green"), updates=(Update(period="old", note="Begun"),))
    plan = Plan([*FRAME, *SCALE, first])
    (one, *_) = findings(plan, today=TODAY)
    known = fix(plan, one)
    assert known
    assert (one.rule, known.words, known.step.changes[0].after) == ("no-update", "Copy last note", "Begun")
    closed = plan.replaced([replace(FRAME[2], closed=True)])
    assert fix(closed, one) is None
    assert fix(plan, replace(one, record="gone")) is None
    assert fix(plan, replace(one, rule="overdue")) is None
