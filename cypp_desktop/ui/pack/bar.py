"""The bar above the pages: which page, how large, and words to be looked for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.controls import tool
from cypp_desktop.ui.pack.finding import FindBar
from cypp_desktop.ui.pack.marking import PagesView

_DIGITS = 9  # of the number of a page; Python does not read one of thousands
_WORDED, _LEAST = 92.0, 48.0  # the room for its words, and what it can do with, in steps of the grid


class PagesBar(QWidget):
    """Turns, sizes and searches the pages of a view."""

    def __init__(self, view: PagesView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.finding = FindBar(view)
        self.page = QLineEdit("1")
        self.page.setAccessibleName("Page")
        self.page.setFixedWidth(theme.grid(6))
        self.page.setMaxLength(_DIGITS)
        self.page.editingFinished.connect(self._on_number)
        self._of = theme.label("of 1", tone="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        self._row = row = QHBoxLayout()
        self._column.addLayout(row)
        row.setSpacing(theme.grid(0.75))
        row.addWidget(theme.label("Page", tone="muted"))
        row.addWidget(self.page)
        row.addWidget(self._of)
        row.addWidget(tool("‹", "Page before  (Ctrl+Page Up)", lambda: self.turn(-1)))
        row.addWidget(tool("›", "Next page  (Ctrl+Page Down)", lambda: self.turn(1)))
        row.addSpacing(theme.grid(1))
        row.addWidget(tool("−", "Smaller  (Ctrl+−)", lambda: view.zoom(-1)))
        row.addWidget(tool("+", "Larger  (Ctrl++)", lambda: view.zoom(1)))
        self._fits = {"Fit width": "↔", "Fit page": "↕"}
        self._buttons = [
            tool("Fit width", "Show a page as wide as the window", view.fit_width),
            tool("Fit page", "Show a whole page", view.fit_page),
        ]
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.finding, 4)
        view.turned.connect(self._on_page)
        view.loaded.connect(lambda count: self._of.setText(f"of {count:,}"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        worded = self.width() >= theme.grid(_WORDED)
        if worded != (self._column.indexOf(self.finding) < 0):  # with little room the search has a line of its own
            if worded:
                self._row.addWidget(self.finding, 4)
            else:
                self._column.addWidget(self.finding)
        for button, (words, sign) in zip(self._buttons, self._fits.items(), strict=True):
            button.setText(words if worded else sign)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(_LEAST), super().minimumSizeHint().height())

    def turn(self, by: int) -> None:
        """Go to the next page (1) or the one before (-1)."""
        self._view.go_to(self._view.page + by)

    def _on_page(self, page: int) -> None:
        self.page.setText(str(page + 1))

    def _on_number(self) -> None:
        words = self.page.text().strip()
        if words.isdecimal():
            self._view.go_to(int(words) - 1)
        self._on_page(self._view.page)
