"""A card of lines: a list that is as high as its lines, walked by the arrow keys and opened by a click or Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.overview.drawing import ROW, LineDelegate
from cypp_desktop.ui.overview.rows import Row

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LinesModel(QAbstractListModel):
    """The lines of one card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines; where only what they say is other, each stays where it is."""
        rows = list(rows)
        if rows == self.rows:
            return
        same = [one.record for one in rows] == [one.record for one in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = rows
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.tip(row.said)
        return row.said if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Lines(QListView):
    opened = Signal(str)

    def __init__(self, model: LinesModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self, lambda: model.rows))
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._high = 0
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        theme.signals.changed.connect(self._fit_soon.start)

    def fit(self) -> None:
        """Be as high as the lines."""
        model, rows = self.model(), self.itemDelegate()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        high = sum(rows.sizeHint(option, model.index(row, 0)).height() for row in range(model.rowCount()))
        if high != self._high:
            self._high = high
            self.setFixedHeight(high)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_soon.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, Row) and row.record:
            self.opened.emit(row.record)


class LinesCard(QFrame):
    """Lines on paper; ``opened`` tells the record of a line that was clicked or entered."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.model = LinesModel(self)
        self.lines = _Lines(self.model, name)
        self.lines.opened.connect(self.opened)
        self.setFocusProxy(self.lines)
        column = QVBoxLayout(self)
        edge = theme.grid(0.75)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.lines)
        column.addStretch(1)

    def show_rows(self, name: str, rows: Sequence[Row]) -> None:
        """Show other lines under a name."""
        self.lines.setAccessibleName(name)
        self.model.show_rows(rows)
