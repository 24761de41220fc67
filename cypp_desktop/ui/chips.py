"""A status as people see it everywhere: shape, letter, word and colour; and the bar that counts them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cypp_desktop.domain.plan import Status
from cypp_desktop.ui import shapes, theme
from cypp_desktop.ui.celltext import Laid, Layouts, Words

RADIUS = 4.0


def chip_size(layouts: Layouts, status: Status, width: float) -> QSize:
    """The size of a status's chip within a width; its word wraps under itself."""
    laid, before = _laid(layouts, status, width)
    wide = min(width, before + laid.used + layouts.grid(1.25))
    return QSize(int(wide) + 1, int(laid.height + 2 * layouts.grid(0.4)))


def draw_chip(painter: QPainter, layouts: Layouts, status: Status, rect: QRectF) -> None:
    """Paint a status at the top left of a rectangle, on its tint."""
    tokens = theme.tokens()
    ink, tint = theme.status_colours(status.colour)
    size = chip_size(layouts, status, rect.width())
    box = QRectF(rect.x(), rect.y(), size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.restore()
    top, side, left = box.y() + layouts.grid(0.4), layouts.grid(1.5), box.x() + layouts.grid(1)
    shapes.draw(painter, status.shape, QRectF(left, top + (layouts.line - side) / 2, side, side), ink, tint)
    painter.setFont(layouts.bold)
    painter.setPen(ink)
    painter.drawText(QPointF(left + side + layouts.grid(0.75), top + layouts.ascent), status.letter)
    laid, before = _laid(layouts, status, rect.width())
    painter.setPen(tokens.text)
    layouts.draw(painter, laid, QPointF(box.x() + before, top))


def last_height(layouts: Layouts) -> int:
    """The height of the small chip of the period before, with the gap above it."""
    return int(layouts.line) + layouts.grid(0.5)


def draw_last(painter: QPainter, layouts: Layouts, status: Status, rect: QRectF) -> None:
    """Paint the status of the period before, small, into the foot of a rectangle: shape, letter, and what it is."""
    look = theme.tokens()
    ink, tint = theme.status_colours(status.colour)
    side, gap, bold = layouts.grid(1.125), layouts.grid(0.5), QFont(layouts.small)
    bold.setBold(True)
    wide = 3 * gap + side + QFontMetricsF(bold).horizontalAdvance(status.letter)
    box = QRectF(rect.x(), rect.bottom() - layouts.line, wide, layouts.line)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
    place = QRectF(box.x() + gap, box.center().y() - side / 2, side, side)
    shapes.draw(painter, status.shape, place, ink, tint)
    painter.setFont(bold)
    painter.setPen(ink)
    painter.drawText(box.adjusted(2 * gap + side, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, status.letter)
    painter.setFont(layouts.small)
    painter.setPen(look.muted)
    after = QRectF(box.right() + gap, box.y(), max(0.0, rect.right() - box.right() - gap), box.height())
    words = QFontMetricsF(layouts.small).elidedText("last period", Qt.TextElideMode.ElideRight, after.width())
    painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def _laid(layouts: Layouts, status: Status, width: float) -> tuple[Laid, float]:
    """The word laid out, and how far from the chip's edge it begins."""
    letter = QFontMetricsF(layouts.bold).horizontalAdvance(status.letter or "M")
    before = layouts.grid(1) + layouts.grid(1.5) + layouts.grid(0.75) + letter + layouts.grid(0.75)
    return layouts.lay(Words(status.label, plain=True), width - before - layouts.grid(1)), before


class CountsBar(QWidget):
    """How many actions have each status: solid parts in the plan's order, each with shape and number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[tuple[Status, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Sequence[tuple[Status, int]]) -> None:
        """Show other counts; statuses without any action are left out."""
        self._counts = [(status, number) for status, number in counts if number]
        words = ", ".join(f"{number} {status.label}" for status, number in self._counts)
        self.setAccessibleName(words)
        self.setToolTip(theme.tip(words))
        self.setVisible(bool(self._counts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(theme.grid(32), self.minimumSizeHint().width()), theme.grid(2.75))

    def minimumSizeHint(self) -> QSize:
        parts = len(self._counts)
        return QSize(parts * theme.grid(5.75) + max(0, parts - 1) * 3, theme.grid(2.75))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_counts(painter, QRectF(self.rect()), self._counts, self.isRightToLeft())


def draw_counts(painter: QPainter, rect: QRectF, counts: Sequence[tuple[Status, int]], mirrored: bool) -> None:
    """Paint a bar of counts: its parts have room for their numbers, and share the rest by size."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    gap, least = 3.0, float(theme.grid(5.75))
    least = min(least, (rect.width() + gap) / max(1, len(counts)) - gap)
    total = sum(number for _, number in counts) or 1
    free = max(0.0, rect.width() - gap * (len(counts) - 1) - least * len(counts))
    x = rect.x()
    for status, number in counts[::-1] if mirrored else counts:
        part = QRectF(x, rect.y(), least + free * number / total, rect.height())
        _draw_part(painter, part, status, number)
        x = part.right() + gap


def _draw_part(painter: QPainter, part: QRectF, status: Status, number: int) -> None:
    ink, _ = theme.status_colours(status.colour)
    hole = theme.tokens().surface
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(part, RADIUS, RADIUS)
    side = theme.grid(1.5)
    square = QRectF(part.x() + theme.grid(1.125), part.center().y() - side / 2, side, side)
    shapes.draw(painter, status.shape, square, hole, ink)
    painter.setFont(theme.font(bold=True))
    painter.setPen(hole)
    words = QRectF(square.right() + theme.grid(0.75), part.y(), part.width(), part.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(number))
