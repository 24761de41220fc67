"""The headings of a table: whole words, wrapped where a column is narrow, in line with the cells below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from cypp_desktop.ui import shapes, theme
from cypp_desktop.ui.celltext import Layouts, Words


class Headings(QHeaderView):
    """Paints the headings of a model with the layouts of its table."""

    def __init__(self, layouts: Layouts, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._layouts = layouts
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.sectionResized.connect(lambda *_: self.updateGeometries())
        self._known: tuple[object, float] = ((), 0.0)

    def sizeHint(self) -> QSize:
        widths = [self.sectionSize(place) for place in range(self.count())]
        words = [self._words(place) for place in range(self.count())]
        asked = (self._layouts.line, widths, words)
        if self._known[0] != asked:  # a table asks some thirty times while it is being laid out
            room = 2 * theme.grid(1.5)
            high = [self._layouts.lay(one, wide - room).height for one, wide in zip(words, widths, strict=True)]
            self._known = asked, max([self._layouts.line, *high])
        return QSize(theme.grid(8), int(self._known[1]) + theme.grid(2.125))

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        tokens, area = theme.tokens(), QRectF(rect)
        shapes.fill(painter, area, tokens.sunken)
        shapes.fill(painter, QRectF(area.x(), area.bottom() - 1, area.width(), 1), tokens.border)
        inner = area.adjusted(theme.grid(1.5), theme.grid(1), -theme.grid(1.5), 0)
        laid = self._layouts.lay(self._words(place), inner.width())
        self._layouts.draw(painter, laid, inner.topLeft(), muted=True)

    def _words(self, place: int) -> Words:
        words = self.model().headerData(place, Qt.Orientation.Horizontal) if self.model() else ""
        return Words(str(words or ""), plain=True, bold=True)


class Corner(QWidget):
    """The end of the headings, above the scroll bar."""

    def __init__(self, headings: Headings) -> None:
        super().__init__()
        self._headings = headings
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        headings.geometriesChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(0, self._headings.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            shapes.fill(painter, QRectF(self.rect()), theme.tokens().sunken)
            shapes.fill(painter, QRectF(0, self.height() - 1, self.width(), 1), theme.tokens().border)
