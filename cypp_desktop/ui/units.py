"""Places in a text as Qt counts them: a sign beyond the first 65,536, such as an emoji, is two there, one in Python."""

from __future__ import annotations

from cypp_desktop.domain.patterns import pattern

_TWO = pattern("[\U00010000-\U0010ffff]")


def as_counted(words: str) -> str:
    """Words in which each sign that Qt counts twice is two that stand for it, so that places in both are the same."""
    return words if words.isascii() else _TWO.sub("\ufffd\ufffd", words)


def length(words: str) -> int:
    """How long Qt takes words to be."""
    return len(as_counted(words))


def up_to(words: str, place: int) -> str:
    """The words before a place of Qt's."""
    if words.isascii():
        return words[:place]
    return words.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "ignore")
