"""The questions that copies left open, looked up off the UI thread a moment after a step that can open or close one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cypp_desktop.document.document import Event
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from pathlib import Path

    from cypp_desktop.document.conflicts import Conflict
    from cypp_desktop.ui.work import Work

BEGIN = 600
"""Milliseconds after which a plan that was opened is asked for the first time, so that the window opens first."""
AFTER = 150
"""Milliseconds after a step."""
_ORDINARY = frozenset({"set", "add", "move", "delete"})  # while nothing is open, these open nothing


class Questions(QObject):
    """The open questions of one document."""

    changed = Signal()
    """There are other questions now."""
    looked = Signal()
    """They were looked up, whether or not there are others."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.open: list[Conflict] = []
        self._work: Work | None = None
        self._later = QTimer(self, singleShot=True, interval=BEGIN)
        self._later.timeout.connect(self.look)
        bridge.changed.connect(self._follow)
        self._later.start()

    def _follow(self, event: Event) -> None:
        if self.open or self._work or event.op not in _ORDINARY:
            self._later.start(AFTER)

    def rest(self) -> None:
        """Look no more: the document is closed."""
        self._later.stop()
        if self._work:
            self._work.stop()
            self._work = None

    def look(self) -> None:
        """Look them up; ``looked`` says when that is done."""
        from cypp_desktop.ui.work import Work

        self.rest()
        path, plan = self._bridge.document.path, self._bridge.plan
        self._work = Work(lambda _say: _load(path, plan), "What is to settle cannot be read")
        self._work.done.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.begin()

    def finish(self) -> None:
        """Look them up here and now."""
        self.rest()
        self._set(_load(self._bridge.document.path, self._bridge.plan))

    def settled(self, conflict: Conflict) -> None:
        """Take over that one was just answered, and look whether the answer opened or closed others."""
        self.look()
        self._set([one for one in self.open if one != conflict])

    def _take(self, found: list[Conflict]) -> None:
        self._work = None
        self._set(found)
        self.looked.emit()

    def _fail(self, sentence: str) -> None:
        self._work = None
        self.looked.emit()
        self._bridge.failed.emit(sentence)  # last, so that no news of what came takes its place

    def _set(self, found: list[Conflict]) -> None:
        if found != self.open:
            self.open = found
            self.changed.emit()


def _load(path: Path, plan: Plan) -> list[Conflict]:
    from cypp_desktop.document import conflicts  # not needed to open a plan

    return conflicts.load(path, plan)
