from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from cypp_desktop.ui import theme
from cypp_desktop.ui.celltext import KEPT, Layouts, Words


@pytest.fixture
def layouts(qapp):
    return Layouts(QApplication.font())


def test_a_text_is_laid_out_once_for_a_width(layouts):
    words = Words("On **schedule** and *well*")
    assert layouts.lay(words, 200.4) is layouts.lay(Words("On **schedule** and *well*"), 200)
    assert layouts.lay(words, 90).height > layouts.lay(words, 200).height


def test_what_is_kept_is_limited(layouts):
    for number in range(KEPT + 10):
        layouts.lay(Words(str(number)), 100)
    assert len(layouts._kept) <= KEPT


def test_marks_hang_and_levels_step_in(layouts):
    laid = layouts.lay(Words("- one\n  - two\n3. three"), 300)
    assert [piece.mark for piece in laid.pieces] == ["•", "•", "3."]
    assert laid.pieces[1].mark_x > laid.pieces[0].mark_x == laid.pieces[2].mark_x
    numbered = layouts.lay(Words("Words", mark="1."), 300)
    assert (numbered.pieces[0].mark, numbered.pieces[0].mark_x) == ("1.", 0)
    assert numbered.pieces[0].x > 0


def test_plain_words_are_not_read_as_marks(layouts):
    laid = layouts.lay(Words("**not bold**\n- no item", plain=True), 300)
    assert [piece.layout.text() for piece in laid.pieces] == ["**not bold**", "- no item"]


@pytest.mark.parametrize(
    ("source", "waiting", "muted"),
    [("TBC", 1, True), ("Lead: TBC and TBC", 2, False), ("NTBCX", 0, False), ("To be confirmed once", 1, False)],
)
def test_what_is_still_open_is_marked(layouts, source, waiting, muted):
    piece = layouts.lay(Words(source), 300).pieces[0]
    assert (len(piece.open), piece.muted) == (waiting, muted)


def test_what_looks_different_is_where_qt_counts_it(layouts):
    piece = layouts.lay(Words("\U0001f389\U0001f389 **bold** [link](https://x.org) TBC"), 300).pieces[0]
    (bold,) = piece.layout.formats()
    assert (bold.start, bold.length) == (5, 4)
    assert (piece.links, piece.open) == (((10, 4),), ((15, 3),))


def test_a_link_takes_the_accent_when_drawn(layouts):
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(theme.tokens().surface)
    painter = QPainter(image)
    layouts.draw(painter, layouts.lay(Words("[MMMMMMMM](https://example.org)"), 190), QPointF(2, 2))
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(200) for y in range(40)}
    assert theme.tokens().accent.name() in colours


@pytest.mark.parametrize("source", ["", "\n\n", "- ", "**", "[^1]: note", "\u2028", "a" * 3000, "\x00"])
def test_any_text_can_be_laid_out(layouts, source):
    assert layouts.lay(Words(source), 1).height >= layouts.line
