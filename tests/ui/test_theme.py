from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QPushButton

from cypp_desktop.domain.plan import SHAPES
from cypp_desktop.ui import icons, shapes, theme

SCHEMES = pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
WORDS = [  # ink, ground: text that is read
    ("text", "surface"), ("text", "window"), ("text", "sunken"), ("text", "raised"), ("text", "added"),
    ("text", "removed"), ("text", "warn_tint"), ("text", "info_tint"), ("text", "danger_tint"),
    ("muted", "surface"), ("muted", "window"), ("muted", "sunken"), ("muted", "raised"), ("muted", "selection"),
    ("on_selection", "selection"), ("accent", "surface"), ("accent", "window"), ("accent", "info_tint"),
    ("accent", "warn_tint"), ("accent", "danger_tint"), ("accent", "selection"), ("on_accent", "accent"),
    ("danger", "surface"), ("danger", "window"), ("danger", "danger_tint"), ("warn", "window"), ("good", "window"),
]  # fmt: skip
EDGES = [
    ("control", "surface"), ("control", "window"), ("focus", "surface"), ("focus", "window"), ("focus", "selection"),
    ("accent", "window"), ("accent", "info_tint"), ("warn", "warn_tint"), ("danger", "danger_tint"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def look(qapp):
    theme.choose_scheme("light")
    yield
    theme.choose_zoom(1)
    theme.choose_scheme("light")


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_every_pair_of_words_can_be_read(look, ink, ground):
    assert theme.contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), EDGES)
def test_every_edge_and_shape_can_be_seen(look, ink, ground):
    assert theme.contrast(getattr(look, ink), getattr(look, ground)) >= 3


def test_contrast_of_black_and_white_is_the_greatest():
    assert theme.contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert theme.contrast(QColor("white"), QColor("white")) == pytest.approx(1)


@given(st.integers(0, 0xFFFFFF), st.sampled_from(["light", "dark"]))
def test_any_status_colour_can_be_read(qapp, number, scheme):
    theme.choose_scheme(scheme)
    ink, tint = theme.status_colours(f"#{number:06X}")
    look = theme.tokens()
    for ground in (look.surface, tint, look.selection):
        assert theme.contrast(ink, ground) >= 4.49
    assert theme.contrast(look.text, tint) >= 4.5


def test_the_county_plan_colours_are_those_that_were_chosen_for_it():
    assert theme.status_colours("#0b5c87")[1].name().upper() == "#E2F0F7"
    theme.choose_scheme("dark")
    assert theme.status_colours("#B3261E")[0].name().upper() == "#FF9D94"


def test_a_broken_status_colour_is_grey():
    assert theme.status_colours("nonsense")[0].isValid()


def test_choosing_a_scheme_tells_everybody_and_changes_the_palette(qtbot):
    with qtbot.waitSignal(theme.signals.changed):
        theme.choose_scheme("dark")
    assert theme.tokens() is theme.DARK
    assert QApplication.palette().window().color() == theme.DARK.window


def test_larger_text_enlarges_fonts_grid_and_labels(qtbot):
    label = theme.label("Words", size="heading")
    qtbot.addWidget(label)
    label.show()
    before = theme.font().pointSizeF(), theme.grid(4), label.sizeHint().height()
    theme.choose_zoom(2)
    QApplication.processEvents()
    after = theme.font().pointSizeF(), theme.grid(4), label.sizeHint().height()
    assert after[0] == pytest.approx(2 * before[0])
    assert after[1] > before[1]
    assert after[2] > 1.7 * before[2]


def test_words_of_a_label_are_no_markup():
    assert theme.label("<b>x</b>").textFormat().name == "PlainText"


def test_the_stylesheet_knows_only_tokens_that_there_are():
    sheet = theme.sheet(theme.LIGHT, 9)
    assert "%(" not in sheet
    for field in fields(theme.Tokens):
        assert getattr(theme.LIGHT, field.name).isValid()


def _painted(paint) -> QImage:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def test_shapes_tell_apart_without_colour():
    from PySide6.QtCore import QRectF

    ink, hole = QColor("black"), QColor("white")
    drawn = [_painted(lambda p, s=shape: shapes.draw(p, s, QRectF(4, 4, 40, 40), ink, hole)) for shape in SHAPES]
    for place, one in enumerate(drawn):
        assert all(one != other for other in drawn[place + 1 :])


def test_an_unknown_shape_is_a_disc():
    from PySide6.QtCore import QRectF

    ink = QColor("black")
    made = [
        _painted(lambda p, s=shape: shapes.draw(p, s, QRectF(4, 4, 40, 40), ink, ink)) for shape in ("blob", "disc")
    ]
    assert made[0] == made[1]


def test_an_icon_takes_the_colour_of_the_running_scheme(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    pictures = []
    icon = icons.icon("plus", "accent")
    for scheme in ("light", "dark"):
        theme.choose_scheme(scheme)
        image = icon.pixmap(32, 32).toImage()
        colours = {image.pixelColor(x, 16).name() for x in range(32) if image.pixelColor(x, 16).alpha() == 255}
        pictures.append(colours)
        assert theme.tokens().accent.name() in colours
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("words", ["plain words", "a < b & c", "<img src='file:///etc/passwd'>", "<b>bold</b> & more"])
def test_a_tooltip_shows_words_as_they_are(qapp, words):
    shown = QTextDocument()
    tip = theme.tip(words)
    if tip == words:
        shown.setPlainText(tip)
    else:
        shown.setHtml(tip)
    assert shown.toPlainText() == words


def test_a_dialog_stays_within_its_screen_at_any_size_of_text(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    theme.choose_zoom(2)
    theme.give_size(dialog, 300, 300)
    theme.choose_zoom(1)
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()


def test_every_dialog_asks_for_its_size_that_way():
    ui = Path(theme.__file__).parent
    assert [one.name for one in ui.rglob("*.py") if "self.resize(theme.grid(" in one.read_text("utf-8")] == []


def test_lists_show_that_the_keyboard_is_in_them(qtbot):
    listed = QListWidget()
    listed.addItem("One")
    qtbot.addWidget(listed)
    other = QPushButton("Other", listed)
    listed.resize(200, 100)
    with qtbot.waitActive(listed):
        listed.show()
        listed.activateWindow()
    corner = []
    for widget in (other, listed):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        corner.append(listed.grab().toImage().pixelColor(100, 0).name())
    assert corner[1] == theme.tokens().focus.name()
    assert corner[0] != corner[1]
