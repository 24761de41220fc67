"""The pages in small, one below another, to be leafed through; drawn off the UI thread when they come into sight."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cypp_desktop.ui import theme

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH = 14.0  # of a page, in steps of the grid


class Thumbnails(QListView):
    """The pages of a document in small."""

    wanted = Signal(int)
    """A page is to be shown, counted from 0."""

    def __init__(self, document: QPdfDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(document, self)
        self.setModel(self._pages)
        self.setItemDelegate(_Drawer(self))
        self.setAccessibleName("Pages in small")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.signals.changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """The document has other pages now."""
        self._pages.refresh()

    def show_page(self, page: int) -> None:
        """Mark the page that is looked at."""
        if page != self.currentIndex().row() and page < self._pages.rowCount():
            index = self._pages.index(page)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.wanted.emit(current.row())

    def _fit(self) -> None:
        self.setFixedWidth(theme.grid(_WIDTH + 5))
        self._pages.refresh()


class _Pages(QAbstractListModel):
    """Pictures of pages, kept until newer ones are there."""

    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setDocument(document)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._on_picture)
        self._count = 0
        self._pictures: dict[int, QImage] = {}
        self._known: set[int] = set()  # pages whose picture is the newest, or on its way
        self._asked: set[int] = set()  # requests that are not out of date

    def refresh(self) -> None:
        """Take over the pages of the document as they are now."""
        count = self._document.pageCount()
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        self._known.clear()
        self._asked.clear()
        self._pictures = {page: picture for page, picture in self._pictures.items() if page < count}
        if count:
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"Page {index.row() + 1}"
        return None

    def size(self, page: int) -> QSizeF:
        """How large a page is in small."""
        points, wide = self._document.pagePointSize(page), float(theme.grid(_WIDTH))
        return QSizeF(wide, wide * points.height() / points.width() if points.width() else wide)

    def picture(self, page: int, ratio: float) -> QImage | None:
        """A page's picture; the one before, or none, while a new one is on its way."""
        if page not in self._known and page < self._document.pageCount():
            self._known.add(page)
            self._asked.add(self._renderer.requestPage(page, (self.size(page) * ratio).toSize()))
        return self._pictures.get(page)

    def _on_picture(self, page: int, _size: QSize, picture: QImage, _options: object, request: int) -> None:
        if request in self._asked and not picture.isNull():
            self._asked.discard(request)
            self._pictures[page] = picture
            self.dataChanged.emit(self.index(page), self.index(page))


class _Drawer(QStyledItemDelegate):
    """Draws a page in small with its number below."""

    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    @property
    def _pages(self) -> _Pages:
        model = self._view.model()
        if not isinstance(model, _Pages):
            raise TypeError(model)
        return model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        height = self._pages.size(index.row()).height() + theme.grid(2) + option.fontMetrics.height()
        return QSize(theme.grid(_WIDTH + 2), round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, size = theme.tokens(), self._pages.size(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        page = QRectF(option.rect.center().x() - size.width() / 2, option.rect.y() + theme.grid(1), 0, 0)
        page.setSize(size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page, theme.LIGHT.surface)
        if picture := self._pages.picture(index.row(), painter.device().devicePixelRatioF()):
            painter.drawImage(page, picture)
        painter.setPen(QPen(look.focus, 2) if chosen else QPen(look.border, 1))
        painter.drawRect(page.adjusted(-1, -1, 1, 1) if chosen else page)
        painter.setPen(look.text if chosen else look.muted)
        painter.setFont(theme.font(theme.SCALES["small"], bold=chosen))
        below = QRectF(option.rect.x(), page.bottom(), option.rect.width(), option.rect.bottom() - page.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()
