"""PDF pages on a printer, drawn one by one at the printer's own resolution while the window lives on."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

FINEST = 300
"""Dots an inch, at most: text on paper is sharp then, and a page needs some 35 MB."""


class Printing(QObject):
    """One job; a page is drawn each time that the event loop is idle."""

    step = Signal(int, str)
    """How far it is, of 100, and what it does."""
    ended = Signal(str, bool)
    """A sentence how it ended, and whether it ended well."""

    def __init__(self, data: bytes, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._printer = QPdfDocument(self), printer
        self._buffer = QBuffer(self)  # of its own: the preview goes on with other pages meanwhile
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._pages = pages(printer, self._document.pageCount())
        self._place = 0
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        """Start the job."""
        size = self._document.pagePointSize(self._pages[0] if self._pages else 0)
        wide = size.width() > size.height()
        turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(turned)
        self._printer.setFullPage(True)
        if not self._pages or not self._painter.begin(self._printer):
            self.ended.emit("The printer did not take the pages.", False)
            return
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop before the next page."""
        if self._timer.isActive():
            self._timer.stop()
            self._painter.end()
            self._printer.abort()
            self.ended.emit("Printing was stopped.", True)

    def _next(self) -> None:
        if self._place == len(self._pages):
            self._timer.stop()
            self._painter.end()
            self.ended.emit("Sent to the printer.", True)
            return
        if self._place and not self._printer.newPage():
            self._timer.stop()
            self._painter.end()
            self.ended.emit("The printer stopped taking pages.", False)
            return
        self.step.emit(round(100 * self._place / len(self._pages)), f"Printing page {self._pages[self._place] + 1}")
        self._draw(self._pages[self._place])
        self._place += 1

    def _draw(self, page: int) -> None:
        paper = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        points = self._document.pagePointSize(page)
        scale = min(paper.width() / points.width(), paper.height() / points.height())
        target = QRectF(0, 0, points.width() * scale, points.height() * scale)
        target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
        fine = min(1.0, FINEST / self._printer.resolution())
        dots = QSizeF(target.width() * fine, target.height() * fine)
        image = self._document.render(page, QSize(round(dots.width()), round(dots.height())))
        self._painter.drawImage(target, image)


def pages(printer: QPrinter, count: int) -> list[int]:
    """The pages that were asked for, counted from 0."""
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        last = min(printer.toPage() or count, count)
        wanted = list(range(printer.fromPage() - 1, last))
    else:
        wanted = list(range(count))
    return wanted[::-1] if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst else wanted
