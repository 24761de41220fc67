"""Drawings of reports in the window: where their parts stand, in which colours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from cypp_desktop.reports.drawing import Box, Drawing, Label, Mark, Stroke
from cypp_desktop.reports.model import Figure
from cypp_desktop.ui import drawings, theme

WHITE = QColor("white")
ROOM = QRectF(0, 0, 160, 80)


@pytest.fixture
def paint(qapp):
    """Paints a drawing of 40 by 20 points, four pixels a point, on white."""

    def painted(*items, ground=None, room=ROOM):
        image = QImage(160, 80, QImage.Format.Format_RGB32)
        image.fill(WHITE)
        with QPainter(image) as painter:
            drawings.draw(painter, Drawing(40, 20, items), room, ground)
        return image

    return painted


def used(image):
    """The box of all pixels that are not white, in pixels: left, top, right, bottom."""
    found = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != WHITE]
    across, down = zip(*found, strict=True)
    return min(across), min(down), max(across), max(down)


def test_a_box_stands_where_it_is_said_in_its_colour(paint):
    image = paint(Box(10, 5, 20, 10, "accent"))
    assert used(image) == (40, 20, 119, 59)
    assert image.pixelColor(80, 40) == theme.tokens().accent


def test_it_is_as_large_as_there_is_room_and_never_stretched(paint):
    assert used(paint(Box(0, 0, 40, 20), room=QRectF(0, 0, 80, 80))) == (0, 20, 79, 59)


def test_a_status_has_the_ink_that_can_be_read(paint):
    image = paint(Mark(20, 10, 16, "disc", "#8A4E00"))
    assert image.pixelColor(80, 40) == theme.status_colours("#8A4E00")[0]


def test_what_is_cut_out_shows_the_ground(paint):
    yellow = QColor("#FFEE00")
    image = paint(Mark(20, 10, 16, "disc", "accent"), Mark(20, 10, 8, "disc", "surface"), ground=yellow)
    assert image.pixelColor(80, 40) == yellow
    assert image.pixelColor(80 - 26, 40) == theme.tokens().accent


def test_a_dashed_line_has_gaps(paint):
    row = [paint(Stroke(0, 10, 40, 10, 1, "text", dashed=True)).pixelColor(x, 40) for x in range(160)]
    assert WHITE in row
    assert row.count(WHITE) < 160


@pytest.mark.parametrize(("anchor", "edge"), [("start", 0), ("middle", None), ("end", 2)])
def test_words_begin_centre_or_end_at_their_place(paint, anchor, edge):
    left, top, right, bottom = used(paint(Label(20, 15, "HHH", 8, anchor=anchor)))
    middle = (left + right) / 2
    expected = {"start": left, "middle": middle, "end": right}[anchor]
    assert expected == pytest.approx(80, abs=5)
    assert bottom == pytest.approx(60, abs=2)  # on the baseline
    assert bottom - top == pytest.approx(0.73 * 8 * 4, abs=5)  # capitals of Liberation Sans, 8 units of 4 pixels


def test_a_figure_says_what_it_shows(qtbot):
    view = drawings.FigureView()
    qtbot.addWidget(view)
    view.show_figure(Figure(Drawing(40, 20, (Box(0, 0, 40, 20),)), "All of it"))
    assert (view.accessibleName(), view.accessibleDescription()) == ("Chart", "All of it")
    assert view.sizeHint().width() == pytest.approx(2 * view.sizeHint().height(), abs=1)
    assert view.isVisibleTo(None)
    view.show_figure(None)
    assert not view.isVisibleTo(None)
