"""Rows with a tick box: how the box looks, and what ticks it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cypp_desktop.ui import icons, theme

Index = QModelIndex | QPersistentModelIndex


class TickedDelegate(QStyledItemDelegate):
    """A box and one line of words; a click on the box or Space ticks it."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.grid(20), QFontMetrics(theme.font()).height() + theme.grid(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, look.selection if chosen else look.surface)
        paint_box(painter, self.box(option.rect), ticked=is_ticked(index))
        self.paint_row(painter, option.rect.adjusted(theme.grid(5), 0, -theme.grid(1.5), 0), index, chosen=chosen)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(look.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def paint_row(self, painter: QPainter, area: QRect, index: Index, *, chosen: bool) -> None:
        """Paint what stands beside the box."""
        look = theme.tokens()
        painter.setFont(theme.font())
        painter.setPen(look.on_selection if chosen else look.text)
        metrics = QFontMetrics(painter.font())
        words = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)

    def box(self, rect: QRect) -> QRect:
        """Where the box stands in a row's rectangle."""
        side = theme.grid(2)
        return QRect(rect.x() + theme.grid(1.5), rect.y() + theme.grid(1), side, side)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            room = theme.grid(1)
            if self.box(option.rect).adjusted(-room, -room, room, room).contains(event.position().toPoint()):
                return toggle(model, index)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            return toggle(model, index)
        return False


def toggle(model: QAbstractItemModel, index: Index) -> bool:
    """Tick a row, or not any more."""
    state = Qt.CheckState.Unchecked if is_ticked(index) else Qt.CheckState.Checked
    return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)


def is_ticked(index: Index) -> bool:
    """Whether a row is ticked."""
    return index.data(Qt.ItemDataRole.CheckStateRole) in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)


def paint_box(painter: QPainter, box: QRect, *, ticked: bool) -> None:
    """Paint a tick box as those of the theme."""
    look = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.accent if ticked else look.control, 1))
    painter.setBrush(look.accent if ticked else look.raised)
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        icons.draw(painter, "check", box.adjusted(1, 1, -1, -1).toRectF(), "on_accent")
