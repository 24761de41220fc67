"""Words that are read from right to left: Arabic letters joined, and lines put into the order in which they are seen.

Unicode's bidirectional algorithm (UAX 9) is python-bidi's, the joined letters are arabic-reshaper's; both are imported
when the first such word is met. Marks of direction in a text are gone by then, so no text can turn others around.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Seen(NamedTuple):
    """A stretch of a line as it is seen: its characters from left to right, and where they stand in the text."""

    shown: str
    start: int
    end: int


def has(text: str) -> bool:
    """Whether some of a text is read from right to left."""
    return not text.isascii() and _LEFTWARD.search(text) is not None


def joined(text: str) -> str:
    """The text with its Arabic letters in the forms that they have beside each other."""
    return str(_reshaper().reshape(text)) if _ARABIC.search(text) else text


def parted(text: str) -> str:
    """The text with each letter as it stands alone."""
    return _FORMS.sub(lambda found: normalize("NFKC", found[0]), text)


@lru_cache(maxsize=1)
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def stretches(text: str, owners: list[int], *, turned: bool) -> Iterator[Seen]:
    """A line's stretches from left to right; those of different owners, given for each character, are kept apart.

    ``turned``: its paragraph is read from right to left.
    """
    order = list(_marks_after(_ordered(text, turned=turned)))

    def stretch(item: tuple[int, str, int]) -> tuple[int, int]:
        at, _, level = item
        return owners[at], level

    for _, group in groupby(order, stretch):
        chars = list(group)
        places = [at for at, _, _ in chars]
        yield Seen("".join(char for _, char, _ in chars), min(places), max(places) + 1)


def _ordered(text: str, *, turned: bool) -> list[tuple[int, str, int]]:
    """A line's characters from left to right: place in the text, what is shown, level (UAX 9, L1, L2 and L4)."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if turned else (0, "L")
    algorithm.get_embedding_levels(text, storage)
    for at, char in enumerate(storage["chars"]):
        char["at"] = at
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
        algorithm.reorder_resolved_levels,
        algorithm.apply_mirroring,
    ):
        step(storage, False)  # noqa: FBT003 - nothing to debug
    return [(char["at"], char["ch"], char["level"]) for char in storage["chars"]]


def _marks_after(chars: list[tuple[int, str, int]]) -> Iterator[tuple[int, str, int]]:
    """Characters with the marks of a letter read leftwards after it, where fonts want them (UAX 9, L3)."""
    held: list[tuple[int, str, int]] = []
    for char in chars:
        if char[2] % 2 and combining(char[1]):
            held.append(char)
            continue
        yield char
        yield from held
        held = []
    yield from held
