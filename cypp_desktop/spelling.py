"""British English spelling: which words of a text are in no dictionary, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from cypp_desktop import resources

if TYPE_CHECKING:
    from hunspell import Hunspell

_WORD = re.compile(r"[^\W_]+(?:['’\-.@/][^\W_]+)*")  # with what looks like an address or a file, which is no word
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SUGGESTED = 6


@cache
def dictionary() -> Hunspell:
    """The dictionary, which takes some 0.2 s to read the first time."""
    from hunspell import Hunspell

    return Hunspell("en_GB", hunspell_data_dir=str(resources.path("dictionaries")))


class Speller:
    """Judges words by the dictionary and by words of its own, such as a plan's names; remembers what it judged."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._own = {part.casefold() for words in own for part in _PART.findall(words)}
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is spelt as somebody spells it: capitals throughout and single letters always are."""
        plain = word.replace("’", "'")
        known = self._known.get(plain)
        if known is None:
            known = self._known[plain] = (
                len(plain) == 1
                or plain.isupper()
                or plain.removesuffix("s").isupper()
                or plain.casefold() in self._own
                or plain.casefold().removesuffix("'s") in self._own
                or bool(dictionary().spell(plain))
            )
        return known

    def wrong(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text has a word that is not known, as its start and end; addresses and figures are passed over."""
        for match in _WORD.finditer(text):
            word = match[0]
            if any(mark in word for mark in ".@/") or any(one.isdigit() for one in word):
                continue
            if self.knows(word):
                continue
            for part in _PART.finditer(word):  # a compound is known by its parts
                if not self.knows(part[0]):
                    yield match.start() + part.start(), match.start() + part.end()

    def suggest(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first."""
        curly = "’" in word
        found = [str(one) for one in dictionary().suggest(word.replace("’", "'"))[:_SUGGESTED]]
        return [one.replace("'", "’") for one in found] if curly else found
