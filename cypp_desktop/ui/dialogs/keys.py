"""Every command with its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.ui import theme

_ALSO = (
    ("Next cell, cell before", "Tab, Shift+Tab"),
    ("Edit the cell", "Enter, F2, or just type"),
    ("Keep the cell and go on to the next key action", "Ctrl+Enter"),
    ("Put the cell back as it was", "Esc"),
)


class KeysDialog(QDialog):
    """A list to read and to close."""

    def __init__(self, menus: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        page = QWidget()
        page.setProperty("role", "pane")
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(theme.grid(4))
        grid.setContentsMargins(theme.grid(3), theme.grid(2), theme.grid(3), theme.grid(2))
        for title, rows in (*menus, ("In the table", _ALSO)):
            keyed = [row for row in rows if row[1]]
            if keyed:
                heading = theme.label(title, size="subheading")
                heading.setContentsMargins(0, theme.grid(1), 0, 0)
                grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for words, key in keyed:
                line = grid.rowCount()
                grid.addWidget(theme.label(words.rstrip("…")), line, 0)
                grid.addWidget(theme.label(key, tone="muted"), line, 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setProperty("role", "list")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area)
        column.addWidget(buttons)
        theme.give_size(self, 72, 80)
