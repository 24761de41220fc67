"""Widgets in lines that wrap like words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget

from cypp_desktop.ui import theme


class Flow(QLayout):
    """Widgets side by side, wrapped like words; one wider than the line gets the whole line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(theme.grid(0.5), theme.grid(0.5), theme.grid(0.5), theme.grid(0.5))
        self.setSpacing(theme.grid(0.5))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Add a widget before others."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        high = max((item.sizeHint().height() for item in self._shown()), default=0)
        return QSize(theme.grid(12), high + margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, moving: bool) -> int:
        room = rect.marginsRemoved(self.contentsMargins())
        x, y, line = room.x(), room.y(), 0
        for item in self._shown():
            wide = min(item.sizeHint().width(), room.width())
            high = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            high = max(high, item.minimumSize().height())
            if x > room.x() and x + wide > room.right() + 1:
                x, y, line = room.x(), y + line + self.spacing(), 0
            if moving:
                left = (
                    x
                    if QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
                    else room.right() - (x - room.x()) - wide
                )
                item.setGeometry(QRect(QPoint(left, y), QSize(wide, high)))
            x, line = x + wide + self.spacing(), max(line, high)
        return y + line - rect.y() + self.contentsMargins().bottom()
