"""A card laid out."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.changes.card import lay_out
from cypp_desktop.ui.changes.content import Content, Line


def test_what_was_put_in_is_marked_where_qt_counts_it(qapp: object) -> None:
    line = Line("Text", (("", "\U0001f389\U0001f389 the "), ("+", "new \U0001f389 "), ("", "words")))
    card = lay_out(Layouts(QApplication.font()), Content("Title", "", "Tess", (line,), ""), 400, ())
    (marked,) = [one for one in card.texts if one.marks]
    assert marked.marks == ((9, 6, "+"),)
