"""Pictures in Word files: metafiles that are whole, alternative text, watermarks, and larger text."""

from __future__ import annotations

from dataclasses import replace
from struct import unpack_from

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.plan import SHAPES
from cypp_desktop.reports.docx import emf
from cypp_desktop.reports.drawing import Box, Drawing, Label, Mark, Stroke
from cypp_desktop.reports.model import Cell, Column, Figure, Front, Report, Table, Words
from tests.reports.docx.test_docx import PICTURE, File, W

CHART = Drawing(
    140,
    24,
    (
        Stroke(4, 12, 136, 12),
        Stroke(60, 4, 60, 20, 1.2, "text", dashed=True),
        Box(20, 10, 40, 4, "sunken", 2),
        *(Mark(10 + 14 * at, 12, 8, shape, "#1D6932") for at, shape in enumerate(SHAPES)),
        Label(70, 24, "363 days –", 7, "muted", anchor="middle"),
    ),
)
FIGURE = Figure(CHART, "Latest 363, before 421\nand <more>")
REPORT = Report(
    "Chart",
    (Table((Column("Chart"), Column("Due")), ((Cell((FIGURE,)), Cell((Words("TBC"),), undecided=True)),)), FIGURE),
)


def records(data):
    """The kinds of a metafile's records, in order ([MS-EMF], 2.3)."""
    kinds, at = [], 0
    while at < len(data):
        kind, size = unpack_from("<II", data, at)
        assert size % 4 == 0
        assert size >= 8
        kinds.append(kind)
        at += size
    assert at == len(data)
    return kinds


def check(data):
    kinds = records(data)
    assert unpack_from("<4s", data, 40) == (b" EMF",)
    assert unpack_from("<II", data, 48) == (len(data), len(kinds))
    assert (kinds[0], kinds[-1]) == (1, 14)
    assert kinds.count(59) == kinds.count(60) == sum(kinds.count(one) for one in (62, 63, 64))  # paths
    return kinds


def test_a_metafile_is_whole_and_as_large_as_its_drawing():
    data = emf.picture(CHART)
    kinds = check(data)
    assert kinds.count(84) == 1
    assert kinds.count(44) == 1
    left, top, right, bottom = unpack_from("<4i", data, 24)  # hundredths of a millimetre
    assert (right - left, bottom - top) == pytest.approx((140 * 35.28, 24 * 35.28), abs=2)
    assert "363 days –".encode("utf-16-le") in data


numbers = st.floats(-50, 500, width=16)
items = st.one_of(
    st.builds(Stroke, numbers, numbers, numbers, numbers, dashed=st.booleans()),
    st.builds(Box, numbers, numbers, numbers, numbers),
    st.builds(Mark, numbers, numbers, numbers, st.sampled_from([*SHAPES, "blob"]), st.text(max_size=8)),
    st.builds(Label, numbers, numbers, st.text(max_size=20)),
)


@given(st.builds(Drawing, numbers, numbers, st.lists(items, max_size=6).map(tuple)))
def test_any_drawing_is_a_whole_metafile(made):
    check(emf.picture(made))


def test_a_picture_has_its_words_and_stands_once_in_the_file():
    file = File(REPORT)
    assert len(file.pictures) == 1
    check(file.pictures[0])
    found = list(file.body.iter(f"{PICTURE}docPr"))
    assert [one.get("descr") for one in found] == ["Latest 363, before 421 and <more>"] * 2
    assert len({one.get("id") for one in found}) == 2


def test_a_picture_shrinks_to_its_cell():
    wide = replace(CHART, width=2000)
    file = File(Report("Wide", (Table((Column("a"), Column("b")), ((Cell((Figure(wide, "x"),)), Cell()),)),)))
    across, down = (int(file.body.find(f".//{PICTURE}extent").get(side)) for side in ("cx", "cy"))
    assert across / 12_700 < 842 / 2
    assert across / down == pytest.approx(2000 / 24, rel=0.01)


def test_a_picture_stays_with_what_it_stands_above():
    file = File(Report("Key", (FIGURE, Table((Column("a"),), ((Cell((Words("x"),)),),)))))
    picture = next(one for one in file.body.iter(f"{W}p") if one.find(f".//{W}drawing") is not None)
    name = picture.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    [look] = (one for one in file.parts["word/styles.xml"] if one.get(f"{W}styleId") == name)
    assert look.find(f"{W}pPr/{W}keepNext") is not None


def test_nothing_drawn_is_said():
    assert "Nothing to see" in File(Report("None", (Figure(Drawing(0, 0), "Nothing to see"),))).said()


def test_an_undecided_cell_has_dashed_edges():
    file = File(REPORT)
    cells = [cell for cell in file.body.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}tcBorders") is not None]
    assert ["".join(cell.itertext()) for cell in cells] == ["TBC"]


def test_a_watermark_is_behind_every_page():
    file = File(replace(REPORT, watermark='Draft "1"', front=Front("Chart")))
    marks = [file.parts[f"word/{part}.xml"].find(".//{urn:schemas-microsoft-com:vml}textpath[@string]") for part in
             ("header", "cover")]  # fmt: skip
    assert [mark.get("string") for mark in marks] == ['Draft "1"'] * 2
    assert File(REPORT).parts["word/header.xml"].find(".//{urn:schemas-microsoft-com:vml}shape") is None


def test_larger_text():
    def size(file, kind):
        root = file.parts["word/styles.xml"]
        [found] = [one for one in root.iter(f"{W}style") if one.get(f"{W}styleId") == kind]
        return int(found.find(f"{W}rPr/{W}sz").get(f"{W}val"))

    usual, larger = File(REPORT), File(replace(REPORT, text_size=1.5))
    assert (size(usual, "Cell"), size(larger, "Cell")) == (18, 27)
    assert size(larger, "KickerWords") == 27
