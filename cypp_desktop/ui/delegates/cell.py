"""How a cell of the page's tables is painted, measured and edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.celltext import Layouts, Words
from cypp_desktop.ui.chips import chip_size, draw_chip, draw_last, last_height
from cypp_desktop.ui.delegates.fields import StatusField, WordsField
from cypp_desktop.ui.models.cells import LEADS, RICH, STATUS, Cell, CellModel

if TYPE_CHECKING:
    from cypp_desktop.ui.richtext.editor import RichEditor

    Field = WordsField | StatusField | RichEditor

Index = QModelIndex | QPersistentModelIndex
DRAFT_AFTER = 1500
"""How long typed words may be in memory only, in milliseconds, less the time that keeping them takes."""


class CellDelegate(QStyledItemDelegate):
    """Draws cells with the layouts of one view, and opens a field over the one that is edited."""

    grew = Signal()
    """The open field needs another height, or has closed."""
    finished = Signal(str)
    """A field has closed: "" as it was left, "next" or "previous" cell, "down" for the next row, "away" elsewhere."""

    def __init__(self, layouts: Layouts, completions: Callable[[Index], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.layouts = layouts
        self.letter = ""
        """What was typed to open the next field, which begins with it."""
        self._completions = completions
        self._given: str | None = None
        self.field: Field | None = None
        """The field that is open now; there is one at most."""
        self._index = QPersistentModelIndex()
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_AFTER)
        self._draft.timeout.connect(self._keep_draft)

    # --- painting ---

    def draw(self, painter: QPainter, cell: Cell, rect: QRectF, *, selected: bool = False) -> None:
        """Paint what a cell shows into its rectangle, from the top."""
        inner = rect.marginsRemoved(self.layouts.margins)
        if cell.last:
            high = self._status_height(cell, inner.width())
            draw_last(painter, self.layouts, cell.last, QRectF(inner.x(), inner.y(), inner.width(), high))
        if cell.status:
            lift = (chip_size(self.layouts, cell.status, inner.width()).height() - self.layouts.line) / 2
            lift = min(lift, self.layouts.grid(0.4))
            draw_chip(painter, self.layouts, cell.status, inner.adjusted(0, -lift, self.layouts.grid(1), 0))
        elif cell.words.source or cell.words.mark or cell.words.small:
            laid = self.layouts.lay(cell.words, inner.width())
            self.layouts.draw(painter, laid, inner.topLeft(), selected=selected, muted=cell.muted)
            if cell.picture:
                self._draw_picture(painter, cell, inner.adjusted(0, laid.height, 0, 0), selected=selected)

    def height(self, cell: Cell, width: float) -> int:
        """The height that a cell needs at a width."""
        room = width - 2 * self.layouts.grid(1.5)
        inner: float
        if cell.status or cell.last:
            inner = self._status_height(cell, room)
        else:
            inner = self.layouts.lay(cell.words, room).height + self._picture_height(cell, room)
        return int(inner + 2 * self.layouts.grid(1) + 1)

    def _draw_picture(self, painter: QPainter, cell: Cell, rect: QRectF, *, selected: bool) -> None:
        """Paint the figure of a cell below its words, and the words about it."""
        from cypp_desktop.ui import drawings  # most tables have no figures

        figure, told = cell.picture() if cell.picture else (None, "")
        look, y = theme.tokens(), rect.y()
        if figure:
            full = drawings.size(figure.drawing)
            wide, high = min(rect.width(), float(full.width())), _high(full, rect.width())
            ground = look.selection if selected else look.surface
            drawings.draw(painter, figure.drawing, QRectF(rect.x(), y, wide, high), ground)
            y += high
        if told:
            laid = self.layouts.lay(Words("", plain=True, small=told), rect.width())
            self.layouts.draw(painter, laid, QPointF(rect.x(), y), selected=selected)

    def _picture_height(self, cell: Cell, room: float) -> float:
        """What a figure and the words about it need."""
        if cell.picture is None:
            return 0.0
        from cypp_desktop.ui import drawings

        figure, told = cell.picture()
        words = self.layouts.lay(Words("", plain=True, small=told), room).height if told else 0.0
        return words + (_high(drawings.size(figure.drawing), room) if figure else 0.0)

    def _status_height(self, cell: Cell, room: float) -> float:
        """The height of a status's chip, and of the one of the period before where there is one."""
        if cell.status is None:
            return self.layouts.line
        chip = chip_size(self.layouts, cell.status, room + self.layouts.grid(1)).height() - self.layouts.grid(0.4)
        return chip + (last_height(self.layouts) if cell.last else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.draw(painter, _model(index).cell(index.row(), index.column()), QRectF(option.rect))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.rect.width()
        return QSize(width, self.height(_model(index).cell(index.row(), index.column()), width))

    # --- editing ---

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = _model(index)
        kind = model.editor(index.row(), index.column())
        field: Field
        if kind == STATUS:
            field = StatusField(model.bridge.plan.statuses, self.layouts, parent)
            field.chosen.connect(lambda: self.leave("", field))
        elif kind == RICH:
            from cypp_desktop.ui.richtext.editor import RichEditor  # large, and a plan is often only read

            field = RichEditor(parent, compact=True)
            field.grew.connect(lambda: self._grow(field))
        else:
            field = WordsField(parent, self._completions(index) if kind == LEADS else ())
            field.grew.connect(lambda: self._grow(field))
        field.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        field.edited.connect(self._typing)
        field.left.connect(lambda: self.leave("away", field))
        field.edit.installEventFilter(self)
        self.field, self._index = field, QPersistentModelIndex(index)
        self._given = None
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        field = cast("Field", editor)
        if field is not self.field or self._given is not None:
            return  # it shows what is being typed
        field.set_text(_model(index).source(index.row(), index.column()))
        self._given = field.text()
        typed, self.letter = self.letter, ""
        if isinstance(field, StatusField):
            field.set_status(typed)
        elif isinstance(field, WordsField):
            if typed:
                field.edit.insertPlainText(typed)
        else:
            field.edit.moveCursor(QTextCursor.MoveOperation.End)
            field.edit.textCursor().insertText(typed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        self._place(cast("Field", editor))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = self.field
        if field is None or watched is not field.edit or not isinstance(event, QKeyEvent):
            return False
        if isinstance(field, WordsField) and field.edit.completing:
            return False
        meaning = _KEYS.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if meaning is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._mean(field, meaning)
            return True
        return False

    def _mean(self, field: Field, meaning: str) -> None:
        if meaning == "line":
            self._new_line(field)
        elif meaning == "escape":
            self._close(field, "")
        else:
            self.leave(meaning, field)

    def _new_line(self, field: Field) -> None:
        if isinstance(field, WordsField):
            field.edit.insertPlainText("\n")
        elif not isinstance(field, StatusField):
            field.edit.removeEventFilter(self)
            enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            QApplication.sendEvent(field.edit, enter)
            field.edit.installEventFilter(self)

    def leave(self, meaning: str = "", field: Field | None = None) -> bool:
        """Commit the open field and close it; where its words were refused it stays open, and the answer is False.

        ``meaning`` is handed on by ``finished``; "away" leaves the focus where it has gone.
        """
        field = field or self.field
        if field is None or field is not self.field:
            return True
        if not self._commit(field):
            field.setFocus()
            return False
        self._close(field, meaning)
        return True

    def _commit(self, field: Field) -> bool:
        words = field.text()
        if words == self._given or not self._index.isValid():
            return True
        given, self._given = self._given, words
        if _model(self._index).setData(_plain(self._index), words):
            return True
        self._given = given
        return False

    def _close(self, field: Field, meaning: str) -> None:
        self.field = None
        self._draft.stop()
        self._drop_draft()
        self.grew.emit()
        self.closeEditor.emit(field, QStyledItemDelegate.EndEditHint.NoHint)
        if meaning != "away":
            cast("QWidget", self.parent()).setFocus()
        self.finished.emit(meaning)

    def wanted_bottom(self) -> int:
        """How far down in the view the open field would like to reach; 0 without one."""
        if self.field is None or not self._index.isValid():
            return 0
        top = cast("QAbstractItemView", self.parent()).visualRect(_plain(self._index)).top()
        if isinstance(self.field, StatusField):
            return top + theme.grid(4.5) + self.field.sizeHint().height()
        return top + self.field.wanted_height()

    def _grow(self, field: Field) -> None:
        if field is self.field:
            self.grew.emit()
            self._place(field)

    def _place(self, field: Field) -> None:
        """Put the field over its cell; it grows downwards, as far as the view is high."""
        if field is not self.field or not self._index.isValid():
            return
        view = cast("QAbstractItemView", self.parent())
        area, room = view.visualRect(_plain(self._index)), view.viewport().rect()
        if isinstance(field, StatusField):
            field.resize(field.sizeHint())
            top = area.top() + theme.grid(4.5)
            if top + field.height() > room.bottom():
                top = area.top() - field.height() if area.top() > field.height() else room.bottom() - field.height()
            left = min(area.left() + theme.grid(0.5), room.right() - field.width())
            field.move(max(0, left), max(0, min(top, room.bottom() - field.height())))
            return
        top = max(area.top(), min(0, area.bottom() - theme.grid(4)))
        seen = min(area.bottom(), room.bottom()) - top
        field.resize(area.width() - 2, field.height())
        height = min(max(seen, field.wanted_height(), theme.grid(4)), room.height())
        top = min(top, max(0, room.bottom() - height)) if top < room.bottom() else top
        field.setGeometry(area.left() + 1, top, area.width() - 2, height)

    # --- drafts ---

    def _typing(self) -> None:
        if not self._draft.isActive():  # begun anew with each key, it would wait for a pause
            self._draft.start()

    def _keep_draft(self) -> None:
        place = self._draft_place()
        if place and self.field:
            _model(self._index).bridge.keep_draft(*place, self.field.text())

    def _drop_draft(self) -> None:
        if place := self._draft_place():
            _model(self._index).bridge.drop_draft(*place)

    def unsaved(self) -> dict[tuple[str, str], str]:
        """The words that are typed in the open field and are no step yet, by record and field; these are "" for words
        that are of no single one.
        """
        if self.field is None or self.field.text() == self._given:
            return {}
        return {self._draft_place() or ("", ""): self.field.text()}

    def _draft_place(self) -> tuple[str, str] | None:
        """The record and field of the cell that is edited, where it is one."""
        if not self._index.isValid():
            return None
        model, row, column = _model(self._index), self._index.row(), self._index.column()
        field = model.field(row, column)
        return (model.record(row, column), field) if field else None


_NONE, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_KEYS = {
    (Qt.Key.Key_Tab, _NONE): "next",
    (Qt.Key.Key_Backtab, _SHIFT): "previous",
    (Qt.Key.Key_Backtab, _NONE): "previous",
    (Qt.Key.Key_Return, _NONE): "",
    (Qt.Key.Key_Enter, _NONE): "",
    (Qt.Key.Key_Return, _SHIFT): "line",
    (Qt.Key.Key_Enter, _SHIFT): "line",
    (Qt.Key.Key_Return, _CTRL): "down",
    (Qt.Key.Key_Enter, _CTRL): "down",
    (Qt.Key.Key_Escape, _NONE): "escape",
}


def _high(full: QSize, room: float) -> float:
    """The height of a figure that is no wider than there is room."""
    return full.height() * min(1.0, room / full.width())


def _plain(index: QPersistentModelIndex) -> QModelIndex:
    return index.model().index(index.row(), index.column())


def _model(index: Index) -> CellModel[object]:
    return cast("CellModel[object]", index.model())
