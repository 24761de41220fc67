from __future__ import annotations

import unicodedata
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from cypp_desktop.reports.pdf.fonts import Encoder, cleaned, face, one_line, segments, spare


@given(st.text())
def test_every_segment_can_be_shown_by_its_face(text):
    for used, part in segments(text, face()):
        assert set(part) <= used.known | {"\n"}


@given(st.text())
def test_no_character_that_can_be_seen_is_lost(text):
    shown = cleaned("".join(part for _, part in segments(text, face())))
    for char in cleaned(text):
        assert char in shown or "[" in shown


def test_symbols_come_from_the_spare_face():
    assert [(used.name, part) for used, part in segments("yes ✓ no", face(bold=True))] == [
        ("LiberationSans-Bold", "yes "),
        ("DejaVuSans", "✓"),
        ("LiberationSans-Bold", " no"),
    ]


def test_accents_are_joined_to_their_letters():
    assert [part for _, part in segments("e\u0301w\u0302", face())] == ["éŵ"]


def test_bullets_from_word_are_bullets():
    assert [part for _, part in segments("\uf0b7 one", face())] == ["• one"]


def test_one_line_is_what_a_title_can_be():
    assert one_line(" a\x00b\n\ud800 c\ufffe ") == "ab \ufffd c"
    assert one_line("x" * 400) == "x" * 299 + "…"


def test_more_characters_than_a_subset_holds():
    used = spare()
    chars = sorted(char for char in used.known if unicodedata.category(char) in {"Lu", "Ll", "Lo", "Sm"})[:1000]
    encoder = Encoder(used, Canvas(BytesIO(), initialFontName=used.name)._doc)
    encoded = encoder.encode("".join(chars))
    assert len({resource for resource, _ in encoded}) > 3


def test_what_would_end_a_string_is_escaped():
    encoder = Encoder(face(), Canvas(BytesIO(), initialFontName=face().name)._doc)
    assert [shown for _, shown in encoder.encode("(a)\\")] == ["\\050a\\051\\134"]
