"""What the search box found: a list under the box, each row two lines."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.search import Hit, Search, title

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole + 1


class Found(QAbstractListModel):
    """The records that were found; the words around a hit are looked for when it is first seen."""

    def __init__(self, bridge: Bridge, search: Search, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._search = bridge, search
        self._records: list[str] = []
        self._hits: dict[str, Hit] = {}
        self._words = ""

    def show_hits(self, records: list[str], words: str) -> None:
        """Show other records, found by these words."""
        self.beginResetModel()
        self._records, self._words = records, words
        self._hits.clear()
        self.endResetModel()

    def record(self, index: Index) -> str:
        """The id of the record in a row."""
        return self._records[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self._records[index.row()]
        record = self._bridge.plan.get(one)
        if record is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, HIT):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title(self._bridge.plan, record)
        if one not in self._hits:
            self._hits[one] = self._search.hit(one, self._words)
        hit = self._hits[one]
        return hit if role == HIT else f"{title(self._bridge.plan, record)}: {hit.context}"


class Hits(QFrame):
    """The list under the box, over whatever lies there; the box keeps the keyboard."""

    def __init__(self, model: Found, window: QWidget) -> None:
        super().__init__(window)
        self.model, self._window = model, window
        self.setProperty("role", "popup")
        self.view = QListView()
        self.view.setModel(model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("What was found")
        self._line = theme.label(tone="muted", size="small")
        self._line.setContentsMargins(theme.grid(1.5), theme.grid(0.5), theme.grid(1.5), theme.grid(0.5))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, theme.grid(0.5), 1, theme.grid(0.5))
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(self._line)
        self.hide()

    def show_for(self, box: QWidget, found: int, most: int) -> None:
        """Show as many rows as there is room for, below the box."""
        none = "Nothing found. All texts of the plan were looked through."
        self._line.setText(f"The first {most}" if found >= most else wording.several(found, "place") if found else none)
        self.view.setVisible(bool(found))
        above, width = self._window, max(box.width(), theme.grid(56))
        left = 0 if box.isRightToLeft() else box.width() - width
        corner = box.mapTo(above, QPoint(left, box.height() + 2))
        row = self.view.sizeHintForRow(0) if found else 0
        foot = self._line.sizeHint().height() + theme.grid(1) + 2
        room = above.height() - corner.y() - theme.grid(4)
        self.setGeometry(max(0, corner.x()), corner.y(), min(width, above.width()), min(room, found * row + foot))
        if found:
            self.view.setCurrentIndex(self.view.model().index(0, 0))
        self.show()
        self.raise_()

    def walk(self, by: int) -> None:
        """Make another row the current one."""
        rows = self.view.model().rowCount()
        if self.isVisible() and rows:
            row = min(rows - 1, max(0, self.view.currentIndex().row() + by))
            self.view.setCurrentIndex(self.view.model().index(row, 0))


class _HitDelegate(QStyledItemDelegate):
    """Two lines: what the record is, and the words around what was found, the found ones bold."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._measure()
        theme.signals.changed.connect(self._measure)

    def _measure(self) -> None:
        self._small = theme.font(theme.SCALES["small"])
        self._fonts = {bold: theme.font(bold=bold) for bold in (False, True)}
        self._metrics = {bold: QFontMetricsF(font) for bold, font in self._fonts.items()}
        lines = QFontMetricsF(self._small).height() + self._metrics[False].height()
        self._size = QSize(theme.grid(20), round(lines + theme.grid(2)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, hit = theme.tokens(), index.data(HIT)
        if not isinstance(hit, Hit):
            return
        rect = QRectF(option.rect)
        chosen = index.row() == self._view.currentIndex().row()
        painter.save()
        if chosen:
            painter.fillRect(rect, look.selection)
            painter.fillRect(QRectF(rect.x(), rect.y(), 3, rect.height()), look.accent)
        inner = rect.adjusted(theme.grid(1.5), theme.grid(0.75), -theme.grid(1.5), -theme.grid(0.75))
        painter.setFont(self._small)
        painter.setPen(look.muted)
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, str(index.data()))
        painter.setPen(look.on_selection if chosen else look.text)
        self._draw_context(painter, inner, hit)
        painter.restore()

    def _draw_context(self, painter: QPainter, line: QRectF, hit: Hit) -> None:
        """The line of context, cut off where the row ends."""
        end = hit.start + hit.length
        parts = ((hit.context[: hit.start], False), (hit.context[hit.start : end], True), (hit.context[end:], False))
        for whole, bold in parts:
            words = self._metrics[bold].elidedText(whole, Qt.TextElideMode.ElideRight, line.width())
            width = self._metrics[bold].horizontalAdvance(whole)
            painter.setFont(self._fonts[bold])
            painter.drawText(line, Qt.AlignmentFlag.AlignBottom, words)
            line.setLeft(line.left() + width)
            if line.width() <= 0:
                return
