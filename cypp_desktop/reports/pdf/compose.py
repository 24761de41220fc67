"""What a cell or a text says, as lines and chips under their structure elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from cypp_desktop.domain.text import Item, Paragraph, Rich
from cypp_desktop.reports import style
from cypp_desktop.reports.model import Chip, Words
from cypp_desktop.reports.pdf import wrap
from cypp_desktop.reports.pdf.fonts import face
from cypp_desktop.reports.pdf.tags import Node
from cypp_desktop.reports.pdf.wrap import Label, Line, Piece

if TYPE_CHECKING:
    from cypp_desktop.domain.plan import Status
    from cypp_desktop.domain.text import Block, Note
    from cypp_desktop.reports.model import Content
    from cypp_desktop.reports.style import Type

_BULLETS = ("•", "–")
_LABEL_GAP = 4.0  # between a label and the words that it stands before
_CHIP_WORD = 17.0  # where a chip's letter begins, after its shape
_CHIP_EDGE = 5.0
_TALLEST_CHIP = 8  # lines
_MARK = replace(style.CELL_BOLD, colour=style.MUTED)
_MARK_ROOM = 13.0
_WIDEST_LABEL = 60.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: its type, the space between its paragraphs and items, and how far its lists stand in."""

    type: Type
    paragraph: float
    item: float
    indent: float


IN_CELL = Setting(style.CELL, 4.0, 1.5, 10.0)
IN_TEXT = Setting(style.BODY, 7.0, 3.0, 15.0)


class ChipBox:
    """A status chip: its words, which it draws on a tinted ground with its shape; it is never split."""

    __slots__ = ("gap", "height", "lines", "status", "width")

    def __init__(self, status: Status, lines: list[Line]) -> None:
        self.status, self.lines = status, lines
        self.gap = 0.0
        self.height = len(lines) * style.CELL.leading + 2.0
        self.width = max([line.x + line.width() for line in lines]) + _CHIP_EDGE

    def space_above(self, gap: float) -> None:
        """Set the space above the chip."""
        self.height += gap - self.gap
        self.gap = gap


Element = Line | ChipBox


class Composer:
    """Sets the texts of one document; its footnotes are numbered through for their hidden names."""

    def __init__(self) -> None:
        self._notes = count(1)

    def content(self, parts: tuple[Content, ...], mark: str, width: float, node: Node | None) -> list[Element]:
        """A cell's content, its mark hanging before it; without a node it is an artifact."""
        hung = _hanging(mark, _MARK) if mark else None
        if mark and (hung is None or hung[1] > width / 3):  # an ordinary paragraph above the content
            hung, parts = None, (Words(mark, bold=True), *parts)
        x = max(_MARK_ROOM, hung[1] + _LABEL_GAP) if hung else 0.0
        owner = _child("P", node) if hung and _begins_a_list(parts) else None
        out: list[Element] = []
        for part in parts:
            elements = self._part(part, width, x, node, alone=len(parts) == 1)
            if out and elements:
                elements[0].space_above(1.0 if isinstance(part, Words) and part.quiet else IN_CELL.paragraph)
            out += elements
        if hung:
            _hang(hung[0], out, owner)
        return out

    def _part(self, part: Content, width: float, x: float, node: Node | None, *, alone: bool) -> list[Element]:
        if isinstance(part, Rich):
            return [*self.rich(part, width, IN_CELL, node, x)]
        own = node if alone else _child("P", node)
        if isinstance(part, Chip):
            return chip(part.status, width, own)
        kind = style.SMALL if part.quiet else style.CELL_BOLD if part.bold else style.CELL
        return [*wrap.words(part.text, width, kind, own, x)]

    def rich(self, rich: Rich, width: float, setting: Setting, node: Node | None, x: float = 0.0) -> list[Line]:
        """A rich text's lines; a lone paragraph belongs to the node itself when that is a cell."""
        if len(rich.blocks) == 1 and not rich.notes and node is not None and node.tag in {"TD", "TH"}:
            [block] = rich.blocks
            if isinstance(block, Paragraph):
                return wrap.paragraph(block.runs, width, setting.type, node, x)
        out: list[Line] = []
        lists = _Lists(node)
        last: Block | None = None
        for block in rich.blocks:
            if isinstance(block, Item):
                lines = _item(block, width, setting, lists, x)
                gap = setting.item if isinstance(last, Item) else setting.paragraph / 2
            else:
                lists.close()
                lines = wrap.paragraph(block.runs, width, setting.type, _child("P", node), x)
                gap = setting.paragraph
            _join(out, lines, gap)
            last = block
        for number, note in enumerate(rich.notes):
            lines = self._note(note, width, setting, node, x)
            _join(out, lines, setting.item if number else setting.paragraph)
        return out

    def _note(self, note: Note, width: float, setting: Setting, node: Node | None, x: float) -> list[Line]:
        kind = style.SMALL if setting is IN_CELL else style.NOTE
        own = Node("Note", Node("P", node), name=f"note-{next(self._notes)}") if node else None
        label, wide = _hanging(note.label, kind) or (Piece(face(bold=kind.bold, italic=kind.italic), ""), 0.0)
        owner, body = _child("Lbl", own), _child("P", own)
        lines = wrap.paragraph(note.runs, width, kind, body, x + min(max(10.0, wide + _LABEL_GAP), width / 2))
        if lines:
            lines[0].labels = (Label(x, label, owner, kind),)
        elif owner:
            owner.drop()
        return lines


