"""The board pack made off the UI thread: a plan's snapshot goes in, the bytes of a file come out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QThread, Signal

from cypp_desktop.domain.plan import Plan
from cypp_desktop.reports.options import Options

_running: set[Making] = set()


class Making(QThread):
    """One run. It cannot be stopped half-way; a run that nobody waits for any more ends unheard."""

    step = Signal(int, str)
    """How far it is, of 100, and what it does."""
    made = Signal(bytes, int)
    """The bytes of the file, and how many undecided cells are marked in it."""
    failed = Signal(str)

    def __init__(self, plan: Plan, options: Options, kind: str = "pdf") -> None:
        super().__init__()
        self._plan, self._options, self._kind = plan, options, kind
        self.finished.connect(self._end)

    def begin(self) -> None:
        """Start; the run is kept alive until it ends."""
        _running.add(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.wait)
        self.start()

    def drop(self) -> None:
        """Wait for it no more."""
        self.requestInterruption()
        for signal in (self.step, self.made, self.failed):
            signal.disconnect()

    def run(self) -> None:
        try:
            self.step.emit(5, "Reading the plan")
            from cypp_desktop.exchange.board_pack import FORMATS  # the libraries are loaded here, and here only
            from cypp_desktop.reports import tables, undecided

            report = tables.board_pack(self._plan, self._options)
            if self.isInterruptionRequested():
                return
            self.step.emit(30, "Drawing the pages" if self._kind == "pdf" else "Writing the file")
            data = FORMATS[self._kind](report)
            if not self.isInterruptionRequested():
                self.made.emit(data, undecided.count(report))
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it: whatever it is must be said
            self.failed.emit(f"The board pack could not be made: {problem}")

    def _end(self) -> None:
        _running.discard(self)
