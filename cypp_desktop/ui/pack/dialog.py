"""The board pack in a window of its own: choices at the left, the real pages at the right, and where they go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange.board_pack import format_of
from cypp_desktop.exchange.files import save
from cypp_desktop.reports.options import Options
from cypp_desktop.reports.undecided import heading
from cypp_desktop.ui import icons, theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.pack import saving
from cypp_desktop.ui.pack.bar import PagesBar
from cypp_desktop.ui.pack.choice import LayoutChoice
from cypp_desktop.ui.pack.making import making
from cypp_desktop.ui.pack.marking import PagesView
from cypp_desktop.ui.pack.options import PackOptions
from cypp_desktop.ui.pack.printing import Printing
from cypp_desktop.ui.pack.thumbnails import Thumbnails
from cypp_desktop.ui.work import Work

AFTER, AGAIN = 30, 400
"""Milliseconds after the last change of the plan, or of what is chosen, that the pages are made again; and after which
it is tried again while a file is being made.
"""
PAGES = "pdf"
_STALE = "Stopped: the pages do not show the last changes."
_ROOM = 115.0  # for the pages in small, in steps of the grid


class PackDialog(QDialog):
    """Follows the plan while it is open; ``view.data`` are the bytes of the PDF that are shown, saved and printed."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Board pack")
        guide.on_f1(self, "A reporting period")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._making: Work | None = None
        self._kind = PAGES
        self._printing: Printing | None = None
        self._print_soon = False
        self._listed = 0
        self._asked: tuple[Plan, Options] | None = None  # what the next pages are of
        self._shown: tuple[Plan, Options] | None = None  # and those that are shown
        self.view = PagesView()
        self.thumbnails = Thumbnails(self.view.pdf)
        self.choice = LayoutChoice(bridge, self)
        self.options = PackOptions(bridge, self.choice)
        self.bar = PagesBar(self.view)
        self._banner = Banner("danger", "", closable=True)
        self.undecided = Banner("warn", "")
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.grid(1))
        for note in (self._banner, self.undecided):
            self._notes.addWidget(note)
            note.hide()
        self._banner.closed.connect(self._room_for_notes)
        self.undecided.acted.connect(lambda: self.view.go_to_heading(heading(self._listed)))
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.make)
        self._lay_out()
        self._keys()
        bridge.changed.connect(self._on_change)
        bridge.failed.connect(self._say)
        self.choice.changed.connect(self._on_change)
        self.view.loaded.connect(self.thumbnails.refresh)
        self.view.turned.connect(self.thumbnails.show_page)
        self.thumbnails.wanted.connect(self.view.go_to)
        free = self.screen().availableSize() - QSize(theme.grid(2), theme.grid(5))  # the system's frame
        self.resize(QSize(theme.grid(160), theme.grid(100)).boundedTo(free))
        self.make()

    # --- how it is put together ---

    def _lay_out(self) -> None:
        pages = QHBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.view, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addLayout(self._notes)
        right.addLayout(pages, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.options)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(theme.rule())
        column.addWidget(self._foot())
        self.view.keep_with(self)

    def _foot(self) -> QWidget:
        self.said = theme.label(tone="muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMinimumWidth(theme.grid(8))
        self._progress.setMaximumWidth(theme.grid(22))
        self._progress.setAccessibleName("Progress")
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self.cancel)
        self._open = QPushButton("Open in PDF reader")
        self._open.clicked.connect(self.open_elsewhere)
        self._print = QPushButton(icons.icon("printer"), "\u2002Print…")
        self._print.clicked.connect(self.print_pages)
        self._save = QPushButton("Save as…")
        self._save.setToolTip("As PDF, Word, Excel, web page or CSV")
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self.save_as)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.grid(2), theme.grid(1.25), theme.grid(2), theme.grid(1.25))
        row.setSpacing(theme.grid(1))
        for part in (self.said, self._progress, self._cancel):
            row.addWidget(part)
        row.addStretch(1)
        for part in (close, self._open, self._print, self._save):
            row.addWidget(part)
            part.setAutoDefault(False)
        return foot

    def _keys(self) -> None:
        standard = QKeySequence.StandardKey
        keys: tuple[tuple[QKeySequence, Callable[[], object]], ...] = (
            (QKeySequence(standard.ZoomIn), lambda: self.view.zoom(1)),
            (QKeySequence(standard.ZoomOut), lambda: self.view.zoom(-1)),
            (QKeySequence(standard.Find), self.bar.finding.begin),
            (QKeySequence(standard.FindNext), lambda: self.bar.finding.walk(1)),
            (QKeySequence(standard.FindPrevious), lambda: self.bar.finding.walk(-1)),
            (QKeySequence(standard.Print), self.print_pages),
            (QKeySequence(standard.Save), self.save_as),
            (QKeySequence(standard.Undo), self._bridge.undo),
            (QKeySequence(standard.Redo), self._bridge.redo),
            (QKeySequence("Ctrl+PgDown"), lambda: self.bar.turn(1)),
            (QKeySequence("Ctrl+PgUp"), lambda: self.bar.turn(-1)),
        )
        for key, act in keys:
            QShortcut(key, self, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.thumbnails.setVisible(self.width() >= theme.grid(_ROOM))

    # --- making the pages ---

    def make(self) -> None:
        """Make the pages of what is chosen, off this thread; a file that is being made, or printing, is waited for."""
        if self._printing or (self._making and self._kind != PAGES):
            self._later.start(AGAIN)
        else:
            self._asked = (self._bridge.plan, self.choice.asked)
            self._begin(PAGES, self._on_made)

    def _begin(self, kind: str, then: Callable[[bytes, int], None]) -> None:
        self._drop()
        self._kind = kind
        work = making(self._bridge.plan, self.choice.asked, kind)
        self._making = Work(work, "The board pack could not be made")
        self._making.step.connect(self._on_step)
        self._making.done.connect(lambda made: then(*made))
        self._making.failed.connect(self._on_failed)
        self._work()
        self._making.begin()

    def _on_change(self, _cause: object = None) -> None:
        self._later.start(AFTER)

    def cancel(self) -> None:
        """Stop waiting for pages or a file, or printing; what is shown stays."""
        self._later.stop()
        if self._printing:
            self._printing.cancel()
        self._drop()
        stale = (self._bridge.plan, self.choice.asked) != self._shown
        self.said.setText("No pages were made." if not self.view.data else _STALE if stale else "")

    def _drop(self) -> None:
        if self._making:
            self._making.stop()
            self._making = None
        self._work()

    def _work(self) -> None:
        """Show whether there is work going on, and what can be done now."""
        working = bool(self._making or self._printing)
        self._progress.setVisible(working)
        self._progress.setValue(0)
        self._cancel.setVisible(working)
        for button in (self._open, self._print, self._save):
            button.setEnabled(bool(self.view.data) and not working)

    def _on_step(self, done: int, words: str) -> None:
        self._progress.setValue(done)
        self.said.setText(words)

    def _on_failed(self, sentence: str) -> None:
        self._making = None
        self._work()
        self.said.setText("")
        self._say(sentence)

    def _on_made(self, data: bytes, undecided: int) -> None:
        self._making = None
        self._shown = self._asked
        self.view.load(data)
        self._say_undecided(undecided)
        self.said.setText(wording.several(self.view.pdf.pageCount(), "page"))
        self._work()
        if self._print_soon:
            self.print_pages()

    def _say_undecided(self, count: int) -> None:
        self._listed = count
        are = "is" if count == 1 else "are"
        them = "it is" if count == 1 else "they are"
        sentence = f"{wording.several(count, 'cell')} {are} undecided; {them} marked in the pack and listed at its end."
        self.undecided.say("warn", sentence, "Show the list")
        self.undecided.setVisible(bool(count))
        self._room_for_notes()

    # --- taking them away ---

    @property
    def name(self) -> str:
        """What the pack is called as a file, without an ending."""
        return wording.file_name(f"{self._bridge.plan.details.title} board pack", "Board pack")

    def save_as(self) -> None:
        """Ask where and as what, and save it."""
        if not self._save.isEnabled():
            return
        try:
            path = saving.ask(self, self._bridge.document.path.parent, self.name)
        except Refused as problem:
            self._say(str(problem))
        else:
            if path:
                self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save as the format that the file's ending names; a PDF has exactly the bytes that are shown."""
        kind = format_of(path)
        if kind == PAGES:
            self._write(self.view.data, path)
        else:
            self._begin(kind, lambda data, _count: self._on_file(data, path))

    def _on_file(self, data: bytes, path: Path) -> None:
        self._making = None
        self._work()
        self._write(data, path)

    def _write(self, data: bytes, path: Path) -> None:
        try:
            save(data, path)
        except CannotSave as problem:
            self._say(str(problem))
        else:
            self.said.setText(f"Saved as “{path.name}”")

    def open_elsewhere(self) -> None:
        """Show the pages in the system's own program for PDF."""
        try:
            saving.open_elsewhere(self.view.data, self.name)
        except CannotSave as problem:
            self._say(str(problem))

    def print_soon(self) -> None:
        """Print the pages, if not now then when they are made."""
        self._print_soon = not self._print.isEnabled()
        self.print_pages()

    def print_pages(self) -> None:
        """Ask for a printer and a range of pages, and print them."""
        if not self._print.isEnabled():
            return
        self._print_soon = False
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.name)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self.view.pdf.pageCount())
        if dialog.exec():
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that is set up, page by page, with progress."""
        self._printing = Printing(self.view.data, printer, self)
        self._printing.step.connect(self._on_step)
        self._printing.ended.connect(self._on_printed)
        self._work()
        self._printing.begin()

    def _on_printed(self, sentence: str, well: bool) -> None:
        self._printing = None
        self._work()
        if well:
            self.said.setText(sentence)
        else:
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._banner.say("danger", sentence)
        self._banner.show()
        self._room_for_notes()

    def _room_for_notes(self) -> None:
        shown = not (self._banner.isHidden() and self.undecided.isHidden())
        edge = theme.grid(2) if shown else 0
        self._notes.setContentsMargins(edge, 0, edge, theme.grid(1) if shown else 0)

    def done(self, result: int) -> None:
        self._later.stop()
        if self._printing:
            self._printing.cancel()
        self._drop()
        super().done(result)
