"""Reports that Hypothesis makes: any text in any place, with numbered words in reading order between the text.

A word is a letter, a number and "~": f in the front page, c a column's heading, n in a footnote, w anywhere else.
"""

from __future__ import annotations

import re
from itertools import count

from hypothesis import strategies as st

from cypp_desktop.domain.plan import SHAPES, Status
from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run
from cypp_desktop.reports import drawing, model
from cypp_desktop.reports.model import Cell, Chip, Column, Words

HOSTILE = (
    "=1+1", "+cmd|'/c calc'!A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x.example","y")',
    "</td></table>", "<script>alert(1)</script>", "<img src=x onerror=y>", "]]>", "-->", "<!--", "&amp;", "&", "<b>",
    "{{x}}", "\\", "\x00", "\x0b", "\x1f", "\x85", "\u2028", "\ud800", "\ufffe", "\U0001ffff", "\u202e", "\u2066",
    "_x0041_", "_x000D_", "\n\n", "\r\n", "’–“", "שלום", "مرحبا", "👩\u200d👧", "e\u0301", "'", '"', "'=1",
    "%", "a" * 300,
)  # fmt: skip
LINKS = (
    "",
    "",
    "https://example.org/a?b=c&d",
    "javascript:alert(1)",
    'https://x"><script>',
    "mailto:a@b.example",
    "\x00",
    "file:///c",
)
PLAIN = st.sampled_from(HOSTILE) | st.text(max_size=6)


def numbered(kind, text):
    """The numbered words of a kind in a text, in order."""
    return [int(number) for number in re.findall(kind + r"(\d+)~", text)]


def once(numbers):
    """The numbers without those that came before, as in rows that repeat what they share."""
    return list(dict.fromkeys(numbers))


class _Maker:
    """Makes the parts of one report in reading order, so that its words are numbered as they are read."""

    def __init__(self, draw):
        self.draw = draw
        self.counts = {kind: count(1) for kind in "fcnw"}

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def up_to(self, most, least=0):
        return self.draw(st.integers(least, most))

    def words(self, kind="w"):
        return f"{self.draw(PLAIN)} {kind}{next(self.counts[kind])}~{self.draw(PLAIN)}"

    def run(self):
        bold, italic = self.one_of((False, False), (True, False), (True, True))
        return Run(self.words(), bold, italic, self.draw(st.sampled_from(LINKS)))

    def rich(self):
        blocks, labels = [], []
        for _ in range(self.up_to(3)):
            runs = [self.run()]
            if self.up_to(1):
                labels.append(str(len(labels) + 1))
                runs.append(Run(note=labels[-1]))
            number = self.one_of(None, 0, 1, 999_999_999)
            blocks.append(Item(tuple(runs), self.up_to(1), number) if self.up_to(1) else Paragraph(tuple(runs)))
        return Rich(tuple(blocks), tuple(Note(label, (Run(self.words("n")),)) for label in labels))

    def status(self):
        shape, colour = self.one_of(*SHAPES, "blob"), self.one_of("#1D6932", "", "<b>")
        return Status(id="s", label=self.words(), letter=self.draw(PLAIN), shape=shape, colour=colour)

    def part(self):
        kind = self.up_to(4)
        if kind == 0:
            return Chip(self.status(), bool(self.up_to(1)))
        if kind == 1:
            return model.Trend(self.one_of("up", "down", "level"), self.one_of("better", "worse", ""), self.words())
        if kind == 2:
            return self.figure()
        bold, quiet = bool(self.up_to(1)), bool(self.up_to(1))
        return self.rich() if kind == 3 else Words(self.words(), bold, quiet, self.name())

    def name(self):
        return self.one_of("", "a", "b", self.draw(PLAIN))

    def figure(self):
        colour, size = self.one_of("accent", "#1D6932", "<b>"), self.one_of(0.0, 8.0, 900.0)
        items = (
            drawing.Stroke(0, 1, size, 2, colour=colour, dashed=True),
            drawing.Box(0, 0, size, size, colour, 2),
            drawing.Mark(1, 1, size, self.one_of(*SHAPES, "blob"), colour),
            drawing.Label(1, 1, self.draw(PLAIN), 8, colour, anchor=self.one_of("start", "middle", "end")),
        )
        return model.Figure(drawing.Drawing(size, self.one_of(0.0, 20.0, 5000.0), items), self.draw(PLAIN))

    def cell(self, rows, columns):
        mark = self.words() if self.up_to(1) else ""
        parts = tuple(self.part() for _ in range(self.up_to(2)))
        scope, undecided = self.one_of("", "row", "column"), bool(self.up_to(1))
        return Cell(parts, mark, rows, columns, scope, name=self.name(), undecided=undecided)

    def table(self):
        width, height = self.up_to(4, 1), self.up_to(4)
        columns = tuple(Column(self.words("c"), self.one_of(0.0, 1.0, 9.0)) for _ in range(width))
        taken, rows = [0] * width, []
        for row in range(height):
            cells = []
            for column in range(width):
                if not taken[column]:
                    room = next((one for one in range(column, width) if taken[one]), width) - column
                    across, down = self.up_to(room, 1), self.up_to(height - row, 1)
                    cells.append(self.cell(down, across))
                    taken[column : column + across] = [down] * across
            taken = [max(left - 1, 0) for left in taken]
            rows.append(tuple(cells))
        return model.Table(columns, tuple(rows), self.draw(PLAIN))

    def heading(self):
        bar = model.StatusBar(((Status(id="b", label=self.draw(PLAIN)), 3),), self.draw(PLAIN))
        kicker = self.words() if self.up_to(1) else ""
        return model.Heading(self.up_to(4, 1), self.words(), kicker, self.one_of(None, bar), self.name())

    def block(self):
        kinds = [self.heading, self.table, self.table]
        kinds += [lambda: model.Text(self.rich()), lambda: model.Note(self.words()), model.PageBreak, self.figure]
        kinds += [lambda: model.Facts(((self.words(), self.words()),))]
        return self.one_of(*kinds)()

    def front(self):
        corner, kicker = self.draw(PLAIN), self.words("f")
        return model.Front(self.words("f"), self.words("f"), kicker, corner)


@st.composite
def reports(draw):
    """A report and, for each kind of word, the numbers that are in it."""
    make = _Maker(draw)
    front = make.front() if make.up_to(1) else None
    blocks = tuple(make.block() for _ in range(make.up_to(4)))
    title, author, left, right = (draw(PLAIN) for _ in range(4))
    tongue, mark = make.one_of("en-GB", "", '"><x'), draw(PLAIN)
    size = make.one_of(1.0, 1.0, 0.8, 1.7, 0.0)
    report = model.Report(title, blocks, front, author, tongue, left, right, watermark=mark, text_size=size)
    return report, {kind: list(range(1, next(number))) for kind, number in make.counts.items()}
