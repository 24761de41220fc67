"""Rich text as a small Markdown subset: paragraphs, two levels of bullets and numbers, bold, italic, links, footnotes.

The grammar is our own and closed: what is not in it is plain words, so no text can fail to parse. A text that
:func:`write` made has the same blocks and words in any CommonMark reader (tests hold it against one).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.values import dataclass, replace

FIELDS = frozenset({"text", "statement", "note", "notes", "pack_note"})
"""The fields that hold rich text, without their parameter; all others hold plain words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one appearance; ``note`` is the label of a footnote reference, which has no words of its own."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break is a newline inside a run."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: ``level`` 0 or 1; a bullet, or with its ``number``."""

    runs: tuple[Run, ...]
    level: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a footnote."""

    label: str
    runs: tuple[Run, ...]


Block = Paragraph | Item


@dataclass(frozen=True, slots=True)
class Rich:
    """A parsed text: its blocks in order, then its footnotes."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()


_BULLET = pattern(r"([-+*•])(?:[ \t]+|$)")
_NUMBER = pattern(r"(\d{1,9})[.)](?:[ \t]+|$)")
_NOTE = pattern(r"\[\^([\w.-]{1,40})\]:[ \t]*")
_INLINE = pattern(
    r"\\(?P<escape>[!-/:-@\[-`{-~•])"
    r"|(?P<stars>\*+)"
    r"|\[\^(?P<note>[\w.-]{1,40})\]"
    r"|\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<link>(?:\\.|[^()\s\\])+)\)"
)
_ESCAPE = pattern(r"\\([!-/:-@\[-`{-~•])")
_PLAIN = pattern(r"[^*\[\]\\\n\r\t]*")
_MARKED = pattern(r"[ -]?\s*(?:[-+*•#>=|~`]|\d|$)")  # a line that might begin with a mark
_BREAK = pattern(r"(?<!\s)(\s*\n\s*)")  # begins where the blanks do, or many of them would be tried from each on
_CONTROL = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


# --- reading ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parse(source: str) -> Rich:
    """A text's blocks and footnotes, in normal form; never raises."""
    if _PLAIN.fullmatch(source) and not _MARKED.match(source):
        words = (source if source.isprintable() else _CONTROL.sub("", source)).strip()
        return Rich((Paragraph((Run(words),)),)) if words else Rich()
    blocks: list[Block] = []
    notes: list[Note] = []
    for kind, level, number, label, words in _logical(source):
        runs = tuple(_inline(words))
        if kind == "note":
            notes.append(Note(label, runs))
        else:
            blocks.append(Item(runs, level, number) if kind == "item" else Paragraph(runs))
    return normal(Rich(tuple(blocks), tuple(notes)))


def _logical(source: str) -> Iterator[tuple[str, int, int | None, str, str]]:
    """Blocks as (kind, level, number, label, words), their continued lines joined."""
    current: tuple[str, int, int | None, str, str] | None = None
    for line in _joined(source):
        if not line.strip():
            if current:
                yield current
            current = None
            continue
        opened = _open(line)
        if opened[0] == "words" and current:
            current = (*current[:4], f"{current[4]} {opened[4]}")
            continue
        if current:
            yield current
        current = opened
    if current:
        yield current


def _joined(source: str) -> Iterator[str]:
    """Lines, each with those that follow a line break."""
    held = ""
    for line in source.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n"):
        if (len(line) - len(line.rstrip("\\"))) % 2:
            held += line[:-1].rstrip() + "\n"
        else:
            yield held + (line.strip() if held else line.rstrip())
            held = ""
    if held:
        yield held[:-1]


def _open(line: str) -> tuple[str, int, int | None, str, str]:
    body = line.lstrip()
    level = 1 if len(line) - len(body) >= 2 else 0  # noqa: PLR2004 - two spaces begin the second level
    if match := _BULLET.match(body):
        return "item", level, None, "", body[match.end() :]
    if match := _NUMBER.match(body):
        return "item", level, int(match[1]), "", body[match.end() :]
    if match := _NOTE.match(body):
        return "note", 0, None, match[1], body[match.end() :]
    return "words", 0, None, "", body


def _inline(words: str) -> list[Run]:
    runs: list[Run] = []
    toggles = _toggles(words)
    bold = italic = False
    at = 0

    def put(run: Run) -> None:
        runs.append(Run(run.text, run.bold or bold, run.italic or italic, run.link, run.note))

    for match in _INLINE.finditer(words):
        put(Run(words[at : match.start()]))
        at = match.end()
        if match["escape"]:
            put(Run(match["escape"]))
        elif match["stars"]:
            flip = toggles.get(match.start(), 0)
            bold, italic = bold ^ bool(flip & 2), italic ^ bool(flip & 1)
            put(Run("*" * (len(match["stars"]) - flip)))
        elif match["note"]:
            put(Run(note=match["note"]))
        else:
            for run in _inline(match["label"]):
                put(replace(run, link=_ESCAPE.sub(r"\1", match["link"])))
    put(Run(words[at:]))
    return runs


def _toggles(words: str) -> dict[int, int]:
    """Where stars switch bold (2) or italic (1) on and off; a star without its partner stays a star."""
    found: dict[int, int] = {}
    opened: dict[int, int | None] = {1: None, 2: None}
    for match in _INLINE.finditer(words):
        count = len(match["stars"] or "")
        if not 0 < count <= 3:  # noqa: PLR2004 - italic, bold, both
            continue
        before = words[match.start() - 1 : match.start()]
        after = words[match.end() : match.end() + 1]
        for bit in (1, 2):
            if not count & bit:
                continue
            start = opened[bit]
            if start is None and after.strip():
                opened[bit] = match.start()
            elif start is not None and before.strip():
                found[start] = found.get(start, 0) | bit
                found[match.start()] = found.get(match.start(), 0) | bit
                opened[bit] = None
    return found


