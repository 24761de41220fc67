"""How a finding is painted: its sentence, where it is, and at the end of the row what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cypp_desktop.ui import theme
from cypp_desktop.ui.models.ready import ROW, TO_DO, Row

Index = QModelIndex | QPersistentModelIndex
HIDE = "Switch off this kind"
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading


class ReadyDelegate(QStyledItemDelegate):
    """Rows as high as their words need at the width of the view."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = _row(index), self._view.viewport().width()
        if row.finding is None:
            return QSize(theme.grid(20), theme.grid(5.5 if index.row() else 4.25))
        inner = self._inner(QRect(0, 0, width, 10_000), index)
        words = QFontMetrics(theme.font()).boundingRect(inner, _WRAP, row.words).height()
        below = QFontMetrics(_small()).height()
        return QSize(theme.grid(20), words + below + theme.grid(2.25))

    def link(self, rect: QRect, index: Index) -> QRect:
        """Where what can be done stands in a row's rectangle; empty where there is nothing."""
        row = _row(index)
        words = _to_do(index) if row.finding else HIDE if row.rule else ""
        if not words:
            return QRect()
        wide = QFontMetrics(theme.font(bold=True)).horizontalAdvance(words) + theme.grid(2)
        high = min(theme.grid(4), rect.height())
        top = rect.bottom() - high if row.finding is None else rect.top()
        box = QRect(rect.right() - wide - theme.grid(1), top, wide, high)
        return QStyle.visualRect(self._view.layoutDirection(), rect, box)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look, rect = _row(index), theme.tokens(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self._view.layoutDirection())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and row.finding is not None
        if chosen:
            painter.fillRect(rect, look.selection)
            edge = QRect(rect.x(), rect.y(), 3, rect.height())
            painter.fillRect(QStyle.visualRect(self._view.layoutDirection(), rect, edge), look.accent)
        if row.finding is None:
            self._paint_heading(painter, rect, row)
        else:
            self._paint_finding(painter, rect, index, chosen=chosen)
        if link := self.link(rect, index):
            painter.setFont(theme.font(bold=True))
            painter.setPen(look.accent)
            painter.drawText(link, Qt.AlignmentFlag.AlignCenter, _to_do(index) if row.finding else HIDE)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look, edge = theme.tokens(), theme.grid(2)
        band = rect.adjusted(0, rect.height() - theme.grid(4.25), 0, 0)
        painter.fillRect(band, look.sunken)
        painter.fillRect(QRect(band.x(), band.bottom(), band.width(), 1), look.border)
        count = QFontMetrics(theme.font(bold=True)).horizontalAdvance(f"{row.count}") + theme.grid(1)
        link = theme.grid(20) if row.rule else 0
        words = QFontMetrics(theme.font(bold=True)).elidedText(
            row.words, Qt.TextElideMode.ElideRight, band.width() - 2 * edge - count - link
        )
        painter.setFont(theme.font(bold=True))
        painter.setPen(look.text)
        line = band.adjusted(edge, 0, -edge, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)
        wide = QFontMetrics(painter.font()).horizontalAdvance(words) + theme.grid(1)
        painter.setPen(look.muted)
        painter.setFont(theme.font())
        after = QStyle.visualRect(self._view.layoutDirection(), line, line.adjusted(wide, 0, 0, 0))
        painter.drawText(after, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, str(row.count))

    def _paint_finding(self, painter: QPainter, rect: QRect, index: Index, *, chosen: bool) -> None:
        look, row, inner = theme.tokens(), _row(index), self._inner(rect, index)
        painter.setFont(theme.font())
        painter.setPen(look.on_selection if chosen else look.text)
        painter.drawText(inner, _WRAP, row.words)
        high = QFontMetrics(painter.font()).boundingRect(inner, _WRAP, row.words).height()
        painter.setFont(_small())
        painter.setPen(look.muted)
        below = inner.adjusted(0, high + theme.grid(0.25), 0, 0)
        words = QFontMetrics(painter.font()).elidedText(row.place, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading, words)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.border)

    def _inner(self, rect: QRect, index: Index) -> QRect:
        """The room for the words: what can be done has a column of its own."""
        room = theme.grid(24) if rect.width() > theme.grid(60) else theme.grid(4)
        if rect.width() <= theme.grid(60) and (words := _to_do(index)):
            room = QFontMetrics(theme.font(bold=True)).horizontalAdvance(words) + theme.grid(4)
        inner = rect.adjusted(theme.grid(2), theme.grid(1), -room, -theme.grid(1))
        return QStyle.visualRect(self._view.layoutDirection(), rect, inner)


def _small() -> QFont:
    return theme.font(theme.SCALES["small"])


def _row(index: Index) -> Row:
    row = index.data(ROW)
    assert isinstance(row, Row)  # noqa: S101 - the model has no other rows
    return row


def _to_do(index: Index) -> str:
    return str(index.data(TO_DO) or "")
