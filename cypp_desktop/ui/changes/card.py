"""A card laid out for a width, and painted: who and when, then before and after in one text, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.values import dataclass, field
from cypp_desktop.ui import theme, units, wrapping
from cypp_desktop.ui.celltext import LEADING, Layouts
from cypp_desktop.ui.changes.content import Content, Line, Piece
from cypp_desktop.ui.chips import chip_size, draw_chip
from cypp_desktop.ui.difference import look

RADIUS = 6.0
ARROW = "\u2192"


@dataclass(slots=True)
class Text:
    """Wrapped words at a place, in a tone of the theme, and how stretches of them look."""

    layout: QTextLayout
    at: QPointF
    tone: str
    marks: tuple[tuple[int, int, str], ...] = ()


@dataclass(slots=True)
class Card:
    """What is painted, in coordinates of the row; ``buttons``: their words and places, and which is primary."""

    frame: QRectF
    texts: list[Text] = field(default_factory=list)
    chips: list[tuple[Status, QRectF]] = field(default_factory=list)
    buttons: list[tuple[str, QRectF, bool]] = field(default_factory=list)
    rule: float = 0.0

    @property
    def height(self) -> int:
        """The height of its row, with the gap to the next."""
        return int(self.frame.bottom() + theme.grid(1))

    def button(self, at: QPointF) -> str:
        """The words of the button at a place of the row; "" where there is none."""
        return next((words for words, box, _ in self.buttons if box.contains(at)), "")


def lay_out(layouts: Layouts, shown: Content, width: int, buttons: Sequence[str]) -> Card:
    """The card of some content in a row of a width; the last of the ``buttons`` is the primary one."""
    return _Laying(layouts, width).card(shown, buttons)


class _Laying:
    """Lays parts one under another."""

    def __init__(self, layouts: Layouts, width: int) -> None:
        self.layouts = layouts
        self.left = float(theme.grid(2.5))
        self.width = max(80.0, width - 2 * self.left)
        self.y = float(theme.grid(1.5))
        self.made = Card(QRectF(1, 1, width - 2, 0))

    def card(self, shown: Content, buttons: Sequence[str]) -> Card:
        self._head(shown)
        if shown.below:
            self._text(self._elided(shown.below), self.layouts.small, "muted")
        named = len(shown.lines) > 1
        for line in shown.lines:
            self._line(line, named=named or line.chips)
        self._foot(shown.state, buttons)
        self.made.frame.setHeight(self.y + theme.grid(1.5) - 1)
        return self.made

    def _head(self, shown: Content) -> None:
        """The title, and at its end who and when; below it where both have no room."""
        bold = QFont(self.layouts.bold)
        bold.setPointSizeF(self.layouts.font.pointSizeF() * 1.07)
        who, title = QFontMetricsF(self.layouts.small), QFontMetricsF(bold)
        need = who.horizontalAdvance(shown.who)
        beside = title.horizontalAdvance(shown.title) + need + theme.grid(3) < self.width
        if beside:
            drop = title.ascent() - who.ascent()
            self._put(shown.who, self.layouts.small, "muted", (self.width - need - 1, self.y + drop, need + 2))
        self._text(shown.title, bold, "text")
        if not beside:
            self._text(shown.who, self.layouts.small, "muted")
        self.y += theme.grid(0.25)

    def _line(self, line: Line, *, named: bool) -> None:
        if line.chips:
            self._chips(line)
            return
        if named:
            self.y += theme.grid(0.5)
            self._text(line.name, self.layouts.small, "muted")
        self._text("".join(words for _, words in line.words), self.layouts.font, "text", line.words)

    def _chips(self, line: Line) -> None:
        """A status as it was, an arrow, and as it is; under one another where there is little room."""
        self.y += theme.grid(0.75)
        small, gap = QFontMetricsF(self.layouts.small), float(theme.grid(1))
        name = small.horizontalAdvance(line.name)
        x, below = self.left + name + gap, self.y
        if name > self.width / 3:
            self._text(line.name, self.layouts.small, "muted")
            x, below = self.left, self.y
        else:
            self._put(line.name, self.layouts.small, "muted", (0, self.y + theme.grid(0.4), name + 2))
        for status, before in ((line.before, True), (line.after, False)):
            room = self.left + self.width - x
            size = chip_size(self.layouts, status, room) if status else None
            words = "" if status else "none"
            wide = size.width() if size else small.horizontalAdvance(words)
            if x > self.left and x + wide > self.left + self.width - 1:
                x, self.y = self.left, below + theme.grid(0.5)
            high = float(size.height() if size else self.layouts.line)
            if status and size:
                self.made.chips.append((status, QRectF(x, self.y, self.left + self.width - x, high)))
            else:
                self._put(words, self.layouts.small, "muted", (x - self.left, self.y + theme.grid(0.4), wide + 2))
            below, x = max(below, self.y + high), x + wide + gap
            if before:
                arrow = self.layouts.metrics.horizontalAdvance(ARROW)
                self._put(ARROW, self.layouts.font, "muted", (x - self.left, self.y + theme.grid(0.4), arrow + 2))
                x += arrow + gap
        self.y = below

    def _foot(self, state: str, buttons: Sequence[str]) -> None:
        if not state and not buttons:
            return
        self.y += theme.grid(1.25)
        self.made.rule = self.y
        self.y += theme.grid(1)
        metrics, high = QFontMetricsF(self.layouts.bold), self.layouts.metrics.height() + theme.grid(1.5)
        x = self.left + self.width
        for place, words in enumerate(reversed(buttons)):
            wide = metrics.horizontalAdvance(words) + theme.grid(3)
            self.made.buttons.append((words, QRectF(x - wide, self.y, wide, high), place == 0))
            x -= wide + theme.grid(1)
        top = self.y
        if state:
            self.y = top + (max(0.0, high - self.layouts.line) / 2 if buttons else 0.0)
            self._text(state, self.layouts.small, "muted", width=max(80.0, x - self.left))
        self.y = max(self.y, top + high if buttons else 0.0)

    # --- words ---

    def _text(self, words: str, font: QFont, tone: str, found: Sequence[Piece] = (), width: float = 0.0) -> None:
        self.y += self._put(words, font, tone, (0, self.y, width or self.width), found)

    def _put(
        self, words: str, font: QFont, tone: str, box: tuple[float, float, float], found: Sequence[Piece] = ()
    ) -> float:
        """Wrap words in a box (x, y, width); how high they are."""
        x, y, width = box
        layout = QTextLayout(words.replace("\n", "\u2028"), font)
        layout.setTextOption(wrapping.option(words))
        layout.setCacheEnabled(True)
        marks, at = [], 0
        for mark, piece in found:
            if mark:
                marks.append((at, units.length(piece.rstrip()), mark))
            at += units.length(piece)
        layout.setFormats([_range(start, length, _bold()) for start, length, mark in marks if mark == "+"])
        metrics = QFontMetricsF(font)
        line_height = round(metrics.height() * LEADING)
        high = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20.0, width))
            line.setPosition(QPointF(0.0, high + (line_height - metrics.height()) / 2))
            high += line_height
        layout.endLayout()
        self.made.texts.append(Text(layout, QPointF(self.left + x, y), tone, tuple(marks)))
        return high

    def _elided(self, words: str) -> str:
        metrics = QFontMetricsF(self.layouts.small)
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width)


def draw(painter: QPainter, card: Card, layouts: Layouts, at: QPointF, *, current: bool, focused: bool) -> None:
    """Paint a card with its row's top left at a point."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.setPen(QPen(tokens.focus if focused else tokens.border, 2 if focused else 1))
    painter.setBrush(tokens.surface)
    painter.drawRoundedRect(card.frame.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if current:
        painter.fillRect(
            QRectF(card.frame.x(), card.frame.y() + RADIUS, 3, card.frame.height() - 2 * RADIUS), tokens.accent
        )
    if card.rule:
        side = theme.grid(2.5)
        painter.fillRect(QRectF(side, card.rule, card.frame.width() - 2 * side + 2, 1), tokens.border)
    for text in card.texts:
        painter.setPen(getattr(tokens, text.tone))
        text.layout.draw(painter, text.at, [_range(start, length, look(mark)) for start, length, mark in text.marks])
    for status, box in card.chips:
        draw_chip(painter, layouts, status, box)
    for words, box, primary in card.buttons:
        draw_button(painter, layouts, words, box, primary=primary)
    painter.restore()


def draw_button(painter: QPainter, layouts: Layouts, words: str, box: QRectF, *, primary: bool) -> None:
    """Paint a button as the stylesheet would."""
    tokens = theme.tokens()
    painter.setPen(QPen(tokens.accent if primary else tokens.control, 1))
    painter.setBrush(tokens.accent if primary else tokens.raised)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(layouts.bold)
    painter.setPen(tokens.on_accent if primary else tokens.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _range(start: int, length: int, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, format_
    return made


def _bold() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold)
    return made
