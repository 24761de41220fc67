"""A field for rich text: what is typed looks as it will be printed, and what is kept is its Markdown source."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain.text import Rich, Run, parse, words, write
from cypp_desktop.ui import icons, theme, wrapping
from cypp_desktop.ui.richtext import convert, lists, marks
from cypp_desktop.ui.richtext.area import TextArea, free_label

_FORMATS = (  # name, icon, key, whether it is on or off at the cursor
    ("Bold", "bold", "Ctrl+B", True),
    ("Italic", "italic", "Ctrl+I", True),
    ("Bullets", "list", "Ctrl+Shift+8", True),
    ("Numbers", "list-ordered", "Ctrl+Shift+7", True),
    ("Link", "link", "Ctrl+K", False),
    ("Footnote", "superscript", "Ctrl+Alt+F", False),
)


class RichEditor(QFrame):
    """A text in a border, with a bar of formats on top unless it is ``compact``; the keys are the same.

    It grows with its text from ``lines[0]`` to ``lines[1]`` lines; with (n, 0) it fills the room that its layout has.
    Tab changes the level of a list item where it can, and leaves the field where it cannot; Shift+Tab reaches the bar.
    """

    edited = Signal()
    """Something was typed."""
    left = Signal()
    """The focus has gone from the whole field."""
    put_back = Signal()
    """Escape: the field shows again what it was given."""
    done = Signal()
    """Ctrl+Enter."""
    grew = Signal()
    """The text needs another height (see :meth:`wanted_height`)."""

    def __init__(
        self, parent: QWidget | None = None, *, compact: bool = False, lines: tuple[int, int] = (2, 16)
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "editor")
        self._lines, self._compact = lines, compact
        self._source, self._before, self._loaded = "", Rich(), Rich()
        self._filling = self._asking = self._focused = False
        self.edit = TextArea(self)
        self._actions = [self._format(*one) for one in _FORMATS]
        self._bar = _Bar(self._actions, self)
        self._bar.setVisible(not compact)
        self._notes = theme.label(size="small", tone="muted", wrap=True)
        self._lay_out()
        self._connect()
        convert.fill(self.edit.document(), Rich())
        self._size()

    def _lay_out(self) -> None:
        self._notes.setContentsMargins(theme.grid(1.25), 0, theme.grid(1.25), theme.grid(1))
        self._notes.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.edit, 1)
        column.addWidget(self._notes)
        self.setFocusProxy(self.edit)
        across, up = QSizePolicy.Policy.Expanding, QSizePolicy.Policy
        self.setSizePolicy(across, up.Expanding if self._fills else up.Fixed)

    def _connect(self) -> None:
        document = self.edit.document()
        document.contentsChanged.connect(self._on_contents)
        document.documentLayout().documentSizeChanged.connect(self._size)
        self.edit.cursorPositionChanged.connect(self._show_formats)
        self.edit.currentCharFormatChanged.connect(self._show_formats)
        self.edit.backtabbed.connect(self._bar_or_back)
        self.edit.note_asked.connect(self._ask_note)
        theme.signals.changed.connect(self._on_theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    # --- the text ---

    def set_text(self, source: str) -> None:
        """Show a text: it can be put back to this one, and undone no further."""
        if source != self.text():
            self._filling = True
            with wrapping.filled(self.edit, source):
                convert.fill(self.edit.document(), parse(source))
            self._filling = False
            if self._fills:  # a long text begins at its top
                self.edit.moveCursor(QTextCursor.MoveOperation.Start)
        self.edit.document().clearUndoRedoStacks()
        self.edit.document().setModified(False)
        self._source, self._before = source, parse(source)
        self._loaded = self._read()
        self._show_notes()

    def text(self) -> str:
        """The text's source: the very one that was given, as long as nothing was typed."""
        now = self._read()
        return self._source if now == self._loaded else write(now)

    def replace_text(self, source: str) -> None:
        """Show another text as if it had been typed."""
        self.edit.selectAll()
        self.edit.insert(parse(source))

    def changed(self) -> bool:
        """Whether the text is another than the one given."""
        return self.edit.document().isModified() and self.text() != self._source

    def set_read_only(self, read_only: bool) -> None:
        """Let the text only be read and copied, or be edited again."""
        self.edit.setReadOnly(read_only)
        self._bar.setVisible(not read_only and not self._compact)
        self.setProperty("reading", read_only)
        self._polish()
        self._size()

    def set_placeholder(self, sentence: str) -> None:
        """Words that stand in the empty field."""
        self.edit.setPlaceholderText(sentence)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def _read(self) -> Rich:
        """The text with its footnotes: those go whose references were deleted."""
        document = self.edit.document()
        referred = {run.note for block in self._before.blocks for run in block.runs}
        there = marks.references(document)
        kept = (note for note in self._before.notes if note.label in there or note.label not in referred)
        return convert.read(document, tuple(kept))

    # --- height ---

    @property
    def _fills(self) -> bool:
        return self._lines[1] == 0

    def wanted_height(self) -> int:
        """The height that shows the whole text at the present width, from the least to the most lines."""
        bar = self._bar.sizeHint().height() if not self._bar.isHidden() else 0
        notes = self._notes.heightForWidth(self.width() - 4) if not self._notes.isHidden() else 0
        return self._text_height() + bar + notes + 4

    def _text_height(self) -> int:
        line = QFontMetricsF(self.edit.font()).lineSpacing() * convert.LINE_HEIGHT / 100
        margins = 2 * self.edit.document().documentMargin()
        low, high = (ceil(count * line + margins) for count in self._lines)
        whole = ceil(self.edit.document().size().height())
        fits = self._fills or whole <= high
        bars = Qt.ScrollBarPolicy
        self.edit.setVerticalScrollBarPolicy(
            bars.ScrollBarAlwaysOff if fits and not self._fills else bars.ScrollBarAsNeeded
        )
        return max(whole, low) if fits else high

    def _size(self, *_: object) -> None:
        wanted = self._text_height()
        if not self._fills and not self._compact and wanted != self.edit.minimumHeight():
            self.edit.setFixedHeight(wanted)
        self.grew.emit()

    def _on_theme(self) -> None:
        self.edit.document().setDefaultFont(self.edit.font())
        self.edit.document().setDocumentMargin(theme.grid(1.25))
        self.edit.links.rehighlight()
        self._size()

    # --- focus ---

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and (new is self or self.isAncestorOf(new))
        if inside == self._focused or self._asking:
            return
        self._focused = inside
        self.setProperty("focused", inside)
        self._polish()
        if not inside:
            self.left.emit()

    def _polish(self) -> None:
        theme.polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            was = self.changed()
            if was:
                self.set_text(self._source)
            self.put_back.emit()
            event.setAccepted(was)
        elif control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def _bar_or_back(self) -> None:
        if self._bar.isVisible():
            self._bar.enter()
        else:
            self.focusPreviousChild()

    # --- formats ---

    def _format(self, name: str, icon: str, key: str, kept: bool) -> QAction:
        action = QAction(icons.icon(icon), name, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{name} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.setCheckable(kept)
        action.triggered.connect(lambda: self._do(name))
        self.addAction(action)
        return action

    def _do(self, name: str) -> None:
        if self.edit.isReadOnly():
            return
        if name in {"Bold", "Italic"}:
            form = QTextCharFormat()
            if name == "Bold":
                heavy = self.edit.fontWeight() < QFont.Weight.DemiBold
                form.setFontWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
            else:
                form.setFontItalic(not self.edit.fontItalic())
            self.edit.mergeCurrentCharFormat(form)
        elif name in {"Bullets", "Numbers"}:
            lists.toggle(self.edit.textCursor(), numbers=name == "Numbers")
        elif name == "Link":
            self._ask_link()
        else:
            self._ask_note()
        self.edit.setFocus()
        self._show_formats()

    def _show_formats(self, *_: object) -> None:
        held = self.edit.textCursor().currentList()
        numbers = held is not None and convert.numbered(held)
        bold = self.edit.fontWeight() >= QFont.Weight.DemiBold
        on = (bold, self.edit.fontItalic(), held is not None and not numbers, numbers)
        for action, checked in zip(self._actions, on, strict=False):
            action.setChecked(checked)

    def _ask_link(self) -> None:
        cursor = self.edit.textCursor()
        if not cursor.hasSelection():
            cursor = marks.link_at(cursor) or cursor
        chosen, href = cursor.selectedText(), cursor.charFormat().anchorHref() if cursor.hasSelection() else ""
        dialog = marks.LinkDialog(chosen, href, self)
        if self._ask(dialog):
            self._put_link(cursor, dialog.words.text(), marks.address(dialog.address.text()), gone=dialog.removed)

    def _put_link(self, cursor: QTextCursor, shown: str, href: str, *, gone: bool) -> None:
        if gone or shown == cursor.selectedText():
            form = QTextCharFormat()
            form.setAnchor(not gone)
            form.setAnchorHref("" if gone else href)
            cursor.mergeCharFormat(form)
        else:
            cursor.insertText(shown or href, convert.char_format(Run(link=href)))
        cursor.setPosition(cursor.selectionEnd())
        self.edit.setTextCursor(cursor)

    def _ask_note(self) -> None:
        there = marks.references(self.edit.document())
        cursor = marks.reference_at(self.edit.textCursor())
        label = str(cursor.charFormat().property(convert.LABEL)) if cursor else free_label(set(there))
        dialog = NoteDialog(label, there.get(label, ""), self)
        if not self._ask(dialog):
            return
        source = dialog.editor.text()
        if cursor is None:
            cursor = self.edit.textCursor()
            cursor.setPosition(cursor.selectionEnd())
            cursor.insertText(convert.OBJECT, convert.reference_format(label, source))
        elif dialog.removed:
            cursor.removeSelectedText()
        else:
            marks.set_note(self.edit.document(), label, source)
            cursor.clearSelection()
        self.edit.setTextCursor(cursor)

    def _ask(self, dialog: QDialog) -> bool:
        self._asking = True
        try:
            return bool(dialog.exec())
        finally:
            self._asking = False
            dialog.deleteLater()

    # --- what changed ---

    def _on_contents(self) -> None:
        if not self._filling and self.edit.document().isModified():
            self._show_notes()
            self.edited.emit()

    def _show_notes(self) -> None:
        notes = marks.references(self.edit.document())
        lines = [f"{label}  {_one_line(source)}" for label, source in notes.items()]
        if (shown := "\n".join(lines)) != self._notes.text():
            self._notes.setText(shown)
            self._notes.setVisible(bool(lines))
            self._size()


def _one_line(source: str) -> str:
    return " ".join(words(block.runs) for block in parse(source).blocks)


class _Bar(QWidget):
    """The formats as icons; the arrow keys walk along it, Tab goes back to the text."""

    def __init__(self, actions: Sequence[QAction], parent: RichEditor) -> None:
        super().__init__(parent)
        self._editor = parent
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(0.5), theme.grid(0.25), theme.grid(0.5), 0)
        row.setSpacing(theme.grid(0.25))
        self._buttons = [self._button(action) for action in actions]
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # not between two fields on Tab's way
        button.setAccessibleName(action.text())
        button.installEventFilter(self)
        return button

    def enter(self) -> None:
        """Give the focus to the first format."""
        self._buttons[0].setFocus(Qt.FocusReason.BacktabFocusReason)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and watched in self._buttons:
            place = self._buttons.index(watched)
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if step:
                self._buttons[(place + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Escape}:
                self._editor.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False


class NoteDialog(QDialog):
    """Asks for the text of a footnote; ``removed`` says that it is to go."""

    def __init__(self, label: str, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Footnote {label}")
        self.removed = False
        self.editor = RichEditor(self, lines=(3, 8))
        self.editor.set_text(source)
        self.editor.setAccessibleName(f"Text of footnote {label}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.editor.done.connect(self._accept)
        if source:
            remove = buttons.addButton("Delete footnote", QDialogButtonBox.ButtonRole.DestructiveRole)
            remove.setProperty("kind", "danger")
            remove.clicked.connect(self._remove)
        column = QVBoxLayout(self)
        column.setSpacing(theme.grid(1))
        column.addWidget(theme.label(f"Text of footnote {label}", size="strong"))
        column.addWidget(self.editor)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.grid(48))
        self.editor.setFocus()

    def _accept(self) -> None:
        if self.editor.text():
            self.accept()
        else:
            self.editor.setFocus()

    def _remove(self) -> None:
        self.removed = True
        self.accept()
