from __future__ import annotations

import pytest

from cypp_desktop.exchange.tables import reading
from tests.exchange.office import DATE, GREEN, PERCENT, POUNDS, STYLE_SHEET, THEMED, S, relations, sheet, xlsx


def read(cells, merges=(), **more):
    return reading.read_bytes(xlsx({"Plan": sheet(cells, merges)}, **more), "plan.xlsx")


def words(source):
    return [[box.words for box in line] for line in source.grids[0].lines]


def test_the_filled_part_of_a_sheet() -> None:
    source = read({(2, 1): "Action", (2, 3): "Lead", (4, 1): "Train *all* drivers"})
    assert words(source) == [["Action", "", "Lead"], ["", "", ""], ["Train \\*all\\* drivers", "", ""]]
    assert source.grids[0].name == "Plan"
    assert source.grids[0].lines[2][0].row == 4


def test_merged_cells_are_one_box() -> None:
    grid = read({(0, 0): "wide", (1, 0): "tall", (1, 1): "x", (2, 1): "y"}, [(0, 0, 0, 1), (1, 0, 2, 0)]).grids[0]
    assert words(read({(0, 0): "wide", (1, 0): "tall", (1, 1): "x", (2, 1): "y"}, [(0, 0, 0, 1), (1, 0, 2, 0)])) == [
        ["wide", "wide"],
        ["tall", "x"],
        ["tall", "y"],
    ]
    assert grid.lines[1][0] is grid.lines[2][0]
    assert (grid.lines[1][0].rows, grid.lines[0][0].columns) == (2, 2)


def test_what_a_merge_hides_and_merges_that_overlap() -> None:
    source = read({(0, 0): "a", (0, 1): "b", (1, 0): "c"}, [(0, 0, 0, 1), (0, 0, 1, 0)])
    assert words(source) == [["a\n\nb", "a\n\nb"], ["c", ""]]


def test_numbers_and_dates_read_as_they_are_shown() -> None:
    cells = {(0, 0): 12, (0, 1): 0.5, (0, 2): (0.68, PERCENT), (0, 3): (1200, POUNDS), (0, 4): (42825, DATE)}
    assert words(read(cells)) == [["12", "0.5", "68.0%", "£1,200", "31 March 2017"]]


def test_colours_also_of_themes_and_of_cells_without_words() -> None:
    theme = '<a:theme xmlns:a="a"><a:clrScheme><a:accent2><a:srgbClr val="FF0000"/></a:accent2></a:clrScheme></a:theme>'
    source = read({(0, 0): "x", (0, 1): ("", GREEN), (0, 2): ("y", THEMED)}, parts={"xl/theme/theme1.xml": theme})
    assert [box.fill for box in source.grids[0].lines[0]] == ["", "#00b050", "#bf0000"]


def test_shared_and_rich_strings() -> None:
    strings = (
        f'<sst xmlns="{S}"><si><r><rPr><b/></rPr><t>Done</t></r><r><t xml:space="preserve"> well</t></r></si>'
        "<si><t>- one\n- two_x000D_</t><rPh><t>aloud</t></rPh></si></sst>"
    )
    row = "".join(f'<c t="{kind}"><v>{value}</v></c>' for kind, value in (("s", 0), ("s", 1), ("s", 9), ("b", 1)))
    cells = f'<worksheet xmlns="{S}"><sheetData><row>{row}</row></sheetData></worksheet>'
    source = reading.read_bytes(xlsx({"Plan": cells}, {"xl/sharedStrings.xml": strings}), "plan.xlsx")
    assert words(source) == [["**Done** well", "- one\n- two", "", "Yes"]]


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "x"])
def test_numbers_that_are_none_are_as_if_they_were_not_there(odd: str) -> None:
    looks = STYLE_SHEET.replace('numFmtId="14"', f'numFmtId="{odd}"').replace('fillId="2"', f'fillId="{odd}"')
    looks = looks.replace('theme="5"', f'theme="{odd}" indexed="{odd}"')
    row = f'<row r="{odd}"><c s="{odd}" t="s"><v>{odd}</v></c><c s="1"><v>2</v></c><c s="4"><v>3</v></c></row>'
    cells = f'<worksheet xmlns="{S}"><sheetData>{row}</sheetData></worksheet>'
    strings = f'<sst xmlns="{S}"><si><t>one</t></si></sst>'
    source = reading.read_bytes(
        xlsx({"Plan": cells}, {"xl/sharedStrings.xml": strings, "xl/styles.xml": looks}), "plan.xlsx"
    )
    assert words(source) == [["2", "3"]]


def test_sheets_hidden_sheets_comments_and_links() -> None:
    comments = f'<comments xmlns="{S}"><comment ref="A1"><text><t>Why?</t></text></comment></comments>'
    linked = sheet({(0, 0): "site"}).replace(
        "</worksheet>", '<hyperlinks><hyperlink ref="A1" id="h"/></hyperlinks></worksheet>'
    )
    rels = relations(("h", "hyperlink", "https://example.org", True), ("c", "comments", "../comments1.xml"))
    parts = {"xl/comments1.xml": comments, "xl/worksheets/_rels/sheet1.xml.rels": rels}
    source = reading.read_bytes(
        xlsx({"Plan": linked, "Lists": sheet({(0, 0): "x"})}, parts, hidden={"Lists"}), "a.xlsx"
    )
    assert [(grid.name, grid.hidden) for grid in source.grids] == [("Plan", False), ("Lists", True)]
    assert words(source) == [["[site](https://example.org)"]]
    assert source.beside == ("Plan A1: Why?",)


def test_a_cell_far_away_makes_no_table_of_millions() -> None:
    with pytest.raises(reading.Refused, match="too large"):
        read({(0, 0): "x", (1048575, 16383): "y"})


def test_an_empty_workbook_has_no_tables() -> None:
    assert read({}).grids == ()
