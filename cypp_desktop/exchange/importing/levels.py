"""Where in the plan the rows of a source belong: the priority and outcomes that were named last."""

from __future__ import annotations

import re

from cypp_desktop.domain import text
from cypp_desktop.domain.text import Rich
from cypp_desktop.exchange.importing import cells
from cypp_desktop.exchange.importing.fields import LEVELS, line
from cypp_desktop.exchange.importing.remarks import OPEN, Remarks
from cypp_desktop.exchange.importing.tree import Node, Tree

_SECOND = re.compile(r"(?i)\?$|^(?:\w+ )?(?:measures?|indicators?|key actions?|action plan|progress)\b|continued")


class Levels:
    """The levels that rows hang on now; ``unnamed`` is what a priority is called where the source names none."""

    def __init__(self, tree: Tree, remarks: Remarks) -> None:
        self._tree, self._remarks = tree, remarks
        self._now: list[Node | None] = [None] * len(LEVELS)
        self._references: dict[str, Node] = {}
        self.unnamed = ""
        self.by_row = False  # the outcome was named by a row, and so by its table alone
        self.measures_title = ""
        self.words: dict[int, str] = {}
        self.deepest = 1

    @property
    def priority(self) -> Node | None:
        """The priority that was named last."""
        return self._now[0]

    def rise(self) -> None:
        """Go back to the priority, where a row of an earlier table named the outcome."""
        if self.by_row:
            self._now[1:] = [None] * (len(LEVELS) - 1)

    def parent(self) -> Node:
        """What a measure or an action of a row hangs on."""
        lowest = next((node for node in self._now[::-1] if node), None)
        if lowest is None:
            lowest = self._now[0] = self._tree.level(self._tree.top, "", self.unnamed or "Actions")
        return lowest

    def enter(self, level: int, ref: str, title: Rich, place: str) -> None:
        """Go to a level by the words of its cell; ``ref`` where its reference stands in a cell of its own."""
        if level == 0:
            self._priority(ref, title, place)
            return
        above = self._above(level)
        titles = [(ref, title)] if ref else cells.titles(title)
        nodes = [self._tree.level(above, own, line(text.write(words))) for own, words in titles]
        for node in nodes[1:]:
            if not node.known:
                node.fields["joined"] = True
        self._now[level:] = [nodes[0], *[None] * (len(LEVELS) - level - 1)]
        self.deepest = max(self.deepest, level)

    def _above(self, level: int) -> Node:
        found = next((node for node in self._now[:level][::-1] if node), None)
        if found is None:
            found = self._now[0] = self._tree.level(self._tree.top, "", self.unnamed or "Outcomes")
        return found

    def _priority(self, ref: str, title: Rich, place: str) -> None:
        named = cells.level(title)
        if named and not ref:
            ref, label, title = named.ref, named.label, named.title
            self.words.setdefault(0, re.sub(r"\s+\S+$", "", label))
        else:
            label = ""
            ref, title = (ref, title) if ref else cells.reference(title)
        first, rest = line(text.write(Rich(title.blocks[:1]))), Rich(title.blocks[1:], title.notes)
        if label.casefold() in self._references and _SECOND.search(first):  # the heading of its measures
            node = self._references[label.casefold()]
            if not self.title_measures(first):
                self._remarks.add(OPEN, place, "a heading that has no place in the plan:", first)
        else:
            if not rest.blocks:
                first = line(text.write(title))
            node = self._tree.level(self._tree.top, ref, first, label)
            self._references |= {label.casefold(): node} if label else {}
        self._now = [node, *[None] * (len(LEVELS) - 1)]
        if rest.blocks:
            self.state(text.write(rest), place)

    def title_measures(self, words: str) -> bool:
        """Keep what stands over a table of measures; whether the plan has a place for it."""
        if self._tree.top.known or self.measures_title not in {"", words} or not _SECOND.search(words):
            return False
        self.measures_title = words
        return True

    def state(self, words: str, place: str) -> bool:
        """Add to the statement of the priority; whether there is one that can take it."""
        if self.priority is None:
            return False
        if self.priority.known:
            self._remarks.add(
                OPEN, place, "the plan has this priority already; its statement was not changed:", text.plain(words)
            )
        else:
            self.priority.fields["statement"] = cells.joined([self.priority.words("statement"), words])
        return True

    def goes_on(self, level: int, title: str) -> bool:
        """Whether a title is the rest of the one above, cut by the end of a page; it is then put to it."""
        node = self._now[level] if level else None
        words = line(title)
        if node is None or node.known or not node.words("ref") or not words[:1].islower():
            return False
        node.fields["title"] = f"{node.words('title')} {words}"
        return True

    def heading(self, words: str, highest: int, place: str, *, measures: bool = False) -> bool:
        """Go to the level that a heading names, above ``highest``, the highest that the rows name themselves."""
        rich = text.parse(words)
        named = cells.level(rich)
        self.by_row = False
        if named:
            below = named.below and self.priority is not None and highest > 1
            self.enter(1 if below else 0, "", rich if not below else _named_outcome(named), place)
            return True
        if highest == 0 or measures:
            return False
        level = min(highest - 1, 0 if self.priority is None else 1)
        self.enter(level, "", rich, place)
        return True


def _named_outcome(named: cells.Named) -> Rich:
    """An outcome's title with its label: an outcome has no field for that."""
    label = text.Run(f"{named.label}: ")
    first = named.title.blocks[0] if named.title.blocks else text.Paragraph(())
    return Rich((text.Paragraph((label, *first.runs)), *named.title.blocks[1:]), named.title.notes)
