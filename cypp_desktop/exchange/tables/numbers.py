"""Numbers and dates of a workbook in the words that its cells show: "68.0%", "£1,200", "31 March 2017"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from cypp_desktop.domain.dates import MONTHS

_DAY, _TIME = "d/m/yyyy", "h:mm"
BUILT_IN = {
    number: form
    for form, known in {
        "0": (1,), "0.00": (2,), "#,##0": (3, 37, 38), "#,##0.00": (4, 39, 40), "0%": (9,), "0.00%": (10,),
        _DAY: (14, *range(27, 37), *range(50, 59)), "d-mmm-yy": (15,), "d-mmm": (16,), "mmm-yy": (17,),
        _TIME: (18, 19, 20, 21, 45, 46, 47), f"{_DAY} {_TIME}": (22,),
    }.items()
    for number in known
}  # fmt: skip
"""The formats that a workbook names by number alone."""
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]")
_LAST_DAY = 2_958_466  # 31 December 9999


def shown(value: str, form: str, *, later: bool = False) -> str:
    """A number as its format shows it, near enough to keep its words; ``later``: days count from 1904, not 1900."""
    try:
        number = float(value)
    except ValueError:
        return value
    bare = _bare(form)
    if re.search(r"[ymdh]|s(?!t)", bare) and "0" not in bare and 0 <= number < _LAST_DAY:
        return _date(number, bare, later=later)
    section = form.partition(";")[0]
    if not re.search(r"[0#?]", bare) or number != number:  # noqa: PLR0124 - not a number
        return _general(value, number)
    percent = "%" in bare
    decimals = min(len(found[1]), 15) if (found := re.search(r"\.([0#?]+)", bare)) else 0
    comma = "," if re.search(r"[#0],[#0]", bare) else ""
    digits = f"{abs(number) * (100 if percent else 1):{comma}.{decimals}f}"
    if whole := re.match(r"[^.0#]*(0{2,})", bare.replace(",", "")):
        digits = digits.zfill(len(whole[1]) + (len(digits) - digits.index(".") if "." in digits else 0))
    before, after = _around(section)
    return f"{'-' if number < 0 else ''}{before}{digits}{'%' if percent else ''}{after}"


def _general(value: str, number: float) -> str:
    if abs(number) < 1e15 and number == int(number):  # noqa: PLR2004 - what a cell can show
        return str(int(number))
    return f"{number:.15g}" if abs(number) < 1e300 else value  # noqa: PLR2004 - a cell can hold


@cache
def _bare(form: str) -> str:
    """A format's first section without what it prints as it stands."""
    return (
        _LITERAL.sub("", form.partition(";")[0]).lower().replace("general", "").replace("am/pm", "").replace("a/p", "")
    )


def _around(section: str) -> tuple[str, str]:
    """The words that a format prints before and after the digits, such as "£"."""
    spelled = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", section)
    spelled = re.sub(r"_.|\*.|\[[^\]]*\]", "", spelled)
    spelled = re.sub(r"\"([^\"]*)\"|\\(.)", lambda match: match[1] if match[1] is not None else match[2], spelled)
    parts = re.split(r"[0#?][0#?,.]*", spelled.replace("%", ""), maxsplit=1)
    return parts[0].strip("-( "), parts[1].rstrip(") ") if len(parts) > 1 else ""


def _date(number: float, bare: str, *, later: bool) -> str:
    day = datetime(1904, 1, 1) if later else datetime(1899, 12, 30)  # noqa: DTZ001 - a date on paper has no zone
    day += timedelta(days=number + (0 if later or number >= 60 else 1))  # noqa: PLR2004 - there was a 29 February 1900
    words = []
    if "y" in bare or "d" in bare:
        month = MONTHS[day.month - 1]
        words = [str(day.day)] if "d" in bare else []
        words += [month, *([str(day.year)] if "y" in bare or "d" not in bare else [])]
    elif re.search(r"m{3}", bare):
        words = [MONTHS[day.month - 1]]
    if "h" in bare or (not words and "s" in bare):
        words.append(f"{day.hour}:{day.minute:02}")
    return " ".join(words)
