"""Words as one looks for them: without case and accents."""

from __future__ import annotations

from cypp_desktop.domain import text
from cypp_desktop.domain.patterns import pattern

_MARK = pattern(r"[*\[\\_`]")


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
