"""The board pack made off the UI thread: a plan's snapshot goes in, the bytes of its PDF come out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QThread, Signal

from cypp_desktop.domain.plan import Plan
from cypp_desktop.reports.tables import Options

_running: set[Making] = set()


class Making(QThread):
    """One run. It cannot be stopped half-way; a run that nobody waits for any more ends unheard."""

    step = Signal(int, str)
    """How far it is, of 100, and what it does."""
    made = Signal(bytes)
    failed = Signal(str)

    def __init__(self, plan: Plan, options: Options) -> None:
        super().__init__()
        self._plan, self._options = plan, options
        self.finished.connect(self._end)

    def begin(self) -> None:
        """Start; the run is kept alive until it ends."""
        _running.add(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.wait)
        self.start()

    def run(self) -> None:
        try:
            self.step.emit(5, "Reading the plan")
            from cypp_desktop.reports import pdf, tables  # reportlab is loaded here, and here only

            report = tables.board_pack(self._plan, self._options)
            self.step.emit(30, "Drawing the pages")
            data = pdf.render(report)
            if not self.isInterruptionRequested():
                self.made.emit(data)
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it: whatever it is must be said
            self.failed.emit(f"The pages could not be made: {problem}")

    def _end(self) -> None:
        _running.discard(self)
