"""The text inside a rich text field: keys that make lists, and what comes from and goes to the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from cypp_desktop.domain.text import Block, Paragraph, Rich, from_plain, parse, plain, write
from cypp_desktop.domain.values import replace
from cypp_desktop.ui import theme, wrapping
from cypp_desktop.ui.clipboard import OWN_FORMAT
from cypp_desktop.ui.richtext import convert, lists, marks

_OURS = {Qt.Key.Key_B, Qt.Key.Key_I, Qt.Key.Key_K}


class TextArea(QTextEdit):
    """Rich text without its border and bar. Escape, Ctrl+Enter, and Tab where it shifts nothing, go to the parent."""

    backtabbed = Signal()
    """Shift+Tab, where there is no list item to lift."""
    note_asked = Signal()
    """A footnote reference was double-clicked; the cursor stands beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.grid(1.25))
        self.document().setIndentWidth(theme.grid(2.5))
        self._references = marks.References(self.document())
        self.links = marks.Links(self.document())
        self._passing = False  # Tab brought the focus here, and nothing was done since: Tab goes on and shifts nothing
        self.cursorPositionChanged.connect(self._leave_mark)

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                event.accept()
                return True
            spent = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            spent |= event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if spent or (control and event.key() in _OURS):
                event.ignore()  # the plan's own undo, and the bar's formats
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._passing &= event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Shift}
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif not self._list_key(event):
            if event.key() == Qt.Key.Key_Escape or self._finishes(event) or event.key() == Qt.Key.Key_Tab:
                event.ignore()
            elif event.key() == Qt.Key.Key_Backtab:
                self.backtabbed.emit()
            else:
                self._leave_mark()
                super().keyPressEvent(event)
                if event.text() == " " and lists.begin(self.textCursor()):
                    self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._leave_mark()
        super().inputMethodEvent(event)

    def _finishes(self, event: QKeyEvent) -> bool:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def _list_key(self, event: QKeyEvent) -> bool:
        """Whether a key did something to a list."""
        cursor = self.textCursor()
        if cursor.currentList() is None or self._passing:
            return False
        key = event.key()
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            by = 1 if key == Qt.Key.Key_Tab else -1
            if lists.can_shift(cursor, by):
                lists.shift(cursor, by)
                return True
            return False
        plain_key = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if cursor.hasSelection() or not plain_key:
            return False
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and cursor.block().length() == 1:
            return lists.step_out(cursor)
        return key == Qt.Key.Key_Backspace and cursor.atBlockStart() and lists.step_out(cursor)

    def _leave_mark(self) -> None:
        """Words typed after a link or a footnote reference do not belong to it."""
        cursor = self.textCursor()
        form = self.currentCharFormat()
        if cursor.hasSelection():
            return
        if form.objectType() == convert.REFERENCE:
            self.setCurrentCharFormat(QTextCharFormat())
        elif form.isAnchor() and not self._in_link(cursor, form.anchorHref()):
            form.setAnchor(False)
            form.clearProperty(QTextCharFormat.Property.AnchorHref.value)
            self.setCurrentCharFormat(form)

    def _in_link(self, cursor: QTextCursor, href: str) -> bool:
        if cursor.atBlockEnd():
            return False
        after = QTextCursor(cursor)
        after.movePosition(QTextCursor.MoveOperation.NextCharacter)
        return after.charFormat().anchorHref() == href

    # --- the mouse ---

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = marks.reference_at(self.cursorForPosition(event.position().toPoint()))
        if found is None or self.isReadOnly():
            super().mouseDoubleClickEvent(event)
        else:
            found.clearSelection()
            self.setTextCursor(found)
            self.note_asked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        href = marks.address(self.anchorAt(event.position().toPoint())) if held or self.isReadOnly() else ""
        if href and not self.textCursor().hasSelection():
            QDesktopServices.openUrl(QUrl(href))
        super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._passing = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._passing = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self.ensureCursorVisible()

    # --- the clipboard ---

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return any(map(source.hasFormat, (OWN_FORMAT, "text/html", "text/plain")))

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(OWN_FORMAT):
            rich = parse(bytes(source.data(OWN_FORMAT).data()).decode("utf-8", "replace"))
        elif source.hasHtml():
            from cypp_desktop.exchange.pasted import from_html

            rich = from_html(source.html())
        else:
            rich = parse(from_plain(source.text()))
            if len(rich.blocks) == 1 and isinstance(rich.blocks[0], Paragraph):
                wrapping.admit(self, source.text())
                self.textCursor().insertText(
                    source.text().strip("\r\n").replace("\r\n", "\n").replace("\n", convert.BREAK)
                )
                return
        self.insert(rich)

    def insert(self, rich: Rich) -> None:
        """Put a text in place of what is selected; its footnotes get labels that are free here."""
        wrapping.admit(self, write(rich))
        cursor = self.textCursor()
        convert.insert(cursor, _relabelled(rich, marks.references(self.document())))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        fragment = self.textCursor().selection()
        part = QTextDocument()
        QTextCursor(part).insertFragment(fragment)
        source = write(convert.read(part))
        mime = QMimeData()
        mime.setData(OWN_FORMAT, source.encode("utf-8"))
        mime.setText(plain(source))
        mime.setHtml(fragment.toHtml())
        return mime


def _relabelled(rich: Rich, taken: dict[str, str]) -> Rich:
    names: dict[str, str] = {}
    used = set(taken)
    for note in rich.notes:
        names[note.label] = note.label if note.label not in used else free_label(used)
        used.add(names[note.label])
    blocks: list[Block] = []
    for block in rich.blocks:
        runs = tuple(replace(run, note=names.get(run.note, run.note)) for run in block.runs)
        blocks.append(replace(block, runs=runs))
    return Rich(tuple(blocks), tuple(replace(note, label=names[note.label]) for note in rich.notes))


def free_label(used: set[str]) -> str:
    """The next number that no footnote has."""
    return str(max((int(label) for label in used if label.isdecimal()), default=0) + 1)
