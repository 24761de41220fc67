"""The small charts: what they show of a measure's values, and that a picture never says more than its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS, OURS, Measure, Reading, Status
from cypp_desktop.reports import charts
from cypp_desktop.reports.drawing import Box, Label, Mark, Stroke
from tests.strategies import words

MEASURE = Measure(id="m", name="Time to a family")


def readings(*pairs):
    return [Reading(id=str(at), series=series, value=value) for at, (series, value) in enumerate(pairs)]


FOUR = readings((NATIONAL, "593"), (NEIGHBOURS, "594 (2013-15)"), (OURS, "421"), (OURS, "363"))


def chart(found, measure=MEASURE, comparators=(NATIONAL, NEIGHBOURS)):
    return charts.indicator(measure, found, comparators)


def marks(figure, kind, colour):
    return [item for item in figure.drawing.items if isinstance(item, kind) and item.colour == colour]


def test_a_chart_runs_from_the_lowest_to_the_highest_of_its_values():
    figure = chart(FOUR)
    places = [mark.x for mark in marks(figure, Mark, "accent")]
    assert min(places) == 9
    assert max(mark.x for mark in marks(figure, Mark, "text")) == charts.WIDTH - 9
    assert figure.alt == (
        "Time to a family, from the lowest to the highest value: latest 363, previous 421, national 593, "
        "statistical neighbours 594 (2013-15)."
    )


def test_marks_differ_without_colour():
    shapes = {
        kind: repr([(type(one).__name__, getattr(one, "shape", ""), getattr(one, "dashed", "")) for one in drawn])
        for kind in ("latest", "previous", "target", NATIONAL, NEIGHBOURS, "England", "Region", "Core cities")
        for drawn in [charts.mark(kind, (NATIONAL, NEIGHBOURS, "England", "Region", "Core cities"))(0, 0)]
    }
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize(
    "found",
    [
        [],
        readings((OURS, "363")),
        readings((OURS, "New measure"), (OURS, "363"), (NATIONAL, "N/A")),
        readings((OURS, "363"), (NATIONAL, "68.0%")),
    ],
)
def test_no_chart_where_fewer_than_two_values_can_be_compared(found):
    assert chart(found) is None


def test_equal_values_stand_in_the_middle():
    figure = chart(readings((OURS, "5"), (OURS, "5.0")))
    assert {mark.x for mark in marks(figure, Mark, "accent")} == {charts.WIDTH / 2}


def test_a_target_that_is_a_number_has_its_post():
    figure = chart(readings((OURS, "80%")), Measure(id="m", name="M", target="95%"))
    [post] = (one for one in figure.drawing.items if isinstance(one, Stroke) and one.dashed)
    assert post.x1 == charts.WIDTH - 9
    assert figure.alt.endswith("latest 80%, target 95%.")


@given(st.lists(st.tuples(st.sampled_from([OURS, NATIONAL, "x"]), words | st.integers().map(str)), max_size=6))
def test_any_values_stay_within_the_picture(pairs):
    figure = chart(readings(*pairs), comparators=(NATIONAL, "x"))
    if figure:
        places = [item.x for item in figure.drawing.items if isinstance(item, Mark)]
        assert all(0 <= place <= figure.drawing.width for place in places)


def test_counts_say_their_numbers_and_are_as_wide_as_they_are_many():
    statuses = [Status(id=letter, label=letter * 3, letter=letter, colour="#1D6932") for letter in "AB"]
    figure = charts.counts([(statuses[0], 20), (statuses[1], 5)], 180, 25)
    wide, narrow = (item.width for item in figure.drawing.items if isinstance(item, Box))
    assert wide > narrow
    assert [item.text for item in figure.drawing.items if isinstance(item, Label)] == ["20", "5"]
    assert figure.alt == "20 AAA, 5 BBB"
    assert figure.drawing.width <= 180
