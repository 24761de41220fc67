from __future__ import annotations

from datetime import datetime

import pytest

from cypp_desktop.domain.naming import article, field_name, plural, record_name, said, several, short, told_apart
from cypp_desktop.domain.plan import (
    Action,
    CustomField,
    Details,
    Lead,
    Outcome,
    Period,
    Plan,
    Priority,
    Section,
    Status,
)

PLAN = Plan(
    [
        Details(id="p", levels=("Priority", "Key activity")),
        Period(id="mid", parent="p", name="Mid-year"),
        Lead(id="ann", parent="p", name="Ann"),
        Status(id="green", parent="p", label="On schedule"),
        CustomField(id="stage", parent="p", name="Stage"),
        Section(id="s", parent="p", heading="Vision"),
        Priority(id="1", parent="p", ref="1"),
        Outcome(id="o", parent="1", ref="1.5"),
        Action(id="a", parent="o", ref="6", text="**Train** drivers"),
        Action(id="b", parent="1", text="No *reference*"),
    ]
)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("1", "Priority 1"),
        ("o", "Key activity 1.5"),
        ("a", "Key action 1.5.6"),
        ("b", "Key action “No reference”"),
        ("s", "Section “Vision”"),
        ("ann", "Lead “Ann”"),
    ],
)
def test_records(record: str, name: str) -> None:
    assert record_name(PLAN, PLAN[record]) == name


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("note@mid", "progress note, Mid-year"),
        ("status@gone", "status"),
        ("polarity", "good is"),
        ("custom@stage", "Stage"),
        ("meeting_place", "meeting place"),
    ],
)
def test_fields(field: str, name: str) -> None:
    assert field_name(PLAN, field) == name


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("status@mid", "green", "On schedule"),
        ("leads", ("ann", "gone"), "Ann, gone"),
        ("columns", ("outcome=Key Activities", "note"), "Key Activities, note"),
        ("sent_at", datetime(2026, 11, 25, 13, 21).astimezone().isoformat(), "25 November 2026, 13:21"),
        ("answered_at", "soon", "soon"),
        ("_place", ("o", "a0"), "under Key activity 1.5"),
        ("text", "**Train** drivers", "Train drivers"),
        ("value", "-", "-"),
        ("target", "Fewer than 5 [1] *", "Fewer than 5 [1] *"),
        ("joined", True, "yes"),
        ("note@mid", None, ""),
    ],
)
def test_values(field: str, value: object, words: str) -> None:
    assert said(PLAN, field, value) == words


def test_long_words_are_cut_at_a_space() -> None:
    assert short("word " * 20) == "word word word word word word word word word…"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Key action", "Key actions"),
        ("Key activity", "Key activities"),
        ("Survey", "Surveys"),
        ("Process", "Processes"),
        ("Focus", "Focuses"),
        ("Approach", "Approaches"),
        ("Steps", "Steps"),
        ("KPI", "KPIs"),
        ("", ""),
    ],
)
def test_many_of_what_a_plan_calls_by_its_own_word(one: str, many: str) -> None:
    assert plural(one) == many


def test_how_many() -> None:
    assert several(1, "Key action") == "1 key action"
    assert several(1660, "change") == "1,660 changes"
    assert several(18, "Key activity") == "18 key activities"
    assert several(2, "KPI") == "2 KPIs"


def test_one_of_something() -> None:
    assert article("priority") == "a priority"
    assert article("Outcome") == "an Outcome"


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        (["We will keep you safe", "We will  listen"], ["…keep you safe", "…listen"]),
        (
            ["Young people are safe", "Young people are well", "Young people learn", "Babies"],
            ["…safe", "…well", "…learn", "Babies"],
        ),
        (["The plan", "The board"], ["The plan", "The board"]),  # too little to be in the way
        (["We will listen", "We will listen to you"], ["We will listen", "…to you"]),
        (["We will listen", "We will listen"], ["We will listen", "We will listen"]),
        (["Wellbeing of all", "Well of all"], ["Wellbeing of all", "Well of all"]),
        (["Only one of them"], ["Only one of them"]),
        ([], []),
    ],
)
def test_titles_that_begin_alike_are_told_apart(titles: list[str], told: list[str]) -> None:
    assert told_apart(titles) == told
