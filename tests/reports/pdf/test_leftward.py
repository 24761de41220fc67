"""Words that are read from right to left: seen in their order, joined, and read as they were written."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.reports import plain, style
from cypp_desktop.reports.model import Cell, Column, Report, Table, Text, Words
from cypp_desktop.reports.pdf import leftward, render, wrap
from cypp_desktop.reports.pdf.fonts import face, segments
from tests.reports.pdf import reading, validators

HEBREW, ARABIC = "שלום עולם", "مرحبا بالعالم"
letters = st.text(st.sampled_from("ab 12,.אבג ابة"), min_size=1, max_size=30)


def seen(line):
    """What is seen on a line, from left to right."""
    return "".join(piece.text for piece in sorted(line.parts(), key=lambda piece: piece.at or 0.0))


@given(letters)
def test_a_line_is_seen_in_unicodes_order(words):
    lines = wrap.words(words, 10_000.0, style.CELL)
    shown = "".join(map(seen, lines))
    clean = " ".join(words.split())
    expected = get_display(leftward.joined(clean), base_dir="R" if plain.reads_left(clean) else "L")
    assert shown.split() == expected.split()


def test_brackets_are_mirrored():
    [line] = wrap.words("שלום (עולם) 12", 1000.0, style.CELL)
    assert seen(line) == "12 (םלוע) םולש"


@given(letters)
def test_what_is_read_is_what_was_written(words):
    said = "".join(piece.said or piece.text for line in wrap.words(words, 60.0, style.CELL) for piece in line.parts())
    assert leftward.parted(said).split() == words.split()


def test_arabic_letters_are_joined_and_copied_as_themselves():
    [(used, shown)] = segments("سلام", face())
    assert used.name == "DejaVuSans"
    assert "سلام" != shown != "".join(sorted(shown))
    assert normalize("NFKC", shown) == leftward.parted(shown) == "سلام"
    data = render(Report("Arabic", (Text(text.parse(ARABIC)),)))
    assert " ".join(reading.structure(data).text.split()) == ARABIC
    assert set(ARABIC) <= set(reading.shown(data)[0])


def test_vowel_marks_stay_and_follow_their_letter():
    pointed = "שָׁלוֹם"
    [line] = wrap.words(pointed, 1000.0, style.CELL)
    assert sorted(seen(line)) == sorted(normalize("NFC", pointed))
    assert seen(line).index("\u05b9") == seen(line).index("ו") + 1
    assert len("".join(shown for _, shown in segments("مَرْحَبًا", face()))) == len("مَرْحَبًا")


@pytest.mark.parametrize("words", [HEBREW, ARABIC, f"See {HEBREW} (1) and [{ARABIC}](https://example.org/) at 10:30."])
def test_it_passes_pdf_ua_and_reads_once(words):
    parsed = text.parse(f"{words}\n\n- {words}\n\n1. **{words}**")
    cell = Cell((parsed, Words(words, bold=True)), mark="1")
    data = render(Report(words, (Text(parsed), Table((Column("One"), Column(words)), ((cell, Cell()),)))))
    assert not validators.failures(data)
    read = reading.structure(data).text
    assert len(re.findall("שלום|مرحبا", read)) == 8 * len(re.findall("שלום|مرحبا", words))


def test_it_stands_at_the_right():
    [line] = wrap.to_the_right(wrap.words(HEBREW, 300.0, style.CELL), 300.0)
    assert line.x + line.width() == pytest.approx(300.0)
    [line] = wrap.to_the_right(wrap.words(f"Words, {HEBREW}", 300.0, style.CELL), 300.0)
    assert line.x == 0


def test_a_long_text_reads_through_its_lines():
    words = " ".join(f"{number} {HEBREW}" for number in range(300))
    data = render(Report("Long", (Text(text.parse(f"x {words}")),)))
    assert re.findall(r"\d+", reading.structure(data).text) == [str(number) for number in range(300)]
