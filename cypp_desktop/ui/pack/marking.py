"""The pages as one works with them: text is found, marked and copied, and links are followed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtPdf import QPdfLink, QPdfLinkModel, QPdfSearchModel, QPdfSelection
from PySide6.QtWidgets import QApplication, QMenu

from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import theme
from cypp_desktop.ui.pack.pages import Pages

_FOLLOWED = ("http", "https", "mailto")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place on a page, in points from its top left."""

    page: int
    point: QPointF


class PagesView(Pages):
    """Shows what a search has found and what is marked, so that the words can still be read."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed = QPointF()
        self._from: _Spot | None = None
        self._marked: dict[int, QPdfSelection] = {}
        self._links = QPdfLinkModel(self)
        self._links.setDocument(self.pdf)
        self._found: QPdfSearchModel | None = None
        self._current = -1  # of what was found
        self.viewport().setMouseTracking(True)
        self.loaded.connect(lambda _count: self._mark({}))

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
        rects = self.rects()
        if not rects:
            return None
        page = min(range(len(rects)), key=lambda one: _distance(rects[one], point.y()))
        scale = self.pdf.pagePointSize(page).width() / rects[page].width()
        return _Spot(page, (point - rects[page].topLeft()) * scale)

    # --- the mouse: a click follows a link, dragging marks text ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._from = event.position(), self._spot(event.position())
            self._mark({})

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = self._spot(event.position())
        if not event.buttons() & Qt.MouseButton.LeftButton:
            link = here and self._link(here).isValid()
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.IBeamCursor)
        elif self._from and here and (self._marked or self._dragged(event.position())):
            self._select(self._from, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        here, self._from = self._from, None
        if event.button() == Qt.MouseButton.LeftButton and here and not self._dragged(event.position()):
            self.follow(self._link(here))

    def _dragged(self, to: QPointF) -> bool:
        return (to - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def _link(self, spot: _Spot) -> QPdfLink:
        """The link at a place; an invalid one where there is none."""
        self._links.setPage(spot.page)
        return self._links.linkAt(spot.point)

    def follow(self, link: QPdfLink) -> None:
        """Go where a link leads: to a page, or to an address of the web or of a person's e-mail, and nowhere else."""
        if not link.isValid():
            return
        if link.url().isEmpty():
            self.go_to(link.page(), link.location())
        elif link.url().scheme().lower() in _FOLLOWED:
            QDesktopServices.openUrl(link.url())

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
            for page, rect in enumerate(self.rects()):
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
