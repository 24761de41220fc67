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
    _told = Signal(str, object)  # from the thread to this object's: which of the signals above, and what it says

    def __init__(self, function: Callable[[Say], object], mistake: str = "That could not be done") -> None:
        super().__init__()
        self._function, self._mistake = function, mistake
        self._said: tuple[int, str] = (-1, "")
        self._stopped = False
        self._told.connect(self._pass_on)
        self.finished.connect(self._end)

    def begin(self) -> Work:
        """Start."""
        _running.add(self)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.wait)
        self.start()
        return self

    def stop(self) -> None:
        """Have it end at its next step; nothing is heard of it from now on."""
        self._stopped = True

    def run(self) -> None:
        try:
            found = self._function(self._say)
            self._say(100, "")
            self._told.emit("done", (found,))
        except Stopped:
            pass
        except (Refused, CannotSave) as problem:
            self._told.emit("failed", (str(problem),))
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it: whatever it is must be said
            self._told.emit("failed", (f"{self._mistake}: {problem}",))

    def _say(self, so_far: int, words: str) -> None:
        if self._stopped:
            raise Stopped
        if words and (so_far, words) != self._said:
            self._said = so_far, words
            self._told.emit("step", self._said)

    def _pass_on(self, signal: str, said: tuple[object, ...]) -> None:
        """Tell, on the UI thread, where nobody has stopped it meanwhile."""
        if not self._stopped:
            getattr(self, signal).emit(*said)

    def _end(self) -> None:
        _running.discard(self)
