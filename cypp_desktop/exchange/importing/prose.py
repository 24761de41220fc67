"""Words between tables: titles, headings that name a priority or an outcome, statements, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cypp_desktop.domain import text
from cypp_desktop.exchange.importing import cells
from cypp_desktop.exchange.importing.fields import LEVELS, line
from cypp_desktop.exchange.importing.levels import Levels
from cypp_desktop.exchange.importing.mapping import Mapping, is_measure_table
from cypp_desktop.exchange.importing.remarks import LEFT, OPEN, Remarks
from cypp_desktop.exchange.importing.tables import Table, own
from cypp_desktop.exchange.importing.tree import Tree
from cypp_desktop.exchange.tables.grid import Passage

_LONGEST_HEADING = 250
# "9 key actions ■ 3 Completed ● 6 On schedule". Each blank and digit can be read in one way only, or it takes for ever.
_COUNTS = re.compile(r"\d+ [a-z ]+[:,]?(?: ?(?:[^\w\s] ?)?\d+ [A-Z][^\W\d]*(?: [^\W\d]+)*,?)+")
_OUTSIDE = "Outside of the tables"


class Prose:
    """Takes the passages of a source, one after another, with word of each table that stands between them."""

    def __init__(self, tree: Tree, levels: Levels, mapping: Mapping, remarks: Remarks) -> None:
        self._tree, self._levels, self._mapping, self._remarks = tree, levels, mapping, remarks
        self._heading = ""
        self._words: list[str] = []
        self._stating = False  # what comes next belongs to the priority just named
        self._after = False  # a table stood before

    def passage(self, passage: Passage) -> None:
        """One heading or stretch of text."""
        if passage.level == 1 and not self._after and not self._tree.top.words("title") and not self._tree.top.known:
            self.end()
            self._tree.top.fields["title"] = line(passage.words)
        elif self._names_level(passage):
            self.end()
            self._levels.heading(passage.words, len(LEVELS), _OUTSIDE)
            self._stating = True
        elif passage.level:
            self.end()
            self._heading = passage.words
        elif _COUNTS.fullmatch(line(passage.words)):
            self._remarks.add(LEFT, _OUTSIDE, "counts, which the program makes itself:", text.plain(passage.words))
        elif self._stating:
            self._levels.state(passage.words, _OUTSIDE)
        else:
            self._words.append(passage.words)

    @staticmethod
    def _names_level(passage: Passage) -> bool:
        rich = text.parse(passage.words)
        return len(rich.blocks) == 1 and len(passage.words) <= _LONGEST_HEADING and cells.level(rich) is not None

    def before(self, table: Table, columns: Sequence[str]) -> None:
        """A table comes that is taken: the last heading may be the priority or outcome that its rows belong to."""
        for row in table.above:
            for box in own(row):
                if box.words:
                    self._above(box.words, table.name)
        highest = min((level for level, one in enumerate(LEVELS) if one in columns), default=len(LEVELS))
        if is_measure_table(columns):
            self._levels.rise()
            if not self._words and self._levels.title_measures(line(self._heading)):
                self._heading = ""
        named = bool(self._heading) and not self._words and not is_measure_table(columns)
        level = 0 if self._levels.priority is None else 1
        if named and level < highest:
            words, self._heading = self._heading, ""
            self._levels.enter(level, "", text.parse(words), table.name)
        self.end()

    def _above(self, words: str, name: str) -> None:
        """A title over the headings of a table."""
        rich = text.parse(words)
        if cells.level(rich):
            self._levels.heading(words, len(LEVELS), name)
        elif not self._tree.top.known and not self._tree.top.words("title"):
            self._tree.top.fields["title"] = line(words)
        else:
            self._remarks.add(OPEN, name, "above the headings:", text.plain(words))

    def after(self) -> None:
        """A table was taken."""
        self._after = True

    def end(self) -> None:
        """Put what was collected since the last heading into a section, or into the report."""
        self._stating = False
        heading, words = self._heading, self._words
        self._heading, self._words = "", []
        if heading and words and self._mapping.sections:
            place = "after" if self._after else "before"
            fields = {"heading": line(heading), "text": cells.joined(words), "place": place}
            self._tree.add(self._tree.top, "section", dict(fields))
            return
        kind = OPEN if words or self._mapping.sections else LEFT
        for one in filter(None, [heading, *words]):
            self._remarks.add(kind, _OUTSIDE, "this was not taken:", text.plain(one))
