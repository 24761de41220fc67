"""Word documents: their tables and the text between them, with lists, bold, italic, links and footnotes.

Tracked changes are taken as accepted. The words of text boxes follow the paragraph that they are fixed to; a table in a
cell becomes lines of that cell. Read from the document's XML, for what matters here (merged cells, numbers that Word
counts itself, changes, footnotes) is only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.text import Block, Note, Paragraph, Rich, Run
from cypp_desktop.exchange.tables.grid import Box, Grid, Part, Passage, Source, laid
from cypp_desktop.exchange.tables.package import Element, Package, whole
from cypp_desktop.exchange.tables.wordtext import Styles, Words

_CELLS = " | "
_MOST_COLUMNS = 200
_MOST_PLACES = 3_000_000


def read(package: Package, name: str) -> Source:
    """What a Word document says; raises Refused."""
    main = _main(package)
    root = package.xml(main)
    body = root.find("body") if root is not None else None
    if body is None:
        raise Refused("It has no text inside; it may be damaged.")
    try:
        return _Reader(package, main).source(body, name)
    except RecursionError:
        raise Refused("Its parts are nested deeper than in any plan.") from None


def _main(package: Package) -> str:
    found = (one.target for one in package.relations("").values() if one.type == "officeDocument" and not one.outside)
    return next(found, "word/document.xml")


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        relations = package.relations(main)
        links = {one: relation.target for one, relation in relations.items() if relation.type == "hyperlink"}
        folder = main.rpartition("/")[0]
        self._folder = folder
        styles = Styles(package.xml(f"{folder}/styles.xml"), package.xml(f"{folder}/numbering.xml"))
        self._words = Words(styles, links)
        self._notes: dict[str, Note] = {}
        for kind, mark in (("footnote", ""), ("endnote", "e")):
            for note in self._each(f"{folder}/{kind}s.xml", kind):
                runs = _one_line(self._blocks(note))
                label = mark + note.get("id", "")
                if text.words(runs).strip():
                    self._notes[label] = Note(label, runs)

    def _each(self, part: str, tag: str) -> Iterator[Element]:
        root = self._package.xml(part)
        yield from root.iter(tag) if root is not None else ()

    def source(self, body: Element, name: str) -> Source:
        """The document, in order, and what stands beside its text."""
        parts = list(self._parts(body))
        used = {label for part in parts for label in self._labels(part)}
        loose = [text.words(note.runs) for label, note in self._notes.items() if label not in used]
        return Source(name, tuple(parts), tuple(dict.fromkeys([*self._beside(), *loose])))

    def _labels(self, part: Part) -> Iterator[str]:
        sources = [part.words] if isinstance(part, Passage) else [box.words for line in part.lines for box in line]
        for source in sources:
            if "[^" in source:
                yield from (note.label for note in text.parse(source).notes)

    def _beside(self) -> Iterator[str]:
        """Headers, footers and comments."""
        for part in self._package.names(rf"{self._folder}/(?:header|footer)\d*\.xml"):
            if (root := self._package.xml(part)) is not None:
                yield self._rich(self._blocks(root))
        for comment in self._each(f"{self._folder}/comments.xml", "comment"):
            words = self._rich(self._blocks(comment))
            yield f"{comment.get('author', '')}: {words}" if words else ""
        for hidden in self._words.hidden:
            yield text.write(Rich((Paragraph((Run(hidden),)),)))

    # --- the body ---

    def _parts(self, body: Element) -> Iterator[Part]:
        waiting: list[Block] = []
        for element in self._flat(body):
            if element.tag == "tbl":
                yield from self._passage(waiting)
                yield self._grid(element)
                continue
            level = self._words.styles.heading(element)
            blocks = list(self._words.paragraph(element))
            if level or _all_bold(blocks):
                yield from self._passage(waiting)
                yield from (
                    Passage(self._rich([block]), level or 9) for block in blocks if text.words(block.runs).strip()
                )
            else:
                waiting += blocks
        yield from self._passage(waiting)

    def _passage(self, waiting: list[Block]) -> Iterator[Passage]:
        if words := self._rich(waiting):
            yield Passage(words)
        waiting.clear()

    def _flat(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables of a body or cell, out of their wrappers; what was deleted is not among them."""
        for element in parent:
            if element.tag in {"p", "tbl"}:
                yield element
            elif element.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "tc"}:
                yield from self._flat(element)

    def _blocks(self, parent: Element) -> list[Block]:
        """The text of a cell, a note or a header; a table in it becomes lines."""
        found: list[Block] = []
        held: list[Run] = []
        for element in self._flat(parent):
            if element.tag == "tbl":
                found += self._lines(element)
                continue
            blocks = list(self._words.paragraph(element))
            if held and blocks:  # the paragraph before lost its end by a tracked change
                blocks[0] = Paragraph((*held, *blocks[0].runs))
                held = []
            if blocks and self._words.end_deleted(element):
                held = list(blocks.pop().runs)
            found += blocks
        return [*found, Paragraph(tuple(held))] if held else found

    def _lines(self, table: Element) -> Iterator[Block]:
        """A table within a cell: a paragraph for each row."""
        for line in self._grid(table).lines:
            cells = [text.parse(box.words) for box in dict.fromkeys(line) if box.words]
            simple = all(len(cell.blocks) == 1 for cell in cells)
            if simple and cells:
                runs = [run for cell in cells for run in (Run(_CELLS), *cell.blocks[0].runs)]
                yield Paragraph(tuple(runs[1:]))
            else:
                yield from (block for cell in cells for block in cell.blocks)

    def _rich(self, blocks: Iterable[Block]) -> str:
        """Blocks as text, with the footnotes that they refer to."""
        kept = tuple(blocks)
        labels = dict.fromkeys(run.note for block in kept for run in block.runs if run.note)
        return text.write(Rich(kept, tuple(self._notes[label] for label in labels if label in self._notes)))

    # --- tables ---

    def _grid(self, table: Element) -> Grid:
        rows: list[dict[int, Box]] = []
        head = 0
        above: dict[int, Box] = {}
        for row in _rows(table):
            properties = row.find("trPr")
            if properties is not None and properties.find("del") is not None:
                continue
            if (
                properties is not None
                and (mark := properties.find("tblHeader")) is not None
                and _on(mark)
                and head == len(rows)
            ):
                head += 1
            rows.append(self._row(row, len(rows), rows, above))
        width = max((box.column + box.columns for one in rows for box in one.values()), default=0)
        if width * len(rows) > _MOST_PLACES:
            raise Refused("It has a table that is larger than in any plan.")
        return Grid(laid([list(row.values()) for row in rows]) if rows else (), head=head)

    def _row(self, row: Element, number: int, rows: list[dict[int, Box]], above: dict[int, Box]) -> dict[int, Box]:
        """The boxes that begin in a row by their column; those above that go on into it grow."""
        column = _number(row.find("trPr/gridBefore"))
        found: dict[int, Box] = {}
        open_: dict[int, Box] = {}
        for cell in _cells(row):
            properties = cell.find("tcPr")
            width = min(max(_number(properties.find("gridSpan") if properties is not None else None), 1), _MOST_COLUMNS)
            merge = properties.find("vMerge") if properties is not None else None
            words = self._rich(self._blocks(cell))
            box = above.get(column)
            if merge is not None and merge.get("val", "continue") == "continue" and box and box.columns == width:
                box = _grown(box, words)
                rows[box.row][column] = box
            else:
                box = Box(words, _fill(properties), number, column, 1, width)
                found[column] = box
            if merge is not None:
                open_[column] = box
            column += width
            if column > _MOST_COLUMNS:
                raise Refused("It has a table that is wider than in any plan.")
        above.clear()
        above.update(open_)
        return found


