"""The list of contents and the links inside a document: the pages that they name are those that they lead to."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from cypp_desktop.domain import text
from cypp_desktop.reports.model import Cell, Column, Contents, Front, Heading, PageBreak, Report, Table, Text, Words
from cypp_desktop.reports.pdf import render
from tests.reports.pdf import reading, validators

FILLING = Text(text.parse("words " * 3000))
BLOCKS = (
    Contents("What is inside"),
    PageBreak(),
    Heading(2, "First part", "One"),
    FILLING,
    Heading(3, "Too deep"),
    Heading(2, "Second part"),
    Table((Column("a"), Column("b")), ((Cell((Words("goal"),), name="goal"), Cell((Words("to nowhere", to="x"),))),)),
    PageBreak(),
    Heading(2, "Last part"),
    Table((Column("a"), Column("b")), ((Cell((Words("there"),)), Cell((Words("see the goal", to="goal"),))),)),
)
REPORT = Report("Linked", BLOCKS, Front("Linked", blocks=(Heading(3, "Not listed"),)))


def links(data):
    """The links inside a document: what each says, the page that it is on and the one that it leads to."""
    reader = PdfReader(BytesIO(data))
    pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}
    for index, page in enumerate(reader.pages):
        for one in page.get("/Annots", ()):
            found = one.get_object()
            if "/Dest" in found:
                yield found["/Contents"], index, pages[found["/Dest"].get_object()[0].idnum]


def test_contents_name_the_pages_that_they_lead_to():
    data = render(REPORT)
    [contents] = reading.structure(data).all("TOC")
    entries = [entry.text.split() for entry in contents.all("TOCI")]
    assert [" ".join(words[:-1]) for words in entries] == ["One: First part", "Second part", "Last part"]
    led = {says: page for says, _, page in links(data)}
    assert [int(words[-1]) for words in entries] == [led[" ".join(words[:-1])] + 1 for words in entries]
    shown = reading.shown(data)
    assert all(" ".join(words[:-1]).split(": ")[-1] in shown[int(words[-1]) - 1] for words in entries)
    assert not validators.failures(data)


def test_no_word_of_a_long_heading_is_lost():
    title = "word " * 400
    root = reading.structure(render(Report("Long", (Contents(), Heading(2, title)))))
    assert root.all("TOC")[0].text.count("word") == 400


def test_a_link_leads_to_the_cell_that_has_its_name():
    data = render(REPORT)
    [(start, end)] = [(start, end) for says, start, end in links(data) if says == "see the goal"]
    shown = reading.shown(data)
    assert "goal" in shown[end]
    assert "there" in shown[start]
    assert "to nowhere" not in [says for says, _, _ in links(data)]


def test_links_of_one_report_to_the_same_place_in_other_formats():
    from cypp_desktop.reports import docx, html

    page = html.render(REPORT).decode()
    assert page.count('id="place-1"') == 1
    assert '<a href="#place-1">see the goal</a>' in page
    assert "What is inside" in page
    assert docx.render(REPORT)
