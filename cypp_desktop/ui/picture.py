"""An icon that stands by itself as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cypp_desktop.ui import icons, theme


class Picture(QWidget):
    """An icon of a size in pixels (grown with the size of text), in the colour of a token; nothing to focus or read."""

    def __init__(self, name: str, colour: str = "muted", side: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._token, self._side = name, colour, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.updateGeometry)

    def show_icon(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._token = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.grid(self._side / 8)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            icons.draw(painter, self._name, square, self._token)
