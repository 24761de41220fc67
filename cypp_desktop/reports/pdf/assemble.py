"""A report as a PDF file: PDF/UA-1, drawn on reportlab's canvas with our own wrapping, paging and tagging."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from cypp_desktop.reports.pdf import front
from cypp_desktop.reports.pdf.blocks import Layout, Told, untold
from cypp_desktop.reports.pdf.draw import Drawing, Ink, Link
from cypp_desktop.reports.pdf.file import Info, Press, Raw, number, save
from cypp_desktop.reports.pdf.fonts import face, one_line
from cypp_desktop.reports.pdf.furniture import Furniture
from cypp_desktop.reports.pdf.page import Bookmark, Pages
from cypp_desktop.reports.pdf.tags import Annotated, Structure, text
from cypp_desktop.reports.plain import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cypp_desktop.reports.model import Report

_LAID_OUT, _DRAWN = 0.4, 0.85  # what share of the work these steps end with
_one_at_a_time = Lock()  # reportlab's fonts keep a reading position


def render(report: Report, out: BinaryIO | Path | None = None, told: Told = untold) -> bytes:
    """The report's PDF, written to ``out`` as well where one is given.

    The same report gives the same bytes. Any text prints: nothing in a report makes this raise.
    """
    with _one_at_a_time, _uncollected():
        data = _document(report, told)
    told(1.0)
    if isinstance(out, Path):
        out.write_bytes(data)
    elif out is not None:
        out.write(data)
    return data


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection for a while: it would look again and again through what is all still in use."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _document(report: Report, told: Told) -> bytes:
    structure = Structure()
    furniture = Furniture(report, Pages(report.paper, 1, report.text_size).width)
    pages = Pages(report.paper, furniture.foot_lines, report.text_size)
    layout = Layout(structure.root, pages, report)
    if report.front:
        front.put(report.front, layout)
    layout.put(report.blocks, lambda share: told(_LAID_OUT * share))
    layout.finish()
    title, tongue = one_line(report.title) or "Untitled", language(report.language)
    canvas = Canvas(
        BytesIO(), pagesize=[side * pages.scale for side in pages.size], lang=tongue, pdfVersion=(1, 7),
        pageCompression=1, initialFontName=face(bold=False, italic=False).name, invariant=1,
    )  # fmt: skip
    canvas.setViewerPreference("DisplayDocTitle", "true")
    press = Press()
    _draw(pages, furniture, canvas, structure, press, lambda share: told(_LAID_OUT + (_DRAWN - _LAID_OUT) * share))
    return save(canvas, structure, Info(title, one_line(report.author), tongue), press)


def _draw(pages: Pages, furniture: Furniture, canvas: Canvas, structure: Structure, press: Press, told: Told) -> None:
    """Draw all pages on a canvas."""
    doc: pdfdoc.PDFDocument = canvas._doc  # noqa: SLF001 - reportlab gives no other way to its document
    ink = Ink(doc)
    inner: list[tuple[Raw, Link, int]] = []
    level = 0
    for index, page in enumerate(pages.all):
        drawing = Drawing(index, ink, pages.scale)
        furniture.behind(drawing, pages, ink)
        drawing.page(page)
        furniture.draw(drawing, pages, index + 1, ink)
        for mark in page.bookmarks:
            level = _bookmark(canvas, mark, level, pages.scale)
        inner += _shown(canvas, drawing, structure, press, pages.scale)
        page.slots.clear()
        told(index / len(pages.all))
    numbers = [number(doc, page) for page in doc.Pages.pages]
    for annotation, link, key in inner:
        at, y = pages.targets.get(link.target, (0, pages.size[1]))
        goal = f"/Dest[{numbers[at]} 0 R/XYZ null {y * pages.scale:.2f} null]"
        annotation.source = _annotation(link, key, goal, link.text.strip() or "Go to it")


def _bookmark(canvas: Canvas, mark: Bookmark, above: int, scale: float) -> int:
    """Add an entry to the outline; gives its level there, which is at most one below the entry's before it."""
    level = max(1, min(mark.level, above + 1))
    key = f"heading-{len(canvas._destinations)}"  # noqa: SLF001
    canvas.bookmarkHorizontalAbsolute(key, round(mark.y * scale, 2))
    canvas.addOutlineEntry(mark.title, key, level - 1)
    return level


def _shown(
    canvas: Canvas, drawing: Drawing, structure: Structure, press: Press, scale: float
) -> list[tuple[Raw, Link, int]]:
    """Make a drawing the canvas's next page, with its links and its place in the structure tree.

    Gives the links to places in the document, to be written when all pages are there.
    """
    doc: pdfdoc.PDFDocument = canvas._doc  # noqa: SLF001
    index, page = len(doc.Pages.pages), Raw()  # reportlab's own pages know nothing of a structure tree
    doc.addPage(page)
    larger = f"{scale:g} 0 0 {scale:g} 0 0 cm\n" if scale != 1 else ""
    stream = press.stream(f"{larger}{drawing.stream()}".encode("latin-1"))
    fonts = doc.idToObject["BasicFonts"]
    for one in (stream, doc.Pages):
        doc.Reference(one)
    links: list[int] = []
    inner: list[tuple[Raw, Link, int]] = []
    for link in drawing.links:
        annotation, key = Raw(), structure.own(link.node)
        if link.target:
            inner.append((annotation, link, key))
        else:
            address = one_line(link.address, 2000)
            annotation.source = _annotation(link, key, f"/A<</S/URI/URI({_escaped(address)})>>", address)
        doc.Reference(annotation)
        links.append(number(doc, annotation))
        link.node.kids.append(Annotated(index, links[-1]))
    width, height = canvas._pagesize  # noqa: SLF001
    page.source = (
        f"<</Type/Page/Parent {number(doc, doc.Pages)} 0 R/MediaBox[0 0 {width} {height}]"
        f"/Resources<</Font {number(doc, fonts)} 0 R>>/Contents {number(doc, stream)} 0 R"
        f"/StructParents {structure.own(drawing.owners)}/Tabs/S/Annots[{' '.join(f'{one} 0 R' for one in links)}]>>"
    )
    return inner


def _annotation(link: Link, key: int, goal: str, says: str) -> str:
    box = " ".join(f"{side:.2f}" for side in link.box)
    return f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/StructParent {key}/Contents{text(says)}{goal}>>"


def _escaped(address: str) -> str:
    """An address as a PDF string of ASCII characters."""
    return quote(address, safe="%/:?#[]@!$&'*+,;=-._~")
