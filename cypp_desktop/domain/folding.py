"""Words as one looks for them: without case and accents."""

from __future__ import annotations

from cypp_desktop.domain import text

_MARKS = ("*", "[", "\\", "_", "`")


def fold(words: str) -> str:
    """Words without case and accents."""
    if words.isascii():
        return words.lower()
    import unicodedata  # seldom needed

    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def unmarked(source: str) -> str:
    """The words of a rich text as :func:`text.plain` has them, sooner where it has no marks."""
    return text.plain(source) if any(mark in source for mark in _MARKS) else source
