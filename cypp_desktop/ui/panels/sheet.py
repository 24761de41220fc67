"""A table whose rows are as high as their longest text, with cells that several rows share.

Only rows that are seen are measured; the others have a default height, and what is on the screen stays where it is
when rows above it turn out higher. Cells are painted here and not cell by cell by Qt, because a shared cell keeps its
first line in sight while its top is scrolled away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.rows import Column
from cypp_desktop.ui import icons, settings, shapes, theme
from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.delegates.cell import CellDelegate
from cypp_desktop.ui.models.cells import CellModel
from cypp_desktop.ui.panels.headings import Corner, Headings

Index = QModelIndex | QPersistentModelIndex
SAMPLE, LONGEST = 80, 18
"""How many rows are looked through for long words, and how many letters a column makes room for."""
KEPT_AFTER = 500
"""Milliseconds after which a width that a column was dragged to is remembered."""
_WORD = pattern(r"[^\s*_/–—-]+")


class Sheet(QTableView):
    """Lays out and paints a :class:`CellModel`; ``shares`` says how columns share the width, by their keys."""

    grown = Signal()
    """The rows need another height altogether (see :meth:`whole_height`)."""

    def __init__(self, model: CellModel[Any], shares: Mapping[str, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = model
        self._shares = dict(shares)
        self._words: dict[str, float] = {}  # the width of the longest usual word of each column, by its key
        self._layout_name = ""
        self._chosen: dict[str, float] = {}  # the widths that columns were dragged to, in steps of the grid
        self.layouts = Layouts(self.font())
        self.editing = CellDelegate(self.layouts, self.completions, self)
        self.editing.grew.connect(self.grown)
        self._fitted = bytearray()
        self._line = 0
        self._room = -1  # that the columns share
        self._holding = self._sizing = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self.fit)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(KEPT_AFTER)
        self._resting.timeout.connect(self._keep_widths)
        self._set_up()
        self.setModel(model)
        self.setItemDelegate(self.editing)
        self._watch(model)
        theme.signals.changed.connect(self._restyle)
        model.bridge.asked_changed.connect(self.viewport().update)

    def completions(self, index: Index) -> list[str]:
        """The names that a field of names offers."""
        return []

    def _set_up(self) -> None:
        self.setViewport(QWidget())  # one that Python knows: of Qt's own it looks for the class among all widgets
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
        header = Headings(self.layouts, self)
        header.setMinimumSectionSize(theme.grid(5))
        header.sectionResized.connect(self._column_resized)
        header.sectionHandleDoubleClicked.connect(self._column_freed)
        self.setHorizontalHeader(header)
        self.addScrollBarWidget(Corner(header), Qt.AlignmentFlag.AlignTop)

    def _watch(self, model: CellModel[Any]) -> None:
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
        self._recall_widths()
        self._measure_words()
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
        height = int(self.layouts.line + self.layouts.grid(2) + 1)
        for column, width in enumerate(widths):
            top, count = self.cells.shared(row, column)
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
        if self._holding or not self.cells.rows or len(self._fitted) != len(self.cells.rows) or not self.isVisible():
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start(0)

    def whole_height(self) -> int:
        """The height that shows all rows, and the field that is open."""
        rows = max(self.verticalHeader().length(), self.editing.wanted_bottom() + self.verticalScrollBar().value())
        sideways = self.horizontalScrollBar()
        return self.horizontalHeader().height() + rows + (sideways.height() if sideways.isVisible() else 0)

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

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        area = self.visualRect(index)
        _, count = self.cells.shared(index.row(), index.column())
        if count > 1 and area.top() < 0 and area.bottom() > self.layouts.line * 2:
            return  # a shared cell shows its first line anyway
        if len(self._fitted) == len(self.cells.rows) and 0 <= index.row() < len(self._fitted):
            widths = [self.columnWidth(column) for column in range(len(self.cells.columns))]
            self._fit_row(index.row(), widths)
            self.updateGeometries()  # or the scroll bar ends where the rows ended before
        super().scrollTo(index, hint)
        self.fit()
        super().scrollTo(index, hint)

    # --- widths ---

    def _share_width(self) -> None:
        """Share the room among the columns by their weights; where it is too narrow the table scrolls sideways."""
        columns = self.cells.columns
        if not columns:
            return
        room = self._room = self.viewport().width()
        least = [int(self._least(column)) for column in columns]
        weights = [self._weight(column.key) for column in columns]
        scale = sum(weights) / max(1, room)
        spare = [max(0.0, weight - low * scale) for weight, low in zip(weights, least, strict=True)]
        free = max(0, room - sum(least)) / (sum(spare) or 1.0)
        widths = [low + int(free * part) for low, part in zip(least, spare, strict=True)]
        widths[-1] += max(0, room - sum(widths))
        self._sizing = True
        for column, width in enumerate(widths):
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)
        self._sizing = False
        self._unfit(0, len(self._fitted) - 1)

    def _weight(self, key: str) -> float:
        """How much of the free room a column takes; none where it was dragged to a width."""
        return 0.0 if key in self._chosen else self._shares.get(key, self._shares.get("", 12.0))

    def _least(self, column: Column) -> float:
        """The width that a column was dragged to, else that of its longest usual word, a chip, or its heading's."""
        if column.key in self._chosen:
            return max(float(theme.grid(5)), self._chosen[column.key] * theme.grid(100) / 100)
        letter = self.layouts.metrics.horizontalAdvance("0")
        letters = {"ref": 2, "status": 17, "actions": 16, "note": 18, "polarity": 6}.get(column.key, 8)
        bold = QFontMetricsF(self.layouts.bold)
        heading = max((bold.horizontalAdvance(word) for word in column.heading.split()), default=0.0)
        word = min(self._words.get(column.key, 0.0), letter * LONGEST)
        return max(letter * letters, heading + 1, word + 1) + self.layouts.grid(3)

    def _measure_words(self) -> None:
        """Find the longest word of each column in the first rows, when other rows are shown and not as one types."""
        self._words = {}
        for place, column in enumerate(self.cells.columns):
            if column.key not in {"ref", "status"}:
                sources = (self.cells.cell(row, place).words.source for row in range(min(SAMPLE, len(self.cells.rows))))
                words = sorted({word for source in sources for word in _WORD.findall(source)}, key=len)[-5:]
                width = self.layouts.metrics.horizontalAdvance
                self._words[column.key] = max((width(word) for word in words), default=0.0)

    # --- widths that were chosen ---

    def _column_resized(self, column: int, old: int, new: int) -> None:
        if self._sizing or column >= len(self.cells.columns) or not old:
            return
        self._chosen[self.cells.columns[column].key] = new * 100 / theme.grid(100)
        self._unfit(0, len(self._fitted) - 1)
        self._resting.start()

    def _column_freed(self, column: int) -> None:
        """A double click on the edge of a heading gives the column its own width again."""
        self._chosen.pop(self.cells.columns[column].key, None)
        self._share_width()
        self._resting.start()

    def _keep_widths(self) -> None:
        self._resting.stop()
        settings.write(**{self._layout_name: json.dumps(self._chosen)})

    def _recall_widths(self) -> None:
        """Take over the widths of other columns than those that were shown."""
        name = "widths_" + "-".join(column.key for column in self.cells.columns)
        if name == self._layout_name:
            return
        if self._resting.isActive():
            self._keep_widths()
        self._layout_name = name
        try:
            found = json.loads(settings.read(name, "{}"))
            self._chosen = {str(key): float(width) for key, width in found.items()}
        except (ValueError, TypeError, AttributeError):
            self._chosen = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        seen = self.visualRect(self.currentIndex()).intersects(QRect(QPoint(), event.oldSize()))
        super().resizeEvent(event)
        if self._room != self.viewport().width():  # the event's sizes do not tell when a scroll bar came meanwhile
            self._share_width()
        self.fit()
        if seen:
            self.scrollTo(self.currentIndex())
        self._settle.start(0)

    def _restyle(self) -> None:
        self.layouts.set_font(self.font())
        self._measure_words()
        self.verticalHeader().setDefaultSectionSize(self._default_height())
        self._share_width()
        self.viewport().update()

    # --- where cells are ---

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self.cells.rows):
            return QRect()
        top, count = self.cells.shared(index.row(), index.column())
        last = top + count - 1
        y = self.rowViewportPosition(top)
        height = self.rowViewportPosition(last) + self.rowHeight(last) - y
        return QRect(self.columnViewportPosition(index.column()), y, self.columnWidth(index.column()), height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row, column = self.rowAt(point.y()), self.columnAt(point.x())
        return self.cell_index(row, column)

    def cell_index(self, row: int, column: int) -> QModelIndex:
        """The index of a cell, or of the cell that it shares."""
        if not (0 <= row < len(self.cells.rows) and 0 <= column < len(self.cells.columns)):
            return QModelIndex()
        return self.cells.index(self.cells.shared(row, column)[0], column)

    @property
    def line(self) -> int:
        """The row that keys are about: that of the current cell, or where in a shared cell it was entered; or -1."""
        current = self.currentIndex()
        if not current.isValid():
            return -1
        top, count = self.cells.shared(current.row(), current.column())
        return self._line if top <= self._line < top + count else top

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        chosen = self.selectionModel().selectedRows() if self.selectionModel() else []
        return sorted(index.row() for index in chosen)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        self.fit()
        with QPainter(self.viewport()) as painter:
            shapes.fill(painter, QRectF(event.rect()), theme.tokens().surface)
            chosen = set(self.selected_rows())
            current = self.currentIndex()
            shared = current.isValid() and self.cells.shared(current.row(), current.column())[1] > 1
            if shared and len(chosen) == 1:
                chosen = set()
            columns = range(len(self.cells.columns))
            across = [(self.columnViewportPosition(column), self.columnWidth(column)) for column in columns]
            drawn: set[tuple[int, int]] = set()
            row = self.rowAt(max(0, event.rect().top()))
            while 0 <= row < len(self.cells.rows):
                y = self.rowViewportPosition(row)
                if y > event.rect().bottom():
                    break
                self._paint_row(painter, row, across, drawn, chosen=row in chosen)
                row += 1
            if current.isValid():
                self._paint_current(painter, shared=shared)

    def _paint_row(
        self,
        painter: QPainter,
        row: int,
        across: Sequence[tuple[int, int]],
        drawn: set[tuple[int, int]],
        *,
        chosen: bool,
    ) -> None:
        """Paint a row, its columns ``across`` as (x, width), and mark the shared cells that were ``drawn``."""
        current, edged = self.currentIndex(), False
        y, high = self.rowViewportPosition(row), self.rowHeight(row)
        for column, (x, wide) in enumerate(across):
            top, count = self.cells.shared(row, column)
            area = QRectF(x, y, wide, high)
            if count > 1:
                if (top, column) in drawn:
                    continue
                drawn.add((top, column))
                area = QRectF(self.visualRect(self.cells.index(top, column)))
            filled = chosen and count == 1
            self._paint_ground(painter, area, filled=filled, ruled=top + count < len(self.cells.rows))
            entered = count > 1 and (current.row(), current.column()) == (top, column)
            if entered or (filled and not edged):
                self._paint_edge(painter, area)
                edged = edged or filled
            area = self._sticky(area, top, column, count)
            self.editing.draw(painter, self.cells.cell(top, column), area, selected=filled)
            if self.cells.asked(top, column):
                self._paint_asked(painter, area)

    @staticmethod
    def _paint_ground(painter: QPainter, area: QRectF, *, filled: bool, ruled: bool) -> None:
        tokens = theme.tokens()
        if filled:
            shapes.fill(painter, area, tokens.selection)
        if ruled:
            shapes.fill(painter, QRectF(area.x(), area.bottom() - 1, area.width(), 1), tokens.border)

    def _paint_edge(self, painter: QPainter, area: QRectF) -> None:
        x = area.right() - 3 if self.isRightToLeft() else area.x()
        shapes.fill(painter, QRectF(x, area.y(), 3, area.height() - 1), theme.tokens().accent)

    def _paint_asked(self, painter: QPainter, area: QRectF) -> None:
        """A mark in the corner of a cell that waits to be settled."""
        side, gap = self.layouts.grid(1.5), self.layouts.grid(0.25)
        x = area.x() + gap if self.isRightToLeft() else area.right() - side - gap
        icons.draw(painter, "merge", QRectF(x, area.y() + gap, side, side), "warn")

    def _sticky(self, area: QRectF, top: int, column: int, count: int) -> QRectF:
        """Where a shared cell's text stands: at the top of what is seen of it, while there is room for it."""
        if count == 1 or area.y() >= 0:
            return area
        height = self.editing.height(self.cells.cell(top, column), area.width())
        y = min(0.0, area.bottom() - height)
        return QRectF(area.x(), y, area.width(), area.bottom() - y)

    def ring(self) -> QRect:
        """What the focus ring goes around."""
        return self.visualRect(self.currentIndex())

    def _paint_current(self, painter: QPainter, *, shared: bool) -> None:
        if not self.hasFocus() or self.editing.field is not None:
            return
        area = QRectF(self.ring())
        if shared:
            area = area.intersected(QRectF(self.viewport().rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.tokens().focus, 2))
        painter.drawRoundedRect(area.adjusted(2, 2, -2, -3), 4, 4)
