"""Wrapped rich text for painting: laid out once for its words, width and font, then only drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout

from cypp_desktop.domain import text
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import theme, units, wrapping

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

LEADING = 1.3
"""The height of a line as a multiple of the font's own."""
PARAGRAPH = 0.4
"""The gap between paragraphs, in lines."""
KEPT = 6000
"""How many laid out texts are kept; a screen shows some hundred."""
_OPEN = pattern(r"\b(?:TBC|TBA|[Tt]o be confirmed)\b")


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be laid out: a text of the Markdown subset, or ``plain`` words with a paragraph a line.

    ``mark`` hangs before it ("1."), ``small`` stands muted under it.
    """

    source: str = ""
    plain: bool = False
    mark: str = ""
    small: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One laid out paragraph, where it stands, what hangs before it, and its stretches that look different."""

    layout: QTextLayout
    x: float
    y: float
    mark: str = ""
    mark_x: float = 0.0
    muted: bool = False
    links: tuple[tuple[int, int], ...] = ()
    open: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out for a width: its paragraphs, its height, and the width that its longest line uses."""

    pieces: tuple[Piece, ...]
    height: float
    used: float


class Layouts:
    """The laid out texts of one widget, kept for its font."""

    def __init__(self, font: QFont) -> None:
        self._kept: dict[tuple[Words, int], Laid] = {}
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Take another font; what was laid out is forgotten."""
        self.font, self.bold, self.small = QFont(font), QFont(font), QFont(font)
        self.bold.setBold(True)
        self.small.setPointSizeF(max(1.0, font.pointSizeF() * 0.93))
        self.metrics = QFontMetricsF(self.font)
        self.line = float(round(self.metrics.height() * LEADING))
        self.ascent = (self.line - self.metrics.height()) / 2 + self.metrics.ascent()
        self._step = theme.grid(100) / 100
        self.margins = QMarginsF(self.grid(1.5), self.grid(1), self.grid(1.5), self.grid(1))
        self._kept.clear()

    def grid(self, n: float) -> int:
        """The same as :func:`theme.grid`, asked for in every cell of every frame."""
        return round(n * self._step)

    def lay(self, words: Words, width: float) -> Laid:
        """The text wrapped to a width in pixels."""
        key = (words, int(width))
        laid = self._kept.get(key)
        if laid is None:
            laid = self._lay(words, max(20.0, float(key[1])))
            if len(self._kept) >= KEPT:
                for old in list(self._kept)[: KEPT // 2]:
                    del self._kept[old]
            self._kept[key] = laid
        return laid

    def draw(self, painter: QPainter, laid: Laid, at: QPointF, *, selected: bool = False, muted: bool = False) -> None:
        """Paint a laid out text with its top left at a point, in the colours of the running scheme."""
        tokens = theme.tokens()
        ink = tokens.muted if muted else tokens.on_selection if selected else tokens.text
        for piece in laid.pieces:
            origin = QPointF(at.x() + piece.x, at.y() + piece.y)
            if piece.mark:
                painter.setFont(self.font)
                painter.setPen(tokens.muted)
                painter.drawText(QPointF(at.x() + piece.mark_x, origin.y() + self.ascent), piece.mark)
            painter.setPen(tokens.muted if piece.muted else ink)
            piece.layout.draw(painter, origin, _looks(piece), QRectF())

    def _lay(self, words: Words, width: float) -> Laid:
        indent = self.metrics.horizontalAdvance(words.mark + " ") if words.mark else 0.0
        pieces: list[Piece] = []
        y = used = 0.0
        for block, gap in _blocks(words):
            y += gap * self.line
            piece, height, wide = self._piece(block, indent, y, width, bold=words.bold)
            pieces.append(piece)
            y, used = y + height, max(used, wide)
        if words.mark and pieces:
            first = pieces[0]
            mark = " ".join(one for one in (words.mark, first.mark) if one)
            x = 0.0 if not first.mark else max(0.0, first.mark_x - indent)
            pieces[0] = Piece(first.layout, first.x, first.y, mark, x, links=first.links, open=first.open)
        if words.small:
            layout, height, wide = self._wrapped(words.small, self.small, width, [])
            pieces.append(Piece(layout, 0.0, y, muted=True))
            y, used = y + height, max(used, wide)
        return Laid(tuple(pieces), max(y, self.line), used)

    def _piece(
        self, block: text.Block, indent: float, y: float, width: float, *, bold: bool
    ) -> tuple[Piece, float, float]:
        mark = text.mark(block)
        mark_x = indent
        if isinstance(block, text.Item):
            mark_x += block.level * self.metrics.horizontalAdvance("00")
        x = mark_x + (self.metrics.horizontalAdvance(mark + " ") if mark else 0.0)
        plain, formats, links = _formatted(block.runs)
        layout, height, wide = self._wrapped(plain, self.bold if bold else self.font, width - x, formats)
        waiting = tuple(
            (found.start(), found.end() - found.start()) for found in _OPEN.finditer(units.as_counted(plain))
        )
        muted = bool(waiting) and _OPEN.fullmatch(plain.strip()) is not None
        return Piece(layout, x, y, mark.strip(), mark_x, muted, links, waiting), height, x + wide

    def _wrapped(
        self, plain: str, font: QFont, width: float, formats: list[QTextLayout.FormatRange]
    ) -> tuple[QTextLayout, float, float]:
        """A paragraph broken into lines, each centred in its line height; its height and used width."""
        layout = QTextLayout(plain.replace("\n", "\u2028"), font)
        layout.setTextOption(wrapping.option(plain))
        layout.setCacheEnabled(True)
        if formats:
            layout.setFormats(formats)
        lead = (self.line - self.metrics.height()) / 2
        y = wide = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20.0, width))
            line.setPosition(QPointF(0.0, y + lead))
            wide = max(wide, line.naturalTextWidth())
            y += self.line
        layout.endLayout()
        return layout, y, wide


