"""The PDF of any report: every word once, in reading order, none joined, and no rule of PDF/UA-1 broken."""

from __future__ import annotations

import re
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import Item, Note, Paragraph, Rich, Run
from cypp_desktop.reports.model import Cell, Chip, Column, Heading, Report, Table, Text, Words
from cypp_desktop.reports.pdf import render
from tests.reports import made
from tests.reports.pdf import reading, validators


@settings(max_examples=50)
@given(made.reports())
def test_hostile_reports(report_and_numbers):
    report, numbers = report_and_numbers
    data = render(report)
    root = reading.structure(data)
    for kind, expected in numbers.items():
        assert sorted(made.numbered(kind, root.text)) == expected
    assert all(set(reading.covered(body).values()) == {1} for body in root.all("TBody"))
    # outloud forgets a cell from above that ends a row; chance makes tables in which no order of columns avoids it.
    assert not validators.failures(data, sensible=False, skip=["TBL-004"])


# --- tables over many pages ------------------------------------------------------------------------------------------

STATUS = Status(id="s", label="Happening but behind schedule", letter="A", shape="triangle", colour="#8A4E00")


class _Tall:
    """Makes a table with tall and spanning cells; its words are numbered in reading order."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.numbers = count(1)

    def up_to(self, most, least=0):
        return self.random.randint(least, most)

    def word(self, shape):
        ending = ("", "-" + "x" * 5, "/" + "y" * 90, "Ω", "✓", "z" * 200)[shape]
        return f"w{next(self.numbers)}~{ending}"

    def words(self, number):
        odd = self.up_to(5)
        return " ".join(self.word(odd if at == number // 2 else 0) for at in range(number))

    def runs(self, number):
        looks = self.up_to(4)
        if looks == 0 and number > 3:
            third = number // 3
            plain, link = Run(self.words(third) + " "), Run(self.words(third), link="https://example.org/")
            return plain, link, Run(" " + self.words(number - 2 * third), bold=True)
        return (Run(self.words(number), bold=looks == 1, italic=looks == 2),)

    def rich(self, number):
        blocks = []
        while number > 0:
            size = min(number, self.up_to(40, 1))
            number -= size
            kind = self.up_to(3)
            numbered = 1 if self.up_to(1) else None
            blocks.append(Item(self.runs(size), kind - 1, numbered) if kind in (1, 2) else Paragraph(self.runs(size)))
        notes = (Note("1", self.runs(3)),) if self.up_to(5) == 0 else ()
        return Rich(tuple(blocks), notes)

    def cell(self, rows, number):
        kind = self.up_to(4)
        mark = self.word(0) if self.up_to(6) == 0 else ""
        content = (Words(self.words(number), quiet=kind == 1),) if kind < 2 else (self.rich(number),)
        if kind == 4:
            content = (*content, Chip(STATUS))
        return Cell(content, mark, rows, 1, "row" if rows > 1 else "", (Words("again (continued)"), Chip(STATUS)))

    def table(self):
        columns, rows = self.up_to(5, 2), []
        for _ in range(self.up_to(3, 1)):
            group = self.up_to(4, 1)
            for row in range(group):
                sizes = [self.random.choice((0, 3, 10, 40, 120, 400)) for _ in range(columns)]
                spanning = [column < columns // 2 for column in range(columns)]
                rows.append(tuple(
                    self.cell(group if spans else 1, size)
                    for size, spans in zip(sizes, spanning, strict=True) if not (spans and row)
                ))  # fmt: skip
        heads = tuple(Column(f"Head {at}", self.random.choice((0.02, 1.0, 3.0))) for at in range(columns))
        return Table(heads, tuple(rows), whole=bool(self.up_to(1)))


def tall_report(seed):
    make = _Tall(seed)
    first, before = Heading(1, make.words(3)), Text(make.rich(make.up_to(400)))
    blocks = (first, before, Heading(2, make.words(3)), make.table(), Heading(2, make.words(2)))
    return Report("Tall", blocks, head_left="Left", paper=make.random.choice(("A4", "A3"))), next(make.numbers) - 1


@settings(max_examples=12)
@given(st.integers(0, 2**32))
def test_every_word_once_in_order(seed):
    report, number = tall_report(seed)
    data = render(report)
    root = reading.structure(data)
    read = [int(found) for found in re.findall(r"w(\d+)~", root.text)]
    assert read == list(range(1, number + 1))
    assert not re.search(r"~\S*w\d", root.text), "words joined"
    assert sum(page.count("~") for page in reading.shown(data)) == number, "words off the page"
    assert not validators.failures(data, sensible=False)


# --- texts that break naive programs ---------------------------------------------------------------------------------

CASES = {
    "markup": "AT&T <b>bold?</b> a<b &amp; &#65; <img src='file:///etc/passwd'/> ]]> <!-- c --> <?xml?> \\() (((",
    "long word": "x" * 5000,
    "long address": "https://example.gov.uk/" + "a/very-long/path?query=" * 200,
    "controls": "a\x00b\x01c\x07d\x1be\x7ff\x80g\u200bh\u200ei\ufeffj\u2028k\u2029l\x0cm\x0bn\ud800o"
    "\udfffp\ufffeq\uffffr\xads",
    "emoji": "Good 👍🏽 family 👨‍👩‍👧 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 check ✅ ✓ ✗ star ⭐ 1️⃣ ☎ ♿",
    "scripts": "Русский Ελληνικά العربية שלום বাংলা 中文 日本語 한국어 ไทย हिन्दी Tiếng Việt Łódź tŷ dŵr Ȳ ﬁ ﷺ 𝒜 𠮷",
    "combining": "Z" + "\u0301\u0302\u0303\u0304" * 40 + "algo e\u0301 w\u0302 y\u0302 n\u0303",
    "lines": "\n".join(f"line {i}" for i in range(300)),
    "bullets": "\n".join(f"- bullet {i} " + "word " * (i % 40) for i in range(80)),
    "numbers": "\n".join(f"{i}. numbered {i} " + "word " * (i % 40) for i in range(1, 60)),
    "empty": "",
    "blanks": "   \n\n \t \n",
    "no-break": "a\u00a0b " * 500,
    "private": "\uf0b7 bullet from Word\n\uf0e8 arrow \ue123",
    "signs": "‘single’ “double” – — … £ € ½ ² ° ™ ≥ ≤ ≠ ± × → ← ↑ ↓ ▲ ▼ ● ○ ■ ◆ ✓ ✗ •",
    "right to left": "\u202eabc\u202c \u0627\u0644\u0639 " * 100,
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("source", [text.parse, Words], ids=["rich", "words"])
def test_any_text_prints(name, source):
    words = CASES[name]
    long = source(words)
    rows = (
        (Cell((Words("1.1 Activity"),), rows=2, scope="row", again=(long,)), Cell((Words("Before"),)), Cell((long,))),
        (Cell((long,), mark=words[:50]), Cell((Chip(Status(id="s", label=words, letter=words[:3])),))),
        (Cell((Words("1.2 Activity"),), scope="row"), Cell((Words("After"),)), Cell((Words("THE END"),))),
    )
    columns = (Column("Activity", 120), Column("Action", 165), Column(words, 20))
    data = render(Report(words, (Heading(1, words, words), Table(columns, rows, words)), head_left=words))
    read = reading.structure(data).text
    assert "THE END" in read
    expected = re.findall(r"[A-Za-z]{4,}", text.plain(words) if source is text.parse else words)
    compact = re.sub(r"\s", "", read)
    assert not [word for word in expected if word not in compact]
    assert not validators.failures(data, sensible=False)


def test_a_megabyte_in_a_cell():
    words = "word " * 200_000
    row = (Cell((Words("before"),)), Cell((text.parse(words),)), Cell((Words("x" * 100_000),)))
    data = render(Report("Large", (Table((Column("a"), Column("b"), Column("c")), (row,)),)))
    shown = "".join(reading.shown(data))
    assert shown.count("word") == 200_000
    assert shown.count("x") == 100_000


def test_a_character_that_no_font_has_is_named():
    data = render(Report("Names", (Text(text.parse("Meet 中 and \U0001f9d1.")),)))
    assert "[cjk unified ideograph-4e2d] and [adult]." in reading.structure(data).text.replace("\n", " ")
