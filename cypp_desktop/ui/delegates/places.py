"""How a place is painted: what it is called, and the words around the match as they are and as they will be."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from cypp_desktop.domain.replacing import Place
from cypp_desktop.ui import theme
from cypp_desktop.ui.delegates.ticked import TickedDelegate
from cypp_desktop.ui.models.places import PLACE

Index = QModelIndex | QPersistentModelIndex
_AROUND = 44  # letters before the match that are shown, and twice as many after it


class PlaceDelegate(TickedDelegate):
    """Two lines a place; ``words`` are what stands there afterwards."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.words = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(theme.font()).height()
        return QSize(theme.grid(20), int(2.2 * line) + theme.grid(1.5))

    def paint_row(self, painter: QPainter, area: QRect, index: Index, *, chosen: bool) -> None:
        place, look = index.data(PLACE), theme.tokens()
        if not isinstance(place, Place):
            return
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), look.border)
        inner = area.adjusted(0, theme.grid(0.75), 0, 0)
        painter.setFont(theme.font(theme.SCALES["small"]))
        painter.setPen(look.muted)
        metrics = QFontMetrics(painter.font())
        name = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading, name)
        self._paint_words(painter, inner.adjusted(0, int(1.15 * QFontMetrics(theme.font()).height()), 0, 0), place)

    def _paint_words(self, painter: QPainter, area: QRect, place: Place) -> None:
        """What stands before, the old words struck out, the new ones, what stands after: in the order of reading."""
        look, end = theme.tokens(), place.start + place.length
        before = " ".join(place.line[max(0, place.start - _AROUND) : place.start].split("\n"))
        before = f"…{before.partition(' ')[2]}" if place.start > _AROUND else before
        after = " ".join(place.line[end : end + 2 * _AROUND].split("\n"))
        struck = theme.font()
        struck.setStrikeOut(True)
        parts = (
            (before, theme.font(), look.text),
            (place.line[place.start : end], struck, look.danger),
            (self.words, theme.font(bold=True), look.accent),
            (after, theme.font(), look.text),
        )
        x = area.x()
        for words, font, ink in parts:
            painter.setFont(font)
            painter.setPen(ink)
            metrics, room = QFontMetrics(font), area.right() - x
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, area.y(), room, area.height()), Qt.AlignmentFlag.AlignTop, shown)
            x += metrics.horizontalAdvance(shown)
            if x >= area.right():
                break
