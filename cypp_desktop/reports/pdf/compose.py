"""What a cell or a text says, as lines and chips under their structure elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from cypp_desktop.domain.text import Item, Paragraph, Rich
from cypp_desktop.reports import style
from cypp_desktop.reports.model import Chip, Figure, Trend, Words
from cypp_desktop.reports.pdf import chips, wrap
from cypp_desktop.reports.pdf.chips import Adorned, hanging
from cypp_desktop.reports.pdf.figures import FigureBox
from cypp_desktop.reports.pdf.lists import Lists
from cypp_desktop.reports.pdf.tags import Node
from cypp_desktop.reports.pdf.wrap import Label, Line

if TYPE_CHECKING:
    from collections.abc import Collection

    from cypp_desktop.domain.text import Block, Note
    from cypp_desktop.reports.model import Content
    from cypp_desktop.reports.style import Type

_BULLETS = ("•", "–")
_LABEL_GAP = 4.0  # between a label and the words that it stands before
_MARK = replace(style.CELL_BOLD, colour=style.MUTED)
_MARK_ROOM = 13.0
_NOTE_ROOM = 10.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: its type, the space between its paragraphs and items, and how far its lists stand in."""

    type: Type
    paragraph: float
    item: float
    indent: float


IN_CELL = Setting(style.CELL, 4.0, 1.5, 10.0)
IN_TEXT = Setting(style.BODY, 7.0, 3.0, 15.0)


Element = Line | Adorned | FigureBox


def owned(lines: list[Line], tag: str, parent: Node | None) -> list[Line]:
    """Lines as an element of their own; where nothing is to be seen there is no element."""
    if lines and parent is not None:
        own(lines, Node(tag, parent))
    return lines


def own(lines: list[Line], node: Node | None) -> list[Line]:
    """Lines as the words of an element."""
    for line in lines:
        line.node = node
    return lines


def adorned(elements: list[Adorned] | list[Line], node: Node | None, *, alone: bool) -> list[Element]:
    """A chip or the like as the words of a cell where it is ``alone`` there, else as a paragraph of its own."""
    lines = [line for one in elements for line in ([one] if isinstance(one, Line) else one.lines)]
    if alone:
        own(lines, node)
    else:
        owned(lines, "P", node)
    if lines and lines[0].labels:
        lines[0].labels = tuple(label._replace(node=lines[0].node) for label in lines[0].labels)
    return [*elements]


