"""Cells taken apart: a reference before a title, numbered parts, bullets, a reading with its period in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cypp_desktop.domain import text
from cypp_desktop.domain.text import Block, Item, Paragraph, Rich, Run

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LEVEL_WORDS = (
    r"(?:(?:key|strategic|cyp|our)\s+)?"
    r"(?:priority|theme|aim|goal|ambition|pledge|strand|work ?stream|objective|outcome|key activity|part|domain|pillar)"
)
_LABEL = re.compile(
    rf"(?P<label>{_LEVEL_WORDS}\s+(?:(?P<number>\d{{1,2}}[a-z]?|[A-Z])|(?P<word>{'|'.join(_SMALL)}))\b)"
    r"\s*(?P<mark>[:.\-–—]*)\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?P<ref>[A-Z]{0,3}\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?|[A-Z]{1,3}\d{1,3}|\d{1,2}[a-z])"
    r"(?:[.):]|\s*[-–—:])?\s+(?=[^\s\w]*[A-Z])"
    r"|(?P<number>\d{1,3}[a-z]?)(?:[.):]\s*|\s+[-–—]\s+)(?=[^\s\w]*[A-Za-z])"
)
_BARE = re.compile(r"(?:[A-Z]{0,3}[\s-]?)?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?\.?|[A-Z]|\d{1,2}[a-z]")
_VALUE = re.compile(r"(?P<value>[^()\n]*[^()\s])\s*\((?P<when>[^()\n]+)\)", re.DOTALL)
_PROVISIONAL = re.compile(r"\b(?:provisional|prov)\b[\s,;.:–-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The title of a level, taken apart: "Priority One" and "1" and "Children are safe"."""

    ref: str
    label: str
    title: Rich

    @property
    def below(self) -> bool:
        """Whether its word is one for a level below the top."""
        return bool(re.match(r"(?i)(?:\w+\s+)?(?:outcome|objective|key activity|pledge)\b", self.label))


def level(rich: Rich) -> Named | None:
    """A title that begins with the word for a level and its number, else None."""
    words = _first(rich)
    match = _LABEL.match(words)
    if not match or not (match["mark"] or match.end() == len(words) or words[match.end()].isupper()):
        return None
    ref = match["number"] or str(_SMALL.index(match["word"].lower()) + 1)
    return Named(ref, match["label"], _cut(rich, match.end()))


def reference(rich: Rich) -> tuple[str, Rich]:
    """The reference that a text begins with, "" where it has none, and the rest of it."""
    first = rich.blocks[0] if rich.blocks else None
    numbers = [
        block for block in rich.blocks if isinstance(block, Item) and block.number is not None and not block.level
    ]
    if isinstance(first, Item) and first.number is not None and len(numbers) == 1:
        return str(first.number), replace(rich, blocks=(Paragraph(first.runs), *rich.blocks[1:]))
    if isinstance(first, Item):
        return "", replace(rich, blocks=(Paragraph(first.runs),)) if len(rich.blocks) == 1 else rich
    if len(rich.blocks) > 1 and is_bare_reference(_first(rich)):
        return _first(rich).strip(" ."), replace(rich, blocks=rich.blocks[1:])
    if match := _REFERENCE.match(_first(rich)):
        return match["ref"] or match["number"], _cut(rich, match.end())
    return "", rich


def is_bare_reference(words: str) -> bool:
    """Whether words are a reference and nothing else: "1.2", "3a", "A4"."""
    return bool(_BARE.fullmatch(words.strip()))


def titles(rich: Rich) -> list[tuple[str, Rich]]:
    """The titles in one cell with their references: several where each of its paragraphs begins with one."""
    parts = [Rich((block,), rich.notes if not number else ()) for number, block in enumerate(rich.blocks)]
    named = [reference(part) for part in parts]
    if len(named) > 1 and all(ref for ref, _ in named) and not any(isinstance(block, Item) for block in rich.blocks):
        return named
    return [reference(rich)]


