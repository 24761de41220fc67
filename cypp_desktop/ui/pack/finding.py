"""Words looked for in the pages: a field, how many there are, and the way to the next and the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfSearchModel
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.controls import tool
from cypp_desktop.ui.pack.marking import PagesView


class FindBar(QWidget):
    """Looks for words in the pages of a view and walks through the places where they stand."""

    def __init__(self, view: PagesView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._search = QPdfSearchModel(self)
        self._search.setDocument(view.pdf)
        self.field = _Field(self)
        self.field.setPlaceholderText("Search the pages  (Ctrl+F)")
        self.field.setAccessibleName("Search the pages")
        self.field.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setMinimumWidth(theme.grid(10))
        self.field.setMaximumWidth(theme.grid(28))
        self.said = theme.label("", size="small", tone="muted")
        self._buttons = (
            tool("‹", "Previous place  (Shift+F3)", lambda: self.walk(-1)),
            tool("›", "Next place  (F3)", lambda: self.walk(1)),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        row.addWidget(self.said)
        row.addWidget(self.field, 1)
        for button in self._buttons:
            row.addWidget(button)
        self.field.textChanged.connect(self._look)
        self._search.countChanged.connect(self._say)
        self._place = -1
        self._say()

    def begin(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @property
    def count(self) -> int:
        """In how many places the words stand."""
        return self._search.rowCount(self._search.index(-1))

    def walk(self, by: int) -> None:
        """Go to the next place (1) or the one before (-1), round from the last to the first."""
        count, place = self.count, self._place
        if count:
            self._place = (place + by) % count if 0 <= place < count else 0 if by > 0 else count - 1
            found = self._search.resultAtIndex(self._place)
            self._view.go_to(found.page(), found.location())
            self._say()

    def _look(self, words: str) -> None:
        self._place = -1
        self._search.setSearchString(words)
        self._say()

    def _say(self) -> None:
        count = self.count
        self._view.show_found(self._search, self._place if self._place < count else -1)
        place = self._place + 1
        said = f"{place} of {count:,}" if place and count else f"{count:,} found" if count else "Not found"
        self.said.setText(said if self.field.text() else "")
        for button in self._buttons:
            button.setEnabled(count > 0)


class _Field(QLineEdit):
    """Enter goes to the next place, Shift+Enter to the one before, Escape empties the field."""

    def __init__(self, bar: FindBar) -> None:
        super().__init__(bar)
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._bar.walk(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
