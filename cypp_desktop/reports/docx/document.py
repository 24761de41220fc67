"""A report as a Word document: real headings, lists, footnotes and header rows, on landscape pages."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import accumulate
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cypp_desktop.reports import links, plain, style
from cypp_desktop.reports.docx import emf, parts, pictures, styles, words
from cypp_desktop.reports.docx.words import Writer, colour, paragraph, run, said
from cypp_desktop.reports.grid import Placed, grid
from cypp_desktop.reports.model import (
    Block,
    Column,
    Contents,
    Facts,
    Figure,
    Front,
    Heading,
    Legend,
    Note,
    PageBreak,
    Report,
    Table,
    Text,
)

_PAPERS = {"A4": (16838, 11906), "A3": (23811, 16838)}  # twentieths of a point, landscape
_MARGIN = 720
_NARROWEST = 600
_CELL_PAD = 220  # at the left and right of a cell, in twentieths of a point
_UNDECIDED = "".join(
    f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="{colour(style.MUTED)}"/>'
    for side in ("top", "left", "bottom", "right")
)
_UNDECIDED = f"<w:tcBorders>{_UNDECIDED}</w:tcBorders>"
_CONTENTS = "<contents/>"  # where the list of contents will stand, once all headings are known


def render(report: Report) -> bytes:
    """The report as a .docx file; the same report gives the same bytes, and nothing in it makes this raise."""
    document = _Document(report)
    body = document.body()
    write, language = document.write, plain.language(report.language)
    title, author = plain.title("", report.title), plain.title("", report.author)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE,
        "docProps/core.xml": parts.properties(title or "Untitled", author, language),
        "word/document.xml": f"{parts.HEAD}<w:document {parts.NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": parts.relations(write.links, write.pictures.values(), document=True),
        "word/footnotes.xml": parts.footnotes(write.notes),
        "word/_rels/footnotes.xml.rels": parts.relations(write.note_links, document=False),
        "word/numbering.xml": parts.numbering(write.lists),
        "word/styles.xml": styles.sheet(language, document.width, style.scale(report.text_size)),
        "word/settings.xml": parts.settings(language),
        "word/header.xml": document.header(),
        "word/cover.xml": document.cover(),
        "word/footer.xml": document.footer(),
    }
    drawn = {f"word/media/{name}.emf": emf.picture(made) for made, name in write.pictures.items()}
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, source in {**files, **drawn}.items():
            archive.writestr(ZipInfo(name), source, ZIP_DEFLATED, 6)
    return out.getvalue()


class _Document:
    """The blocks of one report as body text; it remembers the headings for the list of contents."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.write = Writer()
        self.width = _PAPERS[report.paper][0] - 2 * _MARGIN
        self.write.names = links.names(report)
        self._level = 0
        self._headings: list[tuple[int, str]] = []
        self._turn = False
        self._listed, self._listed_turned = Contents(), False

    def body(self) -> str:
        report = self._report
        front = self._front(report.front or Front(report.title))
        known = (*report.blocks, *(report.front.blocks if report.front else ()))
        if report.legend and not any(isinstance(block, Legend) for block in known):
            front += self._block(Legend(report.legend))
        blocks = self._blocks(report.blocks).replace(_CONTENTS, self._contents())
        return front + blocks + self._section()

    def _front(self, front: Front) -> str:
        lines = (
            said("Corner", front.corner),
            said("FrontKicker", front.kicker),
            said("Title", front.title or self._report.title or "Untitled"),
            said("Subtitle", front.subtitle),
        )
        return "".join(lines) + self._blocks(front.blocks)

    def _contents(self) -> str:
        """The list of contents: links at once, page numbers when somebody updates it."""
        top = [
            (number, level, title)
            for number, (level, title) in enumerate(self._headings, 1)
            if level < self._listed.depth
        ]
        if not top:
            return ""
        entries = [
            (level, f'<w:hyperlink w:anchor="_Toc{number}" w:history="1">{run(title)}</w:hyperlink>')
            for number, level, title in top
        ]
        first, last = _field(f' TOC \\o "1-{self._listed.depth - 1}" \\h \\z \\u ')
        entries[0] = (entries[0][0], first + entries[0][1])
        entries[-1] = (entries[-1][0], entries[-1][1] + last)
        heading = said("TOCHeading", self._listed.title)
        if self._listed_turned:
            heading = _turned(heading)
        inner = heading + "".join(paragraph(f"TOC{level}", entry) for level, entry in entries)
        kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:  # noqa: PLR0911 - one for each kind of block
        match block:
            case Heading():
                return self._heading(block)
            case Text():
                return "".join(self.write.rich(block.rich, "BodyText", "ListText"))
            case Note():
                return said("Remark", block.text)
            case Facts():
                return "".join(_fact(*pair) for pair in block.pairs) + paragraph("AfterTable", "")
            case Table():
                return self._table(block)
            case Legend():
                return self._table(plain.legend(block))
            case Contents():
                self._listed, self._listed_turned = block, self._turn or self._report.front is not None
                self._turn = False
                return _CONTENTS
            case Figure():
                return paragraph("Picture", self.write.picture(block, self.width / 20))
            case PageBreak():
                self._turn = True
                return ""

    def _heading(self, heading: Heading) -> str:
        """A heading; the title of the document stands above all of them, so theirs begin one level up."""
        title = plain.title(heading.kicker, heading.text)
        if not title:
            return ""
        self._level = max(1, min(heading.level - 1, self._level + 1, 4))
        self._headings.append((self._level, title))
        number = len(self._headings)
        kicker = run(heading.kicker, '<w:rStyle w:val="KickerWords"/>') + "<w:r><w:br/></w:r>"
        kicker = kicker if heading.kicker else ""
        inner = (
            f'{self.write.place(heading.name)}<w:bookmarkStart w:id="{number}" w:name="_Toc{number}"/>{kicker}'
            f'{run(heading.text)}<w:bookmarkEnd w:id="{number}"/>'
        )
        made = paragraph(f"Heading{self._level}", inner, leftwards=plain.reads_left(heading.text))
        if self._turn:
            made, self._turn = _turned(made), False
        return made + (paragraph("Counts", words.bar(heading.bar)) if heading.bar and heading.bar.counts else "")

    def _table(self, table: Table) -> str:
        if not table.columns:
            return ""
        widths = _widths(table.columns, self.width)
        edges = list(accumulate(widths, initial=0))
        headed = any(column.heading for column in table.columns)
        lines = grid(table)
        side = any(line[0].cell.scope == "row" for line in lines)
        look = 0x0600 + 0x20 * headed + 0x80 * side  # the same as its attributes say
        summary = plain.title("", table.summary)
        about = f"<w:tblCaption w:val={quoteattr(summary)}/>" if summary else ""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="PlanTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{look:04X}" w:firstRow="{headed:d}" w:lastRow="0" w:firstColumn="{side:d}" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{about}</w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        rows = [_heads(table.columns, widths)] if headed else []
        rows += [self._row(number, line, edges) for number, line in enumerate(lines)]
        if not rows:
            return ""
        return f"{head}{''.join(rows)}</w:tbl>{paragraph('AfterTable', '')}"

    def _row(self, number: int, line: list[Placed], edges: list[int]) -> str:
        """A row, which may be split between pages: LibreOffice 7.4 loses some that may not."""
        out = []
        for column, placed in enumerate(line):
            if placed.column != column:
                continue
            begins = placed.row == number
            merged = f'<w:vMerge w:val="{"restart" if begins else "continue"}"/>' if placed.rows > 1 else ""
            span = f'<w:gridSpan w:val="{placed.columns}"/>' if placed.columns > 1 else ""
            width = edges[column + placed.columns] - edges[column]
            inner = self.write.cell(placed.cell, (width - _CELL_PAD) / 20) if begins else paragraph("Cell", "")
            edge = _UNDECIDED if placed.cell.undecided else ""
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{edge}</w:tcPr>{inner}</w:tc>')
        return f"<w:tr>{''.join(out)}</w:tr>"

    def _section(self) -> str:
        wide, high = _PAPERS[self._report.paper]
        heads = [("header", "default", "header"), ("header", "first", "cover")]
        feet = [("footer", "default", "footer"), ("footer", "first", "footer")]
        used = heads + feet if self._report.front else heads[:1] + feet[:1]
        named = "".join(f'<w:{what}Reference w:type="{kind}" r:id="{part}"/>' for what, kind, part in used)
        return (
            f"<w:sectPr>{named}"
            f'<w:pgSz w:w="{wide}" w:h="{high}" w:orient="landscape"/>'
            f'<w:pgMar w:top="1100" w:right="{_MARGIN}" w:bottom="1000" w:left="{_MARGIN}" w:header="500" '
            f'w:footer="400" w:gutter="0"/>{"<w:titlePg/>" if self._report.front else ""}</w:sectPr>'
        )

    def header(self) -> str:
        left, right = (plain.title("", side) for side in (self._report.head_left, self._report.head_right))
        inner = run(left, "<w:b/>") + "<w:r><w:tab/></w:r>" + run(right) + pictures.watermark(self._report.watermark)
        return f"{parts.HEAD}<w:hdr {parts.NAMES}>{self._furniture(inner, 'bottom')}</w:hdr>"

    def cover(self) -> str:
        """The head of the front page."""
        mark = paragraph("Furniture", pictures.watermark(self._report.watermark))
        return f"{parts.HEAD}<w:hdr {parts.NAMES}>{mark}</w:hdr>"

    def footer(self) -> str:
        """The legend, and which page of how many."""
        legend = run("   ").join(words.mark(status) for status in self._report.legend)
        page, pages = ("".join(_field(f" {name} ", run("1"))) for name in ("PAGE", "NUMPAGES"))
        inner = f"{legend}<w:r><w:tab/></w:r>{run('Page ')}{page}{run(' of ')}{pages}"
        return f"{parts.HEAD}<w:ftr {parts.NAMES}>{self._furniture(inner, 'top')}</w:ftr>"

    def _furniture(self, inner: str, side: str) -> str:
        rule = f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="4" w:color="{colour(style.BORDER)}"/></w:pBdr>'
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{self.width}"/></w:tabs>'
        return f'<w:p><w:pPr><w:pStyle w:val="Furniture"/>{rule}{tab}</w:pPr>{inner}</w:p>'


def _turned(made: str) -> str:
    """A paragraph that begins on a new page."""
    return made.replace('"/>', '"/><w:pageBreakBefore/>', 1)


def _field(code: str, shown: str = "") -> tuple[str, str]:
    """The beginning and the end of a field, which shows something until it is worked out."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return begin + instruction + separate + shown, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _fact(name: str, value: str) -> str:
    return paragraph("Fact", run(name, "<w:b/>") + "<w:r><w:tab/></w:r>" + run(value))


def _heads(columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{said('ColumnHead', column.heading) or paragraph('ColumnHead', '')}</w:tc>"
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _widths(columns: tuple[Column, ...], whole: int) -> list[int]:
    """Columns' widths in twentieths of a point, none too narrow for a short word."""
    least = min(_NARROWEST, whole // len(columns))
    total = sum(max(column.width, 0.0) for column in columns) or 1.0
    spare = whole - least * len(columns)
    return [least + int(spare * max(column.width, 0.0) / total) for column in columns]
