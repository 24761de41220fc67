"""A field for plain words in a border, as high as its words need; it tells what rich text fields tell."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from cypp_desktop.ui import theme, wrapping


class WordsEditor(QFrame):
    """Plain words; Enter is "done", or begins a line where there may be ``paragraphs``."""

    edited = Signal()
    left = Signal()
    """The focus has gone from the field."""
    put_back = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None, *, paragraphs: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "editor")
        self._source, self._focused = "", False
        self.edit = _Words(self, paragraphs=paragraphs)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(2, 2, 2, 2)
        self.row.setSpacing(0)
        self.row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textChanged.connect(self._on_text)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def text(self) -> str:
        """The words."""
        return self.edit.toPlainText()

    def set_text(self, words: str) -> None:
        """Show other words; they can be put back, and undone no further."""
        self._source = words
        if words != self.text():
            with wrapping.filled(self.edit, words):
                self.edit.setPlainText(words)
        self._source = self.text()  # as the document holds them
        self.edit.document().clearUndoRedoStacks()
        self.edit.document().setModified(False)

    def replace_text(self, words: str) -> None:
        """Show other words as if they had been typed."""
        with wrapping.filled(self.edit, words):
            self.edit.setPlainText(words)

    def changed(self) -> bool:
        """Whether the words are others than those given."""
        return self.text() != self._source

    def set_read_only(self, read_only: bool) -> None:
        """Let the words only be read and copied, or be edited again."""
        if read_only != self.edit.isReadOnly():
            self.edit.setReadOnly(read_only)
            self.setProperty("reading", read_only)
            self._polish()

    def set_placeholder(self, sentence: str) -> None:
        """Words that stand in the empty field."""
        self.edit.setPlaceholderText(sentence)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            was = self.changed()
            if was:
                self.edit.setPlainText(self._source)
                self.set_text(self._source)
            self.put_back.emit()
            event.setAccepted(was)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self) -> None:
        self.edit.fit()
        if self.changed():
            self.edited.emit()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and (new is self or self.isAncestorOf(new))
        if inside != self._focused:
            self._focused = inside
            self.setProperty("focused", inside)
            self._polish()
            if not inside:
                self.left.emit()

    def _polish(self) -> None:
        theme.polish(self)


class _Words(QPlainTextEdit):
    def __init__(self, parent: QWidget, *, paragraphs: bool) -> None:
        super().__init__(parent)
        self._paragraphs = paragraphs
        self._undoing = _Undoing(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.signals.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the words."""
        self.document().setDocumentMargin(theme.grid(0.75))
        lines = sum(max(1, block.layout().lineCount()) for block in self._blocks())
        height = lines * QFontMetricsF(self.font()).lineSpacing() + 2 * self.document().documentMargin()
        if round(height) != self.minimumHeight():
            self.setFixedHeight(round(height))

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(12), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grid(6), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.installEventFilter(self._undoing)  # not sooner, for all events go through it then

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.removeEventFilter(self._undoing)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (enter and (held or not self._paragraphs)):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: object) -> None:
        words = source.text() if hasattr(source, "text") else ""
        if not self._paragraphs:
            words = " ".join(words.split())
        wrapping.admit(self, words)
        self.textCursor().insertText(words)


class _Undoing(QObject):
    """Leaves Undo and Redo to the plan where the words have nothing to undo."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, _Words) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        history = watched.document()
        if not isinstance(event, QKeyEvent):
            return False
        spent = event.matches(QKeySequence.StandardKey.Undo) and not history.isUndoAvailable()
        if spent or (event.matches(QKeySequence.StandardKey.Redo) and not history.isRedoAvailable()):
            event.ignore()
            return True
        return False
