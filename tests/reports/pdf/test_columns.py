"""How wide a table's columns are: as their numbers say, and no word broken that has room on the page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.reports.model import Cell, Column, Table, Words
from cypp_desktop.reports.pdf import columns
from cypp_desktop.reports.pdf.heard import Heard


def widths(made, width=700.0):
    edges = columns.edges(made.columns, Heard(made).rows, 36.0, width)
    assert edges[0] == 36
    return [right - left for left, right in pairwise(edges)]


def table(*numbers, words="x", heading="Head"):
    row = (Cell((Words(words),)), *(Cell() for _ in numbers[1:]))
    return Table(tuple(Column(heading if not at else "", number) for at, number in enumerate(numbers)), (row,))


def test_columns_share_the_page_as_their_numbers_say():
    assert widths(table(1, 2, 4)) == pytest.approx([100, 200, 400])
    assert widths(table(0, 0)) == pytest.approx([350, 350])


@pytest.mark.parametrize("where", ["words", "heading"])
def test_a_long_word_has_its_room_and_the_others_share_the_rest(where):
    first, second, third = widths(table(1, 10, 10, **{where: "a Nottinghamshirewide matter"}))
    assert 90 < first < 120
    assert second == third == pytest.approx((700 - first) / 2)


def test_a_word_longer_than_a_quarter_of_the_page_is_broken():
    assert widths(table(1, 10, words="x" * 400))[0] == pytest.approx(175)


@given(st.lists(st.sampled_from([0.0, -1.0, 0.001, 1.0, 7.0, 1e6]), min_size=1, max_size=40), st.text(max_size=40))
def test_columns_never_leave_the_page_nor_vanish(numbers, words):
    found = widths(table(*numbers, words=words))
    assert sum(found) <= 700 + 1e-6
    assert min(found) >= min(30.0, 700 / len(numbers)) - 1e-6
    assert sum(found) == pytest.approx(700) or min(numbers) <= 0
