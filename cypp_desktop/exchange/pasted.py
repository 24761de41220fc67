"""What Word, Outlook and web pages put on the clipboard, cleaned to our rich text.

Word writes a list as paragraphs of a style ``mso-list:l0 level1 lfo1`` that begin with their mark, a bullet from a
symbol font or a number, inside ``mso-list:Ignore``. A table becomes a line for each row; pictures are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cypp_desktop.domain.text import Block, Item, Note, Paragraph, Rich, Run, normal

CELLS = " | "
"""What stands between the cells of a table's row."""
_SILENT = frozenset(
    {"head", "style", "script", "title", "xml", "del", "template", "noscript", "svg", "object", "select"}
)
_VOID = frozenset({"img", "meta", "link", "hr", "input", "col", "wbr", "area", "base", "source", "embed"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "div", "blockquote", "pre", "section", "header", "footer", "dt", "dd", "tr", "table"}
_MARK = re.compile(r"[·•▪‣◦●○■\uf0b7\uf0a7\uf076\uf0d8\uf0fc]\s+")
_FOOT = re.compile(r"#_?(?:ftn|edn)(ref)?(\d+)$")
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_BOLD_FROM = 600


@dataclass(frozen=True, slots=True)
class _Look:
    """What an open element does to the words inside it."""

    tag: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    silent: bool = False
    mark: bool = False
    pre: bool = False


@dataclass(slots=True)
class _List:
    """An open list: its kind, and the number that its next item gets."""

    number: int | None


@dataclass(slots=True)
class _Open:
    """The block that is being read: its words so far, and what kind of list item it is, if any."""

    runs: list[Run] = field(default_factory=list)
    level: int | None = None
    number: int | None = None
    mark: str = ""
    note: str = ""


def from_html(source: str) -> Rich:
    """The text of a page or a part of one; words are kept, looks beyond the subset are not."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.rich()


class Parser(HTMLParser):
    """Python's own, which raises at a broken marked section (``<![``): its beginning is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - Python's own
        """Where the section that begins at ``i`` ends, less than 0 where it does not."""
        place = self.lineno, self.offset
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = place
            return i + len("<![")


class _Reader(Parser):
    def __init__(self) -> None:
        super().__init__()
        self._looks: list[_Look] = []
        self._lists: list[_List] = []
        self._counts: dict[int, int] = {}
        self._open = _Open()
        self._note = ""
        self._cells = 0
        self._blocks: list[Block] = []
        self._notes: dict[str, list[Run]] = {}

    def rich(self) -> Rich:
        self._end_block()
        return normal(Rich(tuple(self._blocks), tuple(Note(label, tuple(runs)) for label, runs in self._notes.items())))

    # --- elements ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._put("\n")
        if tag in _VOID or tag == "br":
            return
        if tag == "p" and any(look.tag == "p" for look in self._looks):
            self.handle_endtag("p")
        if tag in {"td", "th"}:
            self._cells += 1
            self._put(CELLS if self._cells > 1 else "")
        style = _style(given.get("style", ""))
        self._looks.append(self._look(tag, given, style))
        if tag in {"ul", "ol"}:
            self._end_block()
            self._lists.append(_List(_number(given.get("start", "1")) if tag == "ol" else None))
        elif tag == "li":
            self._begin_item()
        elif tag in _BLOCKS:
            self._begin_block(tag, given, style)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag != "br":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(look.tag == tag for look in self._looks):
            return
        while self._looks.pop().tag != tag:
            pass
        if tag in {"ul", "ol"}:
            self._end_block()
            if self._lists:
                self._lists.pop()
        elif tag == "li" or (tag in _BLOCKS and not self._in_row()):
            self._end_block()
        if tag == "div" and self._note:
            self._note = ""

    def handle_data(self, data: str) -> None:
        self._put(data if self._looks and self._looks[-1].pre else re.sub(r"\s+", " ", data))

    # --- blocks ---

    def _begin_block(self, tag: str, given: Mapping[str, str], style: Mapping[str, str]) -> None:
        if "mso-element" in style and (found := re.search(r"(\d+)$", given.get("id", ""))):
            self._end_block()
            self._note = found[1]
        if self._in_row() and tag != "tr":
            if self._open.runs and self._open.runs[-1].text.strip() not in {"", CELLS.strip()}:
                self._put(" ")
            return
        if tag == "tr":
            self._cells = 0
        waiting = self._open.level is not None and not self._open.runs and bool(self._lists)
        if not waiting:  # a paragraph that opens a list item is that item
            self._end_block()
        if level := re.search(r"level(\d)", style.get("mso-list", "")):
            self._open.level = min(int(level[1]) - 1, 1)
        elif not waiting and not self._lists:
            self._counts.clear()

    def _begin_item(self) -> None:
        self._end_block()
        self._open.level = min(max(len(self._lists) - 1, 0), 1)
        if self._lists and self._lists[-1].number is not None:
            self._open.number = self._lists[-1].number
            self._lists[-1].number += 1

    def _end_block(self) -> None:
        done, self._open = self._open, _Open()
        if self._note:
            self._notes.setdefault(self._note, []).extend([Run(" "), *done.runs])
            return
        if done.mark:
            done.number = self._marked(done.mark, done.level or 0)
        elif done.level is None and done.runs and (mark := _MARK.match(done.runs[0].text)):
            done.level = 0
            done.runs[0] = Run(done.runs[0].text[mark.end() :], done.runs[0].bold, done.runs[0].italic)
        runs = tuple(done.runs)
        self._blocks.append(Paragraph(runs) if done.level is None else Item(runs, done.level, done.number))

    def _marked(self, mark: str, level: int) -> int | None:
        """The number that a Word list's mark says, letters counted along; None for a bullet."""
        bare = mark.strip().strip("().")
        if bare in {"o", "§", "Ø", "ü", "v", "q"} and not mark.strip().endswith((".", ")")):
            return None
        if not bare.isascii() or not bare.isalnum():
            return None
        self._counts = {one: count for one, count in self._counts.items() if one <= level}
        self._counts[level] = _number(bare) if bare.isdigit() else self._counts.get(level, 0) + 1
        return self._counts[level]

    def _in_row(self) -> bool:
        return any(look.tag in {"td", "th"} for look in self._looks)

    # --- words ---

    def _look(self, tag: str, given: Mapping[str, str], style: Mapping[str, str]) -> _Look:
        outer = self._looks[-1] if self._looks else _Look("")
        href = given.get("href", "").strip()
        if tag == "a" and (found := _FOOT.match(href)) and not outer.silent:
            if not found[1]:
                self._open.runs.append(Run(note=found[2]))
            return _Look(tag, silent=True)  # the "[1]" that Word prints for it
        hidden = style.get("display") == "none" or style.get("mso-hide") == "all"
        return _Look(
            tag,
            _weight(
                style.get("font-weight", ""), inherited=outer.bold or tag in {"b", "strong", "th"} or tag in _HEADINGS
            ),
            _slope(style.get("font-style", ""), inherited=outer.italic or tag in {"i", "em"}),
            href if tag == "a" and _LINK.match(href) else outer.link,
            outer.silent or hidden or tag in _SILENT,
            outer.mark or style.get("mso-list", "").lower() == "ignore",
            outer.pre or tag == "pre" or style.get("white-space", "").startswith("pre"),
        )

    def _put(self, words: str) -> None:
        look = self._looks[-1] if self._looks else _Look("")
        if look.silent:
            return
        if look.mark:
            self._open.mark += words
            return
        words = words.replace("\xa0", " ").replace("\xad", "")
        last = self._open.runs[-1] if self._open.runs else Run(" ")
        if not look.pre and not last.note and last.text.endswith((" ", "\n")):
            words = words.lstrip(" ")
        if words and (words.strip() or self._open.runs):
            self._open.runs.append(Run(words, look.bold, look.italic, look.link))


def _style(source: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in source.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def _weight(value: str, *, inherited: bool) -> bool:
    if re.fullmatch(r"[0-9]{1,4}", value):
        return int(value) >= _BOLD_FROM
    return value in {"bold", "bolder"} if value in {"bold", "bolder", "normal", "lighter"} else inherited


def _slope(value: str, *, inherited: bool) -> bool:
    return value in {"italic", "oblique"} if value in {"italic", "oblique", "normal"} else inherited


def _number(words: str) -> int:
    return int(words) if re.fullmatch(r"\d{1,9}", words) else 1
