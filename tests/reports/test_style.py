from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.exchange import samples
from cypp_desktop.reports import style
from tests.strategies import plan_of

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
NEED = style.LEAST_CONTRAST


@given(COLOURS)
def test_any_status_colour_can_be_read_in_colour_and_in_grey(colour):
    ink, tint = style.ink(colour), style.tint(colour)
    assert style.contrast(ink, style.SURFACE) >= NEED
    assert style.contrast(ink, tint) >= NEED
    assert style.contrast(style.TEXT, tint) >= NEED
    assert style.contrast(style.grey(ink), style.grey(tint)) >= NEED - 0.1  # a grey has 256 steps
    assert style.contrast(style.grey(style.TEXT), style.grey(tint)) >= NEED


@pytest.mark.parametrize("colour", ["#0B5C87", "#1D6932", "#8A4E00", "#B3261E", "#555C6C"])
def test_a_colour_that_can_be_read_is_kept(colour):
    assert style.ink(colour) == colour


def test_a_hue_is_kept():
    assert style.ink("#FFFF00") != style.ink("#00FF00")
    red, green, blue = style.channels(style.ink("#FFC000"))
    assert red > green > blue


@pytest.mark.parametrize("colour", ["", "red", "#12", "#GGGGGG"])
def test_a_colour_that_is_none_is_grey(colour):
    assert style.ink(colour) == style.MUTED


@pytest.mark.parametrize(
    ("front", "ground"),
    [
        (style.TEXT, style.SURFACE),
        (style.TEXT, style.SUNKEN),
        (style.MUTED, style.SURFACE),
        (style.ACCENT, style.SURFACE),
    ],
)
def test_papers_own_colours_can_be_read(front, ground):
    assert style.contrast(front, ground) >= NEED
    assert style.contrast(style.grey(front), style.grey(ground)) >= NEED


def test_contrast_is_that_of_the_guidelines():
    assert style.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert style.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_samples_statuses_are_told_apart_without_colour():
    statuses = plan_of(samples.load("county")).statuses
    assert len({one.letter for one in statuses}) == len({one.shape for one in statuses}) == len(statuses) == 5
