"""Where tables break, and what continuation pages say."""

from __future__ import annotations

import pytest

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Status
from cypp_desktop.reports.model import Cell, Chip, Column, Heading, Report, Table, Words
from cypp_desktop.reports.pdf import render
from tests.reports.pdf import reading

STATUS = Status(id="s", label="On schedule", letter="G", shape="disc", colour="#1D6932")
COLUMNS = (Column("Activity", 2), Column("Action", 5), Column("Status", 2))


def words(number, name="word"):
    return Words(" ".join(f"{name}{at}" for at in range(number)))


def group(rows, number, name="1.1 Safe"):
    """Rows that share an activity; each action has a number of words."""
    again = (Words(f"{name} (continued)", quiet=True),)
    chip = Cell((Chip(STATUS),), again=(Chip(STATUS),))
    own = [(Cell((words(number, f"a{at}x"),)), chip) for at in range(rows)]
    return ((Cell((Words(name, bold=True),), rows=rows, scope="row", again=again), *own[0]), *own[1:])


def drawn(*blocks):
    data = render(Report("Report", blocks))
    return data, reading.shown(data), reading.structure(data)


def test_the_heading_row_is_on_every_page_and_once_in_the_structure():
    _, pages, root = drawn(Table(COLUMNS, group(40, 60)))
    assert len(pages) > 3
    assert all("Activity" in page and "Status" in page for page in pages)
    assert [one.text for one in root.all("TH") if one.attribute("/Scope") == "/Column"] == [
        "Activity",
        "Action",
        "Status",
    ]


def test_a_spanning_cell_says_what_continues_as_an_artifact():
    data, pages, root = drawn(Table(COLUMNS, group(40, 60)))
    assert "(continued)" not in pages[0]
    assert all("1.1 Safe (continued)" in page.replace("\r\n", " ") for page in pages[1:])
    assert "(continued)" not in root.text
    assert all("(continued)" in artifacts for artifacts in reading.artifacts(data)[1:])


def test_a_row_through_a_page_break_repeats_its_status():
    _, pages, root = drawn(Table(COLUMNS, group(1, 2000)))
    assert len(pages) > 1
    assert all("On schedule" in page for page in pages)
    assert root.text.count("On schedule") == 1


def test_spans_and_scopes_are_in_the_structure():
    rows = (
        *group(3, 5),
        (Cell((Words("Both"),), columns=2, scope="row"), Cell()),
    )
    _, _, root = drawn(Table(COLUMNS, rows, "What is done"))
    [table] = root.all("Table")
    assert table.attribute("/Summary") == "What is done"
    heads = [one for one in root.all("TH") if one.attribute("/Scope") == "/Row"]
    assert [(one.attribute("/RowSpan"), one.attribute("/ColSpan")) for one in heads] == [(3, None), (None, 2)]
    assert len(root.all("TD")) == 7


def test_small_rows_are_not_split():
    _, _, root = drawn(Table(COLUMNS, group(60, 25)))
    assert all(len(one.pages) == 1 for one in root.all("TD"))


def test_tall_rows_are_split_with_two_lines_on_both_sides():
    for number in range(700, 760, 5):
        _, pages, root = drawn(Table(COLUMNS, group(2, number)))
        for cell in root.all("TD"):
            lines = [sum(1 for line in page.splitlines() if "x" in line) for page in pages]
            assert len(cell.pages) == 1 or all(count != 1 for count in lines)


def test_a_short_spanning_cell_is_not_parted():
    for number in range(1, 40):
        filler = tuple((Cell((words(6),)), Cell(), Cell()) for _ in range(number))
        _, _, root = drawn(Table(COLUMNS, (*filler, *group(3, 3, "1.2 " + "A rather long title of an activity " * 3))))
        head = next(one for one in root.all("TH") if "rather" in one.text)
        assert len(head.pages) == 1


def test_a_heading_row_that_is_too_tall_is_an_ordinary_row():
    columns = (Column("word " * 900, 1), Column("Short", 1))
    _, pages, root = drawn(Table(columns, tuple((Cell((words(30),)), Cell()) for _ in range(20))))
    assert not root.all("THead")
    assert root.text.count("word ") >= 899
    assert "Short" not in pages[-1]


@pytest.mark.parametrize("number", range(1, 30, 2))
def test_no_heading_stands_apart_from_its_table(number):
    filler = tuple((Cell((words(4),)), Cell(), Cell()) for _ in range(number))
    _, _, root = drawn(Table(COLUMNS, filler), Heading(2, "Next", "Kicker"), Table(COLUMNS, group(2, 90)))
    heading = root.all("H1")[0]
    first = next(one for one in root.all("TH") if "1.1 Safe" in one.text)
    assert heading.pages == {min(first.pages)}


@pytest.mark.parametrize("number", range(1, 30, 2))
def test_a_whole_table_is_not_split_and_keeps_its_heading(number):
    filler = tuple((Cell((words(4),)), Cell(), Cell()) for _ in range(number))
    _, _, root = drawn(Table(COLUMNS, filler), Heading(2, "Next"), Table(COLUMNS, group(9, 30), whole=True))
    assert root.all("Table")[1].pages == root.all("H1")[0].pages
    assert len(root.all("Table")[1].pages) == 1


def test_columns_share_the_width_and_none_is_too_narrow():
    columns = tuple(Column(str(at), 1000 if at == 0 else 0.001) for at in range(15))
    row = tuple(Cell((text.parse(f"b{at}"),)) for at in range(15))
    _, pages, _ = drawn(Table(columns, (row,)))
    assert all(f"b{at}" in pages[0] for at in range(15))


@pytest.mark.parametrize("number", range(14, 40))
def test_the_last_row_has_company_on_its_page(number):
    rows = tuple((Cell((words(30),)), Cell((words(60, f"r{at}x"),)), Cell()) for at in range(number))
    _, _, root = drawn(Table(COLUMNS, rows))
    last_two = [one.pages for one in root.all("TR")[-2:]]
    assert last_two[0] == last_two[1]
