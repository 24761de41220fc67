from __future__ import annotations

from dataclasses import replace

import pytest

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import (
    Action,
    CustomField,
    Details,
    Outcome,
    Period,
    Plan,
    Priority,
    Section,
    Update,
    custom_field,
)
from cypp_desktop.domain.replacing import Place, Wanted, places, put

ACTION = Action(
    id="a",
    parent="o",
    order="a0",
    text="Train the **hub** and the Hub",
    due="When the hub opens",
    plans=("Hub plan", "Other"),
    updates=(Update(period="old", note="The hub"), Update(period="now", note="- hub\n- no", reason="hub")),
    custom=(("f", "hub hub"), ("c", "hub")),
)


def plan(action: Action = ACTION) -> Plan:
    return Plan(
        [
            Details(id="p", title="Hub", current_period="now"),
            Period(id="old", parent="p", order="a0", closed=True),
            Period(id="now", parent="p", order="a1"),
            CustomField(id="f", parent="p", name="Stage"),
            CustomField(id="c", parent="p", name="Choice", type="choice", choices=("hub",)),
            Section(id="s", parent="p", heading="Vision", text="A hub", place="after"),
            Priority(id="P", parent="p", title="Hubs"),
            Outcome(id="o", parent="P", title="None"),
            action,
        ]
    )


def where(wanted: Wanted, one: Plan | None = None) -> list[tuple[str, str]]:
    return [(place.record, place.field) for place in places(one or plan(), wanted)]


def text_of(source: str, wanted: Wanted, words: str, numbers: set[int] | None = None) -> str:
    one = plan(Action(id="a", parent="o", text=source))
    chosen = [place for place in places(one, wanted) if place.record == "a" and numbers in (None, {place.number})]
    return str(put(one, wanted, words, chosen).changes[0].after)


def test_every_place_in_the_order_of_reading_but_not_in_what_is_closed() -> None:
    assert where(Wanted("hub")) == [
        ("p", "title"),
        ("P", "title"),
        ("a", "text"),
        ("a", "text"),
        ("a", "due"),
        ("a", "plans"),
        ("a", "note@now"),
        ("a", "reason@now"),
        ("a", custom_field("f")),
        ("a", custom_field("f")),
        ("s", "text"),
    ]
    assert ("a", "text") not in where(Wanted("hub"), plan(replace(ACTION, archived="2016")))


def test_capitals_and_whole_words() -> None:
    assert ("p", "title") not in where(Wanted("hub", case=True))
    assert ("P", "title") not in where(Wanted("hub", whole=True))
    assert where(Wanted("train  THE hub")) == [("a", "text")]
    with pytest.raises(Refused):
        list(places(plan(), Wanted("  ")))


def test_a_place_says_its_line() -> None:
    first, second = [place for place in places(plan(), Wanted("hub")) if place.field == "text" and place.record == "a"]
    assert first == Place("a", "text", 0, "Train the hub and the Hub", 10, 3)
    assert second.line[second.start :] == "Hub"


@pytest.mark.parametrize(
    ("source", "wanted", "words", "after"),
    [
        ("Train the **hub** now", "hub", "centre", "Train the **centre** now"),
        ("Train **the hub** now", "hub now", "it", "Train **the it**"),
        ("a **b** c", "a b c", "x", "x"),
        ("hub, hub", "hub", "* [x] 1.", "\\* \\[x\\] 1., \\* \\[x\\] 1."),
        ("- one hub\n- two[^1]\n\n[^1]: the hub", "hub", "h", "- one h\n- two[^1]\n\n[^1]: the h"),
        ("the [hub](http://x.y/hub)", "hub", "h", "the [h](http://x.y/hub)"),
        ("hub", "hub", r"\1 \g<0>", r"\\1 \\g<0>"),
        ("old  hub old", "old", "", "hub"),
    ],
)
def test_words_are_replaced_and_looks_stay(source: str, wanted: str, words: str, after: str) -> None:
    assert text_of(source, Wanted(wanted), words) == after


def test_only_the_chosen_ones() -> None:
    assert text_of("hub hub **hub**", Wanted("hub"), "x", {1}) == "hub x **hub**"


def test_one_step_for_all_cells() -> None:
    wanted = Wanted("hub", case=True)
    step = put(plan(), wanted, "centre", list(places(plan(), wanted)))
    assert step.label == "replacing of “hub”"
    values = {(one.record, one.field): one.after for one in step.changes}
    assert values["a", "due"] == "When the centre opens"
    assert values["a", custom_field("f")] == "centre centre"
    assert ("a", "note@old") not in values
    whole = Wanted("hub plan")
    assert put(plan(), whole, "", list(places(plan(), whole))).changes[0].after == ("Other",)


def test_what_is_gone_or_changed_since_is_passed_over() -> None:
    old = list(places(plan(), Wanted("hub")))
    assert put(Plan([Details(id="p", title="Plan")]), Wanted("hub"), "x", old).changes == ()
