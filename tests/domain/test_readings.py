from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.readings import Number, adds_up, change, good, number

NUMBERS = {
    "363": (363, ""), "421 (Q1 2016-17)": (421, ""), "68.0%% (2014-15)": ("68.0", "%"), "76.8%": ("76.8", "%"),
    "14.2 (provisional)": ("14.2", ""), "14.2 provisional": ("14.2", ""), "£1,200": (1200, "£"), "1 in 5": (20, "%"),
    "12,345.5": ("12345.5", ""), "-0.4": ("-0.4", ""), "−3": (-3, ""), "421 days": (421, "days"),
    "45.2 per 10,000": ("45.2", "per 10000"), "£1.5m": (1_500_000, "£"), "3 million": (3_000_000, ""), "0": (0, ""),
    " 82.3% (provisional 2015-16) ": ("82.3", "%"), "17*": (17, ""),
    "54 per cent": (54, "%"), "1 in 3 (2015)": (Decimal(100) / 3, "%"),
}  # fmt: skip
WORDS = [
    "", "N/A", "-", "–", "New measure", "TBC", "2014-15", "Q1 2016-17", "10 to 12", "10-12", "<5", ">95%", "≥ 4", "1st",
    "3 of 12", "3 out of 12", "10 or more", "12/13", "c. 40", "1,20", "1.2.3", "5m", "7 in 5", "1 in 0",
    "Better than 593", "95% or above", "12 and 13", "1e9", "١٢", "²", "9" * 400, "1,2345",
    "£", "%", "(12)", "12 (a) b", "£5 days",
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), NUMBERS.items())
def test_what_plainly_is_a_number_is_read(words, expected):
    value, unit = expected
    assert number(words) == Number(Decimal(value), unit)


@pytest.mark.parametrize("words", WORDS)
def test_what_is_not_plainly_one_number_is_none(words):
    assert number(words) is None


@given(st.text(max_size=30))
def test_any_words_can_be_asked(words):
    number(words)
    good(words)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["", "%", " days", " (2014-15)"]))
def test_a_number_that_is_written_is_the_number_that_is_read(value, end):
    assert number(f"{value:,f}{end}").value == value


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("High", "high"), ("Low", "low"), ("A lower figure is better", "low"), ("Increase", "high"), ("fewer", "low"),
        ("", ""), ("Maintain", ""), ("Not high", ""), ("Higher for boys, lower for girls", ""), ("Slow and steady", ""),
    ],
)  # fmt: skip
def test_what_good_is(words, expected):
    assert good(words) == expected


@pytest.mark.parametrize(
    ("before", "after", "polarity", "words", "verdict"),
    [
        ("421 (Q1 2016-17)", "363", "Low", "58 lower than last time: better", "better"),
        ("76.4%", "76.8%", "High", "0.4 higher than last time: better", "better"),
        ("15.4", "14.2", "High", "1.2 lower than last time: worse", "worse"),
        ("1,000", "3,500", "Low is good", "2,500 higher than last time: worse", "worse"),
        ("5", "6", "Stay in range", "1 higher than last time", ""),
        ("5", "5.0", "High", "Same as last time", "same"),
        ("1 in 3", "1 in 7", "Low", "19.05 lower than last time: better", "better"),
    ],
)
def test_a_change_is_better_or_worse_by_what_good_is(before, after, polarity, words, verdict):
    found = change(number(before), number(after), polarity)
    assert (found.words, found.verdict) == (words, verdict)


@pytest.mark.parametrize(("before", "after"), [("5%", "5"), ("N/A", "5"), ("5", "TBC"), ("3 days", "3 weeks")])
def test_values_that_count_different_things_are_not_compared(before, after):
    assert change(number(before), number(after), "High") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [("NB cumulative", True), ("Year to date = 147", True), ("non-cumulative", False), ("Rate per year", False)],
)
def test_values_that_add_up_through_the_year_are_known_by_their_words(words, expected):
    assert adds_up("Entrants", words) == expected
