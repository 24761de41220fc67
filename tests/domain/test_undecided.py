from __future__ import annotations

import pytest

from cypp_desktop.domain.undecided import is_undecided


@pytest.mark.parametrize("words", ["TBC", "Lead: tba", "To  be\nagreed", "**Placeholder** for", "to be Decided."])
def test_open_words_are_known(words):
    assert is_undecided(words)


@pytest.mark.parametrize("words", ["", "Agreed and confirmed", "The board decided to be bold", "STBC", "placeholders"])
def test_words_that_only_look_like_them_are_not(words):
    assert not is_undecided(words)
