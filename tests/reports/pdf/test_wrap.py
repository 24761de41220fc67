from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import wrap

WORDS = st.lists(
    st.sampled_from(["a", "of", "word", "co-operation", "and/or", "x" * 30, "Łódź", "✓", "£5"]), max_size=60
)


def shown(line):
    return "".join(piece.text for piece in line.parts())


@given(WORDS, st.floats(40, 400), st.floats(0, 15))
def test_lines_fit_and_lose_nothing(words, width, x):
    lines = wrap.words(" ".join(words), width, style.CELL, x)
    assert "".join(map(shown, lines)) == " ".join(words)
    assert all(line.width() - style.CELL.size * 0.32 <= width - x for line in lines)  # but for the blank at the end


@given(WORDS, st.floats(60, 400))
def test_mixed_runs_break_where_plain_words_do(words, width):
    source = " ".join(word for word in words if len(word) < 20)
    plain = wrap.words(source, width, style.CELL)
    mixed = wrap.paragraph((text.Run(source[:5]), text.Run(source[5:])), width, style.CELL)
    assert list(map(shown, mixed)) == list(map(shown, plain))


def test_a_line_takes_all_that_fits():
    first, second = wrap.words("aaaa bbbb cccc", wrap.words("aaaa bbbb", 500, style.CELL)[0].width(), style.CELL)
    assert (shown(first), shown(second)) == ("aaaa bbbb ", "cccc")


@pytest.mark.parametrize(
    ("word", "starts"),
    [
        ("neighbourhood-organisations", ["neighbourhood-", "organisations"]),
        ("either/or-else/" * 4, ["either/or-else/e"]),
    ],
)
def test_long_words_break_after_hyphens_and_strokes(word, starts):
    lines = wrap.words(word, wrap.words("neighbourhood-xx", 500, style.CELL)[0].width(), style.CELL)
    for line, start in zip(lines, starts, strict=False):
        assert shown(line).startswith(start[:13])
        assert shown(line)[-1] in "-/s"


def test_a_link_keeps_its_words_together_over_lines():
    (run,) = text.parse("[the council's website](https://example.org/)").blocks[0].runs
    lines = wrap.paragraph((run,), 50, style.CELL)
    inlines = {id(piece.inline) for line in lines for piece in line.parts()}
    assert len(lines) > 1
    assert len(inlines) == 1


def test_a_link_that_could_run_something_is_only_words():
    [line] = wrap.paragraph((text.Run("press", link="javascript:alert(1)"),), 100, style.CELL)
    assert not any(piece.inline for piece in line.parts())


def test_line_breaks_are_kept():
    run = text.Run("one\ntwo three")
    assert list(map(shown, wrap.paragraph((run,), 500, style.CELL))) == ["one ", "two three"]


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\x00\n"])
def test_nothing_to_see_makes_no_lines(words):
    assert wrap.words(words, 100, style.CELL) == []
