from __future__ import annotations

import pytest

from cypp_desktop.exchange.tables import reading
from cypp_desktop.exchange.tables.grid import Grid, Passage
from tests.exchange.office import W, docx, item, p, relations, style, tbl, tc, tr


def read(*body, **more):
    return reading.read_bytes(docx(*body, **more), "plan.docx")


def cell(*content, **more):
    """The words of the only cell of a document."""
    [grid] = read(tbl(tr(tc(*content))), **more).grids
    return grid.lines[0][0].words


def shape(grid):
    return [[box.words for box in line] for line in grid.lines]


def test_cells_merged_both_ways_are_one_box_in_all_their_places() -> None:
    [grid] = read(
        tbl(
            tr(tc("wide", span=2), "c"),
            tr(tc("tall", merge="restart"), tc("block", span=2, merge="restart")),
            tr(tc(merge="continue"), tc(span=2, merge="continue")),
            tr("x", "y", "z"),
        )
    ).grids
    assert shape(grid) == [
        ["wide", "wide", "c"],
        ["tall", "block", "block"],
        ["tall", "block", "block"],
        ["x", "y", "z"],
    ]
    assert grid.lines[1][0] is grid.lines[2][0]
    assert (grid.lines[1][1].rows, grid.lines[1][1].columns) == (2, 2)


def test_words_that_a_merged_cell_hides_are_kept() -> None:
    [grid] = read(tbl(tr(tc("seen", merge="restart")), tr(tc("hidden", merge="continue")))).grids
    assert grid.lines[0][0].words == "seen\n\nhidden"


def test_a_merge_that_goes_on_with_nothing_is_a_cell_of_its_own() -> None:
    [grid] = read(tbl(tr("a", "b"), tr(tc("c", merge="continue"), "d"))).grids
    assert shape(grid) == [["a", "b"], ["c", "d"]]


def test_rows_of_different_length_are_filled_up() -> None:
    gap = '<w:gridBefore w:val="1"/>'
    [grid] = read(tbl(tr("a", "b", "c"), tr("d"), tr("e", properties=gap))).grids
    assert shape(grid) == [["a", "b", "c"], ["d", "", ""], ["", "e", ""]]


def test_rows_marked_as_headings_and_colours() -> None:
    [grid] = read(
        tbl(tr("Action", properties="<w:tblHeader/>"), tr(tc("x", fill="00B050")), tr(tc("y", fill="auto")))
    ).grids
    assert grid.head == 1
    assert [line[0].fill for line in grid.lines] == ["", "#00b050", ""]


def test_lists_are_counted_as_word_counts_them() -> None:
    assert cell(item("one"), item("two"), item("sub", 1), item("three")) == "1. one\n2. two\n\na) sub\n\n3. three"
    assert cell(item("x", number=2), item("y", number=2)) == "- x\n- y"
    assert cell(item("a"), item("again", number=4)) == "1. a\n1. again"
    assert cell(p("styled", style("List"))) == "- styled"


def test_numbers_of_several_levels_are_words() -> None:
    grid = read(
        tbl(tr(tc(item("Safe", number=3))), tr(tc(item("Early help", 1, 3))), tr(tc(item("More", 1, 3))))
    ).grids[0]
    assert [line[0].words for line in grid.lines] == ["1. Safe", "1.1 Early help", "1.2 More"]


def test_looks_links_and_breaks() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>"
    not_bold = '<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t> plain</w:t></w:r>'
    link = '<w:hyperlink r:id="h"><w:r><w:t>site</w:t></w:r></w:hyperlink>'
    bad = '<w:hyperlink r:id="j"><w:r><w:t>trap</w:t></w:r></w:hyperlink>'
    links = [("h", "hyperlink", "https://example.org", True), ("j", "hyperlink", "javascript:x", True)]
    assert cell(p(inside=bold + not_bold)) == "**bold** plain"
    assert cell(p(inside=link + bad), links=links) == "[site](https://example.org)trap"
    assert cell(p(inside="<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>")) == "a\\\nb c"


def test_tracked_changes_are_taken_as_accepted() -> None:
    inserted = '<w:ins w:id="1"><w:r><w:t>new </w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>old </w:delText></w:r></w:del>'
    moved = "<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>to</w:t></w:r></w:moveTo>"
    assert cell(p(inside=inserted + deleted + moved)) == "new to"
    assert cell(p("one ", "<w:rPr><w:del/></w:rPr>"), p("two")) == "one two"
    [grid] = read(tbl(tr("gone", properties="<w:del/>"), tr("kept", properties="<w:ins/>"))).grids
    assert shape(grid) == [["kept"]]


def test_footnotes_stay_where_they_are_used() -> None:
    notes = f'<w:footnote w:id="0">{p()}</w:footnote><w:footnote w:id="2">{p("Its words")}</w:footnote>'
    note = f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'
    reference = '<w:r><w:t>claim</w:t><w:footnoteReference w:id="2"/></w:r>'
    assert cell(p(inside=reference), parts={"word/footnotes.xml": note}) == "claim[^2]\n\n[^2]: Its words"


def test_a_table_in_a_cell_becomes_lines_of_it() -> None:
    assert cell("before", tbl(tr("a", "b"), tr("c", "d")), "after") == "before\n\na | b\n\nc | d\n\nafter"


def test_words_of_text_boxes_and_controls_are_kept_once() -> None:
    box = f"<w:txbxContent>{p('in the box')}{tbl(tr('in its table'))}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f'<w:r><mc:AlternateContent xmlns:mc="m">{both}</mc:AlternateContent></w:r>'
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> chosen</w:t></w:r></w:sdtContent></w:sdt>"
    assert cell(p("text", inside=drawn + control)) == "text chosen\n\nin the box\n\nin its table"


def test_headings_passages_and_what_stands_beside() -> None:
    header = f'<w:hdr xmlns:w="{W}">{p("Draft 3")}</w:hdr>'
    comment = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1" w:author="Ann">{p("Is this so?")}</w:comment></w:comments>'
    )
    source = read(
        p("Our plan", style("T")),
        p("Vision", style("Own")),
        p("First."),
        item("point", number=2),
        tbl(tr("x")),
        p("Last.", inside="<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"),
        parts={"word/header1.xml": header, "word/comments.xml": comment},
    )
    assert [part for part in source.parts if isinstance(part, Passage)] == [
        Passage("Our plan", 1),
        Passage("Vision", 2),
        Passage("First.\n\n- point"),
        Passage("Last."),
    ]
    assert [type(part) for part in source.parts].index(Grid) == 3
    assert source.beside == ("Draft 3", "Ann: Is this so?", "secret")


def test_strict_documents_have_other_namespaces() -> None:
    data = {
        "word/document.xml": f'<a:document xmlns:a="http://purl.oclc.org/ooxml/wordprocessingml/main">{"<a:body><a:p><a:r><a:t>x</a:t></a:r></a:p></a:body>"}</a:document>'
    }
    assert read(parts=data).parts == (Passage("x"),)


def test_a_document_without_text() -> None:
    with pytest.raises(reading.Refused, match="no text inside"):
        read(parts={"word/document.xml": "<x/>", "word/_rels/document.xml.rels": relations()})


def test_nesting_without_end_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(reading.Refused, match="nested deeper"):
        read(deep)


def test_a_table_of_boundless_width_is_refused() -> None:
    with pytest.raises(reading.Refused, match="wider"):
        read(tbl(tr(tc("a", span=150), tc("b", span=150))))