def numbered(rich: Rich) -> dict[str, Rich]:
    """The parts of a text by their numbers, where all of it stands under numbers that do not repeat; else nothing."""
    found: dict[str, list[Block]] = {}
    last = ""
    for block in rich.blocks:
        number, own = _number(block)
        if number in found or not (number or last):
            return {}
        last = number or last
        found.setdefault(last, []).append(own)
    parts = {number: Rich(tuple(blocks), rich.notes) for number, blocks in found.items()}
    return {number: _own_notes(part) for number, part in parts.items()}


def _number(block: Block) -> tuple[str, Block]:
    if isinstance(block, Item):
        return ("", block) if block.number is None or block.level else (str(block.number), Paragraph(block.runs))
    match = re.match(r"(\d{1,2}[a-z]?)(?:[.):]\s*|\s+[-–—]\s+)(?=\D)", text.words(block.runs))
    return (match[1], _without(block, match.end())) if match else ("", block)


def bullets(rich: Rich) -> list[tuple[str, Rich]]:
    """The top-level items of a text with their numbers and what stands under each; none where it begins with words."""
    if not (rich.blocks and isinstance(rich.blocks[0], Item)):
        return []
    groups: list[tuple[str, list[Block]]] = []
    for block in rich.blocks:
        if isinstance(block, Item) and not block.level:
            groups.append(("" if block.number is None else str(block.number), [Paragraph(block.runs)]))
        else:
            groups[-1][1].append(block)
    return [(number, _own_notes(Rich(tuple(group), rich.notes))) for number, group in groups]


def pieces(rich: Rich) -> list[Rich]:
    """Each block of a text on its own, as in a list of measures; a number stays a word of it."""
    marks = (
        f"{block.number}. " if isinstance(block, Item) and block.number is not None else "" for block in rich.blocks
    )
    return [
        _own_notes(Rich((Paragraph((Run(mark), *block.runs)),), rich.notes))
        for mark, block in zip(marks, rich.blocks, strict=True)
    ]


def reading(words: str) -> tuple[str, str, bool]:
    """A value, the period in brackets behind it, and whether it is provisional: "14.2 (provisional 2015-16)"."""
    joined = " ".join(words.split())
    match = _VALUE.fullmatch(joined)
    if not match or not re.search(r"\d|annual|term|prov|year|quarter", match["when"], re.IGNORECASE):
        return joined, "", False
    when = _PROVISIONAL.sub("", match["when"]).strip()
    return match["value"], when, when != match["when"].strip()


def _first(rich: Rich) -> str:
    return text.words(rich.blocks[0].runs) if rich.blocks and isinstance(rich.blocks[0], Paragraph) else ""


def _cut(rich: Rich, count: int) -> Rich:
    """The text without the first characters of its first block."""
    blocks = (_without(rich.blocks[0], count), *rich.blocks[1:])
    return text.normal(replace(rich, blocks=blocks))


def _without(block: Block, count: int) -> Block:
    runs = []
    for run in block.runs:
        taken = min(count, len(run.text))
        count -= taken
        if run.note or run.text[taken:]:
            runs.append(replace(run, text=run.text[taken:]))
    return replace(block, runs=tuple(runs))


def _own_notes(rich: Rich) -> Rich:
    """The text with those footnotes alone that it refers to."""
    used = {run.note for block in rich.blocks for run in block.runs if run.note}
    return replace(rich, notes=tuple(note for note in rich.notes if note.label in used))


def joined(texts: Sequence[str]) -> str:
    """Rich texts one after the other, as one."""
    rich = [text.parse(one) for one in texts if one]
    if len(rich) == 1:
        return text.write(rich[0])
    blocks = tuple(block for one in rich for block in one.blocks)
    return text.write(Rich(blocks, tuple(dict.fromkeys(note for one in rich for note in one.notes))))
