"""The words of a report as WordprocessingML: runs and paragraphs, real lists and footnotes, links, status chips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import Item, Note, Rich, Run
from cypp_desktop.reports import style
from cypp_desktop.reports.docx import pictures
from cypp_desktop.reports.drawing import Drawing
from cypp_desktop.reports.model import Cell, Chip, Content, Figure, StatusBar, Trend, Words
from cypp_desktop.reports.plain import address, legal, reads_left, trend

FONT = "Arial"
BULLETS = 1
"""The numbering that bullets use; numbered lists have those after it."""

_GLYPHS = {
    "square": "■", "disc": "●", "triangle": "▲", "diamond": "◆", "ring": "○", "bar": "▬", "star": "★", "cross": "✕",
    "half": "◐",
}  # fmt: skip
_FIRST_PLACE = 1_000_000  # above the numbers of the headings' own marks
_TALLEST = 400.0  # points of a picture's height
_BLANK = "\u00a0"
_LARGEST_NUMBER = 32_767  # of a list item in Word
_HANG = '<w:ind w:left="340" w:hanging="340"/>'
_BELOW = '<w:ind w:left="340"/>'
# Word calls a whole file damaged for an address that it cannot take apart, so only plain ones become links.
_ADDRESS = re.compile(r"(?i)(?:https?://[a-z0-9.-]+(?::\d{1,4})?(?:[/?#].*)?|mailto:[^@:/]+@[a-z0-9.-]+(?:\?.*)?)")


def text(words: str) -> str:
    """Words inside a run; a newline is a line break."""
    words = escape(legal(words).replace("\t", " "))
    return '<w:t xml:space="preserve">' + words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">') + "</w:t>"


def run(words: str, looks: str = "") -> str:
    """A run of words; ``looks`` are its properties in the schema's order."""
    right = "<w:rtl/>" if reads_left(words) else ""
    return f"<w:r>{f'<w:rPr>{looks}{right}</w:rPr>' if looks or right else ''}{text(words)}</w:r>"


def paragraph(kind: str, inner: str, place: str = "", *, leftwards: bool = False) -> str:
    """A paragraph of a named style; ``place`` is its numbering, or how far it stands in."""
    number, inset = (place, "") if place.startswith("<w:numPr>") else ("", place)
    bidi = "<w:bidi/>" if leftwards else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{kind}"/>{number}{bidi}{inset}</w:pPr>{inner}</w:p>'


def said(kind: str, words: str, looks: str = "", place: str = "") -> str:
    """A paragraph of words that have one appearance; nothing where there are none."""
    return paragraph(kind, run(words, looks), place, leftwards=reads_left(words)) if words else ""


def colour(value: str) -> str:
    """A colour as six digits."""
    return value.removeprefix("#")


def chip(part: Chip) -> str:
    """A status: shape, letter and word on its colour; a quiet one on white."""
    status, ink = part.status, style.ink(part.status.colour)
    ground = _ground(style.CONTROL, style.SURFACE) if part.quiet else _ground(ink, style.tint(status.colour))
    shown = f'<w:color w:val="{colour(ink)}"/>{ground}'
    letter = run(f"{status.letter} ", f"<w:b/>{shown}") if status.letter else ""
    words = style.MUTED if part.quiet else style.TEXT
    label = run(f"{status.label}\u00a0", f'<w:color w:val="{colour(words)}"/>{ground}')
    return _shape(status, shown) + letter + label


def bar(found: StatusBar) -> str:
    """How many actions have each status: shape, number and word on the status's colour."""
    parts = [run(f"{found.label}  ")] if found.label else []
    for status, number in found.counts:
        ink = style.ink(status.colour)
        shown = f'<w:b/><w:color w:val="{colour(style.SURFACE)}"/>{_ground(ink, ink)}'
        parts.append(_shape(status, shown) + run(f"{number} {status.label or status.letter}\u00a0", shown) + run(" "))
    return "".join(parts)


def mark(status: Status) -> str:
    """A status in the legend at the foot of a page: shape, letter and word without a ground."""
    shown = f'<w:color w:val="{colour(style.ink(status.colour))}"/>'
    letter = run(f"{status.letter} ", f'<w:b/><w:color w:val="{colour(style.TEXT)}"/>') if status.letter else ""
    return _shape(status, shown) + letter + run(status.label)


