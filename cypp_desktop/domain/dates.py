"""Dates that officers write in words: only those with a day or month and a year are read, all else stays words."""

from __future__ import annotations

import re
from datetime import date

from cypp_desktop.domain.patterns import pattern

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = rf"(?P<month>{'|'.join([*MONTHS, *(name[:3] for name in MONTHS), 'Sept'])})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![-–/\d])"  # not the beginning of "2016-17"
_DAY = r"(?P<day>\d{1,2})"
_NUMERIC = pattern(rf"\b{_DAY}[/.](?P<month>\d{{1,2}})[/.](?P<year>(?:19|20)?\d\d)\b")
_ISO = pattern(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NAMED = pattern(rf"\b(?:{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
_AMERICAN = pattern(rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE)
_EARLY = pattern(r"\b(?:mid|early|beginning|start|before)[\s-]*(?:of\s+|in\s+)?$", re.IGNORECASE)


def read(words: str) -> date | None:
    """The date that a due text names, if it names exactly one; a month alone means its last day.

    "31 March 2017", "31/03/2017" (the day first), "March 2017", "by end June 2017", "September 2014 (website
    permitting)". Texts without a year, with two dates, or with "mid" or "early" before a month, are words only.
    """
    found: dict[tuple[int, int], date | None] = {}
    for form in (_ISO, _NUMERIC, _AMERICAN, _NAMED):
        for match in form.finditer(words):
            if not any(start < match.end() and match.start() < end for start, end in found):
                found[match.span()] = _date(match, words[: match.start()])
    return next(iter(found.values())) if len(found) == 1 else None


def short(day: date) -> str:
    """A date as the screen shows it: "31 Mar 2017"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def in_words(day: date) -> str:
    """A date as one writes it: "31 March 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _date(match: re.Match[str], before: str) -> date | None:
    month, year = _month(match["month"]), int(match["year"])
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - a year of two digits
    if match["day"] is None and _EARLY.search(before):
        return None
    from calendar import monthrange  # slow to load

    try:
        return date(year, month, int(match["day"] or monthrange(year, month)[1]))
    except ValueError:
        return None


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(number for number, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())
