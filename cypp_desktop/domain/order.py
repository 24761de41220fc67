"""Order keys: strings that sort siblings and always leave room between two, so that inserting renumbers nothing.

A key is an integer part, whose first letter says its length ('a' = 2 characters, 'b' = 3 ...; 'Z' = 2, 'Y' = 3 ...
below zero), and a fraction that never ends in '0' (the scheme that David Greenspan published as "fractional
indexing"). Appending and prepending step the integer, so keys stay short. Two random characters at the end make keys
that two people draw at the same spot differ.
"""

from __future__ import annotations

import os

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"
TAIL = 2
LONGEST = 4000
"""Far over any real key: some 30,000 records would have to be put, one by one, at the same spot."""


class Keys:
    """Keys for one sitting: records typed one after another stay together when copies are merged.

    The second and later keys of a run extend its first one instead of stepping it, so another person's run at the
    same spot cannot come in between.
    """

    def __init__(self) -> None:
        self._runs: dict[str, tuple[str, str]] = {}  # last key of a run -> its first key, integer reached

    def between(self, low: str | None, high: str | None) -> str:
        """A new key after ``low`` and before ``high``; None stands for the start and the end."""
        if low in self._runs:
            first, reached = self._runs[low]
            number = _step(reached, up=True) if reached else "a1"
            key = f"{first}{number}V"
            if low < key and (high is None or key < high):
                self._runs[key] = (first, number)
                return key
        key = between(low, high)
        self._runs[key] = (key, "")
        return key


def between(low: str | None, high: str | None, tail: int = TAIL) -> str:
    """A key after ``low`` and before ``high`` with ``tail`` random characters; ValueError where there is no room."""
    if low is not None and high is not None and not low < high:
        raise ValueError(f"no room between {low!r} and {high!r}")
    key = _plain(low, high)
    drawn = key + _chance(tail)
    return drawn if high is None or drawn < high else key


def _chance(length: int) -> str:
    """Random characters, none of them '0', all as likely."""
    found = ""
    while len(found) < length:
        found += "".join(DIGITS[byte % 61 + 1] for byte in os.urandom(length) if byte < 4 * 61)
    return found[:length]


def valid(key: object) -> bool:
    """Whether a value from a file can serve as an order key: there is room on both sides of it."""
    if not isinstance(key, str) or not 1 < len(key) < LONGEST or not key.isascii() or not key.isalnum():
        return False
    whole = _integer(key) if key[0].isalpha() else ""
    return key[0] not in "Az" and 0 < len(whole) == _length(key[0]) and (len(whole) == len(key) or key[-1] != DIGITS[0])


def _plain(low: str | None, high: str | None) -> str:
    if low is None:
        return FIRST if high is None else _step(_integer(high), up=False)
    whole = _integer(low)
    fraction = low[len(whole) :]
    if high is None:
        return _step(whole, up=True)
    if _integer(high) == whole:
        return whole + _middle(fraction, high[len(whole) :])
    following = _step(whole, up=True)
    return following if following < high else whole + _middle(fraction, None)


def _integer(key: str) -> str:
    return key[: _length(key[0])]


def _length(first: str) -> int:
    return ord(first) - 95 if "a" <= first <= "z" else 92 - ord(first)


def _step(whole: str, *, up: bool) -> str:
    """The next or previous integer part."""
    digits = list(whole[1:])
    last, first = (DIGITS[-1], DIGITS[0]) if up else (DIGITS[0], DIGITS[-1])
    for place in reversed(range(len(digits))):
        if digits[place] != last:
            digits[place] = DIGITS[DIGITS.index(digits[place]) + (1 if up else -1)]
            return whole[0] + "".join(digits)
        digits[place] = first
    if up:
        head = "a" if whole[0] == "Z" else chr(ord(whole[0]) + 1)
    else:
        head = "Z" if whole[0] == "a" else chr(ord(whole[0]) - 1)
    return head + first * (_length(head) - 1)


def _middle(low: str, high: str | None) -> str:
    """A fraction between two others; '' is the start and None the end."""
    if high is not None:
        same = 0
        while same < len(high) and (low[same] if same < len(low) else "0") == high[same]:
            same += 1
        if same:
            return high[:same] + _middle(low[same:], high[same:])
    bottom = DIGITS.index(low[0]) if low else 0
    top = DIGITS.index(high[0]) if high else len(DIGITS)
    if top - bottom > 1:
        return DIGITS[(bottom + top) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[bottom] + _middle(low[1:], None)
