"""The pages of a PDF one below another, with their text to be marked and copied."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfSearchModel, QPdfSelection
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QMenu, QWidget

from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import theme

_POINTS = 72  # in an inch
_STEP = 1.2  # between two sizes
_LEAST, _MOST = 0.2, 6.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place on a page, in points from its top left."""

    page: int
    point: QPointF


class PagesView(QPdfView):
    """Shows the bytes of a PDF; other bytes take their place where the reader is, and not at the first page."""

    turned = Signal(int)
    """The page that is looked at now, counted from 0."""
    loaded = Signal(int)
    """Other pages are shown; how many."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.data = b""
        """The bytes that are shown; b"" before the first."""
        self.pdf = QPdfDocument(parent)  # and not of the view, which asks it to the last
        self._buffer = QBuffer(parent)
        self._points: list[QSizeF] = []  # the size of every page
        self._from: _Spot | None = None
        self._found: QPdfSearchModel | None = None
        self._current = -1  # of what was found
        self._marked: dict[int, QPdfSelection] = {}
        self.setDocument(self.pdf)
        self.setAccessibleName("Pages of the board pack")
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setPageSpacing(theme.grid(2))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pageNavigator().currentPageChanged.connect(self._on_page)
        theme.signals.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Dark, theme.tokens().border)  # what Qt paints the desk with
        self.setPalette(palette)

    # --- what is shown ---

    def load(self, data: bytes) -> None:
        """Show another PDF, at the place where the reader is."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._mark({})
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
            now = self._rects()[self.page].width() / (self.pdf.pagePointSize(self.page).width() * _resolution())
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(_MOST, max(_LEAST, now * _STEP**steps)))

    def fit_width(self) -> None:
        """Show a page as wide as the view."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """Show a whole page."""
        self.setZoomMode(QPdfView.ZoomMode.FitInView)

    def _rects(self) -> list[QRectF]:
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

    def show_found(self, found: QPdfSearchModel, current: int) -> None:
        """Show what a search has found, one place of it as the current one (-1 for none)."""
        self._found, self._current = found, current
        self.viewport().update()

    # --- marking and copying text ---

    @property
    def text(self) -> str:
        """The text that is marked."""
        return "\n".join(self._marked[page].text().replace("\r\n", "\n") for page in sorted(self._marked))

    def copy(self) -> None:
        """Copy the marked text."""
        if self._marked:
            QGuiApplication.clipboard().setText(self.text)

    def select_page(self) -> None:
        """Mark all text of the page that is looked at."""
        self._mark({self.page: self.pdf.getAllText(self.page)} if self.pdf.pageCount() else {})

    def _mark(self, marked: dict[int, QPdfSelection]) -> None:
        self._marked = {page: found for page, found in marked.items() if found.isValid()}
        self.viewport().update()

    def _select(self, one: _Spot, other: _Spot) -> None:
        """Mark the text from one place to another."""
        first, last = sorted((one, other), key=lambda spot: (spot.page, spot.point.y(), spot.point.x()))
        marked = {page: self.pdf.getAllText(page) for page in range(first.page, last.page + 1)}
        ends = {page: _ends(found) for page, found in marked.items()}
        ends[first.page] = (first.point, ends[first.page][1])
        ends[last.page] = (ends[last.page][0], last.point)
        for page in {first.page, last.page}:
            marked[page] = self.pdf.getSelection(page, *ends[page])
        self._mark(marked)

    def _spot(self, where: QPointF) -> _Spot | None:
        """The place under a point of the view, on the page that is nearest."""
        point = where + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        rects = self._rects()
        if not rects:
            return None
        page = min(range(len(rects)), key=lambda one: _distance(rects[one], point.y()))
        scale = self.pdf.pagePointSize(page).width() / rects[page].width()
        return _Spot(page, (point - rects[page].topLeft()) * scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._spot(event.position())
            self._mark({})

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        to = self._spot(event.position()) if event.buttons() & Qt.MouseButton.LeftButton else None
        if self._from and to:
            self._select(self._from, to)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._marked:  # a link is followed by a click, and not by marking its words
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_page()
        else:
            super().keyPressEvent(event)

    def menu(self) -> QMenu:
        """What can be done with the text of the pages."""
        menu = QMenu(self)
        copy = menu.addAction("Copy", self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(self._marked))
        whole = menu.addAction("Select the text of this page", self.select_page)
        whole.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        whole.setEnabled(self.pdf.pageCount() > 0)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        seen = QRectF(self.viewport().rect())
        with QPainter(self.viewport()) as painter:
            for page, rect in enumerate(self._rects()):
                shown = rect.translated(-across, -down)
                if shown.intersects(seen):
                    painter.save()
                    painter.translate(shown.topLeft())
                    scale = rect.width() / self.pdf.pagePointSize(page).width()
                    painter.scale(scale, scale)
                    self._paint_marks(painter, page)
                    painter.restore()

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        """Paint what is found and what is marked on a page, so that its words can still be read."""
        look = theme.LIGHT  # the paper is white in the dark, too
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._found:
            current = self._found.resultAtIndex(self._current) if self._current >= 0 else None
            for found in self._found.resultsOnPage(page):
                here = current is not None and (found.page(), found.location()) == (current.page(), current.location())
                painter.setBrush(look.selection.darker(112) if here else look.warn_tint)
                painter.setPen(QPen(look.accent, 1.2) if here else Qt.PenStyle.NoPen)
                for area in found.rectangles():
                    painter.drawRect(area.adjusted(-1, -1, 1, 1))
        if page in self._marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.selection.darker(108))
            for line in self._marked[page].bounds():
                painter.drawPolygon(line)


def _resolution() -> float:
    """Pixels to a point of the paper, at 100 %."""
    return QGuiApplication.primaryScreen().logicalDotsPerInch() / _POINTS


def _ends(found: QPdfSelection) -> tuple[QPointF, QPointF]:
    """Where some text begins and ends, each just within its first and last character."""
    lines = [line.boundingRect() for line in found.bounds()]
    if not lines:
        return QPointF(), QPointF()
    inside = QPointF(0.5, 0)
    begin = QPointF(lines[0].left(), lines[0].center().y()) + inside
    return begin, QPointF(lines[-1].right(), lines[-1].center().y()) - inside


def _distance(rect: QRectF, y: float) -> float:
    return max(rect.top() - y, y - rect.bottom(), 0.0)
