"""Work off the UI thread: one function is carried out, says how far it is, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QThread, Signal

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused

Say = Callable[[int, str], None]
"""Called by the function with how far it is, of 100, and what it does; raises :class:`Stopped` where nobody waits."""
_running: set[Work] = set()


class Stopped(Exception):
    """Nobody waits for the work any more."""


class Work(QThread):
    """One run of a function, which must touch no widget and no open document; it is kept alive until it ends."""

    step = Signal(int, str)
    """How far it is, of 100, and what it does."""
    done = Signal(object)
    """What the function returned."""
    failed = Signal(str)
    """Why it could not be done, as one sentence."""

    def __init__(self, function: Callable[[Say], object], mistake: str = "That could not be done") -> None:
        super().__init__()
        self._function, self._mistake = function, mistake
        self.finished.connect(self._end)

    def begin(self) -> Work:
        """Start."""
        _running.add(self)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.wait)
        self.start()
        return self

    def stop(self) -> None:
        """Have it end at its next step, unheard."""
        self.requestInterruption()

    def run(self) -> None:
        try:
            found = self._function(self._say)
            self._say(100, "")
            self.done.emit(found)
        except Stopped:
            pass
        except (Refused, CannotSave) as problem:
            self._fail(str(problem))
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it: whatever it is must be said
            self._fail(f"{self._mistake}: {problem}")

    def _say(self, so_far: int, words: str) -> None:
        if self.isInterruptionRequested():
            raise Stopped
        if words:
            self.step.emit(so_far, words)

    def _fail(self, sentence: str) -> None:
        if not self.isInterruptionRequested():
            self.failed.emit(sentence)

    def _end(self) -> None:
        _running.discard(self)
