"""A table of cells at work: the current cell walks from cell to cell, and fields open in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.models.cells import NONE, STATUS, CellModel
from cypp_desktop.ui.panels.sheet import Sheet

Cursor = QAbstractItemView.CursorAction
_WALK = {Cursor.MoveNext: 1, Cursor.MoveRight: 1, Cursor.MovePrevious: -1, Cursor.MoveLeft: -1}
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
    (Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier): "row",
} | {(Qt.Key(Qt.Key.Key_1 + number), _CTRL): f"status {number}" for number in range(7)}
"""Keys that are commands of the panel around the table."""


class CellTable(Sheet):
    """A sheet with its keys. Its selection is of rows; the current cell is where keys go."""

    commanded = Signal(str)
    """A key that is a command (see ``COMMANDS``), or "status N"; "next" is Ctrl+Enter: on to the next row."""

    def __init__(self, model: CellModel[Any], shares: Mapping[str, float], parent: QWidget | None = None) -> None:
        super().__init__(model, shares, parent)
        self.editing.finished.connect(self._after_editing)
        self._own_keys = _OwnKeys(self)  # apart: a table's own filter is asked about its scroll bars from the start

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.installEventFilter(self._own_keys)  # not sooner, for all events go through it then
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.go(self.currentIndex())

    # --- walking ---

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        current = self.currentIndex()
        rows, columns = len(self.cells.rows), len(self.cells.columns)
        if not rows or not columns:
            return QModelIndex()
        if not current.isValid():
            return self.cell_index(0, 0)
        top, count = self.cells.shared(current.row(), current.column())
        line, column = self.line, current.column()
        if action in _WALK:
            way = _WALK[action] * (-1 if self.isRightToLeft() and action in {Cursor.MoveLeft, Cursor.MoveRight} else 1)
            return self._walk(line, column, way, wrap=action in {Cursor.MoveNext, Cursor.MovePrevious})
        far = modifiers & Qt.KeyboardModifier.ControlModifier
        to = {
            Cursor.MoveUp: (top - 1, column),
            Cursor.MoveDown: (top + count, column),
            Cursor.MoveHome: (0 if far else line, 0),
            Cursor.MoveEnd: (rows - 1 if far else line, columns - 1),
            Cursor.MovePageUp: (self._page_from(line, -1), column),
            Cursor.MovePageDown: (self._page_from(line, 1), column),
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
            if not wrap or self.cells.shared(row, column)[0] == row:
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

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.removeEventFilter(self._own_keys)
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks from cell to cell before it leaves the table."""
        return self.walk(1 if forward else -1) or super().focusNextPrevChild(forward)

    def walk(self, way: int) -> bool:
        """Go to the next or previous cell; False at the end of the table, where Tab leaves it."""
        action = Cursor.MoveNext if way > 0 else Cursor.MovePrevious
        to = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if not to.isValid() or to == self.currentIndex():
            return False
        self.go(to)
        return True

    def walk_down(self) -> bool:
        """Go to the same cell of the next row and edit it; False after the last row."""
        current = self.currentIndex()
        top, count = self.cells.shared(current.row(), current.column()) if current.isValid() else (-1, 1)
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
        modifiers = event.modifiers()
        if command := _command(event):
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line = self.rowAt(event.position().toPoint().y())
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
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


class _OwnKeys(QObject):
    """Keeps keys that mean a cell from being the window's commands of the same keys."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
            event.accept()
            return True
        return False


def _types(event: QKeyEvent) -> bool:
    return bool(event.text()) and event.text().isprintable() and not event.text().isspace()


def _command(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return COMMANDS.get((Qt.Key(event.key()), modifiers), "")


def _is_ours(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & (_CTRL | _ALT)
    return bool(_command(event)) or (plain and (_types(event) or event.key() == Qt.Key.Key_F2))
