"""Drop-down lists and check boxes with the program's own marks; use them in place of Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionButton, QWidget

from cypp_desktop.ui import icons, theme


class Chooser(QComboBox):
    """A combo box whose value the wheel does not change in passing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.grid(1.75)
        left = theme.grid(1) if self.isRightToLeft() else self.width() - side - theme.grid(1)
        painter = QPainter(self)
        icons.draw(painter, "chevron-down", QRectF(left, (self.height() - side) / 2, side, side), "muted")
        painter.end()


class Check(QCheckBox):
    """A check box that draws its tick in the colours of the theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            painter = QPainter(self)
            icons.draw(painter, "check", QRectF(box).adjusted(1, 1, -1, -1), "on_accent")
            painter.end()