def _ground(edge: str, fill: str) -> str:
    return (
        f'<w:bdr w:val="single" w:sz="4" w:space="0" w:color="{colour(edge)}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(fill)}"/>'
    )


def _shape(status: Status, shown: str) -> str:
    fonts = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"/>'
    glyph = _GLYPHS.get(status.shape, _GLYPHS["disc"])
    return f"<w:r><w:rPr>{fonts}{shown}</w:rPr>{text(_BLANK + glyph + _BLANK)}</w:r>"


class Writer:
    """Writes the texts of one document; it gathers the footnotes, links and numbered lists that they bring."""

    def __init__(self) -> None:
        self.pictures: dict[Drawing, str] = {}
        """Each drawing with the name of its part and relation."""
        self._shown = 0
        self.notes: list[str] = []
        self.links: dict[str, str] = {}
        self.note_links: dict[str, str] = {}
        self.names: dict[str, int] = {}
        """The places that a link can lead to, numbered; each is marked where it comes first."""
        self._marked: set[str] = set()
        self.lists: list[tuple[int, int]] = []
        """Level and first number of each numbered list; the first is numbering :data:`BULLETS` + 1."""

    def cell(self, cell: Cell, room: float) -> str:
        """What stands inside a cell of a width in points, which is one paragraph at least."""
        out = [part for content in cell.content for part in self._part(content, room, bool(cell.mark))]
        if cell.mark:
            mark = run(cell.mark, f'<w:b/><w:color w:val="{colour(style.MUTED)}"/>')
            hangs = out and isinstance(cell.content[0], Rich | Words) and _BELOW in out[0]
            if hangs:
                out[0] = out[0].replace(_BELOW, _HANG, 1).replace("</w:pPr>", f"</w:pPr>{mark}<w:r><w:tab/></w:r>", 1)
            else:
                out.insert(0, paragraph("Cell", mark))
        out = out or [paragraph("Cell", "")]
        out[0] = out[0].replace("</w:pPr>", f"</w:pPr>{self.place(cell.name)}", 1)
        return "".join(out)

    def place(self, name: str) -> str:
        """The mark of a place that links lead to."""
        if name not in self.names or name in self._marked:
            return ""
        self._marked.add(name)
        number = _FIRST_PLACE + self.names[name]
        return f'<w:bookmarkStart w:id="{number}" w:name="{_place(self.names[name])}"/><w:bookmarkEnd w:id="{number}"/>'

    def picture(self, figure: Figure, room: float) -> str:
        """A run with a picture, no wider than there is room for, in points; its words where nothing is drawn."""
        made = figure.drawing
        if not (made.items and made.width > 0 and made.height > 0):
            return run(figure.alt)
        name = self.pictures.setdefault(made, f"picture{len(self.pictures) + 1}")
        self._shown += 1
        scale = min(1.0, room / made.width, _TALLEST / made.height)
        return pictures.inline(name, self._shown, made.width * scale, made.height * scale, figure.alt)

    def _part(self, part: Content, room: float, marked: bool) -> list[str]:  # noqa: FBT001 - a mark hangs before it
        inset = _BELOW if marked else ""
        if isinstance(part, Rich):
            return self.rich(part, "Cell", "CellList", inset)
        if isinstance(part, Chip):
            return [paragraph("CellQuiet" if part.quiet else "Cell", chip(part), inset)]
        if isinstance(part, Figure):
            return [paragraph("Cell", self.picture(part, room), inset)]
        if isinstance(part, Trend):
            part = Words(trend(part), quiet=True)
        kind = "CellQuiet" if part.quiet else "Cell"
        if part.to in self.names and part.text:
            words = run(part.text, '<w:rStyle w:val="Hyperlink"/>' + "<w:b/>" * part.bold)
            link = f'<w:hyperlink w:anchor="{_place(self.names[part.to])}" w:history="1">{words}</w:hyperlink>'
            return [paragraph(kind, link, inset, leftwards=reads_left(part.text))]
        return list(filter(None, [said(kind, part.text, "<w:b/>" if part.bold else "", inset)]))

    def rich(self, rich: Rich, kind: str, listed: str, inset: str = "") -> list[str]:
        """A rich text's paragraphs: those of lists in the style ``listed``, the others in ``kind``."""
        notes = {note.label: note for note in reversed(rich.notes)}
        numbers: dict[str, int] = {}
        open_: dict[int, tuple[int, int]] = {}  # by level: the list's numbering and its last number
        out = []
        for block in rich.blocks:
            place = self._place(block, open_) if isinstance(block, Item) else inset
            inner = self._runs(block.runs, notes, numbers)
            if isinstance(block, Item) and block.number is not None and not place:
                inner = run(f"{block.number}. ") + inner
            leftwards = reads_left("".join(one.text for one in block.runs))
            out.append(paragraph(listed if isinstance(block, Item) else kind, inner, place, leftwards=leftwards))
            if not isinstance(block, Item):
                open_.clear()
        lost = [note for note in rich.notes if note.label not in numbers or notes[note.label] is not note]
        return out + [self._lost(note, kind, inset) for note in lost]

    def _lost(self, note: Note, kind: str, inset: str) -> str:
        """A footnote that nothing refers to stands below its text."""
        return paragraph(kind, run(f"{note.label} ", _RAISED) + self._runs(note.runs, {}, {}), inset)

    def _place(self, item: Item, open_: dict[int, tuple[int, int]]) -> str:
        """The numbering of a list item; a list that goes on keeps its own."""
        if item.number is None:
            open_.pop(item.level + 1, None)
            return _numbered(BULLETS, item.level)
        if item.number > _LARGEST_NUMBER:
            return ""
        own, last = open_.get(item.level, (0, -1))
        if not own or item.number != last + 1:
            self.lists.append((item.level, item.number))
            own = BULLETS + len(self.lists)
        open_[item.level] = (own, item.number)
        open_.pop(item.level + 1, None)
        return _numbered(own, item.level)

    def _runs(self, runs: Iterable[Run], notes: dict[str, Note], numbers: dict[str, int], home: str = "") -> str:
        return "".join([self._run(one, notes, numbers, home) for one in runs])

    def _run(self, one: Run, notes: dict[str, Note], numbers: dict[str, int], home: str) -> str:
        if one.note:
            return self._reference(one.note, notes, numbers)
        link = _target(one.link) if one.link else ""
        looks = ('<w:rStyle w:val="Hyperlink"/>' if link else "") + "<w:b/>" * one.bold + "<w:i/>" * one.italic
        words = run(one.text, looks)
        if not link:
            return words
        links = self.note_links if home else self.links
        return f'<w:hyperlink r:id="{links.setdefault(link, f"link{len(links) + 1}")}">{words}</w:hyperlink>'

    def _reference(self, label: str, notes: dict[str, Note], numbers: dict[str, int]) -> str:
        """A footnote's mark; Word numbers footnotes through the document, and may be referred to once."""
        if label in numbers or label not in notes:
            return run(str(numbers.get(label, label)), _RAISED)
        number = numbers[label] = len(self.notes) + 1
        self.notes.append("")  # its place: a note cannot hold another
        words = self._runs(notes[label].runs, {}, {}, "note")
        mark = f"<w:r><w:rPr>{_REFERENCE}</w:rPr><w:footnoteRef/></w:r>"
        self.notes[number - 1] = (
            f'<w:footnote w:id="{number}">{paragraph("FootnoteText", mark + run(" ") + words)}</w:footnote>'
        )
        return f'<w:r><w:rPr>{_REFERENCE}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


_REFERENCE = '<w:rStyle w:val="FootnoteReference"/>'
_RAISED = '<w:vertAlign w:val="superscript"/>'


def _place(number: int) -> str:
    return f"place{number}"


def _numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{min(level, 1)}"/><w:numId w:val="{number}"/></w:numPr>'


def _target(link: str) -> str:
    """A link's address where Word can take it apart, else ""."""
    found = quote(address(link), safe="%/:?#@!$&'()*+,;=-._~")
    return found if _ADDRESS.fullmatch(found) else ""
