"""A report as one web page: it needs no other file, script or network, and reads well on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterable

from cypp_desktop.reports import links, plain, style
from cypp_desktop.reports.grid import Placed, grid
from cypp_desktop.reports.html import look
from cypp_desktop.reports.html.figures import picture
from cypp_desktop.reports.html.words import Writer, nested, said
from cypp_desktop.reports.model import (
    Block,
    Column,
    Contents,
    Facts,
    Figure,
    Front,
    Heading,
    Legend,
    Note,
    PageBreak,
    Report,
    StatusBar,
    Table,
    Text,
)

_CONTENTS = "<contents>"  # where the list of contents will stand, once all headings are known
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TITLE = "Untitled"


def render(report: Report) -> bytes:
    """The report as an HTML file in UTF-8. Any text is written as text; nothing in a report makes this raise."""
    page = _Page(links.names(report))
    body = page.front(report) + page.legend(report)
    main = page.blocks(report.blocks).replace(_CONTENTS, page.contents())
    title = " ".join(said(report.title).split()) or _TITLE
    heads = plain.legal(report.head_left), plain.legal(report.head_right)
    css = look.sheet(report.paper, heads, style.scale(report.text_size), page.write.colours)
    lines = (
        f'<!DOCTYPE html>\n<html lang="{plain.language(report.language)}">\n<head>\n<meta charset="utf-8">',
        f"<title>{title}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f'<meta name="author" content="{said(report.author)}">' if report.author else "",
        f"<style>{css}</style>\n</head>\n<body>",
        look.shapes(page.write.shapes),
        '<a class="skip" href="#content">Skip to the plan</a>\n<div class="sheet">',
        f"<header>{body}</header>",
        f'<p class="watermark" dir="auto">{said(report.watermark)}</p>' if report.watermark else "",
        f'<main id="content" tabindex="-1">{main}</main>\n</div>\n</body>\n</html>\n',
    )
    return "\n".join(filter(None, lines)).encode()


class _Page:
    """Blocks as HTML; it remembers the headings for the list of contents. Links can lead to ``names``."""

    def __init__(self, names: dict[str, int]) -> None:
        self.write = Writer(names)
        self._level = 1
        self._turn = False
        self._headings: list[tuple[int, str, str]] = []
        self._inside = 0  # how many of them are the front page's own
        self._listed = Contents()
        self._named = ""  # the last heading, which also names the table below it

    def front(self, report: Report) -> str:
        front = report.front or Front(report.title)
        corner = f'<p class="corner" dir="auto">{said(front.corner)}</p>' if front.corner else ""
        kicker = f'<span class="kicker" dir="auto">{said(front.kicker)} </span>' if front.kicker else ""
        subtitle = f'<p class="subtitle" dir="auto">{said(front.subtitle)}</p>' if front.subtitle else ""
        title = said(front.title).strip() or said(report.title).strip() or _TITLE
        blocks = self.blocks(front.blocks)
        self._inside = len(self._headings)
        return f'{corner}<h1 dir="auto">{kicker}{title}</h1>{subtitle}{blocks}'

    def legend(self, report: Report) -> str:
        """The statuses' meanings, where no block of the report says them."""
        known = any(
            isinstance(block, Legend) for block in (*report.blocks, *(report.front.blocks if report.front else ()))
        )
        return "" if known or not report.legend else self._block(Legend(report.legend))

    def contents(self) -> str:
        """The list of contents: headings of the two upper levels."""
        found = self._headings[self._inside :]
        top = [(level, name, words) for level, name, words in found if level <= self._listed.depth]
        if not top:
            return ""
        items = nested((level - 2, None, f'<a href="#{name}">{words}</a>') for level, name, words in top)
        return (
            f'<nav aria-labelledby="contents"><h2 id="contents">{said(self._listed.title)}</h2>{"".join(items)}</nav>'
        )

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(filter(None, map(self._block, blocks)))

    def _block(self, block: Block) -> str:  # noqa: PLR0911 - one for each kind of block
        match block:
            case Heading():
                return self._heading(block)
            case Text():
                return f'<div class="prose">{self.write.rich(block.rich)}</div>'
            case Note():
                return f'<p class="note" dir="auto">{said(block.text)}</p>'
            case Table():
                return self._table(block)
            case Legend():
                return self._table(plain.legend(block))
            case Facts():
                return _facts(block)
            case Contents():
                self._listed = block
                return _CONTENTS
            case Figure():
                return f"<figure>{picture(block)}</figure>"
            case PageBreak():
                self._turn = True
                return ""

    def _heading(self, heading: Heading) -> str:
        self._level = max(2, min(heading.level, self._level + 1, 6))
        name = f"part-{len(self._headings) + 1}"
        kicker = f'<span class="kicker" dir="auto">{said(heading.kicker)}<span class="unseen">: </span></span>'
        words = f"{kicker if heading.kicker else ''}{said(heading.text)}"
        self._named = plain.title(heading.kicker, heading.text)
        if not self._named:
            return ""
        self._headings.append((self._level, name, said(self._named)))
        turn, self._turn = ' class="turn"' if self._turn else "", False
        bar = self._bar(heading.bar) if heading.bar and heading.bar.counts else ""
        place = self.write.place(heading.name)
        place = f"<span{place}></span>" if place else ""
        return f'<h{self._level} id="{name}"{turn} dir="auto">{place}{words}</h{self._level}>{bar}'

    def _bar(self, bar: StatusBar) -> str:
        parts = "".join(
            f'<li class="{self.write.colour(status)}" style="flex-grow:{number}">{self.write.shape(status)} {number}'
            f'<span class="unseen"> {said(status.label or status.letter)}</span></li>'
            for status, number in bar.counts
        )
        label = f'<p class="barname" dir="auto">{said(bar.label)}</p>' if bar.label else ""
        return f'{label}<ul class="bar">{parts}</ul>'

    def _table(self, table: Table) -> str:
        if not table.columns:
            return ""
        caption = said(table.summary or self._named or "Table")
        total = sum(max(column.width, 0.0) for column in table.columns) or 1.0
        widths = "".join(f'<col style="width:{100 * max(c.width, 0.0) / total:.2f}%">' for c in table.columns)
        return (
            f'<div class="wide"><table><caption class="unseen">{caption}</caption>'
            f"<colgroup>{widths}</colgroup>{_heads(table)}"
            f"<tbody>{self._rows(table)}</tbody></table></div>"
        )

    def _rows(self, table: Table) -> str:
        labels = [said(column.heading) for column in table.columns]
        out = []
        for number, line in enumerate(grid(table)):
            first = ' class="first"' if line[0].row == number and line[0].rows > 1 else ""
            out.append(f"<tr{first}>")
            last = None
            for placed in line:
                if placed.row == number and placed is not last:
                    out.append(_cell(placed, labels, self.write.cell(placed.cell), self.write.place(placed.cell.name)))
                last = placed
            out.append("</tr>\n")
        return "".join(out)


