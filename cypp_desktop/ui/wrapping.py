"""How words are broken into lines: between words, and within one where it is longer than a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

LONGEST = 1000
"""Letters. Qt looks through all that is left of a word for each of its lines: 190,000 letters took it nine seconds."""


def mode(words: str) -> QTextOption.WrapMode:
    """The way of breaking these words: anywhere, if one of them is no word of any language."""
    if len(words) > LONGEST and any(len(word) > LONGEST for word in words.replace("\n", " ").split(" ")):
        return QTextOption.WrapMode.WrapAnywhere
    return QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def option(words: str) -> QTextOption:
    """What a layout of these words is given."""
    given = QTextOption()
    given.setWrapMode(mode(words))
    return given


@contextmanager
def filled(edit: QTextEdit | QPlainTextEdit, words: str) -> Iterator[None]:
    """While a field is filled anew with these words: at no time are endless words broken between words."""
    admit(edit, words)
    yield
    edit.setWordWrapMode(mode(words))


def admit(edit: QTextEdit | QPlainTextEdit, words: str) -> None:
    """Make a field ready for words that come to those it has."""
    if mode(words) == QTextOption.WrapMode.WrapAnywhere:
        edit.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
