from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given

from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import parse
from cypp_desktop.exchange import samples
from cypp_desktop.reports import docx, model, tables
from cypp_desktop.reports.model import Cell, Chip, Column, Front, Report, Words
from tests.reports.made import numbered, reports

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# The order that the schema asks of an element's children (ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.4.60, 17.4.70).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u bdr shd vertAlign rtl cs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan vMerge tcBorders shd",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
}  # fmt: skip


def name(element):
    return element.tag.partition("}")[2]


class File:
    """A Word file read back, held to what Word asks of one."""

    def __init__(self, report):
        self.data = docx.render(report)
        with ZipFile(BytesIO(self.data)) as archive:
            self.pictures = [archive.read(one) for one in archive.namelist() if one.endswith(".emf")]
            self.parts = {one: ET.fromstring(archive.read(one)) for one in archive.namelist() if "media" not in one}
        self.body = self.parts["word/document.xml"].find(f"{W}body")
        for part in ("document", "footnotes", "header", "cover", "footer", "styles"):
            self._check(self.parts[f"word/{part}.xml"], part)
        for cell in self.body.iter(f"{W}tc"):
            assert name(cell[-1]) == "p"
        for before, after in zip(self.body, self.body[1:], strict=False):
            assert {name(before), name(after)} != {"tbl"}

    def _check(self, root, part):
        styles = {style.get(f"{W}styleId") for style in self.parts["word/styles.xml"].iter(f"{W}style")}
        lists = {one.get(f"{W}numId") for one in self.parts["word/numbering.xml"].iter(f"{W}num")}
        notes = {one.get(f"{W}id") for one in self.parts["word/footnotes.xml"].iter(f"{W}footnote")}
        links = self.parts.get(f"word/_rels/{part}.xml.rels", ())
        links = {link.get("Id"): link for link in links}
        for element in root.iter():
            if name(element) in {"pStyle", "rStyle", "tblStyle"}:
                assert element.get(f"{W}val") in styles
            if name(element) == "numId":
                assert element.get(f"{W}val") in lists
            if name(element) == "footnoteReference":
                assert element.get(f"{W}id") in notes
            assert element.get(f"{R}id", "header") in links or not links
            if name(element) in ORDER:
                order = ORDER[name(element)].split()
                places = [order.index(name(child)) for child in element]
                assert places == sorted(places), [name(child) for child in element]

    def said(self, root=None):
        """The words of a part of the body, a line for each paragraph; the list of contents aside."""
        root = self.body if root is None else root
        aside = {text for contents in root.iter(f"{W}sdt") for text in contents.iter(f"{W}t")}
        words = {text: text.text or "" for text in root.iter(f"{W}t") if text not in aside}
        words |= {picture: picture.get("descr") for picture in root.iter(f"{PICTURE}docPr")}
        return "\n".join("".join(words.get(each, "") for each in one.iter()) for one in root.iter(f"{W}p"))

    def notes(self):
        return self.said(self.parts["word/footnotes.xml"])

    def styled(self, kind):
        """The words of the paragraphs of a style."""
        return [
            "".join(text.text for text in one.iter(f"{W}t"))
            for one in self.body.iter(f"{W}p")
            if one.find(f"{W}pPr/{W}pStyle") is not None and one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == kind
        ]


@given(reports())
def test_any_text_gives_a_sound_file_with_every_word_once_and_in_order(made):
    report, numbers = made
    file = File(report)
    for kind in "fwc":
        assert numbered(kind, file.said()) == numbers[kind]
    assert numbered("n", file.notes()) == numbers["n"]
    assert docx.render(report) == file.data
    for relations in ("document", "footnotes"):
        for link in file.parts[f"word/_rels/{relations}.xml.rels"]:
            if link.get("TargetMode") == "External":
                assert link.get("Target").startswith(("https://example.org", "mailto:a@b"))


@pytest.mark.parametrize("sample", samples.names())
def test_the_sample_plans(sample):
    plan = plan_of(samples.load(sample))
    file = File(tables.board_pack(plan))
    assert file.styled("Title") == [plan.details.title]
    assert any(plan.priorities[0].title in heading for heading in file.styled("Heading1"))
    found = list(file.body.iter(f"{W}tbl"))
    assert len(found) > len(plan.priorities)
    for table in found:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
    assert file.body.find(f".//{W}pgSz").get(f"{W}orient") == "landscape"
    core = "".join(file.parts["docProps/core.xml"].itertext())
    assert plan.details.title in core
    assert "en-GB" in core
    fields = [
        field.text.split()[0]
        for part in ("document", "footer")
        for field in file.parts[f"word/{part}.xml"].iter(f"{W}instrText")
    ]
    assert fields == ["TOC", "PAGE", "NUMPAGES"]


def test_a_cell_that_spans_rows_is_merged_and_rows_may_split():
    rows = ((Cell((Words("1.5"),), scope="row", rows=2), Cell((Words("One"),))), (Cell((Words("Two"),)),))
    file = File(Report("P", (model.Table((Column("Outcome"), Column("Action")), rows),)))
    assert [one.get(f"{W}val") for one in file.body.iter(f"{W}vMerge")] == ["restart", "continue"]
    assert len(list(file.body.iter(f"{W}cantSplit"))) == 1  # of the heading row alone


def test_numbered_lists_keep_their_numbers():
    file = File(Report("P", (model.Text(parse("3. three\n  - deep\n4. four\n\nwords\n\n1. one")),)))
    own = [one.find(f"{W}pPr/{W}numPr/{W}numId") for one in file.body.iter(f"{W}p")]
    own = [one.get(f"{W}val") for one in own if one is not None]
    starts = {
        one.get(f"{W}numId"): [start.get(f"{W}val") for start in one.iter(f"{W}startOverride")]
        for one in file.parts["word/numbering.xml"].iter(f"{W}num")
    }
    assert [starts[one] for one in own] == [["3"], [], ["3"], ["1"]]
    assert own[0] == own[2]


def test_footnotes_are_footnotes():
    file = File(Report("P", (model.Text(parse("See[^a] and[^a].\n\n[^a]: The *note*\n\n[^b]: Lost")),)))
    assert [one.get(f"{W}id") for one in file.body.iter(f"{W}footnoteReference")] == ["1"]
    assert "The note" in file.notes()
    assert "See and1." in file.said()
    assert "b Lost" in file.said()


def test_an_actions_number_hangs_before_its_words():
    table = model.Table((Column("Action"),), ((Cell((parse("Do it"), parse("now")), mark="7"),),))
    file = File(Report("P", (table,)))
    assert file.styled("Cell") == ["7Do it", "now"]
    assert file.body.find(f".//{W}tc/{W}p/{W}r/{W}tab") is not None or len(list(file.body.iter(f"{W}tab"))) == 1


def test_a_status_is_shape_letter_and_word_on_its_colour():
    status = Status(id="a", label="Behind", letter="A", shape="triangle", colour="#8A4E00")
    file = File(Report("P", (model.Table((Column("Status"),), ((Cell((Chip(status),)),),)),)))
    assert "▲\u00a0A Behind" in file.said()
    assert {one.get(f"{W}color") for one in file.body.iter(f"{W}bdr")} == {"8A4E00"}


def test_a_front_page_has_no_head():
    assert File(Report("P", (), Front("P"))).body.find(f".//{W}titlePg") is not None
    assert File(Report("P")).body.find(f".//{W}titlePg") is None
