"""A paragraph of a Word document as rich text: its runs, and the mark that its list counts for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cypp_desktop.domain.text import Block, Item, Paragraph, Run, words
from cypp_desktop.exchange.tables.package import Element, whole

_GONE = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "Fallback", "sdtPr", "sdtEndPr", "tblPr"}
)
_SYMBOLS = {
    "f0fc": "✔",
    "f0fe": "✔",
    "f0fb": "✘",
    "f0b7": "•",
    "f0a7": "•",
    "f06c": "●",
    "f06e": "■",
    "f075": "◆",
    "f0e0": "→",
}
_LETTERS = {"lowerLetter", "upperLetter"}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 20  # styles that are based on one another


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how it counts, what stands around the number, and where it begins."""

    format: str
    label: str
    start: int


class Styles:
    """A document's styles and lists: which paragraph is a heading, which is an item, and what its mark is."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {one.get("styleId", ""): one for one in styles.iter("style")} if styles is not None else {}
        self._lists: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._counter: dict[str, str] = {}  # lists of one kind count on together
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        kinds = {one.get("abstractNumId", ""): one for one in numbering.iter("abstractNum")}
        for number in numbering.iter("num"):
            kind = number.find("abstractNumId")
            named = kind.get("val", "") if kind is not None else ""
            levels = dict(map(_level, kinds[named].iter("lvl"))) if named in kinds else {}
            own = number.get("numId", "")
            self._counter[own] = named
            for override in number.iter("lvlOverride"):
                at = whole(override.get("ilvl", ""))
                if (start := override.find("startOverride")) is not None and at in levels:
                    levels[at] = replace(levels[at], start=whole(start.get("val", ""), 1))
                    self._counter[own] = f"own {own}"
                if (level := override.find("lvl")) is not None:
                    levels[at] = _level(level)[1]
            self._lists[own] = levels

    def heading(self, paragraph: Element) -> int:
        """The level of a heading: 1 for the title, 2 for "Heading 1" and so on; 0 where it is none."""
        for found in self._properties(paragraph):
            name = found.find("name")
            words = (name.get("val", "") if name is not None else "").lower()
            if words == "title":
                return 1
            if match := re.fullmatch(r"heading (\d)", words):
                return int(match[1]) + 1
            outline = found.find("pPr/outlineLvl" if found.tag == "style" else "outlineLvl")
            if outline is not None and (level := whole(outline.get("val", ""), 9)) < 9:  # noqa: PLR2004 - 9: body text
                return level + 2
        return 0

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """Where a paragraph's properties are said: its own, then those of its style and of the styles it stands on."""
        own = paragraph.find("pPr")
        if own is not None:
            yield own
        style = own.find("pStyle") if own is not None else None
        named = style.get("val", "") if style is not None else ""
        for _ in range(_DEEPEST):
            if named not in self._styles:
                return
            yield self._styles[named]
            based = self._styles[named].find("basedOn")
            named = based.get("val", "") if based is not None else ""

    def mark(self, paragraph: Element) -> tuple[str, int]:
        """The mark that a list counts for a paragraph ("•", "2.", "1.1", "a)"), "" without one; and its level."""
        number = level = ""
        for found in self._properties(paragraph):
            inside = found.find("pPr/numPr" if found.tag == "style" else "numPr")
            if inside is None:
                continue
            one, at = inside.find("numId"), inside.find("ilvl")
            number = number or (one.get("val", "") if one is not None else "")
            level = level or (at.get("val", "") if at is not None else "")
            if number:
                break
        levels = self._lists.get(number, {})
        at_level = whole(level)
        if at_level not in levels:
            return ("•", at_level) if number not in {"", "0"} and not levels and self._lists else ("", 0)
        return self._counted(number, at_level, levels), at_level

    def _counted(self, number: str, at: int, levels: Mapping[int, _Level]) -> str:
        level = levels[at]
        if level.format == "bullet":
            return "•"
        if level.format == "none":
            return re.sub(r"%\d", "", level.label).strip()
        counts = self._counts[self._counter[number]]
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            one = int(match[1]) - 1
            of = levels.get(one, level)
            return _written(of.format, counts.setdefault(one, of.start) if one <= at else of.start)

        return re.sub(r"%(\d)", shown, level.label).strip()


def _level(element: Element) -> tuple[int, _Level]:
    said = {
        name: (one.get("val", "") if (one := element.find(name)) is not None else "")
        for name in ("numFmt", "lvlText", "start")
    }
    return whole(element.get("ilvl", "")), _Level(said["numFmt"], said["lvlText"], whole(said["start"], 1))


_MOST_LETTERS = 26 * 30
"""Word repeats the letter from 27 on; what counts further is written in digits, or one label could fill the memory."""