def _blocks(words: Words) -> Iterator[tuple[text.Block, float]]:
    """The paragraphs, each with the gap above it in lines: list items stand close, paragraphs a little apart."""
    if words.plain:
        for place, line in enumerate(words.source.split("\n") if words.source else ()):
            yield text.Paragraph((text.Run(line),)), PARAGRAPH if place else 0.0
        return
    rich = text.parse(words.source)
    last: text.Block | None = None
    for block in rich.blocks:
        close = last is None or (isinstance(block, text.Item) and isinstance(last, text.Item))
        yield block, 0.0 if close else PARAGRAPH
        last = block
    for note in rich.notes:
        yield text.Paragraph((text.Run(f"{note.label} "), *note.runs)), PARAGRAPH


def _formatted(
    runs: Iterable[text.Run],
) -> tuple[str, list[QTextLayout.FormatRange], tuple[tuple[int, int], ...]]:
    """The words of runs, how stretches of them look, and where the links are."""
    plain, formats, links = "", [], []
    at = 0
    for run in runs:
        words = run.text or run.note
        long = units.length(words)
        if run.bold or run.italic or run.note:
            formats.append(_range(at, long, _looking(run)))
        if run.link:
            links.append((at, long))
        plain += words
        at += long
    return plain, formats, tuple(links)


def _looking(run: text.Run) -> QTextCharFormat:
    from PySide6.QtGui import QTextCharFormat  # when words have a look of their own: its enums take 2 ms

    look = QTextCharFormat()
    if run.bold:
        look.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        look.setFontItalic(True)
    if run.note:
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    return look


def _looks(piece: Piece) -> list[QTextLayout.FormatRange]:
    """What is coloured when drawn, so that a change of scheme needs no new layout."""
    if not piece.links and not piece.open:
        return []
    from PySide6.QtGui import QTextCharFormat

    tokens = theme.tokens()
    link, waiting = QTextCharFormat(), QTextCharFormat()
    link.setForeground(tokens.accent)
    link.setFontUnderline(True)
    waiting.setForeground(tokens.muted)
    waiting.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    looks = [_range(start, length, link) for start, length in piece.links]
    return looks + [_range(start, length, waiting) for start, length in piece.open]


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made