def chip(status: Status, width: float, node: Node | None) -> list[Element]:
    """A status as a chip; as bare words where it would be as tall as a good part of a page."""
    kind = _letter_type(status.colour)
    hung = _hanging(status.letter, kind) if status.letter else None
    x = _CHIP_WORD + (max(10.0, hung[1] + 3.5) if hung else 0.0)
    lines = wrap.words(status.label, width - _CHIP_EDGE, style.CELL, node, x)
    if not lines or bool(status.letter) != bool(hung) or x > width / 2 or len(lines) > _TALLEST_CHIP:
        return [*wrap.words(f"{status.letter} {status.label}", width, style.CELL, node)]
    if hung:
        lines[0].labels = (Label(_CHIP_WORD, hung[0], node, kind),)
    return [ChipBox(status, lines)]


@lru_cache(maxsize=64)
def _letter_type(colour: str) -> Type:
    return replace(style.CELL_BOLD, colour=style.ink(colour))


@lru_cache(maxsize=512)
def _hanging(text: str, kind: Type) -> tuple[Piece, float] | None:
    """A short word as what hangs before a line, and its width in points; None where it is not one word of one face."""
    lines = wrap.words(text, _WIDEST_LABEL, kind, None)
    if len(lines) != 1 or lines[0].pieces:
        return None
    return lines[0].parts()[0], lines[0].width()


class _Lists:
    """The lists open at a place in a text, one within the other."""

    def __init__(self, parent: Node | None) -> None:
        self._parent = parent
        self._open: list[tuple[bool, Node, Node]] = []  # numbered, the list, its last item's body

    def close(self) -> None:
        self._open = []

    def item(self, level: int, *, numbered: bool) -> tuple[Node | None, Node | None]:
        """The label's and the body's element of the next item."""
        if self._parent is None:
            return None, None
        level = min(level, len(self._open))
        del self._open[level + 1 :]
        if level < len(self._open) and self._open[level][0] == numbered and not self._open[level][1].dropped:
            home = self._open.pop()[1]
        else:
            del self._open[level:]
            above = self._open[-1][2] if self._open else self._parent
            home = Node("L", above, f"/O/List/ListNumbering/{'Decimal' if numbered else 'Disc'}")
        entry = Node("LI", home)
        label, body = Node("Lbl", entry), Node("LBody", entry)
        self._open.append((numbered, home, body))
        return label, body


def _item(item: Item, width: float, setting: Setting, lists: _Lists, x: float) -> list[Line]:
    numbered = item.number is not None
    label, body = lists.item(item.level, numbered=numbered)
    shown = f"{item.number}." if numbered else _BULLETS[min(item.level, len(_BULLETS) - 1)]
    piece, wide = _hanging(shown, setting.type) or (
        Piece(face(bold=setting.type.bold, italic=setting.type.italic), shown),
        0.0,
    )
    start = x + min(item.level * setting.indent, width / 4)
    inset = min(max(setting.indent, wide + _LABEL_GAP), width / 3)
    lines = wrap.paragraph(item.runs, width, setting.type, body, start + inset)
    if lines:
        lines[0].labels = (Label(start, piece, label, setting.type),)
    elif label:
        label.drop()
    return lines


def _child(tag: str, node: Node | None) -> Node | None:
    return None if node is None else Node(tag, node)


def _join(out: list[Line], lines: list[Line], gap: float) -> None:
    if out and lines:
        lines[0].space_above(gap)
    out += lines


def _begins_a_list(parts: tuple[Content, ...]) -> bool:
    first = parts[0] if parts else None
    return not (
        isinstance(first, Words)
        or (isinstance(first, Rich) and first.blocks[:1] and isinstance(first.blocks[0], Paragraph))
    )


def _hang(mark: Piece, elements: list[Element], owner: Node | None) -> None:
    """Put a mark before the first line of what it belongs to."""
    first = elements[0] if elements else None
    if isinstance(first, Line):
        first.labels = (Label(0.0, mark, owner or first.node, _MARK), *first.labels)
    else:
        elements.insert(0, Line(mark.face, mark.text, _MARK, owner))
