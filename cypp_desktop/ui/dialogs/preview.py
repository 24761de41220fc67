"""The board pack as it will be printed: the very bytes of the PDF on the screen, saved, and sent to a printer."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import CannotSave
from cypp_desktop.exchange.board_pack import save
from cypp_desktop.ui import icons, theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.dialogs.making import Making
from cypp_desktop.ui.dialogs.pack_options import PackOptions
from cypp_desktop.ui.dialogs.printing import Printing

AGAIN_AFTER = 350
"""Milliseconds after the last choice that the pages are made again."""
_ZOOM = 1.2


class PreviewDialog(QDialog):
    """Choices at the left, pages at the right. ``data`` are the PDF's bytes that are shown, b"" until they are made."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Board pack")
        self._bridge = bridge
        self.data = b""
        self._making: Making | None = None
        self._printing: Printing | None = None
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = _Pages(self)
        self.view.setDocument(self.document)
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self.document)
        self.view.setSearchModel(self._search)
        self.options = PackOptions(bridge)
        self._banner = Banner("danger", "", closable=True)
        self._banner.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AGAIN_AFTER)
        self._timer.timeout.connect(self.make)
        self._lay_out()
        self._keys()
        self.options.changed.connect(self._timer.start)
        self.view.pageNavigator().currentPageChanged.connect(self._on_page)
        self.resize(theme.grid(150), theme.grid(100))
        self.make()

    # --- how it is put together ---

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._tools())
        right.addWidget(self._banner)
        right.addWidget(self.view, 1)
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

    def _tools(self) -> QWidget:
        self._page = QLineEdit("1")
        self._page.setAccessibleName("Page")
        self._page.setFixedWidth(theme.grid(6))
        self._page.editingFinished.connect(self._on_number)
        self._of = theme.label("of 1", tone="muted")
        self._find = QLineEdit()
        self._find.setPlaceholderText("Search the pages")
        self._find.setAccessibleName("Search the pages")
        self._find.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._find.setMinimumWidth(theme.grid(16))
        self._find.setMaximumWidth(theme.grid(28))
        self._find.textChanged.connect(self._search.setSearchString)
        self._find.returnPressed.connect(self.find_next)
        self._search.countChanged.connect(self._on_found)
        self._found = theme.label("", size="small", tone="muted")
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        row.setSpacing(theme.grid(0.75))
        row.addWidget(theme.label("Page", tone="muted"))
        row.addWidget(self._page)
        row.addWidget(self._of)
        row.addWidget(_tool("‹", "Page before", lambda: self.turn(-1)))
        row.addWidget(_tool("›", "Next page", lambda: self.turn(1)))
        row.addSpacing(theme.grid(2))
        row.addWidget(_tool("−", "Smaller (Ctrl+−)", lambda: self.zoom(1 / _ZOOM)))
        row.addWidget(_tool("+", "Larger (Ctrl++)", lambda: self.zoom(_ZOOM)))
        row.addWidget(
            _tool(
                "Fit width",
                "Show a page as wide as the window",
                lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth),
            )
        )
        row.addWidget(
            _tool("Fit page", "Show a whole page", lambda: self.view.setZoomMode(QPdfView.ZoomMode.FitInView))
        )
        row.addStretch(1)
        row.addWidget(self._found)
        row.addWidget(self._find, 1)
        return bar

    def _foot(self) -> QWidget:
        self._said = theme.label(tone="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.grid(22))
        self._bar.setAccessibleName("Progress")
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self.cancel)
        self._open = QPushButton("Open in PDF reader")
        self._open.clicked.connect(self.open_elsewhere)
        self._print = QPushButton(icons.icon("printer"), "Print…")
        self._print.clicked.connect(self.print_pages)
        self._save = QPushButton("Save as PDF…")
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self.save_as)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.grid(2), theme.grid(1.25), theme.grid(2), theme.grid(1.25))
        row.setSpacing(theme.grid(1))
        for part in (self._said, self._bar, self._cancel):
            row.addWidget(part)
        row.addStretch(1)
        for part in (close, self._open, self._print, self._save):
            row.addWidget(part)
            part.setAutoDefault(False)
        return foot

    def _keys(self) -> None:
        standard = QKeySequence.StandardKey
        for key, act in (
            (QKeySequence(standard.ZoomIn), lambda: self.zoom(_ZOOM)),
            (QKeySequence(standard.ZoomOut), lambda: self.zoom(1 / _ZOOM)),
            (QKeySequence(standard.Find), self._find.setFocus),
            (QKeySequence(standard.FindNext), self.find_next),
            (QKeySequence(standard.Print), self.print_pages),
            (QKeySequence(standard.Save), self.save_as),
            (QKeySequence("Ctrl+PgDown"), lambda: self.turn(1)),
            (QKeySequence("Ctrl+PgUp"), lambda: self.turn(-1)),
        ):
            QShortcut(key, self, act)

    # --- making the pages ---

    def make(self) -> None:
        """Make the pages of what is chosen, off this thread."""
        self._drop()
        making = Making(self._bridge.plan, self.options.options())
        making.step.connect(self._on_step)
        making.made.connect(self._on_made)
        making.failed.connect(self._on_failed)
        self._making = making
        self._work(True)
        making.begin()

    def cancel(self) -> None:
        """Stop waiting for pages, or printing them; what is shown stays."""
        if self._printing:
            self._printing.cancel()
        self._drop()
        self._work(False)
        self._said.setText("" if self.data else "No pages were made.")

    def _drop(self) -> None:
        making, self._making = self._making, None
        if making:  # it ends unheard
            making.requestInterruption()
            making.step.disconnect(self._on_step)
            making.made.disconnect(self._on_made)
            making.failed.disconnect(self._on_failed)

    def _work(self, working: bool) -> None:
        self._bar.setVisible(working)
        self._cancel.setVisible(working)
        ready = bool(self.data) and not working
        for button in (self._open, self._print, self._save):
            button.setEnabled(ready)
        self._bar.setValue(0)

    def _on_step(self, done: int, words: str) -> None:
        self._bar.setValue(done)
        self._said.setText(words)

    def _on_failed(self, sentence: str) -> None:
        self._making = None
        self._work(False)
        self._say(sentence)

    def _on_made(self, data: bytes) -> None:
        self._making = None
        self.data = bytes(data)
        page = self.view.pageNavigator().currentPage()
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(self.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        count = self.document.pageCount()
        self._of.setText(f"of {count}")
        self._said.setText(wording.several(count, "page"))
        self._work(False)
        self._go_to(min(page, count - 1) + 1)

    # --- looking ---

    def turn(self, by: int) -> None:
        """Go to the next page (1) or the one before (-1)."""
        self._go_to(self.view.pageNavigator().currentPage() + 1 + by)

    def _go_to(self, page: int) -> None:
        navigator = self.view.pageNavigator()
        if 1 <= page <= self.document.pageCount() and page - 1 != navigator.currentPage():
            navigator.jump(page - 1, QPointF())

    def _on_page(self, page: int) -> None:
        self._page.setText(str(page + 1))

    def _on_number(self) -> None:
        words = self._page.text().strip()
        if words.isdecimal():
            self._go_to(int(words))
        self._on_page(self.view.pageNavigator().currentPage())

    def zoom(self, factor: float) -> None:
        """Show the pages larger or smaller."""
        now = self.view.zoomFactor()
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom and self.document.pageCount():
            points = self.document.pagePointSize(self.view.pageNavigator().currentPage()).width()
            inches = (self.view.viewport().width() - theme.grid(2)) / self.view.logicalDpiX()
            now = inches * 72 / points
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(6.0, max(0.2, now * factor)))

    def find_next(self) -> None:
        """Go to the next place where the searched words stand."""
        count = self._search.rowCount(self._search.index(-1))
        if count:
            place = (self.view.currentSearchResultIndex() + 1) % count
            self.view.setCurrentSearchResultIndex(place)
            link = self._search.resultAtIndex(place)
            self.view.pageNavigator().jump(link.page(), link.location())

    def _on_found(self) -> None:
        count = self._search.rowCount(self._search.index(-1))
        self._found.setText(f"{count} found" if self._find.text() else "")

    # --- taking them away ---

    def _name(self) -> str:
        return wording.named(f"{self._bridge.plan.details.title} board pack", "Board pack") + ".pdf"

    def save_as(self) -> None:
        """Ask where, and write exactly the bytes that are shown."""
        if not self.data:
            return
        start = str(self._bridge.document.path.parent / self._name())
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the board pack", start, "PDF (*.pdf)")
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(".pdf"))

    def save_to(self, path: Path) -> None:
        """Write exactly the bytes that are shown to a file, whole or not at all."""
        try:
            save(self.data, path)
        except CannotSave as problem:
            self._say(str(problem))
        else:
            self._said.setText(f"Saved as “{path.name}”")

    def open_elsewhere(self) -> None:
        """Show the pages in the system's own program for PDF."""
        path = Path(tempfile.mkdtemp(prefix="board-pack-")) / self._name()
        self.save_to(path)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say("No program for PDF was found. Save the board pack and open it from its folder.")

    def print_pages(self) -> None:
        """Ask for a printer and a range of pages, and print them."""
        if not self.data or self._printing:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name().removesuffix(".pdf"))
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self.document.pageCount())
        if dialog.exec():
            self.print_on(printer)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that is set up, page by page, with progress."""
        self._printing = Printing(self.document, printer, self)
        self._printing.step.connect(self._on_step)
        self._printing.ended.connect(self._on_printed)
        self._work(True)
        self._printing.begin()

    def _on_printed(self, sentence: str, well: bool) -> None:
        self._printing = None
        self._work(False)
        if well:
            self._said.setText(sentence)
        else:
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._banner.say("danger", sentence)
        self._banner.show()

    def done(self, result: int) -> None:
        if self._printing:
            self._printing.cancel()
        self._drop()
        super().done(result)


class _Pages(QPdfView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages of the board pack")
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setPageSpacing(theme.grid(2))
        theme.signals.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Dark, theme.tokens().border)  # what Qt paints the desk with
        self.setPalette(palette)


def _tool(words: str, name: str, act: object) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.clicked.connect(act)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
