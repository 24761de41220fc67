"""The fields that open over a cell: words with completion, and the list of statuses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from cypp_desktop.domain.plan import Status
from cypp_desktop.ui import theme, units, wrapping
from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.chips import chip_size, draw_chip


class WordsField(QFrame):
    """Plain words in a border, as many lines as they need; ``completions`` are offered for each part between ";"."""

    edited = Signal()
    left = Signal()
    """The focus has gone from the field."""
    grew = Signal()

    def __init__(self, parent: QWidget | None = None, completions: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setProperty("role", "editor")
        self.setProperty("focused", True)
        self.edit = _Lines(self)
        self.edit.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        side = theme.grid(1.5) - theme.grid(1) - 1  # so that the words stand where they stood in the cell
        column.setContentsMargins(side, 0, side, 0)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.document().setDocumentMargin(theme.grid(1))
        self.edit.textChanged.connect(self.edited)
        self.edit.textChanged.connect(self.grew)
        self.edit.lost.connect(self.left)
        if completions:
            self.edit.complete_from(completions)

    def text(self) -> str:
        """The words."""
        return self.edit.toPlainText()

    def set_text(self, words: str) -> None:
        """Begin with other words, all of them selected."""
        with wrapping.filled(self.edit, words):
            self.edit.setPlainText(words)
        self.edit.selectAll()

    def wanted_height(self) -> int:
        """The height that shows all of the words at the field's width."""
        lines = self.edit.document().size().height()  # a plain text's height is counted in lines
        return int((lines + 0.5) * self.edit.fontMetrics().lineSpacing()) + 2 * theme.grid(1)


class _Lines(QPlainTextEdit):
    lost = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._completer: QCompleter | None = None

    def complete_from(self, words: Sequence[str]) -> None:
        """Offer these words while a part between semicolons is typed."""
        self._completer = QCompleter(QStringListModel(list(words), self), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._complete)

    @property
    def completing(self) -> bool:
        """Whether the list of completions is open."""
        popup = self._completer.popup() if self._completer else None
        return popup is not None and popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completing and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape}:
            event.ignore()  # the list of completions takes them
            return
        super().keyPressEvent(event)
        if self._completer and (event.text() or event.key() == Qt.Key.Key_Backspace):
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.lost.emit()

    def _part(self) -> tuple[int, str]:
        """Where the part begins that the cursor stands in, and its words before the cursor."""
        before = units.up_to(self.toPlainText(), self.textCursor().position())
        start = max(before.rfind(";"), before.rfind("\n")) + 1
        part = before[start:]
        return units.length(before) - units.length(part.lstrip()), part.strip()

    def _offer(self) -> None:
        completer = self._completer
        popup = completer.popup() if completer else None
        if completer is None or popup is None:
            return
        _, part = self._part()
        completer.setCompletionPrefix(part)
        if not part or completer.completionCount() == 0 or completer.currentCompletion() == part:
            popup.hide()
            return
        area = self.cursorRect()
        area.setWidth(max(theme.grid(28), self.width()))
        completer.complete(area)

    def _complete(self, words: str) -> None:
        start, _ = self._part()
        cursor = self.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        self.setTextCursor(cursor)


class StatusField(QFrame):
    """The plan's statuses as chips in a list, chosen by arrow keys, by letter or by mouse."""

    edited = Signal()
    left = Signal()
    chosen = Signal()
    """A status was decided on."""

    def __init__(self, statuses: Sequence[Status], layouts: Layouts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.edit = self
        self._statuses: list[Status | None] = [*statuses, None]
        self._layouts = layouts
        self._at = len(statuses)

    def text(self) -> str:
        """The id of the status that is marked; "" for none."""
        status = self._statuses[self._at]
        return status.id if status else ""

    def set_text(self, status: str) -> None:
        """Mark a status by its id."""
        ids = [one.id if one else "" for one in self._statuses]
        self._mark(ids.index(status) if status in ids else len(ids) - 1)

    def set_status(self, letter: str) -> bool:
        """Mark the status with a letter; False where there is none."""
        letters = [one.letter.casefold() if one else "" for one in self._statuses]
        if not letter or letter.casefold() not in letters:
            return False
        self._mark(letters.index(letter.casefold()))
        return True

    def sizeHint(self) -> QSize:
        widths = [chip_size(self._layouts, one, 10_000).width() for one in self._statuses if one]
        return QSize(max([*widths, theme.grid(14)]) + theme.grid(4), len(self._statuses) * self._row() + theme.grid(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tokens = theme.tokens()
            for place, status in enumerate(self._statuses):
                area = self._area(place)
                if place == self._at:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(tokens.selection)
                    painter.drawRoundedRect(area, 4, 4)
                    painter.setBrush(tokens.accent)
                    painter.drawRoundedRect(QRectF(area.x(), area.y() + 4, 3, area.height() - 8), 1.5, 1.5)
                if status:
                    height = chip_size(self._layouts, status, 10_000).height()
                    chip = area.adjusted(theme.grid(1), (area.height() - height) / 2, 0, 0)
                    draw_chip(painter, self._layouts, status, chip)
                else:
                    painter.setFont(self._layouts.font)
                    painter.setPen(tokens.muted)
                    words = area.adjusted(theme.grid(2), 0, 0, 0)
                    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "None")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._mark((self._at + (1 if key == Qt.Key.Key_Down else -1)) % len(self._statuses))
        elif key == Qt.Key.Key_Space or self.set_status(event.text()):
            self.chosen.emit()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self._at_point(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mark(self._at_point(event.position()))
        self.chosen.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()

    def _row(self) -> int:
        return max(theme.grid(4), int(self._layouts.line) + theme.grid(1.5))

    def _area(self, place: int) -> QRectF:
        edge = theme.grid(0.5)
        return QRectF(edge, edge + place * self._row(), self.width() - 2 * edge, self._row())

    def _at_point(self, point: QPointF) -> int:
        return max(0, min(len(self._statuses) - 1, int((point.y() - theme.grid(0.5)) // self._row())))

    def _mark(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self.update()
        status = self._statuses[place]
        self.setAccessibleName(f"Status: {status.label if status else 'None'}")
