from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given

from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import parse
from cypp_desktop.exchange import samples
from cypp_desktop.reports import html, model, tables
from cypp_desktop.reports.model import Cell, Chip, Column, Report, Words
from tests.reports.made import numbered, reports

VOID = {"meta", "br", "col", "hr"}
OPTIONAL = {"line", "path", "circle", "rect", "polygon", "use"}  # of SVG, which end themselves
BLOCKS = {"p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "nav", "main", "header"}
ONLY_WORDS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "a", "sup", "b", "bdi", "caption", "dt"}
INSIDE = {
    "li": {"ul", "ol"},
    "tr": {"tbody", "thead"},
    "td": {"tr"},
    "th": {"tr"},
    "dt": {"dl"},
    "dd": {"dl"},
    "col": {"colgroup"},
}
GLOBAL = {
    "id",
    "class",
    "dir",
    "role",
    "style",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "data-label",
    "tabindex",
}
OWN = {
    "html": {"lang"}, "meta": {"charset", "name", "content", "http-equiv"}, "a": {"href"}, "li": {"value"},
    "th": {"scope", "rowspan", "colspan"}, "td": {"rowspan", "colspan"}, "svg": {"width", "height", "fill", "viewbox"},
    "symbol": {"viewbox"}, "use": {"href"}, "path": {"d"}, "circle": {"cx", "cy", "r"},
    "rect": {"x", "y", "width", "height", "rx"}, "polygon": {"points"}, "g": {"transform"},
    "line": {"x1", "y1", "x2", "y2", "stroke-dasharray"}, "text": {"x", "y", "text-anchor"},
}  # fmt: skip


class Strict(HTMLParser):
    """Reads a page and refuses what a validator would: open ends, misplaced elements, unknown attributes, lost ids."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.text, self.ids, self.links, self.grids = [], [], [], [], [], []
        self.feed(page)
        self.close()
        assert not self.open
        assert len(self.ids) == len(set(self.ids))
        inner = {link[1:] for link in self.links if link.startswith("#")}
        assert inner <= set(self.ids)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert len(given) == len(attrs)
        assert set(given) <= GLOBAL | OWN.get(tag, set()), (tag, given)
        assert tag not in {"table", "tr", "th", "td"} or "role" not in given  # the Nu checker's own rule
        above = self.open[-1] if self.open else ""
        assert above in INSIDE.get(tag, {above}), (above, tag)
        assert not (above in ONLY_WORDS and tag in BLOCKS), (above, tag)
        assert not (above in {"ul", "ol"} and tag != "li")
        self.seen.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in OPTIONAL
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append((tuple(self.open), data))

    def said(self, *within):
        return "".join(data for place, data in self.text if set(within) <= set(place))

    def all(self, tag):
        return [attrs for name, attrs in self.seen if name == tag]


def page(*blocks, **whole):
    return html.render(Report("Plan", blocks, **whole)).decode()


@given(reports())
def test_any_text_gives_a_sound_page_with_every_word_once_and_in_order(made):
    report, numbers = made
    source = html.render(report).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe]", source)
    read = Strict(source)
    assert numbered("f", read.said("header")) == numbers["f"]
    for kind in "wcn":
        words = "".join(data for place, data in read.text if "main" in place and "caption" not in place)
        assert numbered(kind, words) == numbers[kind]
    assert "script" not in {tag for tag, _ in read.seen}
    assert not [link for link in read.links if not re.match(r"#|https?:|mailto:", link)]
    levels = [int(tag[1]) for tag, _ in read.seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", samples.names())
def test_the_sample_plans(name):
    plan = plan_of(samples.load(name))
    read = Strict(html.render(tables.board_pack(plan)).decode())
    assert read.all("html") == [{"lang": "en-GB"}]
    assert read.said("title").startswith(plan.details.title)
    assert len(read.all("table")) == len(read.all("caption")) > 4
    assert {attrs["scope"] for attrs in read.all("th")} == {"col", "row"}
    for priority in plan.priorities:
        assert priority.title in read.said("nav")
        assert priority.title in read.said("h2")


def test_a_table_says_what_heads_what():
    rows = ((Cell((Words("1.5"),), scope="row", rows=2), Cell((Words("One"),))), (Cell((Words("Two"),)),))
    read = Strict(page(model.Table((Column("Outcome"), Column("Action")), rows, "Actions")))
    assert read.said("caption") == "Actions"
    heads = [(attrs["scope"], attrs.get("rowspan")) for attrs in read.all("th")]
    assert heads == [("col", None), ("col", None), ("row", "2")]
    assert [attrs["data-label"] for attrs in read.all("td")] == ["Action", "Action"]


def test_a_status_is_shape_letter_and_word():
    status = Status(id="a", label="On schedule", letter="G", shape="triangle", colour="#1D6932")
    source = page(model.Table((Column("Status"),), ((Cell((Chip(status),)),),)))
    read = Strict(source)
    assert {"href": "#shape-triangle"} in read.all("use")
    assert "G On schedule" in read.said("td")
    assert "--ink:#1D6932" in source


def test_footnotes_lead_there_and_back():
    source = page(
        model.Text(parse("See[^1] and again[^1].\n\n[^1]: The note")), model.Text(parse("Other[^1]\n\n[^1]: Second"))
    )
    read = Strict(source)
    assert [link for link in read.links if "note" in link] == [
        "#note-1",
        "#note-1",
        "#to-note-1",
        "#note-2",
        "#to-note-2",
    ]
    assert {"note-1", "note-2", "to-note-1", "to-note-2"} <= set(read.ids)


def test_lists_are_lists():
    read = Strict(page(model.Text(parse("- one\n  - deep\n- two\n\n3. three\n4. four"))))
    assert len(read.all("ul")) == 2
    assert [attrs["value"] for attrs in read.all("li") if "value" in attrs] == ["3", "4"]


def test_the_page_needs_nothing_but_itself():
    source = page(model.Heading(1, "A"), head_left='"}</style><script>x</script>', head_right="\\")
    assert not re.search(r"url\(|@import|src=|<link|<script|https?://", source)
    assert "default-src 'none'" in source
    assert "</style><script>" not in source


def test_a_watermark_larger_text_and_small_chips():
    status = Status(id="a", label="Late", letter="A")
    table = model.Table((Column("Status"),), ((Cell((Chip(status), Chip(status, quiet=True))),),))
    source = page(table, watermark="Draft <1>", text_size=1.5)
    read = Strict(source)
    assert (read.said("p")).count("Draft <1>") == 1
    assert ":root{--times:1.5}" in source
    assert [attrs["class"] for attrs in read.all("span") if "chip" in attrs.get("class", "")] == [
        "chip s0",
        "chip small s0",
    ]


def test_an_arrow_is_for_the_eye_alone():
    trend = model.Trend("up", "better", "4 higher: better")
    source = page(model.Table((Column("Way"),), ((Cell((trend,)),),)))
    assert '<b aria-hidden="true">↑</b> 4 higher: better' in source


def test_the_contents_do_not_list_the_front_page():
    front = model.Front("Plan", blocks=(model.Heading(2, "Key to statuses"),))
    read = Strict(page(model.Contents(), model.Heading(2, "One"), model.Heading(2, "Two"), front=front))
    assert "Key" not in read.said("nav")
    assert "OneTwo" in read.said("nav").replace("Contents", "")
