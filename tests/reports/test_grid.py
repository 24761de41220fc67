from __future__ import annotations

from cypp_desktop.reports.grid import grid
from cypp_desktop.reports.model import Cell, Column, Table, Words


def cell(name, rows=1, columns=1):
    return Cell((Words(name),), rows=rows, columns=columns)


def laid(width, *rows):
    table = Table(tuple(Column(str(at)) for at in range(width)), rows)
    return [
        "".join(placed.cell.content[0].text if placed.cell.content else "." for placed in line) for line in grid(table)
    ]


def test_cells_fill_the_places_that_none_above_spans():
    assert laid(3, (cell("a", rows=2), cell("b", columns=2)), (cell("c"), cell("d"))) == ["abb", "acd"]
    assert laid(2, (cell("a", rows=9), cell("b")), ()) == ["ab", "a."]


def test_a_cell_ends_where_another_begins():
    assert laid(3, (cell("a"), cell("b", rows=2), cell("c")), (cell("d", columns=3), cell("e"))) == ["abc", "dbe"]


def test_a_row_in_which_nothing_begins_is_left_out():
    table = Table((Column("a"), Column("b")), ((cell("x", rows=3), cell("y", rows=3)), (), (), (cell("z"), cell("w"))))
    lines = grid(table)
    assert [[(one.row, one.rows) for one in line] for line in lines] == [[(0, 1), (0, 1)], [(1, 1), (1, 1)]]
    assert lines[0][0] is not lines[0][1]


def test_places_of_one_cell_hold_one_value():
    [line] = grid(Table((Column("a"), Column("b")), ((cell("x", columns=2),),)))
    assert line[0] is line[1]
