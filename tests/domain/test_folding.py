from __future__ import annotations

import pytest

from cypp_desktop.domain.folding import fold, unmarked


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Team Plan", "team plan"),
        ("Siân, Zoë and Núñez", "sian, zoe and nunez"),
        ("O’Dowd – ½ STRASSE ß", "o’dowd – 1⁄2 strasse ss"),
    ],
)
def test_case_and_accents_do_not_count(words: str, folded: str) -> None:
    assert fold(words) == folded


@pytest.mark.parametrize(
    ("source", "words"),
    [("As it is", "As it is"), ("**Bold** and *italic*", "Bold and italic"), (r"5 \* 6", "5 * 6")],
)
def test_marks_are_not_words(source: str, words: str) -> None:
    assert unmarked(source) == words
