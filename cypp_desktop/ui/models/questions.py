"""The questions that copies left open, looked up anew a moment after a step that can open or close one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cypp_desktop.document.document import Event
from cypp_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from cypp_desktop.document.conflicts import Conflict

BEGIN = 600
"""Milliseconds after which a plan that was opened is asked for the first time, so that the window opens first."""
AFTER = 150
"""Milliseconds after a step."""
_ORDINARY = frozenset({"set", "add", "move", "delete"})  # while nothing is open, these open nothing


class Questions(QObject):
    """The open questions of one document."""

    changed = Signal()
    """There are other questions now."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.open: list[Conflict] = []
        self._later = QTimer(self, singleShot=True, interval=BEGIN)
        self._later.timeout.connect(self.finish)
        bridge.changed.connect(self._follow)
        self._later.start()

    def _follow(self, event: Event) -> None:
        if self.open or event.op not in _ORDINARY:
            self._later.start(AFTER)

    def rest(self) -> None:
        """Look no more: the document is closed."""
        self._later.stop()

    def finish(self) -> None:
        """Look them up now."""
        self._later.stop()
        found = self._bridge.document.conflicts()
        if found != self.open:
            self.open = found
            self.changed.emit()
