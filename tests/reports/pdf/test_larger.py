"""Larger text, a watermark, and word of how far the work has come."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Status
from cypp_desktop.reports import style
from cypp_desktop.reports.model import Contents, Heading, PageBreak, Report, StatusBar, Text
from cypp_desktop.reports.pdf import render
from tests.reports.pdf import reading, validators

BAR = StatusBar(((Status(id="s", label="Done"), 3),), "3 actions")
BLOCKS = (
    Contents(),
    PageBreak(),
    Heading(2, "First", bar=BAR),
    Text(text.parse("See [the site](https://example.org/). " + "words " * 900)),
    PageBreak(),
    Heading(2, "Second"),
)
REPORT = Report("Larger", BLOCKS)


def annotations(data):
    """The boxes of the links of each page."""
    return [[one.get_object()["/Rect"] for one in page.get("/Annots", ())] for page in PdfReader(BytesIO(data)).pages]


def test_larger_text_is_the_same_page_with_less_on_it():
    usual, larger = render(REPORT), render(replace(REPORT, text_size=1.5))
    boxes = [PdfReader(BytesIO(data)).pages[0].mediabox[2:] for data in (usual, larger)]
    assert boxes[0] == pytest.approx(boxes[1])
    assert len(reading.shown(larger)) > len(reading.shown(usual))
    assert reading.structure(larger).text.count("words") == 900
    assert sum(page.count("words") for page in reading.shown(larger)) == 900
    assert not validators.failures(larger)


def test_links_and_figures_grow_with_the_text():
    usual, larger = render(REPORT), render(replace(REPORT, text_size=1.5))
    [[one, *_], [other, *_]] = annotations(usual)[0], annotations(larger)[0]
    assert other[3] - other[1] == pytest.approx(1.5 * (one[3] - one[1]), abs=0.05)
    figures = [reading.structure(data).all("Figure")[0].attribute("/BBox") for data in (usual, larger)]
    heights = [top - bottom for _, bottom, _, top in figures]
    assert heights[1] == pytest.approx(1.5 * heights[0], abs=0.05)


@pytest.mark.parametrize("size", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_a_size_that_cannot_be_is_the_usual_one(size):
    assert render(replace(REPORT, text_size=size)) == render(REPORT)


def test_a_watermark_stands_behind_every_page_and_in_no_text():
    data = render(replace(REPORT, watermark="Draft ✓"))
    assert all(words.startswith("Draft ✓") for words in reading.artifacts(data))
    assert "Draft" not in reading.structure(data).text
    assert not validators.failures(data)


def test_any_watermark_fits_on_the_page():
    data = render(replace(REPORT, watermark="Not yet agreed by the board \n" * 20))
    assert "Not yet agreed" in reading.shown(data)[0]
    assert "\n" not in reading.artifacts(data)[0]
    render(replace(REPORT, watermark="\x00 "))


@pytest.mark.parametrize("ink", [style.TEXT, style.MUTED, style.ACCENT])
def test_text_on_a_watermark_can_be_read(ink):
    assert style.contrast(ink, style.WATERMARK) >= style.LEAST_CONTRAST


def test_how_far_the_work_has_come_only_grows():
    told = []
    render(REPORT, None, told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > len(BLOCKS)


def test_work_that_is_ended_leaves_the_next_one_free():
    class EndedError(Exception):
        pass

    def end(share):
        if share > 0.5:
            raise EndedError

    with pytest.raises(EndedError):
        render(REPORT, None, end)
    assert render(REPORT)