class Composer:
    """Sets the texts of one document; its footnotes are numbered through for their hidden names.

    ``names`` are the places in the document that a link can lead to; a picture is never taller than ``tallest``.
    """

    def __init__(self, names: Collection[str] = (), tallest: float = 1000.0) -> None:
        self._notes = count(1)
        self._names, self._tallest = names, tallest

    def content(self, parts: tuple[Content, ...], mark: str, width: float, node: Node | None) -> list[Element]:
        """A cell's content, its mark hanging before it; without a node it is an artifact."""
        hung = hanging(mark, _MARK) if mark else None
        if mark and (hung is None or hung[1] > width / 3):  # an ordinary paragraph above the content
            hung, parts = None, (Words(mark, bold=True), *parts)
        if hung is None:
            return self._parts(parts, width, 0.0, node)
        label, wide = hung
        before = None if node is None or _begins_with_words(parts) else Node("P", node)
        out = self._parts(parts, width, max(_MARK_ROOM, wide + _LABEL_GAP), node)
        if out and isinstance(first := out[0], Line):
            first.labels = (Label(0.0, label, before or first.node, _MARK), *first.labels)
        else:
            [line] = own([Line(label.face, label.text, _MARK)], before or node)
            out.insert(0, line)
        return out

    def _parts(self, parts: tuple[Content, ...], width: float, x: float, node: Node | None) -> list[Element]:
        out: list[Element] = []
        for part in parts:
            elements = self._part(part, width, x, node, alone=len(parts) == 1)
            if out and elements:
                elements[0].space_above(1.0 if isinstance(part, Words) and part.quiet else IN_CELL.paragraph)
            out += elements
        return out

    def _part(self, part: Content, width: float, x: float, node: Node | None, *, alone: bool) -> list[Element]:
        if isinstance(part, Rich):
            if alone and len(part.blocks) == 1 and not part.notes and isinstance(part.blocks[0], Paragraph):
                lines = wrap.paragraph(part.blocks[0].runs, width, style.CELL, x)
                return [*own(wrap.to_the_right(lines, width), node)]
            return [*self.rich(part, width, IN_CELL, node, x)]
        if isinstance(part, Chip):
            return adorned(chips.chip(part.status, width, quiet=part.quiet), node, alone=alone)
        if isinstance(part, Figure):
            return [FigureBox(part, width - x, self._tallest, node)]
        if isinstance(part, Trend):
            return adorned(chips.trend(part, width, x), node, alone=alone)
        kind = style.SMALL if part.quiet else style.CELL_BOLD if part.bold else style.CELL
        link = wrap.Inline("Link", "", part.to) if part.to in self._names else None
        lines = wrap.to_the_right(wrap.words(part.text, width, kind, x, link), width)
        return [*(own(lines, node) if alone else owned(lines, "P", node))]

    def rich(self, rich: Rich, width: float, setting: Setting, node: Node | None, x: float = 0.0) -> list[Line]:
        """A rich text's lines, its footnotes at its end; without a node they are an artifact."""
        out: list[Line] = []
        lists = Lists(node) if node is not None else None
        last: Block | None = None
        for block in rich.blocks:
            if isinstance(block, Item):
                lines = _item(block, width, setting, lists, x)
                gap = setting.item if isinstance(last, Item) else setting.paragraph / 2
            else:
                if lists:
                    lists.close()
                lines = wrap.to_the_right(wrap.paragraph(block.runs, width, setting.type, x), width)
                owned(lines, "P", node)
                gap = setting.paragraph
            _join(out, lines, gap)
            last = block
        for number, note in enumerate(rich.notes):
            lines = self._note(note, width, setting, node, x)
            _join(out, lines, setting.item if number else setting.paragraph)
        return out

    def _note(self, note: Note, width: float, setting: Setting, node: Node | None, x: float) -> list[Line]:
        kind = style.SMALL if setting is IN_CELL else style.NOTE
        hung = hanging(note.label, kind)
        inset = min(max(_NOTE_ROOM, hung[1] + _LABEL_GAP if hung else 0.0), width / 2)
        lines = wrap.paragraph(note.runs, width, kind, x + inset)
        if lines and node is not None:
            element = Node("Note", Node("P", node), name=f"note-{next(self._notes)}")
            label = Node("Lbl", element) if hung else None
            owned(lines, "P", element)
        else:
            label = None
        if lines and hung:
            lines[0].labels = (Label(x, hung[0], label, kind),)
        return lines


def _item(item: Item, width: float, setting: Setting, lists: Lists | None, x: float) -> list[Line]:
    numbered = item.number is not None
    shown = f"{item.number}." if numbered else _BULLETS[min(item.level, len(_BULLETS) - 1)]
    hung = hanging(shown, setting.type)
    start = x + min(item.level * setting.indent, width / 4)
    inset = min(max(setting.indent, hung[1] + _LABEL_GAP if hung else 0.0), width / 3)
    lines = wrap.paragraph(item.runs, width, setting.type, start + inset)
    if lines:
        label = lists.add(lines, item.level, numbered=numbered) if lists else None
        lines[0].labels = (Label(start, hung[0], label, setting.type),) if hung else ()
    return lines


def _join(out: list[Line], lines: list[Line], gap: float) -> None:
    if out and lines:
        lines[0].space_above(gap)
    out += lines


def _begins_with_words(parts: tuple[Content, ...]) -> bool:
    """Whether a mark can be the first word of a paragraph: content begins with one, not with a list or a chip."""
    first = parts[0] if parts else None
    if isinstance(first, Rich):
        return bool(first.blocks) and isinstance(first.blocks[0], Paragraph)
    return isinstance(first, Words)
