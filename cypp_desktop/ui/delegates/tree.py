"""How a row of the tree is painted: its reference in a fixed column, its title, and at the end what needs a look."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from cypp_desktop.ui import icons, shapes, theme
from cypp_desktop.ui.models import tree as model

Index = QModelIndex | QPersistentModelIndex
LAST_PAGE, FOOT, LAST_FOOT = "last page", "foot", "last foot"
_PAGES = ("page", LAST_PAGE, FOOT, LAST_FOOT)
_HEIGHTS = {"priority": 4.1, LAST_PAGE: 5.1, FOOT: 5.1}  # in steps of the grid; other rows have 3.5
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class TreeDelegate(QStyledItemDelegate):
    """Paints over the whole width of the view, which draws no branches of its own."""

    def __init__(self, view: QTreeView, across: QTreeView) -> None:
        """Rows are filled as wide as those of ``across``, which may have a scroll bar beside them."""
        super().__init__(view)
        self._view, self._across = view, across

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.grid(10), theme.grid(_HEIGHTS.get(index.data(model.KIND), 3.5)))

    def chevron(self, index: Index) -> QRect:
        """Where a row opens and closes, in the viewport."""
        row = self._row(self._view.visualRect(_plain(index)), index.data(model.KIND))
        side = theme.grid(3)
        box = self._mirrored(row, self._fold_box(row, index, index.data(model.KIND))).toRect()
        return box.adjusted(-theme.grid(0.5), -side, theme.grid(0.5), side) & row.toRect()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        kind = index.data(model.KIND)
        row = self._row(option.rect, kind)
        editor.setGeometry(row.adjusted(self._indent(index, kind), 0, 0, 0).toRect())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        kind = index.data(model.KIND)
        look, row = theme.tokens(), self._row(option.rect, kind)
        chosen = self._view.selectionModel().isSelected(_plain(index))  # the option's state would load QStyle, slowly
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self._view.layoutDirection())
        if kind in (LAST_PAGE, FOOT):
            above = kind == FOOT
            y = row.top() - theme.grid(0.8) if above else row.bottom() + theme.grid(0.8)
            shapes.fill(painter, QRectF(row.left() + 4, round(y), row.width() - 8, 1), look.border)
        if chosen:
            self._paint_selection(painter, row)
        elif self._hovered(option.rect):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.sunken)
            painter.drawRoundedRect(row, 4, 4)
        right = self._paint_end(painter, row, index, kind, chosen)
        self._paint_words(painter, row, right, index, kind, chosen)
        painter.restore()

    def _hovered(self, rect: QRect) -> bool:
        port = self._view.viewport()
        return port.underMouse() and rect.contains(port.mapFromGlobal(QCursor.pos()))

    def _paint_selection(self, painter: QPainter, row: QRectF) -> None:
        look = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.selection)
        painter.drawRoundedRect(row, 4, 4)
        painter.setBrush(look.accent)
        edge = QRectF(row.x(), row.y() + 5, 3, row.height() - 10)
        painter.drawRoundedRect(self._mirrored(row, edge), 1.5, 1.5)
        if self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(look.focus)
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4)

    def _paint_end(self, painter: QPainter, row: QRectF, index: Index, kind: str, chosen: bool) -> float:
        """Marks and numbers from the end of the row inwards; returns how far the words may go."""
        right = row.right() - theme.grid(1)
        if kind in _PAGES:
            number, urgent = index.data(model.NUMBER), kind in (FOOT, LAST_FOOT)
            return self._paint_number(painter, row, right, number, urgent=urgent) if number else right
        look = theme.tokens()
        if index.data(model.ASKED):
            box = QRectF(
                right - theme.grid(1.75), row.center().y() - theme.grid(0.875), theme.grid(1.75), theme.grid(1.75)
            )
            icons.draw(painter, "merge", self._mirrored(row, box), "warn")
            right = box.x() - theme.grid(0.5)
        small = theme.font(theme.SCALES["small"], bold=True)
        metrics, side = QFontMetricsF(small), QFontMetricsF(small).capHeight() * 1.2
        painter.setFont(small)
        for mark in reversed(index.data(model.MARKS) or ()):
            ink, _ = theme.status_colours(mark.colour)
            words = str(mark.count) if mark.count else ""
            width = metrics.horizontalAdvance(words or "0")
            painter.setPen(look.on_selection if chosen else look.text)
            painter.drawText(
                self._mirrored(row, QRectF(right - width, row.y(), width + 1, row.height())), _MIDDLE, words
            )
            right -= width + 4 + side
            box = QRectF(right, row.center().y() - side / 2, side, side)
            behind = look.selection if chosen else look.window
            shapes.draw(painter, mark.shape, self._mirrored(row, box), ink, behind)
            right -= theme.grid(1)
        return right

    def _paint_number(self, painter: QPainter, row: QRectF, right: float, number: int, *, urgent: bool) -> float:
        look = theme.tokens()
        painter.setFont(theme.font(theme.SCALES["small"], bold=True))
        height = theme.grid(2.25)
        width = max(height * 1.1, QFontMetricsF(painter.font()).horizontalAdvance(str(number)) + theme.grid(1.5))
        pill = self._mirrored(row, QRectF(right - width, row.center().y() - height / 2, width, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.accent if urgent else look.border)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(look.on_accent if urgent else look.text)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(number))
        return right - width - theme.grid(0.5)

    def _paint_words(self, painter: QPainter, row: QRectF, right: float, index: Index, kind: str, chosen: bool) -> None:
        look = theme.tokens()
        if kind in _PAGES:
            side = theme.grid(2)
            box = QRectF(row.left() + theme.grid(1.5), row.center().y() - side / 2, side, side)
            icons.draw(painter, index.data(model.ICON), self._mirrored(row, box), "muted")
        elif index.model().rowCount(_plain(index)):
            name = "chevron-down" if self._view.isExpanded(_plain(index)) else "chevron-right"
            icons.draw(painter, name, self._mirrored(row, self._fold_box(row, index, kind)), "muted")
        painter.setFont(theme.font(bold=kind == "priority" or chosen))
        metrics = QFontMetricsF(painter.font())
        x = row.left() + self._indent(index, kind)
        if kind not in _PAGES and (reference := index.data(model.REFERENCE)):
            least = metrics.horizontalAdvance("0" if kind == "priority" else "0.0")
            width = max(least, metrics.horizontalAdvance(reference)) + theme.grid(1)
            tone = look.accent if kind == "priority" else look.muted
            painter.setPen(look.on_selection if chosen else tone)
            place = QRectF(x, row.top(), width, row.height())
            painter.drawText(self._mirrored(row, place), _MIDDLE, reference)
            x += width
        painter.setPen(look.on_selection if chosen else look.text)
        words, room = str(index.data()), max(0.0, right - x - 4)
        if metrics.horizontalAdvance(words) > room:
            words = metrics.elidedText(str(index.data(model.APART) or words), Qt.TextElideMode.ElideRight, room)
        painter.drawText(self._mirrored(row, QRectF(x, row.top(), right - x, row.height())), _MIDDLE, words)

    # --- places ---

    def _row(self, rect: QRect, kind: str) -> QRectF:
        """The part of a row that is filled when it is selected."""
        full = QRectF(theme.grid(1), rect.y() + 1, self._across.viewport().width() - theme.grid(2), rect.height() - 2)
        if kind == LAST_PAGE:
            full.setHeight(full.height() - theme.grid(1.6))
        elif kind == FOOT:
            full.setTop(full.top() + theme.grid(1.6))
        return full

    def _fold_box(self, row: QRectF, index: Index, kind: str) -> QRectF:
        side = theme.grid(1.5)
        left = row.left() + self._indent(index, kind) - side - theme.grid(0.5)
        return QRectF(QPointF(left, row.center().y() - side / 2), QPointF(left + side, row.center().y() + side / 2))

    def _indent(self, index: Index, kind: str) -> float:
        """How far the words of a row stand from its edge."""
        if kind in _PAGES:
            return theme.grid(4.5)
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return theme.grid(3.25 + max(0, depth - 1) * 2.25 + (0.25 if depth else 0))

    def _mirrored(self, row: QRectF, part: QRectF) -> QRectF:
        if self._view.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return part
        flipped = QRectF(part)
        flipped.moveLeft(row.left() + row.right() - part.right())
        return flipped


def _plain(index: Index) -> QModelIndex:
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), 0, index.parent())
