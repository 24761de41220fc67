"""How a table is heard: every place once, lists for what shares all else, shared cells before those of each row."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from cypp_desktop.reports.model import Cell, Column, Report, Table, Words
from cypp_desktop.reports.pdf import render
from tests.reports.pdf import reading, validators


def word(text, rows=1, columns=1):
    return Cell((Words(text),), rows=rows, columns=columns)


def table(*rows, columns="First Second Third Fourth"):
    return Table(tuple(map(Column, columns.split())), rows)


def heard(made):
    """The rows of a table's structure, each cell as its words."""
    data = render(Report("Heard", (made,)))
    assert not validators.outloud_findings(data, layers=["conformance"])
    root = reading.structure(data)
    [body] = root.all("TBody")
    places = reading.covered(body)
    assert set(places.values()) == {1}
    assert len(places) == len(body.kids) * len(made.columns)
    return [[cell.text.split() for cell in row.kids] for row in root.all("TR")], root


def test_actions_that_share_all_else_are_one_cells_list():
    rows, root = heard(table(
        (word("Safe", 5), word("Rate", 3), word("Visit"), word("Nurses", 3)),
        (word("Train"),),
        (word("Write"),),
        (word("Count", 2), word("Ask"), word("Schools", 2)),
        (word("Tell"),),
    ))  # fmt: skip
    assert rows[1:] == [
        [["Safe"], ["Rate"], ["Visit", "Train", "Write"], ["Nurses"]],
        [["Count"], ["Ask", "Tell"], ["Schools"]],
    ]
    assert [[item.text.split() for item in one.kids] for one in root.all("L")] == [
        [["Visit"], ["Train"], ["Write"]],
        [["Ask"], ["Tell"]],
    ]
    assert [cell.attribute("/RowSpan") for cell in root.all("TD")][:2] == [2, None]


def test_a_shared_cell_at_a_rows_end_is_heard_before_what_each_row_has():
    rows, root = heard(table(
        (word("Safe", 2), word("Visit"), word("May"), word("Nurses", 2)),
        (word("Train"), word("June")),
        (word("Sound"), word("Ask"), word("July"), word("Schools")),
    ))  # fmt: skip
    assert rows[0] == [["First"], ["Fourth"], ["Second"], ["Third"]]
    assert rows[1:] == [
        [["Safe"], ["Nurses"], ["Visit"], ["May"]],
        [["Train"], ["June"]],
        [["Sound"], ["Schools"], ["Ask"], ["July"]],
    ]
    assert not root.all("L")


def test_elsewhere_columns_are_heard_as_they_are_seen():
    rows, _ = heard(table((word("a"), word("b", 2), word("c"), word("d")), (word("e"), word("f"), word("g"))))
    assert rows == [[["First"], ["Second"], ["Third"], ["Fourth"]], [["a"], ["b"], ["c"], ["d"]], [["e"], ["f"], ["g"]]]


def test_a_row_beside_its_header_is_no_item():
    rows, _ = heard(table((word("Lead", 2), word("a")), (word("b"),), columns="First Second"))
    assert rows[1:] == [[["Lead"], ["a"]], [["b"]]]


def test_a_cell_over_columns_keeps_them_together():
    wide = (word("a", 1, 2), word("b"), word("c", 2)), (word("d", 1, 2), word("e"))
    rows, _ = heard(table(*wide))
    assert rows[1:] == [[["c"], ["a"], ["b"]], [["d"], ["e"]]]
    parted = table(
        (word("a"), word("b", 2), word("c", 1, 2)),
        (word("d"), word("e"), word("f", 2)),
        (word("g"), word("h"), word("i")),
    )
    root = reading.structure(render(Report("Parted", (parted,))))
    assert [cell.text.strip() for cell in root.all("TD")] == list("abcdefghi")
    assert set(reading.covered(root.all("TBody")[0]).values()) == {1}


@pytest.mark.parametrize("rows", [1, 2, 40])
def test_what_is_drawn_stands_in_the_order_in_which_it_is_heard(rows):
    """A reader that has no use for structure takes the words of a page as they are drawn."""
    listed = [(word("Safe", rows), word("Rate", rows), word("first " * 60), word("Nurses", rows))]
    listed += [(word("next " * 60),)] * (rows - 1)
    data = render(Report("Drawn", (table(*listed, (word("x"), word("y"), word("z"), word("end"))),)))
    pages = PdfReader(BytesIO(data)).pages
    drawn = dict.fromkeys(" ".join(one.extract_text() for one in pages).split())
    expected = ["first", "next", "Nurses", "end"] if rows > 1 else ["first", "Nurses", "end"]
    assert [one for one in drawn if one in expected] == expected