def _heads(table: Table) -> str:
    if not any(column.heading for column in table.columns):
        return ""
    return f"<thead><tr>{''.join(map(_head, table.columns))}</tr></thead>"


def _head(column: Column) -> str:
    return f'<th scope="col" dir="auto">{said(column.heading)}</th>'


def _cell(placed: Placed, labels: list[str], inner: str, place: str) -> str:
    scope = {"row": "row", "column": "col"}.get(placed.cell.scope, "")
    kind = f' scope="{scope}"' if scope else ""
    spans = (f' rowspan="{placed.rows}"' if placed.rows > 1 else "") + (
        f' colspan="{placed.columns}"' if placed.columns > 1 else ""
    )
    label = labels[placed.column]
    if label and placed.rows > 1 and placed.column:
        label += f" (this and the next {placed.rows - 1})"
    label = f' data-label="{label}"' if label else ""
    tag = "th" if scope else "td"
    kind += ' class="undecided"' if placed.cell.undecided else ""
    return f'<{tag}{place}{kind}{spans}{label} dir="auto">{inner}</{tag}>'


def _facts(facts: Facts) -> str:
    pairs = "".join(f'<dt dir="auto">{said(name)}</dt><dd dir="auto">{said(value)}</dd>' for name, value in facts.pairs)
    return f'<dl class="facts">{pairs}</dl>' if pairs else ""
