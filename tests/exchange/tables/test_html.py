from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.exchange.tables import reading
from cypp_desktop.exchange.tables.grid import Passage


def words(source):
    [grid] = reading.read_html(source).grids
    return [[box.words for box in line] for line in grid.lines]


def test_spans_both_ways() -> None:
    table = "<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</tr></table>"
    assert words(table) == [["a", "b", "b"], ["a", "c", "d"]]


def test_headings_colours_and_classes() -> None:
    table = (
        "<style>.xl65 {background:#00B050;mso-pattern:black none;}</style><table><thead><tr><th>H</th></tr></thead>"
        "<tr><td class=xl65>x</td></tr><tr><td style='background-color: rgb(255, 0, 0)'>y</td></tr>"
        "<tr><td bgcolor=yellow>z</table>"
    )
    [grid] = reading.read_html(table).grids
    assert grid.head == 1
    assert [line[0].fill for line in grid.lines] == ["", "#00b050", "#ff0000", "#ffff00"]


def test_words_table_from_the_clipboard() -> None:
    item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}.<span>&nbsp;</span></span>{}</p>"
    note = "<td><p class=MsoNormal><b>Done</b> well<o:p></o:p></p></td>"
    table = f"<table class=MsoTableGrid><tr>{note}<td>{item.format(1, 'a')}{item.format(2, 'b')}</td></tr></table>"
    assert words(table) == [["**Done** well", "1. a\n2. b"]]


def test_a_broken_marked_section_is_passed_over() -> None:
    assert words("<table><tr><td>a<![<td>b</table>") == [["a<!\\[", "b"]]


def test_a_table_in_a_cell_and_a_caption() -> None:
    assert words("<table><caption>Actions</caption><tr><td>x<table><tr><td>a<td>b</table></td><td>y</table>") == [
        ["Actions", ""],
        ["x\n\na | b", "y"],
    ]


def test_text_around_tables() -> None:
    source = reading.read_html("<h1>Vision</h1><p>Be safe &gt; sorry</p><table><tr><td>x</table><p>End")
    assert [part for part in source.parts if isinstance(part, Passage)] == [
        Passage("**Vision**", 9),
        Passage("Be safe > sorry"),
        Passage("End"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td rowspan=3>",
                "<td colspan=2>",
                "<th>",
                "</td>",
                "word",
                "<p>",
                "<!--",
                "&lt;",
            ]
        )
    )
)
def test_no_word_is_lost_in_whatever_order_the_tags_come(parts: list[str]) -> None:
    source = reading.read_html("".join(parts))
    seen = "".join(part.words for part in source.parts if isinstance(part, Passage))
    seen += "".join(box.words for grid in source.grids for line in grid.lines for box in dict.fromkeys(line))
    before = "".join(parts).split("<table>")[0].split("<!--")[0]
    assert seen.count("word") >= before.count("word")
