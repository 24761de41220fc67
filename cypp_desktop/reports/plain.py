"""What a report says as bare words, and which characters a file format may hold; for every renderer but paper's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import assert_never
from unicodedata import bidirectional

from cypp_desktop.domain import text
from cypp_desktop.domain.text import Rich, Run
from cypp_desktop.reports.model import (
    Cell,
    Chip,
    Column,
    Content,
    Facts,
    Figure,
    Legend,
    StatusBar,
    Table,
    Trend,
    Words,
)

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNFIT = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_ENDS}]")
_HALF = re.compile("[\ud800-\udfff]")
_SAFE_LINK = re.compile(r"(?i)(?:https?|mailto):[^\s\x00-\x1f]+")

ARROWS = {"up": "↑", "down": "↓", "level": "→"}
_LEGEND = (Column("Status", 26), Column("What it means", 74))


def legal(words: str) -> str:
    """The words without characters that XML 1.0 or HTML forbid; every kind of line break is a newline."""
    if words.isprintable():
        return words
    words = _UNFIT.sub("", _BREAK.sub("\n", words))
    return _HALF.sub("\ufffd", words)


def address(link: str) -> str:
    """Where a link may lead: a web page or a mailbox; "" for anything that could run or read something."""
    link = legal(link).strip()
    return link if _SAFE_LINK.fullmatch(link) else ""


def reads_left(words: str) -> bool:
    """Whether words are read from right to left: their first letter says (UAX 9, rules P2 and P3)."""
    if words.isascii():
        return False
    strong = next((found for char in words if (found := bidirectional(char)) in {"L", "R", "AL"}), "L")
    return strong != "L"


def language(tag: str) -> str:
    """A language's tag where it is one (BCP 47), else British English."""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else "en-GB"


def title(kicker: str, words: str) -> str:
    """A heading in one line, with what is said above it."""
    return " ".join(": ".join(filter(None, (legal(kicker), legal(words)))).split())


def trend(part: Trend) -> str:
    """Which way something has gone, its arrow before its words."""
    return f"{ARROWS.get(part.arrow, '')} {legal(part.text)}".strip()


def counted(bar: StatusBar) -> str:
    """What a picture of counts says."""
    counts = ", ".join(f"{number} {status.label or status.letter}" for status, number in bar.counts)
    return f"{bar.label}: {counts}" if bar.label else counts


def legend(block: Legend) -> Table:
    """A status scale as a table."""
    rows = ((Cell((Chip(one),), scope="row"), Cell((Words(one.meaning or "–"),))) for one in block.statuses)
    return Table(_LEGEND, tuple(rows), "The plan’s statuses", whole=True)


def facts(block: Facts) -> list[str]:
    """Names with values, a line each."""
    return [legal(f"{name}: {value}" if name else value) for name, value in block.pairs]


def content(parts: Iterable[Content]) -> str:
    """A cell's words, a line per block; list marks are kept, a footnote stands below with its label in brackets."""
    return "\n".join(line for part in parts for line in _lines(part) if line)


def _lines(part: Content) -> Iterator[str]:
    match part:
        case Words():
            yield legal(part.text)
        case Trend():
            yield trend(part)
        case Figure():
            yield legal(part.alt)
        case Chip():
            yield legal(f"{part.status.letter} {part.status.label}".strip())
        case Rich():
            yield from rich(part)
        case _:
            assert_never(part)


def rich(source: Rich) -> Iterator[str]:
    """A rich text's lines."""
    for block in source.blocks:
        indent = "    " if isinstance(block, text.Item) and block.level else ""
        yield indent + text.mark(block) + _words(block.runs)
    for note in source.notes:
        yield f"[{legal(note.label)}] {_words(note.runs)}"


def _words(runs: Iterable[Run]) -> str:
    out = []
    for link, same in groupby(runs, lambda run: run.link):
        words = "".join(f" [{run.note}]" if run.note else run.text for run in same)
        out.append(f"{words} ({link})" if address(link) and link not in words else words)
    return legal("".join(out))


def unique(name: str, taken: set[str], longest: int = 10_000) -> str:
    """A name that is not taken, told apart by a number where it must be; case does not tell names apart."""
    for number in count(1):
        ending = f" {number}" if number > 1 else ""
        found = name[: longest - len(ending)] + ending
        if found.casefold() not in taken:
            taken.add(found.casefold())
            return found
    raise AssertionError
