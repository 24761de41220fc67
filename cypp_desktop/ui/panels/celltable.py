"""A table whose rows are as high as their longest text, with cells that several rows share, edited in place.

Only rows that are seen are measured; the others have a default height, and what is on the screen stays where it is
when rows above it turn out higher. Cells are painted here and not cell by cell by Qt, because a shared cell keeps its
first line in sight while its top is scrolled away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.delegates.cell import CellDelegate
from cypp_desktop.ui.models.cells import NONE, RICH, STATUS, CellModel

Action = QAbstractItemView.CursorAction
_WALK = {Action.MoveNext: 1, Action.MoveRight: 1, Action.MovePrevious: -1, Action.MoveLeft: -1}


_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
COMMANDS = {
    (Qt.Key.Key_Return, _CTRL): "next",
    (Qt.Key.Key_Enter, _CTRL): "next",
    (Qt.Key.Key_C, _CTRL): "copy",
    (Qt.Key.Key_X, _CTRL): "cut",
    (Qt.Key.Key_V, _CTRL): "paste",
    (Qt.Key.Key_Up, _ALT): "up",
    (Qt.Key.Key_Down, _ALT): "down",
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): "delete",
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): "delete",
} | {(Qt.Key(Qt.Key.Key_1 + number), _CTRL): f"status {number}" for number in range(7)}
"""Keys that are commands of the panel around the table."""


class CellTable(QTableView):
    """Shows a :class:`CellModel`. Its selection is of rows; the current cell is where keys go."""

    commanded = Signal(str)
    """A key that is a command (see ``COMMANDS``), or "status N"; "next" is Ctrl+Enter: on to the next row."""
    grown = Signal()
    """The rows need another height altogether (see :meth:`whole_height`)."""

    def __init__(self, model: CellModel[Any], shares: Mapping[str, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self._shares = dict(shares)
        self.layouts = Layouts(self.font())
        self.editing = CellDelegate(self.layouts, self.completions, self)
        self.editing.finished.connect(self._after_editing)
        self.editing.grew.connect(self.grown)
        self._fitted = bytearray()
        self._line = 0
        self._holding = False
        self._sizing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self.fit)
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(self.editing)
        self._follow(model)
        theme.signals.changed.connect(self._restyle)

    def completions(self, index: object) -> list[str]:
        """The names that an editor of names offers."""
        return []

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._default_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(theme.grid(5))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._column_resized)

    def _follow(self, model: CellModel[Any]) -> None:
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(lambda _, first, last: self._lengthen(first, last))
        model.rowsRemoved.connect(lambda _, first, last: self._shorten(first, last))
        model.rowsMoved.connect(lambda *_: self._unfit(0, len(self._fitted) - 1))
        model.dataChanged.connect(lambda first, last, _roles: self._unfit(first.row(), last.row()))
        self._on_reset()

    # --- heights ---

    def _default_height(self) -> int:
        return int(3 * self.layouts.line + theme.grid(2) + 1)

    def _on_reset(self) -> None:
        self._fitted = bytearray(len(self.cells.rows))
        self._share_width()
        self._settle.start(0)

    def _lengthen(self, first: int, last: int) -> None:
        self._fitted[first:first] = bytes(last - first + 1)
        self._settle.start(0)

    def _shorten(self, first: int, last: int) -> None:
        del self._fitted[first : last + 1]
        self._settle.start(0)

    def _unfit(self, first: int, last: int) -> None:
        self._fitted[first : last + 1] = bytes(max(0, last - first + 1))
        self._settle.start(0)

    def _row_height(self, row: int, widths: list[int]) -> int:
        """The height of a row: its own cells, and what a cell that ends here still lacks."""
        height = int(self.layouts.line + theme.grid(2) + 1)
        for column, width in enumerate(widths):
            top, count = self.cells.span(row, column)
            if count == 1:
                height = max(height, self.editing.height(self.cells.cell(row, column), width))
            elif row == top + count - 1:
                wanted = self.editing.height(self.cells.cell(top, column), width)
                height = max(height, wanted - self._height_above(top, row, wanted, widths))
        return height

    def _height_above(self, top: int, row: int, wanted: int, widths: list[int]) -> int:
        """The height of the rows of a shared cell before its last one, as far as it matters."""
        total = 0
        for place in range(top, row):
            if total >= wanted:
                break
            if not self._fitted[place]:
                self._fit_row(place, widths)
            total += self.rowHeight(place)
        return total

    def _fit_row(self, row: int, widths: list[int]) -> None:
        self._fitted[row] = 1
        height = self._row_height(row, widths)
        if height != self.rowHeight(row):
            self.setRowHeight(row, height)

    def fit(self) -> None:
        """Give the rows that are seen their true heights; the first that was measured before stays where it is."""
        if self._holding or not self.cells.rows or len(self._fitted) != len(self.cells.rows):
            return
        self._holding = True
        widths = [self.columnWidth(column) for column in range(len(self.cells.columns))]
        row, held, moved = self._first(), -1, False
        if row >= 0 and not self._fitted[row]:
            held = self._held(row)
        anchor = held if held >= 0 else row
        before = self.rowViewportPosition(anchor)
        bottom = self.viewport().height()
        while 0 <= row < len(self._fitted) and (row <= anchor or self.rowViewportPosition(row) < bottom):
            if not self._fitted[row]:
                self._fit_row(row, widths)
                moved = True
            row += 1
        if moved:
            self._hold(anchor, before)
            self.viewport().update()
        self._holding = False
        if moved:
            self.grown.emit()

    def whole_height(self) -> int:
        """The height that shows all rows, and the field that is open."""
        rows = max(self.verticalHeader().length(), self.editing.wanted_bottom() + self.verticalScrollBar().value())
        return self.horizontalHeader().height() + rows

    def _first(self) -> int:
        return max(0, self.rowAt(0))

    def _held(self, row: int) -> int:
        """The first row in sight that has its true height; -1 where there is none."""
        bottom = self.viewport().height()
        while row < len(self._fitted) and self.rowViewportPosition(row) < bottom:
            if self._fitted[row]:
                return row
            row += 1
        return -1

    def _hold(self, anchor: int, before: int) -> None:
        """Scroll so that a row is again where it was."""
        self.updateGeometries()
        shift = self.rowViewportPosition(anchor) - before
        if shift:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + shift)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.fit()
        self.viewport().update()

    def scrollTo(self, index: Any, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        area = self.visualRect(index)
        if area.top() < 0 and area.bottom() > self.layouts.line * 2 and self.cells.span(index.row(), index.column())[1] > 1:
            return  # a shared cell shows its first line anyway
        if len(self._fitted) == len(self.cells.rows) and 0 <= index.row() < len(self._fitted):
            widths = [self.columnWidth(column) for column in range(len(self.cells.columns))]
            self._fit_row(index.row(), widths)
        super().scrollTo(index, hint)
        self.fit()
        super().scrollTo(index, hint)

    # --- widths ---

    def _share_width(self) -> None:
        """Share the room among the columns by their weights; where it is too narrow the table scrolls sideways."""
        columns = self.cells.columns
        if not columns:
            return
        weights = [self._shares.get(column.key, self._shares.get("", 12.0)) for column in columns]
        least = [int(self._least(column.key)) for column in columns]
        room = self.viewport().width()
        free = max(0, room - sum(least))
        spare = [max(0.0, weight - low / max(1, room) * sum(weights)) for weight, low in zip(weights, least, strict=True)]
        total = sum(spare) or 1.0
        widths = [low + int(free * part / total) for low, part in zip(least, spare, strict=True)]
        widths[-1] += max(0, room - sum(widths))
        self._sizing = True
        for column, width in enumerate(widths):
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)
        self._sizing = False
        self._unfit(0, len(self._fitted) - 1)

    def _least(self, key: str) -> float:
        """The least width of a column: a longish word, or a chip."""
        letters = {"ref": 4, "status": 17, "due": 10, "polarity": 7}.get(key, 11 if key != "actions" else 18)
        return self.layouts.metrics.averageCharWidth() * letters + theme.grid(3)

    def _column_resized(self, column: int, old: int, new: int) -> None:
        if self._sizing or column >= len(self.cells.columns) or not old:
            return
        key = self.cells.columns[column].key
        self._shares[key] = self._shares.get(key, 12.0) * new / old
        self._unfit(0, len(self._fitted) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._share_width()
        self._settle.start(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "layouts"):
            self._restyle()

    def _restyle(self) -> None:
        self.layouts.set_font(self.font())
        self.verticalHeader().setDefaultSectionSize(self._default_height())
        self._share_width()
        self.viewport().update()

    # --- where cells are ---

    def visualRect(self, index: Any) -> QRect:
        if not index.isValid() or index.row() >= len(self.cells.rows):
            return QRect()
        top, count = self.cells.span(index.row(), index.column())
        last = top + count - 1
        y = self.rowViewportPosition(top)
        height = self.rowViewportPosition(last) + self.rowHeight(last) - y
        return QRect(self.columnViewportPosition(index.column()), y, self.columnWidth(index.column()), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row, column = self.rowAt(point.y()), self.columnAt(point.x())
        if row < 0 or column < 0:
            return QModelIndex()
        self._line = row
        return self.cells.index(self.cells.span(row, column)[0], column)

    def cell_index(self, row: int, column: int) -> QModelIndex:
        """The index of a cell, or of the cell that it shares."""
        if not (0 <= row < len(self.cells.rows) and 0 <= column < len(self.cells.columns)):
            return QModelIndex()
        return self.cells.index(self.cells.span(row, column)[0], column)

    @property
    def line(self) -> int:
        """The row that keys are about: that of the current cell, or where in a shared cell it was entered; or -1."""
        current = self.currentIndex()
        if not current.isValid():
            return -1
        top, count = self.cells.span(current.row(), current.column())
        return self._line if top <= self._line < top + count else top

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        chosen = self.selectionModel().selectedRows() if self.selectionModel() else []
        return sorted(index.row() for index in chosen)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        self.fit()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.tokens().surface)
        chosen = set(self.selected_rows())
        current = self.currentIndex()
        shared = current.isValid() and self.cells.span(current.row(), current.column())[1] > 1
        if shared and len(chosen) == 1:
            chosen = set()
        drawn: set[tuple[int, int]] = set()
        row = self.rowAt(max(0, event.rect().top()))
        while 0 <= row < len(self.cells.rows):
            y = self.rowViewportPosition(row)
            if y > event.rect().bottom():
                break
            self._paint_row(painter, row, row in chosen, drawn)
            row += 1
        if current.isValid():
            self._paint_current(painter, current, shared=shared)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, chosen: bool, drawn: set[tuple[int, int]]) -> None:  # noqa: FBT001
        tokens = theme.tokens()
        edged = not chosen
        current = self.currentIndex()
        for column in range(len(self.cells.columns)):
            top, count = self.cells.span(row, column)
            if (top, column) in drawn:
                continue
            drawn.add((top, column))
            area = QRectF(self.visualRect(self.cells.index(top, column)))
            mine = current.row() == top and current.column() == column
            filled = chosen and count == 1
            if filled:
                painter.fillRect(area, tokens.selection)
            if top + count < len(self.cells.rows):
                painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), tokens.border)
            if (filled and not edged) or (mine and count > 1):
                self._paint_edge(painter, area)
                edged = True
            self.editing.draw(painter, self.cells.cell(top, column), self._sticky(area, top, column, count), selected=filled)

    def _paint_edge(self, painter: QPainter, area: QRectF) -> None:
        x = area.right() - 3 if self.isRightToLeft() else area.x()
        painter.fillRect(QRectF(x, area.y(), 3, area.height() - 1), theme.tokens().accent)

    def _sticky(self, area: QRectF, top: int, column: int, count: int) -> QRectF:
        """Where a shared cell's text stands: at the top of what is seen of it, while there is room for it."""
        if count == 1 or area.y() >= 0:
            return area
        height = self.editing.height(self.cells.cell(top, column), area.width())
        y = min(0.0, area.bottom() - height)
        return QRectF(area.x(), y, area.width(), area.bottom() - y)

    def _paint_current(self, painter: QPainter, current: QModelIndex, *, shared: bool) -> None:
        if not self.hasFocus() or self.editing.field is not None:
            return
        area = QRectF(self.visualRect(current))
        if shared:
            area = area.intersected(QRectF(self.viewport().rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.tokens().focus, 2))
        painter.drawRoundedRect(area.adjusted(2, 2, -2, -3), 4, 4)

    # --- keys ---

    def moveCursor(self, action: Any, modifiers: Any) -> QModelIndex:
        current = self.currentIndex()
        rows, columns = len(self.cells.rows), len(self.cells.columns)
        if not rows or not columns:
            return QModelIndex()
        if not current.isValid():
            return self.cell_index(0, 0)
        top, count = self.cells.span(current.row(), current.column())
        line, column = self.line, current.column()
        if action in _WALK:
            way = _WALK[action] * (-1 if self.isRightToLeft() and action in {Action.MoveLeft, Action.MoveRight} else 1)
            return self._walk(line, column, way, wrap=action in {Action.MoveNext, Action.MovePrevious})
        far = modifiers & Qt.KeyboardModifier.ControlModifier
        to = {
            Action.MoveUp: (top - 1, column),
            Action.MoveDown: (top + count, column),
            Action.MoveHome: (0 if far else line, 0),
            Action.MoveEnd: (rows - 1 if far else line, columns - 1),
            Action.MovePageUp: (self._page_from(line, -1), column),
            Action.MovePageDown: (self._page_from(line, 1), column),
        }[action]
        return self._at(max(0, min(rows - 1, to[0])), to[1])

    def _at(self, row: int, column: int) -> QModelIndex:
        self._line = row
        return self.cell_index(row, column)

    def _walk(self, row: int, column: int, way: int, *, wrap: bool) -> QModelIndex:
        """The next cell in reading order; Tab passes a shared cell once, at its first row."""
        while True:
            column += way
            if not 0 <= column < len(self.cells.columns):
                if not wrap:
                    return self.currentIndex()
                row, column = row + way, 0 if way > 0 else len(self.cells.columns) - 1
            if not 0 <= row < len(self.cells.rows):
                return self.currentIndex()
            if not wrap or self.cells.span(row, column)[0] == row:
                return self._at(row, column)

    def _page_from(self, row: int, way: int) -> int:
        y = self.rowViewportPosition(row) + way * (self.viewport().height() - theme.grid(6))
        found = self.rowAt(max(0, y)) if y >= 0 or row else 0
        if y < 0:
            found = row
            while found and self.rowViewportPosition(row) - self.rowViewportPosition(found) < self.viewport().height():
                found -= 1
        if found == row:
            found += way
        return found if found >= 0 else len(self.cells.rows) - 1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            way = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(event.key())  # type: ignore[call-overload]
            if way and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.walk(way):
                return True
        return super().event(event)

    def walk(self, way: int) -> bool:
        """Go to the next or previous cell; False at the end of the table, where Tab leaves it."""
        action = Action.MoveNext if way > 0 else Action.MovePrevious
        to = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if not to.isValid() or to == self.currentIndex():
            return False
        self.go(to)
        return True

    def walk_down(self) -> bool:
        """Go to the same cell of the next row and edit it; False after the last row."""
        current = self.currentIndex()
        top, count = self.cells.span(current.row(), current.column()) if current.isValid() else (-1, 1)
        to = self.cell_index(top + count, max(0, current.column()))
        if not to.isValid():
            return False
        self.go(to)
        return self.edit_cell(to)

    def go(self, index: QModelIndex) -> None:
        """Make a cell the current one, and its row the only selected one."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = COMMANDS.get((Qt.Key(event.key()), modifiers))
        if command:
            self.commanded.emit(command)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.edit_cell(self.currentIndex())
        elif not modifiers & (_CTRL | _ALT) and _types(event):
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def _type(self, letter: str) -> None:
        """Just typing begins to edit: it replaces words, goes on behind a text, and chooses a status by its letter."""
        index = self.currentIndex()
        if not index.isValid() or self.cells.editor(index.row(), index.column()) == NONE:
            return
        if self.cells.editor(index.row(), index.column()) == STATUS:
            known = {one.letter.casefold(): one.id for one in self.cells.bridge.plan.statuses if one.letter}
            if letter.casefold() in known:
                self.cells.setData(index, known[letter.casefold()])
            return
        self.edit_cell(index, letter)

    def edit_cell(self, index: QModelIndex, letter: str = "") -> bool:
        """Open the field of a cell, beginning with a letter that was typed."""
        if not index.isValid() or not self.editing.leave():
            return False
        if self.cells.editor(index.row(), index.column()) == NONE:
            return False
        self.scrollTo(index)
        if self.currentIndex() != index:
            self.go(index)
        self.editing.letter = letter
        self.edit(index)
        if self.editing.field:
            self.editing.field.setFocus()
        self.viewport().update()
        return True

    def mouseDoubleClickEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.edit_cell(index)
            event.accept()

    def _after_editing(self, meaning: str) -> None:
        self.viewport().update()
        if meaning in {"next", "previous"}:
            self.walk(1 if meaning == "next" else -1)
        elif meaning == "down":
            self.commanded.emit("next")


def _types(event: QKeyEvent) -> bool:
    return bool(event.text()) and event.text().isprintable() and not event.text().isspace()
