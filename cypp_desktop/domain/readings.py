"""What readings say as numbers, and whether a change from one to the next is for the better.

Values are words; only one that plainly is one number is read as such. All else ("N/A", "New measure", "10 to 12", "<5")
is no number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.values import dataclass

Good = Literal["high", "low", ""]
Verdict = Literal["better", "worse", "same", ""]

_SCALE = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
_FLAGS = {"provisional", "prov", "p", "r", "revised", "cumulative"}  # they say how sure a value is, not what it counts
_NO_UNITS = {"or", "to", "of", "in", "out", "and", "plus", "more", "less", "by", "from", "per", "st", "nd", "rd", "th"}
_DECIMALS = 6  # that a value can be written with
_NUMBER = pattern(
    r"(?P<sign>-)?(?P<money>[£$€])?(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<decimals>\.\d{1,6})?"
    r"(?P<rest>[^()]*)(?:\([^()]*\)\s*)*",
    re.ASCII,
)
_RATIO = pattern(r"(?P<part>\d{1,6}) in (?P<whole>\d{1,6})(?:\s*\([^()]*\))*", re.ASCII)
_PERCENT = pattern(r"\s?(?:%+|per\s?cent)", re.IGNORECASE)
_RATE = pattern(r" per (?P<whole>1,?000|10,?000|100,?000)(?: [a-z]+){0,3}", re.IGNORECASE | re.ASCII)
_WORD = pattern(r" ?(?P<word>[A-Za-z]+)")
_HIGH = pattern(r"\b(?:high(?:er|est)?|increas\w*|up|more|greater|ris\w+|above|bigger|larger)\b", re.IGNORECASE)
_LOW = pattern(r"\b(?:low(?:er|est)?|decreas\w*|reduc\w*|down|fewer|less|fall\w*|below|smaller)\b", re.IGNORECASE)
_CUMULATIVE = pattern(r"(?<!non-)\bcumulative|\brunning total|\byear[ -]to[ -]date\b", re.IGNORECASE)
_NOT = pattern(r"\b(?:not?|neither|nor|never|without)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A value that could be read; only numbers of one ``unit`` can be compared ("%", "£", "days", "" for none)."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """How far a value has moved from the one before it: ``by`` is what it grew, less than 0 where it fell."""

    by: Decimal
    verdict: Verdict

    @property
    def words(self) -> str:
        """The change in words: "58 lower than last time: better"."""
        if not self.by:
            return "Same as last time"
        way = "higher" if self.by > 0 else "lower"
        return f"{said(abs(self.by))} {way} than last time" + (f": {self.verdict}" if self.verdict else "")


def said(value: Decimal) -> str:
    """A value in digits, as exact as it is or to two decimals."""
    places = value.as_tuple().exponent
    return f"{round(value, 2) if isinstance(places, int) and places < -_DECIMALS else value:,f}"


@lru_cache(maxsize=1 << 12)
def number(words: str) -> Number | None:
    """The number that a value is, if it is one: "421 (Q1 2016-17)", "68.0%%", "£1,200", "1 in 5" (which is 20 %)."""
    words = " ".join(words.replace("\u2212", "-").split()).rstrip("*†‡")
    if ratio := _RATIO.fullmatch(words):
        part, whole = Decimal(ratio["part"]), Decimal(ratio["whole"])
        return Number(100 * part / whole, "%") if 0 < whole >= part else None
    found = _NUMBER.fullmatch(words)
    if not found:
        return None
    value = Decimal((found["sign"] or "") + found["digits"].replace(",", "") + (found["decimals"] or ""))
    return _with_unit(value, found["money"] or "", found["rest"].rstrip(" *†‡"))


def _with_unit(value: Decimal, money: str, rest: str) -> Number | None:
    """The value with what stands behind its digits; None where that makes it something else than a number."""
    if not rest:
        return Number(value, money)
    if not money and (percent := _PERCENT.match(rest)):
        rest, unit = rest[percent.end() :], "%"
        return Number(value, unit) if not rest or rest.strip().casefold() in _FLAGS else None
    if not money and (rate := _RATE.fullmatch(rest)):
        return Number(value, f"per {rate['whole'].replace(',', '')}")
    word = _WORD.fullmatch(rest)
    said = word["word"].casefold() if word else ""
    if said in _SCALE and (money or len(said) > 2):  # noqa: PLR2004 - "5m" may be metres or months
        return Number(value * _SCALE[said], money)
    if not said or not rest.startswith(" ") or said in _NO_UNITS:
        return None
    if said in _FLAGS:
        return Number(value, money)
    return None if money else Number(value, said)


@lru_cache(maxsize=1 << 10)
def good(polarity: str) -> Good:
    """What good is, from the plan's words ("High", "A lower figure is better"); "" where they do not plainly say."""
    high, low = _HIGH.search(polarity), _LOW.search(polarity)
    if (high is None) == (low is None) or _NOT.search(polarity):
        return ""
    return "high" if high else "low"


def adds_up(*words: str) -> bool:
    """Whether the words of a measure say that its values grow through the year, so that a later one is always more."""
    return any(_CUMULATIVE.search(one) for one in words)


def change(before: Number | None, after: Number | None, polarity: str) -> Change | None:
    """How a measure has moved; None where either value is no number, or they count different things."""
    if before is None or after is None or before.unit != after.unit:
        return None
    by, wanted = after.value - before.value, good(polarity)
    if not by:
        return Change(by, "same")
    if not wanted:
        return Change(by, "")
    return Change(by, "better" if (by > 0) == (wanted == "high") else "worse")
