"""The board pack made off the UI thread: a plan's snapshot goes in, the bytes of a file come out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QThread, Signal

from cypp_desktop.domain.plan import Plan
from cypp_desktop.reports.options import Options

_running: set[Making] = set()
_READ = 0.15  # the share of the work that reading the plan is


class _Dropped(Exception):
    """Nobody waits for the run."""


class Making(QThread):
    """One run. One that nobody waits for any more ends soon, and unheard."""

    step = Signal(int, str)
    """How far it is, of 100, and what it does."""
    made = Signal(bytes, int)
    """The bytes of the file, and how many undecided cells are marked in it."""
    failed = Signal(str)

    def __init__(self, plan: Plan, options: Options, kind: str = "pdf") -> None:
        super().__init__()
        self._plan, self._options, self.kind = plan, options, kind
        self._said = -1
        self.finished.connect(self._end)

    def begin(self) -> None:
        """Start; the run is kept alive until it ends."""
        _running.add(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.wait)
        self.start()

    def drop(self) -> None:
        """Wait for it no more: it ends at its next step."""
        self.requestInterruption()
        for signal in (self.step, self.made, self.failed):
            signal.disconnect()

    def run(self) -> None:
        try:
            self._make()
        except _Dropped:
            pass
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it: whatever it is must be said
            self.failed.emit(f"The board pack could not be made: {problem}")

    def _make(self) -> None:
        self._say(0.02, "Reading the plan")
        from cypp_desktop.exchange.board_pack import FORMATS  # the libraries are loaded here, and here only
        from cypp_desktop.reports import pdf, tables, undecided

        report = tables.board_pack(self._plan, self._options)
        if self.kind == "pdf":
            data = pdf.render(report, told=lambda share: self._say(_READ + (1 - _READ) * share, "Drawing the pages"))
        else:
            self._say(_READ, "Writing the file")
            data = FORMATS[self.kind](report)
        self._say(1.0, "")
        self.made.emit(data, undecided.count(report))

    def _say(self, share: float, words: str) -> None:
        """Tell how far it is, where that is another hundredth; ends the run where nobody waits for it."""
        if self.isInterruptionRequested():
            raise _Dropped
        if round(100 * share) != self._said and words:
            self._said = round(100 * share)
            self.step.emit(self._said, words)

    def _end(self) -> None:
        _running.discard(self)
