"""The list of cards: only those that are seen are laid out, so that ten thousand stay smooth."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from cypp_desktop.document.review import Contribution
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.changes.card import Card, draw, lay_out
from cypp_desktop.ui.changes.content import content, spoken
from cypp_desktop.ui.changes.rows import Row, named

Index = QModelIndex | QPersistentModelIndex
KEEP, PUT_BACK = "Keep", "Put back"
KEEP_ALL, PUT_ALL_BACK = "Keep all", "Put all back"
_OURS = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_J, Qt.Key.Key_K}
SETTLED = 60
"""Milliseconds after which a width counts as chosen."""


class ChangesModel(QAbstractTableModel):
    """Rows of one column; ``reviewing``: what is open can be kept or put back."""

    def __init__(self, plan: Plan, *, reviewing: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan, self.reviewing = plan, reviewing
        self.rows: list[Row] = []

    def show(self, plan: Plan, rows: list[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.plan = named(plan, (row.contribution for row in rows if row.contribution))
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and self.rows[index.row()].contribution is None
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and row.contribution:
            return wording.exactly(row.contribution.at)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return spoken(self.plan, row.contribution) if row.contribution else f"{row.words}, {len(row.under)}"

    def buttons(self, place: int) -> tuple[str, ...]:
        """What can be done in a row, the main thing last."""
        row = self.rows[place]
        if not self.reviewing:
            return ()
        if row.contribution:
            return (PUT_BACK, KEEP) if row.contribution.open else ()
        return (PUT_ALL_BACK, KEEP_ALL) if any(one.open for one in row.under) else ()


class ChangesList(QTableView):
    """Cards one under another. Enter goes to what a card is about; J and K walk as the arrows do."""

    opened = Signal(int)
    """A row whose record is wanted."""
    acted = Signal(int, str)
    """A row, and the words of what is to be done."""
    menu_wanted = Signal(int, QPoint)
    """A row, and where on the screen its menu opens."""

    def __init__(self, model: ChangesModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = model
        self.layouts = Layouts(theme.font())
        self._cards: dict[int, Card] = {}
        self._fitting = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self._forget)
        self.setAccessibleName(name)
        self._set_up()
        self.setModel(model)
        model.modelReset.connect(self._forget)
        theme.signals.changed.connect(self._restyle)

    def _set_up(self) -> None:
        self.setProperty("role", "pane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setMouseTracking(True)
        self._size()

    def _size(self) -> None:
        self.layouts.set_font(theme.font())
        self.verticalHeader().setDefaultSectionSize(int(self.layouts.line * 4 + theme.grid(6)))
        self.verticalScrollBar().setSingleStep(int(self.layouts.line * 2))

    def _restyle(self) -> None:
        self._size()
        self._forget()

    # --- heights ---

    def _forget(self) -> None:
        """Lay out anew what is seen."""
        self._cards.clear()
        self.fit()
        self.viewport().update()

    def card(self, row: int) -> Card:
        """The card of a row, laid out for the width of the list."""
        if row not in self._cards:
            self._cards[row] = self._lay(row)
        return self._cards[row]

    def _lay(self, row: int) -> Card:
        found = self.changes.rows[row].contribution
        width, buttons = self.viewport().width(), self.changes.buttons(row)
        if found:
            return lay_out(self.layouts, content(self.changes.plan, found), width, buttons)
        return self._heading(width, buttons)

    def _heading(self, width: int, buttons: Sequence[str]) -> Card:
        high = self.layouts.metrics.height() + theme.grid(1.5)
        made = Card(QRectF(0, theme.grid(1), width, high))
        metrics, x = QFontMetricsF(self.layouts.bold), float(width)
        for words in reversed(buttons):
            wide = metrics.horizontalAdvance(words) + theme.grid(2)
            made.buttons.append((words, QRectF(x - wide, theme.grid(1), wide, high), False))
            x -= wide
        return made

    def fit(self) -> None:
        """Give the rows that are seen their true heights; the first of them stays where it is."""
        if self._fitting or not self.changes.rows or self.viewport().width() < theme.grid(4):
            return
        self._fitting = True
        top = max(0, self.rowAt(0))
        before = self.rowViewportPosition(top)
        row = top
        while row < len(self.changes.rows) and self.rowViewportPosition(row) < self.viewport().height():
            self._fit_row(row)
            row += 1
        self.updateGeometries()
        if shift := self.rowViewportPosition(top) - before:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + shift)
        self._fitting = False

    def _fit_row(self, row: int) -> None:
        if (height := self.card(row).height) != self.rowHeight(row):
            self.setRowHeight(row, height)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.fit()
        self.viewport().update()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid():
            self._fit_row(index.row())
            super().scrollTo(index, hint)
            self.fit()
            super().scrollTo(index, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._settled.start()
        else:
            self.fit()

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setLayoutDirection(self.layoutDirection())
            painter.fillRect(event.rect(), theme.tokens().window)
            row, current = max(0, self.rowAt(0)), self.currentIndex().row()
            while row < len(self.changes.rows) and (y := self.rowViewportPosition(row)) < self.viewport().height():
                self._paint_row(painter, row, y, current=row == current)
                row += 1

    def _paint_row(self, painter: QPainter, row: int, y: int, *, current: bool) -> None:
        made, found = self.card(row), self.changes.rows[row]
        if found.contribution:
            focused = current and self.hasFocus()
            draw(painter, made, self.layouts, QPointF(0, y), current=current, focused=focused)
            return
        tokens, box = theme.tokens(), made.frame.translated(0, y)
        painter.setFont(self.layouts.bold)
        painter.setPen(tokens.accent)
        for words, place, _ in made.buttons:
            painter.drawText(place.translated(0, y), Qt.AlignmentFlag.AlignCenter, words)
            box.setRight(min(box.right(), place.left()))
        count = f"{len(found.under):,}"
        metrics = QFontMetricsF(self.layouts.bold)
        room = box.width() - metrics.horizontalAdvance(count) - theme.grid(2)
        words = metrics.elidedText(found.words, Qt.TextElideMode.ElideRight, room)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(tokens.text)
        painter.drawText(box, middle, words)
        painter.setPen(tokens.muted)
        painter.setFont(self.layouts.font)
        painter.drawText(box.adjusted(metrics.horizontalAdvance(words) + theme.grid(1), 0, 0, 0), middle, count)

    # --- what the reader does ---

    def go(self, row: int) -> None:
        """Make a row the current one, a heading's first card where it is one."""
        while 0 <= row < len(self.changes.rows):
            if self.changes.rows[row].contribution:
                if row and not self.changes.rows[row - 1].contribution:
                    self.scrollTo(self.changes.index(row - 1, 0))  # its heading, too
                self.setCurrentIndex(self.changes.index(row, 0))
                return
            row += 1

    def current(self) -> Contribution | None:
        """The contribution of the current row."""
        place = self.currentIndex().row()
        return self.changes.rows[place].contribution if 0 <= place < len(self.changes.rows) else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
            event.accept()  # not the window's command of the same key
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in {Qt.Key.Key_J, Qt.Key.Key_Down}:
            self.go(row + 1)
        elif plain and key in {Qt.Key.Key_K, Qt.Key.Key_Up}:
            self._back(row - 1)
        elif row < 0:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._act(row, KEEP)
            else:
                self.opened.emit(row)
        elif plain and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._act(row, PUT_BACK)
        else:
            super().keyPressEvent(event)

    def _act(self, row: int, words: str) -> None:
        if words in self.changes.buttons(row):
            self.acted.emit(row, words)

    def _back(self, row: int) -> None:
        while row >= 0 and not self.changes.rows[row].contribution:
            row -= 1
        if row >= 0:
            self.go(row)
        else:
            self.scrollToTop()

    def _button(self, event: QMouseEvent) -> tuple[int, str]:
        at = event.position()
        row = self.rowAt(int(at.y()))
        if row < 0:
            return row, ""
        return row, self.card(row).button(QPointF(at.x(), at.y() - self.rowViewportPosition(row)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hand = bool(self._button(event)[1])
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, words = self._button(event)
        if words and event.button() == Qt.MouseButton.LeftButton:
            self.acted.emit(row, words)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, words = self._button(event)
        if row >= 0 and not words and self.changes.rows[row].contribution:
            self.opened.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.rowAt(event.pos().y())
        if row < 0:
            return
        self.go(row)
        box = self.visualRect(self.changes.index(row, 0))
        place = self.viewport().mapToGlobal(box.center()) if by_key else event.globalPos()
        self.menu_wanted.emit(row, place)
