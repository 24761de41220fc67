"""The pages of a PDF one below another: which are shown, where, and how large."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtPdfWidgets import QPdfView

from cypp_desktop.ui import theme

_POINTS = 72  # in an inch
_STEP = 1.2  # between two sizes
_LEAST, _MOST = 0.2, 6.0


class Pages(QPdfView):
    """Shows the bytes of a PDF; other bytes take their place where the reader is, and not at the first page."""

    turned = Signal(int)
    """The page that is looked at now, counted from 0."""
    loaded = Signal(int)
    """Other pages are shown; how many."""

    def __init__(self) -> None:
        super().__init__(None)  # type: ignore[call-overload]  # it takes its place, and its turn by Tab, in a layout
        self.data = b""
        """The bytes that are shown; b"" before the first."""
        self.pdf = QPdfDocument(None)  # type: ignore[call-overload]  # see keep_with
        self._buffer = QBuffer()
        self._points: list[QSizeF] = []  # the size of every page
        self.setDocument(self.pdf)
        self.setAccessibleName("Pages of the board pack")
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setPageSpacing(theme.grid(2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pageNavigator().currentPageChanged.connect(self._on_page)
        theme.signals.changed.connect(self._on_theme)
        self._on_theme()

    def keep_with(self, owner: QObject) -> None:
        """Have the document go with what owns the view, and after the view, which asks it to the last."""
        for one in (self.pdf, self._buffer):
            one.setParent(owner)

    def _on_theme(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Dark, theme.tokens().border)  # what Qt paints the desk with
        self.setPalette(palette)

    # --- what is shown ---

    def load(self, data: bytes) -> None:
        """Show another PDF, at the place where the reader is."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.data = data
        self.pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf.load(self._buffer)
        self._points = [self.pdf.pagePointSize(page) for page in range(self.pdf.pageCount())]
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self.loaded.emit(self.pdf.pageCount())
        self._on_page(self.page)

    @property
    def page(self) -> int:
        """The page that is looked at, counted from 0."""
        return self.pageNavigator().currentPage()

    def go_to(self, page: int, point: QPointF | None = None) -> None:
        """Go to a page, counted from 0; nothing happens where there is none."""
        if 0 <= page < self.pdf.pageCount() and (point is not None or page != self.page):
            self.pageNavigator().jump(page, point or QPointF())

    def go_to_heading(self, title: str) -> None:
        """Go to the first heading whose words begin with some; nothing happens where there is none."""
        marks = QPdfBookmarkModel()
        marks.setDocument(self.pdf)
        start = marks.index(0, 0)
        text, flag = int(QPdfBookmarkModel.Role.Title), Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
        for found in marks.match(start, text, title, 1, flag) if start.isValid() else ():
            self.go_to(
                int(found.data(int(QPdfBookmarkModel.Role.Page))), found.data(int(QPdfBookmarkModel.Role.Location))
            )

    def _on_page(self, page: int) -> None:
        count = self.pdf.pageCount()
        words = self.pdf.getAllText(page).text() if page < count else ""
        self.setAccessibleDescription(f"Page {page + 1} of {count}. {words}" if count else "")
        self.turned.emit(page)

    # --- how large ---

    def zoom(self, steps: int) -> None:
        """Show the pages larger (1) or smaller (-1)."""
        now = self.zoomFactor()
        if self.zoomMode() != QPdfView.ZoomMode.Custom and self.pdf.pageCount():
            now = self.rects()[self.page].width() / (self.pdf.pagePointSize(self.page).width() * _resolution())
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(_MOST, max(_LEAST, now * _STEP**steps)))

    def fit_width(self) -> None:
        """Show a page as wide as the view."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """Show a whole page."""
        self.setZoomMode(QPdfView.ZoomMode.FitInView)

    def rects(self) -> list[QRectF]:
        """Where every page stands, in pixels from the top left of the first; as QPdfView lays them out."""
        margins, room = self.documentMargins(), self.viewport().size()
        sides = margins.left() + margins.right()
        sizes, dots = [], _resolution()
        for points in self._points:
            size = points * dots
            if self.zoomMode() == QPdfView.ZoomMode.Custom:
                size *= self.zoomFactor()
            elif self.zoomMode() == QPdfView.ZoomMode.FitToWidth:
                size *= (room.width() - sides) / size.width()
            else:
                size *= min((room.width() - sides) / size.width(), (room.height() - self.pageSpacing()) / size.height())
            sizes.append(size)
        whole = max([room.width(), *(round(size.width()) + sides for size in sizes)])
        out, down = [], float(margins.top())
        for size in sizes:
            out.append(QRectF((whole - size.width()) / 2, down, size.width(), size.height()))
            down += round(size.height()) + self.pageSpacing()
        return out


def _resolution() -> float:
    """Pixels to a point of the paper, at 100 %."""
    return QGuiApplication.primaryScreen().logicalDotsPerInch() / _POINTS
