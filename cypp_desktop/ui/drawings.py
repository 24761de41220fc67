"""The drawings of a report painted in the window: the same picture as on paper, in the colours of the scheme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cypp_desktop import resources
from cypp_desktop.reports.drawing import Box, Drawing, Item, Label, Mark, Stroke
from cypp_desktop.reports.model import Figure
from cypp_desktop.ui import shapes, theme

FAMILY = "Liberation Sans"
"""The font of paper, which is shipped."""
_FILES = ("LiberationSans-Regular", "LiberationSans-Bold")
POINT = 1 / 6
"""A point of a drawing in steps of the grid: four thirds of a pixel at 100 %, as on paper."""


def size(drawing: Drawing) -> QSize:
    """How large a drawing is at the size of text."""
    return QSize(theme.grid(drawing.width * POINT), theme.grid(drawing.height * POINT))


def draw(painter: QPainter, drawing: Drawing, rect: QRectF, ground: QColor | None = None) -> None:
    """Paint a drawing as large as a rectangle allows, at its left and in its middle.

    ``ground`` is the colour behind it, where that is not the surface's: holes show it.
    """
    scale = min(rect.width() / drawing.width, rect.height() / drawing.height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.x(), rect.center().y() - drawing.height * scale / 2)
    painter.scale(scale, scale)
    for item in drawing.items:
        _draw(painter, item, ground or theme.tokens().surface)
    painter.restore()


def _draw(painter: QPainter, item: Item, ground: QColor) -> None:
    ink = _colour(item.colour, ground)
    match item:
        case Stroke():
            painter.setPen(QPen(ink, item.width, Qt.PenStyle.DashLine if item.dashed else Qt.PenStyle.SolidLine))
            painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
        case Box():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(item.x, item.y, item.width, item.height), item.radius, item.radius)
        case Mark():
            square = QRectF(item.x - item.size / 2, item.y - item.size / 2, item.size, item.size)
            shapes.draw(painter, item.shape, square, ink, _colour(item.ground, ground))
        case Label():
            _write(painter, item, ink)


def _write(painter: QPainter, label: Label, ink: QColor) -> None:
    painter.setFont(_font(label.size, bold=label.bold, dots=painter.device().logicalDpiY()))
    painter.setPen(ink)
    wide = QFontMetricsF(painter.font(), painter.device()).horizontalAdvance(label.text)
    before = {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    painter.drawText(QPointF(label.x - before, label.y), label.text)


def _colour(name: str, ground: QColor) -> QColor:
    if name.startswith("#"):
        return theme.status_colours(name)[0]
    return ground if name == "surface" else QColor(getattr(theme.tokens(), name))


def _font(points: float, *, bold: bool, dots: int) -> QFont:
    """The paper's font, one unit of the painter for each of its points."""
    load_fonts()
    made = QFont(FAMILY)
    made.setPointSizeF(points * 72 / dots)
    made.setBold(bold)
    return made


@cache
def load_fonts() -> None:
    """Have Qt know the fonts of the paper."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", f"{name}.ttf")))


class FigureView(QWidget):
    """A figure of a report as a widget; what it shows is its name for those who do not see it, and its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        theme.signals.changed.connect(self.updateGeometry)

    def show_figure(self, figure: Figure | None) -> None:
        """Show another figure, or nothing."""
        self.figure = figure
        self.setAccessibleName("Chart" if figure else "")
        self.setAccessibleDescription(figure.alt if figure else "")
        self.setToolTip(theme.tip(figure.alt) if figure else "")
        self.setVisible(figure is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return size(self.figure.drawing) if self.figure else QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.figure:
            with QPainter(self) as painter:
                ground = theme.tokens().window if self.parent() else theme.tokens().surface
                draw(painter, self.figure.drawing, QRectF(self.rect()), ground)
