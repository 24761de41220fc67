"""Places as Qt counts them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from cypp_desktop.ui import units

WORDS = st.text("ab é\u2013\U0001f389\U0001d400")


@given(WORDS, WORDS)
def test_a_place_is_where_qt_has_it(qapp: object, before: str, after: str) -> None:
    document = QTextDocument()
    document.setPlainText(before + after)
    cursor = QTextCursor(document)
    cursor.setPosition(units.length(before))
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == after
    assert units.up_to(before + after, units.length(before)) == before
    assert len(units.as_counted(before + after)) == document.characterCount() - 1
