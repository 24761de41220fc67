"""Words as one looks for them, without case and accents; and as they can be shown among others."""

from __future__ import annotations

from cypp_desktop.domain import text
from cypp_desktop.domain.patterns import pattern

_MARK = pattern(r"[*\[\\_`]")
HIDDEN = pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What is not seen and changes how the words around it are: ends of lines, terminals' commands, turns of direction."""


def plainly(words: str) -> str:
    """A name as it can stand in a sentence whoever chose it: what is hidden in it shows as a sign of its own."""
    return words if words.isprintable() else HIDDEN.sub("\ufffd", words)


def fold(words: str) -> str:
    """Words without case and accents."""
    if words.isascii():
        return words.lower()
    import unicodedata  # seldom needed

    apart = unicodedata.normalize("NFKD", words.casefold())
    for accent in filter(unicodedata.combining, set(apart)):  # few of them, in many letters
        apart = apart.replace(accent, "")
    return apart


def unmarked(source: str) -> str:
    """The words of a rich text as :func:`text.plain` has them, sooner where it has no marks."""
    return text.plain(source) if _MARK.search(source) else source
