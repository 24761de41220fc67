"""Links and footnote references in a text field: how they are drawn, found and asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from cypp_desktop.domain.patterns import pattern
from cypp_desktop.ui import theme, units
from cypp_desktop.ui.richtext.convert import LABEL, OBJECT, REFERENCE, TEXT, reference_format

_SCHEME = pattern(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_SIZE = 0.8


class References(QPyTextObject):
    """Draws the character that refers to a footnote as its raised label."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        document.documentLayout().registerHandler(REFERENCE, self)

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803 - Qt's names
        measure = QFontMetricsF(theme.font(_SIZE, bold=True))
        body = QFontMetricsF(doc.defaultFont())
        return QSizeF(measure.horizontalAdvance(str(format.property(LABEL))) + 3, body.ascent())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803 - Qt's names
        format: QTextFormat,  # noqa: A002 - Qt's name
    ) -> None:
        painter.setFont(theme.font(_SIZE, bold=True))
        painter.setPen(theme.tokens().accent)
        where = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        room = QRectF(rect)
        painter.drawText(room.adjusted(0, -room.height() * 0.2, 0, 0), where, str(format.property(LABEL)))


class Links(QSyntaxHighlighter):
    """Shows links in the accent of the running scheme, without a trace in the text."""

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setForeground(theme.tokens().accent)
        look.setFontUnderline(True)
        block = self.currentBlock()
        at = block.begin()
        while not at.atEnd():
            fragment = at.fragment()
            at += 1
            if fragment.charFormat().isAnchor():
                self.setFormat(fragment.position() - block.position(), fragment.length(), look)


def address(words: str) -> str:
    """What somebody typed, as the address of a link; "" where it is none (only web and mail addresses are)."""
    words = words.strip()
    if _SCHEME.fullmatch(words):
        return words
    if re.fullmatch(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+", words):
        return f"mailto:{words}"
    return f"https://{words}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(?:[/?#]\S*)?", words) else ""


def reference_at(cursor: QTextCursor) -> QTextCursor | None:
    """The footnote reference that stands beside a cursor, selected; None where there is none."""
    for start in (cursor.selectionEnd() - 1, cursor.selectionEnd()):
        if start >= 0 and cursor.document().characterAt(start) == OBJECT:
            found = QTextCursor(cursor.document())
            found.setPosition(start)
            found.setPosition(start + 1, QTextCursor.MoveMode.KeepAnchor)
            if found.charFormat().objectType() == REFERENCE:
                return found
    return None


def link_at(cursor: QTextCursor) -> QTextCursor | None:
    """The link that a cursor stands in, selected whole; None where there is none."""
    block = cursor.block()
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        at += 1
        inside = fragment.position() <= cursor.position() <= fragment.position() + fragment.length()
        if inside and fragment.charFormat().isAnchor():
            found = QTextCursor(block)
            found.setPosition(fragment.position())
            found.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            return found
    return None


def references(document: QTextDocument) -> dict[str, str]:
    """The footnotes that a document refers to, in order: label to source."""
    found: dict[str, str] = {}
    for cursor in _references(document):
        form = cursor.charFormat()
        found.setdefault(str(form.property(LABEL)), str(form.property(TEXT) or ""))
    return found


def set_note(document: QTextDocument, label: str, source: str) -> None:
    """Give a footnote another text, wherever it is referred to."""
    edit = QTextCursor(document)
    edit.beginEditBlock()
    for cursor in _references(document):
        if cursor.charFormat().property(LABEL) == label:
            cursor.setCharFormat(reference_format(label, source))
    edit.endEditBlock()


def _references(document: QTextDocument) -> Iterator[QTextCursor]:
    """Each footnote reference, selected."""
    raw = units.as_counted(document.toRawText())
    start = raw.find(OBJECT)
    while start >= 0:
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(start + 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().objectType() == REFERENCE:
            yield cursor
        start = raw.find(OBJECT, start + 1)


class LinkDialog(QDialog):
    """Asks for a link's words and address; ``removed`` says that the link is to go."""

    def __init__(self, words: str, href: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Link")
        self.removed = False
        self.words, self.address = QLineEdit(words), QLineEdit(href)
        self._why = theme.label(
            "A web address such as www.example.org, or an e-mail address.", size="small", tone="muted"
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        if href:
            remove = buttons.addButton("Remove link", QDialogButtonBox.ButtonRole.DestructiveRole)
            remove.setProperty("kind", "danger")
            remove.clicked.connect(self._remove)
        column = QVBoxLayout(self)
        column.setSpacing(theme.grid(0.75))
        for name, field in (("Words", self.words), ("Address", self.address)):
            field.setAccessibleName(name)
            field.setMinimumWidth(theme.grid(40))
            column.addWidget(theme.label(name, size="strong"))
            column.addWidget(field)
        column.addWidget(self._why)
        column.addSpacing(theme.grid(1))
        column.addWidget(buttons)
        (self.address if words else self.words).setFocus()

    def accept(self) -> None:
        if address(self.address.text()):
            super().accept()
        else:
            self.address.setFocus()

    def _remove(self) -> None:
        self.removed = True
        super().accept()