def _grown(box: Box, words: str) -> Box:
    """A box one row taller; words that Word hides in a merged cell are put to it."""
    joined = text.write(text.parse(f"{box.words}\n\n{words}")) if words else box.words
    return Box(joined, box.fill, box.row, box.column, box.rows + 1, box.columns)


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == "tc":
            yield element
        elif element.tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _cells(element)


def _number(element: Element | None) -> int:
    return min(whole(element.get("val", "")), _MOST_COLUMNS) if element is not None else 0


def _on(element: Element) -> bool:
    return element.get("val", "1") not in {"0", "false", "off"}


def _fill(properties: Element | None) -> str:
    shade = properties.find("shd") if properties is not None else None
    colour = shade.get("fill", "") if shade is not None else ""
    return f"#{colour.lower()}" if len(colour) == 6 and colour != "auto" else ""  # noqa: PLR2004 - RRGGBB


def _one_line(blocks: Iterable[Block]) -> tuple[Run, ...]:
    """The runs of several blocks as those of one: a footnote is one paragraph."""
    runs = [run for block in blocks for run in (Run(" "), *block.runs) if not run.note]
    return text.normal(Rich((Paragraph(tuple(runs)),))).blocks[0].runs if any(run.text.strip() for run in runs) else ()


def _all_bold(blocks: list[Block]) -> bool:
    """Whether a paragraph is a heading by its looks alone: short, one line, all bold."""
    if len(blocks) != 1 or not isinstance(blocks[0], Paragraph):
        return False
    runs = [run for run in blocks[0].runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs) and len(text.words(runs)) <= 120  # noqa: PLR2004 - letters
