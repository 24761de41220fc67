"""What records, fields and values are called when one speaks of them: in the history, in findings, in undo's name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cypp_desktop.domain import moments, text
from cypp_desktop.domain.change import DELETED, KIND, PLACE
from cypp_desktop.domain.plan import Action, CustomField, Plan, Record, Value

_FIELDS = {
    KIND: "kind",
    PLACE: "place",
    DELETED: "deleted",
    "note": "progress note",
    "reason": "reason for the worse status",
    "polarity": "good is",
    "plans": "related plans",
    "due_date": "due date",
    "text": "words",
    "ref": "reference",
    "joined": "shares the row above",
    "state": "draft, agreed or closed",
    "archived": "archived in",
    "_confirmed": "nothing has changed",
    "rules_off": "checks switched off",
    "words": "own words for the spelling",
}
_LONGEST = 48
_IN_THE_WAY = 2
"""Words that titles begin with alike before these hide what differs."""


def record_name(plan: Plan, record: Record) -> str:
    """A record as one says it: "Key action 1.5.6", "Section “Vision”", "Lead “Devon Allen”"."""
    word = plan.level_word(record)
    if getattr(record, "ref", ""):
        return f"{word} {short(plan.reference(record))}"
    return f"{word} “{title}”" if (title := short(title_of(record))) else word


def title_of(record: Record) -> str:
    """The words that tell a record from its siblings, as plain text: its title, name, heading, label or own words."""
    for name in ("title", "name", "heading", "label", "value", "text", "to"):
        if words := getattr(record, name, ""):
            return text.plain(words) if isinstance(record, Action) else str(words)
    return ""


def short(words: str) -> str:
    """Words in one line, cut at a space where they are many."""
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def told_apart(titles: Sequence[str]) -> list[str]:
    """Titles, each in one line without the words that another begins with too, where those hide what differs: "…"."""
    split = [tuple(title.split()) for title in titles]
    alike = dict.fromkeys(split, 0)
    ordered = sorted(alike)
    for one, other in pairwise(ordered):
        same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
        alike[one], alike[other] = max(alike[one], same), max(alike[other], same)
    return [
        f"…{' '.join(words[alike[words] :])}" if _IN_THE_WAY <= alike[words] < len(words) else " ".join(words)
        for words in split
    ]


def field_name(plan: Plan, field: str) -> str:
    """A field as one says it: "progress note, Mid-year review 2016-17", "leads", "good is"."""
    name, _, key = field.partition("@")
    asked = plan.get(key)
    if name == "custom":
        return asked.name if isinstance(asked, CustomField) else "custom field"
    said = _FIELDS.get(name, name.replace("_", " "))
    return f"{said}, {title_of(asked)}" if asked else said


def said(plan: Plan, field: str, value: Value) -> str:
    """A value as one says it, with names in place of ids; "" for nothing."""
    name = field.partition("@")[0]
    if field == PLACE:
        parent = plan.get(value[0]) if isinstance(value, tuple) and value else None
        return f"under {record_name(plan, parent)}" if parent else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(one.partition("=")[2] or one if name == "columns" else _named(plan, one) for one in value)
    if name in ("status", "current_period", "period", "lead", "layout"):
        return _named(plan, value or "")
    if name in ("sent_at", "answered_at"):
        return _moment(value or "")
    return text.plain(value or "") if name in text.FIELDS else value or ""


def _moment(at: str) -> str:
    """An ISO time as one says it, where it is one: "25 November 2026, 13:21"."""
    found = moments.local(at)
    return f"{found.day} {found:%B %Y, %H:%M}" if found else at


def _named(plan: Plan, one: str) -> str:
    found = plan.get(one)
    return title_of(found) if found else one


def plural(word: str) -> str:
    """What many of something are called: "Key activities", "Processes"; a word that is one already ("Steps") stays."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith(("ss", "us", "x", "ch", "sh")):
        return f"{word}es"
    return word if word.endswith("s") or not word else f"{word}s"


def several(number: int, word: str) -> str:
    """So many of something: "1 key action", "18 key activities"."""
    word = word.lower() if not word.isupper() else word
    return f"{number:,} {word if number == 1 else plural(word)}"


def article(word: str) -> str:
    """One of something: "a priority", "an outcome"."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def file_name(words: str, least: str) -> str:
    """A name for a file made of words, without what file systems refuse; ``least`` where nothing is left of them."""
    kept = "".join(letter if letter.isalnum() or letter in " -_–().,&'’" else " " for letter in words)
    return " ".join(kept.split())[:80].rstrip(". ") or least