def _written(form: str, number: int) -> str:
    if form in _LETTERS and 0 < number <= _MOST_LETTERS:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 40:  # noqa: PLR2004 - as far as these signs go
        words = ""
        for value, sign in _ROMAN:
            words += sign * (number // value)
            number %= value
        return words.upper() if form == "upperRoman" else words
    return str(number)


class Words:
    """Reads paragraphs; keeps what was hidden aside."""

    def __init__(self, styles: Styles, links: Mapping[str, str]) -> None:
        self.styles = styles
        self.hidden: list[str] = []
        self._links = links

    def paragraph(self, element: Element) -> Iterator[Block]:
        """A paragraph, as what its list makes of it; then the paragraphs of the text boxes that are fixed to it."""
        boxes: list[Element] = []
        runs = tuple(self._runs(element, Run(), boxes))
        mark, level = self.styles.mark(element)
        if not any(run.text.strip() or run.note for run in runs):
            mark = ""
        typed = re.match(r"\s*(\d{1,3})[.)]?\t\s*(?=\S)", words(runs)) if not mark else None
        if typed:  # a number that was typed, with a tab behind it
            yield Item(_without(runs, typed.end()), 0, int(typed[1]))
        elif mark == "•":
            yield Item(runs, min(level, 1))
        elif re.fullmatch(r"\(?\d{1,9}[.):]?", mark):
            yield Item(runs, min(level, 1), int(re.sub(r"\D", "", mark)))
        elif mark or runs:
            yield Paragraph((Run(f"{mark} "), *runs) if mark else runs)
        for box in boxes:
            for inner in _paragraphs(box):
                yield from self.paragraph(inner)

    @staticmethod
    def end_deleted(element: Element) -> bool:
        """Whether a tracked change took away the end of a paragraph, so that the next one goes on with it."""
        return element.find("pPr/rPr/del") is not None

    def _runs(self, parent: Element, look: Run, boxes: list[Element]) -> Iterator[Run]:
        for element in parent:
            tag = element.tag
            if tag == "r":
                yield from self._run(element, look, boxes)
            elif tag == "hyperlink":
                target = self._links.get(element.get("id", ""), "")
                safe = target if re.match(r"(?i)https?:|mailto:", target) else ""
                yield from self._runs(element, replace(look, link=safe or look.link), boxes)
            elif tag == "txbxContent":
                boxes.append(element)
            elif tag not in _GONE and tag != "p":
                yield from self._runs(element, look, boxes)

    def _run(self, element: Element, look: Run, boxes: list[Element]) -> Iterator[Run]:
        properties = element.find("rPr")
        if properties is not None:
            look = replace(look, bold=_is(properties, "b", look.bold), italic=_is(properties, "i", look.italic))
            if _is(properties, "vanish", otherwise=False):
                self.hidden.append("".join(one.text or "" for one in element.iter("t")))
                return
        for part in element:
            if part.tag in {"t", "tab", "br", "cr", "noBreakHyphen", "sym"}:
                yield replace(look, text=_text(part))
            elif part.tag in {"footnoteReference", "endnoteReference"}:
                yield Run(note=("e" if part.tag[0] == "e" else "") + part.get("id", ""))
            elif part.tag not in _GONE:
                yield from self._inside(part, look, boxes)

    def _inside(self, part: Element, look: Run, boxes: list[Element]) -> Iterator[Run]:
        """Drawings and the like: only the words of their text boxes."""
        if part.tag == "txbxContent":
            boxes.append(part)
            return
        for one in part:
            if one.tag == "t" and one.text:
                yield replace(look, text=one.text)
            elif one.tag not in _GONE:
                yield from self._inside(one, look, boxes)


def _without(runs: Iterable[Run], count: int) -> tuple[Run, ...]:
    """Runs without their first characters."""
    kept = []
    for run in runs:
        taken = min(count, len(run.text))
        count -= taken
        kept.append(replace(run, text=run.text[taken:]))
    return tuple(kept)


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs below an element, those inside of them not."""
    for element in parent:
        if element.tag == "p":
            yield element
        elif element.tag not in _GONE:
            yield from _paragraphs(element)


def _text(part: Element) -> str:
    if part.tag == "t":
        return part.text or ""
    if part.tag == "sym":
        return _SYMBOLS.get(part.get("char", "").lower(), "▪")
    return {"tab": "\t", "br": "\n", "cr": "\n"}.get(part.tag, "-")


def _is(properties: Element, name: str, otherwise: bool) -> bool:  # noqa: FBT001 - what holds where nothing is said
    found = properties.find(name)
    return otherwise if found is None else found.get("val", "1") not in {"0", "false", "off", "none"}