# --- the normal form -------------------------------------------------------------------------------------------------


def normal(rich: Rich) -> Rich:
    """The same text without empty blocks, formatted blanks, split runs or orphaned sub-items."""
    blocks: list[Block] = []
    listed = False
    for block in rich.blocks:
        runs = _tidy(block.runs)
        if not runs:
            continue
        if isinstance(block, Item):
            blocks.append(Item(runs, min(block.level, 1) if listed else 0, block.number))
        else:
            blocks.append(Paragraph(runs))
        listed = isinstance(block, Item)
    notes = (Note(note.label, _tidy(note.runs)) for note in rich.notes)
    return Rich(tuple(blocks), tuple(note for note in notes if note.runs))


def _tidy(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs joined where they look the same, blanks at their edges unformatted, the ends stripped."""
    if len(runs) == 1 and _is_tidy(runs[0]):
        return runs
    out = _merged(_pieces(_merged(runs)))
    out = [replace(run, text=_breaks(run.text)) if "\n" in run.text else run for run in out]
    return tuple(_stripped(out))


def _is_tidy(run: Run) -> bool:
    """Whether nothing needs doing to a run that stands alone, as most do."""
    words = run.text
    plain = not (run.bold or run.italic or run.link or run.note)
    return plain and words.isprintable() and bool(words) and " " not in (words[0], words[-1])


def _merged(runs: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if last and not run.note and not last.note and _looks(last) == _looks(run):
            out[-1] = Run(last.text + run.text, *_looks(run))
        elif run.text or run.note:
            out.append(run)
    return out


def _looks(run: Run) -> tuple[bool, bool, str]:
    return run.bold, run.italic, run.link


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        if run.note:
            yield Run(note=run.note, bold=False, italic=False)
            continue
        words = _CONTROL.sub("", run.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        link = re.sub(r"\s", "%20", run.link)
        core = words.strip()
        if not core:
            yield Run(words)
            continue
        start = words.index(core[0])
        yield Run(words[:start])
        # a formatted stretch never crosses a line break: its stars would stand beside white space
        for piece in _BREAK.split(core):
            plain = not piece.strip()
            yield Run(piece) if plain else Run(piece, run.bold, run.italic, link)
        yield Run(words[start + len(core) :])


def _breaks(words: str) -> str:
    """Words with no blanks around their line breaks."""
    first, *inner, last = words.split("\n")
    return "\n".join([first.rstrip(), *(line.strip() for line in inner), last.lstrip()])


def _stripped(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].note and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].note and not runs[-1].text.strip():
        runs.pop()
    if runs and runs[0].text[:1].isspace():
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    if runs and runs[-1].text[-1:].isspace():
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return runs


# --- writing ---------------------------------------------------------------------------------------------------------


def write(rich: Rich) -> str:
    """The text's source; ``parse(write(rich)) == normal(rich)``."""
    rich = normal(rich)
    parts: list[str] = []
    indent = ""
    for index, block in enumerate(rich.blocks):
        listed = isinstance(block, Item)
        if index:
            parts.append("\n" if listed and isinstance(rich.blocks[index - 1], Item) else "\n\n")
        if isinstance(block, Item):
            mark = "- " if block.number is None else f"{block.number}. "
            parts.append((indent if block.level else "") + mark)
            if not block.level:
                indent = " " * max(2, len(mark))
        parts.append(_source(block.runs))
    for note in rich.notes:
        parts.append(f"{chr(10) * 2 if parts else ''}[^{note.label}]: {_source(note.runs)}")
    return "".join(parts)


def _source(runs: tuple[Run, ...]) -> str:
    out: list[str] = []
    state = 0
    for run in runs:
        wanted = 0 if run.note else 2 * run.bold + run.italic
        out.append("*" * (state ^ wanted))
        state = wanted
        if run.note:
            out.append(f"[^{run.note}]")
        elif run.link:
            note = "\\" if run.text.startswith("^") else ""  # or it would read as a footnote
            out.append(f"[{note}{_escaped(run.text)}](" + re.sub(r"([\\()])", r"\\\1", run.link) + ")")
        else:
            out.append(_escaped(run.text))
    out.append("*" * state)
    lines = "".join(out).split("\n")
    return "\\\n".join(map(_unmarked, lines))


def _escaped(words: str) -> str:
    return re.sub(r"([\\*\[\]])", r"\\\1", words)


def _unmarked(line: str) -> str:
    """A line of words that no reader takes for the start of a list, heading, quotation, rule or footnote's words."""
    line = re.sub(r"^(\[\^[\w.-]{1,40}\]):", r"\1\\:", line)
    line = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
    return re.sub(r"^([-+•#>=|~`])", r"\\\1", line)


# --- words only ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def plain(source: str) -> str:
    """The words alone, a line per block, list marks kept: for search, tooltips and spreadsheets."""
    rich = parse(source)
    lines = [mark(block) + words(block.runs) for block in rich.blocks]
    lines += [words(note.runs) for note in rich.notes]
    return "\n".join(lines)


def mark(block: Block) -> str:
    """What stands before a block's first word: a bullet, a number, or nothing."""
    if isinstance(block, Paragraph):
        return ""
    return "• " if block.number is None else f"{block.number}. "


def words(runs: Iterable[Run]) -> str:
    """The text of runs without their looks."""
    return "".join(run.text for run in runs)


def from_plain(words: str) -> str:
    """The source of text that came without formatting: each line a paragraph, list marks kept as such."""
    return write(parse("\n\n".join(line for line in re.split(r"[\r\n]+", words) if line.strip())))
