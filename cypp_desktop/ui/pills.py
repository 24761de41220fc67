"""Names in order as pills, each with a ✕, and a + that opens a field with completions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.flow import Flow


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it stands for: a record's id, or the name itself."""

    key: str
    words: str


class Pills(QFrame):
    """Names that can be added, taken out and reordered (Alt with the arrow keys on a pill's ✕)."""

    chosen = Signal()
    """Other names, or another order."""
    opened = Signal(str)
    """A pill was clicked; its key."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "editor")
        self._word = word
        self._names: list[Name] = []
        self._choices: list[Name] = []
        self._read_only = False
        self._flow = Flow(self)
        self._pills: list[_Pill] = []
        self._plus = QToolButton()
        self._plus.setIcon(icons.icon("plus"))
        self._plus.setToolTip(f"Add a {word}")
        self._plus.setAccessibleName(f"Add a {word}")
        self._plus.clicked.connect(self.add)
        self._field = _NameField(self)
        self._field.setAccessibleName(f"Name of the {word}")
        self._field.hide()
        self._field.returnPressed.connect(self._take)
        self._field.left.connect(self._close)
        self._flow.addWidget(self._plus)
        self._flow.addWidget(self._field)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self._plus)

    def show_names(self, names: Iterable[Name], choices: Iterable[Name]) -> None:
        """Show other names, and offer others."""
        self._choices = list(choices)
        if list(names) != self._names or not self._pills:
            self._names = list(names)
            self._rebuild()

    def names(self) -> list[Name]:
        """The names in order; one whose key is "" is new."""
        return list(self._names)

    def set_read_only(self, read_only: bool) -> None:
        """Only show the names."""
        self._read_only = read_only
        self._plus.setVisible(not read_only and self._field.isHidden())
        for pill in self._pills:
            pill.cross.setVisible(not read_only)

    def add(self) -> None:
        """Open the field for another name."""
        there = {name.words for name in self._names}
        self._field.offer([name.words for name in self._choices if name.words not in there])
        self._plus.hide()
        self._field.show()
        self._field.setFocus()

    def _take(self) -> None:
        words = " ".join(self._field.text().split())
        self._field.clear()
        if words and words.casefold() not in {name.words.casefold() for name in self._names}:
            known = next((name for name in self._choices if name.words.casefold() == words.casefold()), None)
            self._put([*self._names, known or Name("", words)])
        self._field.setFocus()

    def _close(self) -> None:
        if self._field.text().strip():
            self._take()
        self._field.hide()
        self._plus.setVisible(not self._read_only)

    def remove(self, place: int) -> None:
        """Take a name out."""
        self._put([*self._names[:place], *self._names[place + 1 :]])
        next_one = self._pills[min(place, len(self._pills) - 1)].cross if self._pills else self._plus
        next_one.setFocus(Qt.FocusReason.TabFocusReason)

    def shift(self, place: int, by: int) -> None:
        """Put a name further to the front or back."""
        other = place + by
        if 0 <= other < len(self._names):
            names = list(self._names)
            names[place], names[other] = names[other], names[place]
            self._put(names)
            self._pills[other].cross.setFocus(Qt.FocusReason.TabFocusReason)

    def _put(self, names: Sequence[Name]) -> None:
        self._names = list(names)
        self._rebuild()
        self.chosen.emit()

    def _rebuild(self) -> None:
        for pill in self._pills:
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = [_Pill(name.words, self) for name in self._names]
        for place, pill in enumerate(self._pills):
            self._flow.insert(place, pill)
            pill.cross.setVisible(not self._read_only)
            pill.show()
            pill.cross.clicked.connect(lambda _=False, one=pill: self.remove(self._pills.index(one)))
            pill.moved.connect(lambda by, one=pill: self.shift(self._pills.index(one), by))
            pill.clicked.connect(lambda one=pill: self.opened.emit(self._names[self._pills.index(one)].key))
        self.updateGeometry()


class _Pill(QFrame):
    moved = Signal(int)
    clicked = Signal()

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "pill")
        self._words = theme.label(words, wrap=True)
        self.cross = _Cross(f"Take out {words}")
        self.cross.installEventFilter(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.grid(1.25), theme.grid(0.25), theme.grid(0.5), theme.grid(0.25))
        self._row.setSpacing(theme.grid(0.5))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)

    def sizeHint(self) -> QSize:
        margins = self._row.contentsMargins()
        cross = 0 if self.cross.isHidden() else self.cross.sizeHint().width() + self._row.spacing()
        words = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 3
        wide = words + margins.left() + margins.right() + cross + 2
        return QSize(wide, max(super().heightForWidth(wide), self.cross.sizeHint().height() + margins.top() * 2 + 2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def eventFilter(self, watched: object, event: object) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.cross.click()
            return True
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
            return True
        return False


class _Cross(QAbstractButton):
    """The small ✕ of a pill."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(theme.tip(name))
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(3), theme.grid(3))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus() or self.underMouse():
                tokens = theme.tokens()
                painter.setBrush(tokens.selection)
                painter.setPen(QPen(tokens.focus, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            side = theme.grid(1.5)
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.draw(painter, "x", box, "muted")


class _NameField(QLineEdit):
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setMinimumWidth(theme.grid(16))
        self.setPlaceholderText("Name")

    def offer(self, names: Sequence[str]) -> None:
        """Complete from these names."""
        self._names.setStringList(list(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
