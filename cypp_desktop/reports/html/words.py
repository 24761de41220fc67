"""The words of a report as HTML: escaped, each paragraph in its own direction, lists nested, footnotes linked."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run
from cypp_desktop.reports.html import look
from cypp_desktop.reports.html.figures import picture
from cypp_desktop.reports.model import Cell, Chip, Content, Figure, Trend, Words
from cypp_desktop.reports.plain import ARROWS, address, legal


def said(words: str) -> str:
    """Words as HTML, for an element's text or an attribute's value between quotation marks."""
    return escape(legal(words))


class Writer:
    """Writes texts of one page; it gives every footnote of the page a name of its own, and every colour a class.

    ``names`` are the places that a link can lead to, numbered.
    """

    def __init__(self, names: dict[str, int]) -> None:
        self._names = names
        self._placed: set[str] = set()
        self._notes = 0
        self.colours: dict[str, int] = {}
        self.shapes: set[str] = set()

    def cell(self, cell: Cell) -> str:
        """What stands inside a cell."""
        inner = self._parts(cell.content)
        return (
            f'<div class="hung"><span class="mark">{said(cell.mark)}</span><div>{inner}</div></div>'
            if cell.mark
            else inner
        )

    def _parts(self, parts: tuple[Content, ...]) -> str:
        if len(parts) == 1 and not (isinstance(parts[0], Words) and parts[0].quiet):
            return self._part(parts[0], alone=True)
        return "".join(self._part(part, alone=False) for part in parts)

    def _part(self, part: Content, *, alone: bool) -> str:
        if isinstance(part, Rich):
            return self.rich(part, alone=alone)
        if isinstance(part, Chip):
            return self.chip(part) if alone else f"<p>{self.chip(part)}</p>"
        if isinstance(part, Figure):
            return picture(part)
        if isinstance(part, Trend):
            arrow = f'<b aria-hidden="true">{ARROWS.get(part.arrow, "")}</b> '
            return f'<p class="quiet" dir="auto">{arrow}{_broken(part.text)}</p>'
        words = _broken(part.text)
        if part.to in self._names:
            words = f'<a href="#place-{self._names[part.to]}">{words}</a>'
        words = f"<strong>{words}</strong>" if part.bold else words
        quiet = ' class="quiet"' if part.quiet else ""
        return words if alone else f'<p{quiet} dir="auto">{words}</p>'

    def place(self, name: str) -> str:
        """The attribute that makes an element the place of a name, where it comes first."""
        if name not in self._names or name in self._placed:
            return ""
        self._placed.add(name)
        return f' id="place-{self._names[name]}"'

    def chip(self, part: Chip) -> str:
        """A status: shape, letter and word on its colour."""
        status = part.status
        letter = f"<b>{said(status.letter)}</b> " if status.letter else ""
        inner = f"{self.shape(status)}{letter}<bdi>{said(status.label)}</bdi>"
        return f'<span class="chip{" small" * part.quiet} {self.colour(status)}">{inner}</span>'

    def colour(self, status: Status) -> str:
        """The class that gives a status its colours."""
        return f"s{self.colours.setdefault(status.colour, len(self.colours))}"

    def shape(self, status: Status) -> str:
        """A status's shape."""
        self.shapes.add(status.shape)
        return look.shape(status.shape)

    def rich(self, rich: Rich, *, alone: bool = False) -> str:
        """A rich text; a lone paragraph gets no element of its own where it is ``alone`` in a cell."""
        names = self._named(rich.notes)
        once: set[str] = set()
        if alone and len(rich.blocks) == 1 and not rich.notes and isinstance(rich.blocks[0], Paragraph):
            return _runs(rich.blocks[0].runs, names, once)
        out: list[str] = []
        items: list[Item] = []
        for block in rich.blocks:
            if isinstance(block, Item):
                items.append(block)
                continue
            out += _list(items, names, once)
            items = []
            out.append(f'<p dir="auto">{_runs(block.runs, names, once)}</p>')
        out += _list(items, names, once)
        if rich.notes:
            notes = "".join(_note(note, names, once) for note in rich.notes)
            out.append(f'<ul class="notes">{notes}</ul>')
        return "".join(out)

    def _named(self, notes: Iterable[Note]) -> dict[str, str]:
        """The page-wide name of each note by its label."""
        names: dict[str, str] = {}
        for note in notes:
            self._notes += 1
            names.setdefault(note.label, f"note-{self._notes}")
        return names


def _broken(words: str) -> str:
    return said(words).replace("\n", "<br>")


def _runs(runs: Iterable[Run], names: dict[str, str], once: set[str]) -> str:
    return "".join([_run(run, names, once) for run in runs])


def _run(run: Run, names: dict[str, str], once: set[str]) -> str:
    if run.note:
        return _reference(run.note, names.get(run.note, ""), once)
    words = _broken(run.text)
    if run.italic:
        words = f"<em>{words}</em>"
    if run.bold:
        words = f"<strong>{words}</strong>"
    link = address(run.link) if run.link else ""
    return f'<a href="{escape(link)}">{words}</a>' if link else words


def _reference(label: str, name: str, once: set[str]) -> str:
    """A footnote's mark in a text, with the name that the way back leads to at its first place."""
    if not name:
        return f"<sup>{said(label)}</sup>"
    own = "" if name in once else f' id="to-{name}"'
    once.add(name)
    return f'<sup><a href="#{name}"{own} role="doc-noteref" aria-label="Note {said(label)}">{said(label)}</a></sup>'


def _note(note: Note, names: dict[str, str], once: set[str]) -> str:
    name, label = names.pop(note.label, ""), said(note.label)  # a second note of the same label has no way to it
    own = f' id="{name}"' if name else ""
    words = f"<sup>{label}</sup> {_runs(note.runs, {}, once)}"
    if name in once:
        words += f' <a href="#to-{name}" role="doc-backlink" aria-label="Back to note {label} in the text">↩</a>'
    return f'<li{own} dir="auto">{words}</li>'


def _list(items: list[Item], names: dict[str, str], once: set[str]) -> list[str]:
    return nested((item.level, item.number, _runs(item.runs, names, once)) for item in items)


def nested(items: Iterable[tuple[int, int | None, str]]) -> list[str]:
    """Items by level, number and HTML as lists within lists; an item without a number has a bullet."""
    out: list[str] = []
    opened: list[str] = []
    for level, number, words in items:
        tag = "ul" if number is None else "ol"
        depth = min(level, len(opened)) + 1
        while len(opened) > depth:
            out.append(f"</li></{opened.pop()}>")
        if len(opened) == depth and opened[-1] != tag:
            out.append(f"</li></{opened.pop()}>")
        if len(opened) == depth:
            out.append("</li>")
        else:
            opened.append(tag)
            out.append(f"<{tag}>")
        value = "" if number is None else f' value="{number}"'
        out.append(f'<li{value} dir="auto">{words}')
    out += [f"</li></{tag}>" for tag in reversed(opened)]
    return out
