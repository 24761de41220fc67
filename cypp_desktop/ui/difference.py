"""Two texts as one, at word level: what was taken out struck through, what was put in underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.celltext import LEADING

MOST = 1500
"""Words up to which texts are compared word by word; longer ones are shown whole, one after the other."""
ALIKE = 0.2
"""The share of words in common below which two texts are shown so, too: a word here and there says nothing."""


def pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Stretches of both texts in order, each with "-" (only before), "+" (only after) or "" (both)."""
    one, other = (re.findall(r"\S+\s*|\s+", words) for words in (before, after))
    if not before or not after or len(one) + len(other) > MOST:
        yield from ((mark, words) for mark, words in (("-", before), ("+", after)) if words)
        return
    bare, bare_other = ([word.strip() for word in words] for words in (one, other))
    matcher = SequenceMatcher(None, bare, bare_other, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield "-", before
        yield "", "" if before[-1].isspace() else " "
        yield "+", after
        return
    for kind, start, end, begin, stop in matcher.get_opcodes():
        gone, come = "".join(one[start:end]), "".join(other[begin:stop])
        if kind == "equal":
            yield "", come
            continue
        if gone:
            yield "-", gone
        if gone and come and not gone[-1].isspace():
            yield "", " "
        if come:
            yield "+", come


class Difference(QTextBrowser):
    """Shows two texts as one; as high as it needs to be. ``whole``: one after the other, not word by word."""

    def __init__(self, before: str, after: str, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._pieces = [("+", after), ("", "   "), ("-", before)] if whole else list(pieces(before, after))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(f"Before: {before or 'nothing'}. After: {after or 'nothing'}.")
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.signals.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        lines = QTextBlockFormat()
        lines.setLineHeight(100 * LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(lines)
        for mark, words in self._pieces:
            cursor.insertText(words, look(mark))
        self._fit()

    def _fit(self, *_: object) -> None:
        self.setFixedHeight(round(self.document().size().height()) + 2)


def look(mark: str) -> QTextCharFormat:
    """How words with a mark look: put in, taken out or neither."""
    tokens = theme.tokens()
    look = QTextCharFormat()
    look.setForeground(tokens.danger if mark == "-" else tokens.text)
    if mark == "+":
        look.setBackground(tokens.added)
        look.setFontUnderline(True)
        look.setUnderlineColor(tokens.accent)
        look.setFontWeight(QFont.Weight.Bold)
    elif mark == "-":
        look.setBackground(tokens.removed)
        look.setFontStrikeOut(True)
    return look
