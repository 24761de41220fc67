"""All of something, or only what is ticked in a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.ticks import Tick


class Some(QWidget):
    """Two buttons, "all" and "only these", and below the second a tick for each entry, shown while it is chosen."""

    changed = Signal()

    def __init__(self, all_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all, self.only = QRadioButton(all_words), QRadioButton("Only these:")
        group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.75))
        for button in (self.all, self.only):
            group.addButton(button)
            self._column.addWidget(button)
            button.clicked.connect(self._on_choice)
        self._entries: Sequence[tuple[str, str]] = ()
        self.ticks: dict[str, Tick] = {}

    def show_entries(self, entries: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Offer entries, each an id and its words, some of them chosen; none means all."""
        known = {one for one, _ in entries}
        some = [one for one in chosen if one in known]
        if entries != self._entries:
            self._entries = entries
            for tick in self.ticks.values():
                tick.deleteLater()
            self.ticks = {}
        self.all.setChecked(not some)
        self.only.setChecked(bool(some))
        self._show_ticks()
        for one, tick in self.ticks.items():
            tick.box.setChecked(not some or one in some)

    def value(self) -> tuple[str, ...]:
        """The ids that are ticked; none where all are wanted, or none is ticked."""
        if not self.only.isChecked():
            return ()
        return tuple(one for one, tick in self.ticks.items() if tick.box.isChecked())

    def _on_choice(self) -> None:
        self._show_ticks()
        self.changed.emit()

    def _show_ticks(self) -> None:
        shown = self.only.isChecked()
        if shown and not self.ticks:  # made when they are first wanted: there may be a hundred leads
            for one, words in self._entries:
                tick = self.ticks[one] = Tick(words)
                tick.box.setChecked(True)
                tick.clicked.connect(self.changed)
                tick.setContentsMargins(theme.grid(2), 0, 0, 0)
                self._column.addWidget(tick)
        for tick in self.ticks.values():
            tick.setVisible(shown)
