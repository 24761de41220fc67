"""A check box whose words wrap, which Qt's own do not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.controls import Check


class Tick(QWidget):
    """A box and its words; a click on either ticks it."""

    clicked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Check()
        self.box.setAccessibleName(words)
        self.box.clicked.connect(self.clicked)
        said = theme.label(words, wrap=True)
        said.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1)
        self._said = said

    def setEnabled(self, enabled: bool) -> None:
        self.box.setEnabled(enabled)
        self._said.setProperty("tone", "text" if enabled else "muted")
        theme.polish(self._said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.box.click()
