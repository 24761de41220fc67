"""Statuses by word, letter or cell colour: what a source writes, brought to the plan's own scale."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Sequence

from cypp_desktop.domain.plan import Status, Value
from cypp_desktop.exchange.importing.fields import line

_KINDS = {  # the words that say a colour
    "blue": r"b|c|blue|complete(d|ly)?|done|closed|achieved|finished|implemented|embedded|action complete",
    "green": r"g|green|on[ -]?(track|schedule|target|course)|in progress|progressing( well)?|underway|started",
    "amber": r"a|y|amber|yellow|orange|at risk|(slightly |happening but )?behind( schedule)?|some concerns?|delayed|"
    r"slipp(ed|ing|age)|partial(ly)?.{0,12}",
    "red": r"r|red|off[ -]?(track|target|schedule)|overdue|(behind or )?not happening|missed|significant.{0,12}|failed|"
    r"stopped",
    "grey": r"n|gr[ae]y|n/?a|no (information|update|data)( received)?|not (yet )?(started|due|begun)|pending|tbc|"
    r"to be confirmed|on hold|white",
}
_LOOKS = {  # the letter, shape and colour of a new status of that kind
    "blue": ("C", "square", "#0B5C87"),
    "green": ("G", "disc", "#1D6932"),
    "amber": ("A", "triangle", "#8A4E00"),
    "red": ("R", "diamond", "#B3261E"),
    "grey": ("N", "ring", "#555C6C"),
}
_OTHERS = (("bar", "#5B3E96"), ("star", "#00696B"), ("cross", "#8C2F6B"), ("half", "#4A5A00"))
_LONGEST = 40
_APART = re.compile(
    r"(?P<status>(?:blue|red|amber|green|grey|completed?|on (?:track|schedule)|in progress|not started|delayed)\b)"
    r"\s*(?P<mark>[-–—:;,.(\n]+)\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LETTERS = {"b": "Blue", "c": "Completed", "g": "Green", "a": "Amber", "y": "Yellow", "r": "Red"}
_SCALE = 7
"""The most values that a new scale can have."""


def key(words: str, fill: str) -> str:
    """What a cell says of a status, to be looked up in a mapping: its words in small letters, else its colour."""
    return line(words).casefold() or fill.lower()


def apart(words: str) -> tuple[str, str]:
    """A cell that says a status and then more: both, else the cell and nothing."""
    match = _APART.fullmatch(words.strip()) if len(line(words)) > _LONGEST // 2 else None
    if not match:
        return words, ""
    rest = match["rest"]
    return match["status"], rest[:-1] if "(" in match["mark"] and rest.endswith(")") and "(" not in rest else rest


def kind(words: str) -> str:
    """The colour that a status's word or letter stands for: blue, green, amber, red, grey, or "" for another."""
    said = _bare(words)
    return next((name for name, pattern in _KINDS.items() if re.fullmatch(pattern, said)), "")


def hue(fill: str) -> str:
    """The kind of status that a cell's colour ``#RRGGBB`` shows; "" for white, black and what is none of them."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", fill):
        return ""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    tone, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.15 or light > 0.97 or light < 0.06:  # noqa: PLR2004 - hardly a colour
        return "grey" if 0.3 < light < 0.88 and saturation < 0.15 else ""  # noqa: PLR2004 - neither white nor black
    degrees = tone * 360
    edges = ((18, "red"), (68, "amber"), (170, "green"), (262, "blue"), (330, ""), (361, "red"))
    return next(name for edge, name in edges if degrees < edge)


def guess(seen: Iterable[tuple[str, str]], scale: Sequence[Status]) -> dict[str, str]:
    """The status (its label) for each pair of words and colour that was seen; "" where it is none.

    A value that the plan's scale does not have keeps its own word, if it is short, as a new one.
    """
    found: dict[str, str] = {}
    written: dict[str, str] = {}
    for words, fill in seen:
        one = key(apart(words)[0], fill)
        if one and one not in found:
            written[one] = line(apart(words)[0])
            found[one] = _match(one, scale) or ""
    rest = [one for one, label in found.items() if not label]
    new = {one: _LETTERS.get(_bare(one)) or _label(written[one]) or hue(one).capitalize() for one in rest}
    new = {one: label for one, label in new.items() if label and len(label) <= _LONGEST}
    if len({label.casefold() for label in new.values()}) <= _SCALE:
        labels: dict[str, str] = {}
        found |= {one: labels.setdefault(label.casefold(), _first_capital(label)) for one, label in new.items()}
    return found


def _match(one: str, scale: Sequence[Status]) -> str:
    for status in scale:
        if one in (status.label.casefold(), status.letter.casefold()):
            return status.label
    bare = _bare(one)
    for status in scale:
        label, letter = status.label.casefold(), status.letter.casefold()
        if label and bare in {label, f"{letter} {label}"}:
            return status.label
    like = hue(one) if one.startswith("#") else kind(one)
    if not like:
        return ""
    named = [status for status in scale if kind(status.label) == like]
    shown = [status for status in scale if hue(status.colour) == like]
    return next((status.label for status in [*named, *shown] if status.label), "")


def _bare(words: str) -> str:
    """Words without the symbols before them."""
    return re.sub(r"^\W+", "", words).rstrip(" .\t\n\xa0").casefold()


def _label(words: str) -> str:
    """A status's label without the symbol and letter that a report prints before it: "● G On schedule"."""
    match = re.fullmatch(r"[^\w]*[A-Z] ([A-Z].*)", words)
    return match[1] if match else re.sub(r"^[^\w(]+(?=\w)", "", words)


def _first_capital(label: str) -> str:
    return label[:1].upper() + label[1:] if label.islower() else label


def new_status(label: str, scale: Sequence[str], meaning: str = "") -> dict[str, Value]:
    """The fields of a status that the plan does not have; ``scale`` are the letters that are taken."""
    like = kind(label)
    letter, shape, colour = _LOOKS[like] if like else ("", *_OTHERS[len(scale) % len(_OTHERS)])
    letters = [
        label[:1].upper() if label in _LETTERS.values() else letter,
        *(one for one in label.upper() if one.isalpha()),
        *"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ]
    free = next((one for one in letters if one and one not in scale), "")
    return {"label": label, "letter": free, "shape": shape, "colour": colour, "meaning": meaning}
