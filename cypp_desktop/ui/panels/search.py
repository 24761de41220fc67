"""The search box of the toolbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from cypp_desktop.document.document import Event
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.search import Search

if TYPE_CHECKING:
    from cypp_desktop.ui.panels.hits import Hits

_SLICE = 200  # records folded between two events of the window
_BEGIN = 500  # milliseconds until it begins with that, so that the window opens first
_MOST = 200


class SearchBox(QLineEdit):
    """Finds while one types; Down and Up walk the list, Enter jumps, Esc puts the box away."""

    jumped = Signal(str)
    """The id of the record to go to."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._search = Search(bridge.plan)
        self._bridge, self._window = bridge, window
        self._hits: Hits | None = None
        self._idle = QTimer(self, interval=_BEGIN)
        self._idle.timeout.connect(self._gather)
        self._idle.start()
        self.setPlaceholderText("Search plan  (Ctrl+F)")
        self.setAccessibleName("Search the plan")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(self._look)
        self.returnPressed.connect(lambda: self._jump(self.hits.view.currentIndex()))
        bridge.changed.connect(self._follow)

    @property
    def hits(self) -> Hits:
        """The list of what was found, made when something is first looked for."""
        if self._hits is None:
            from cypp_desktop.ui.panels.hits import Found, Hits

            self._hits = Hits(Found(self._bridge, self._search, self), self._window)
            self._hits.view.clicked.connect(self._jump)
        return self._hits

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(39), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(16), super().minimumSizeHint().height())

    def _gather(self) -> None:
        self._idle.setInterval(20)
        if not self._search.gather(_SLICE):
            self._idle.stop()

    def _follow(self, event: Event) -> None:
        self._search.follow(event)
        if self._hits and self._hits.isVisible():
            self._look(self.text())

    def _look(self, words: str) -> None:
        if not words.strip():
            self._put_away()
            return
        found = self._search.find(words, _MOST)
        self.hits.model.show_hits(found, words)
        self.hits.show_for(self, len(found), most=_MOST)

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():
            self.hits.hide()
            self.jumped.emit(self.hits.model.record(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
            self.clear()
            self.clearFocus()
        elif step:
            self.hits.walk(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._look(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._hits and not self._hits.underMouse():
            self._hits.hide()

    def _put_away(self) -> None:
        if self._hits:
            self._hits.hide()
