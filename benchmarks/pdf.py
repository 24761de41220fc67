"""The board pack as PDF beside Typst's tagged PDF of the same content; and how it grows.

Each measurement is a process of its own, ours and Typst's in turn, without the imports. Limits: at least 4 times as
fast as Typst and under 100 MB at 1,000 actions, and 10,000 actions in at most 13 times what 1,000 take.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

from benchmarks.generate import plan
from cypp_desktop import resources
from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import Item, Rich
from cypp_desktop.reports import model, style
from cypp_desktop.reports.tables import board_pack

RUNS = 5


def main() -> int:
    """Measure, print, and say whether the limits hold."""
    ours, typst = [], []
    for _ in range(RUNS):
        ours.append(measured("ours", 1000))
        typst.append(measured("typst", 1000))
    large = measured("ours", 10000)
    for name, runs in (("ours", ours), ("Typst", typst), ("ours, 10,000", [large])):
        row = {key: statistics.median(run[key] for run in runs) for key in large}
        print(
            f"{name:13} {row['pages']:5.0f} pages {row['seconds']:7.2f} s"
            f" {row['processor']:7.2f} s of processors {row['megabytes']:6.0f} MB"
        )
    faster = statistics.median(b["seconds"] / a["seconds"] for a, b in zip(ours, typst, strict=True))
    leaner = statistics.median(b["processor"] / a["processor"] for a, b in zip(ours, typst, strict=True))
    growth = large["seconds"] / statistics.median(run["seconds"] for run in ours)
    memory = max(run["megabytes"] for run in ours)
    print(f"Typst takes {faster:.1f} times as long (limit 4), {leaner:.1f} times the processors;")
    print(f"10 times the actions take {growth:.1f} times as long (limit 13); memory {memory:.0f} MB (limit 100)")
    return 0 if faster >= 4 and growth <= 13 and memory < 100 else 1


def measured(name: str, size: int) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pdf", name, str(size)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def one(name: str, size: int) -> None:
    """From the report, or its Typst source, to the file's bytes, for the first time in the process."""
    report = board_pack(plan(size))
    source = _typst(report).encode()
    if name == "typst":
        import typst
    else:
        import cypp_desktop.reports.pdf.assemble
    start, processor = time.perf_counter(), time.process_time()
    if name == "typst":
        data = typst.compile(source, font_paths=[str(resources.path("fonts"))], ignore_system_fonts=True)
    else:
        data = cypp_desktop.reports.pdf.render(report)
    spent = {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}
    memory = _peak()
    import pypdfium2

    print(json.dumps({**spent, "megabytes": memory, "pages": len(pypdfium2.PdfDocument(data))}))


def _peak() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


# --- the same content for Typst --------------------------------------------------------------------------------------

HEAD = """#set document(title: "Plan")
#set text(font: "Liberation Sans", size: 9pt, lang: "en")
#set par(leading: 5.44pt, spacing: 9pt)
#set list(indent: 0pt, body-indent: 6pt, spacing: 7pt)
#set table(stroke: none, inset: (x: 6pt, top: 6pt, bottom: 5pt), align: left)
#set heading(outlined: true)
#show heading: set text(16pt)
#let letter(wide, x) = grid(columns: (auto, auto, wide), column-gutter: 4pt,
  box(height: 7pt, x.mark), strong(text(x.ink, x.letter)), x.label)
#let chip(x) = box(fill: x.tint, stroke: 0.5pt + x.ink, radius: 3pt, inset: (x: 5pt, y: 2.5pt), letter(1fr, x))
#let part(x, n) = box(fill: x.ink, radius: 3pt, inset: 4pt, width: 34pt, text(white)[*#n*])
"""
FURNITURE = """#set page(paper: "a4", flipped: true, margin: (x: 36pt, top: 50pt, bottom: 48pt),
  header: [#set text(8.5pt); *LEFT* #h(1fr) RIGHT #v(-4pt) #line(length: 100%, stroke: 0.6pt + gray)],
  footer: context [#set text(8pt); #line(length: 100%, stroke: 0.6pt + gray)
    #LEGEND.map(x => box(letter(auto, x))).join(h(12pt)) #h(1fr)
    Page #counter(page).display() of #counter(page).final().first()])
"""
SHAPES = {
    "square": "rect(width: 7pt, height: 7pt, radius: 1pt, fill: INK)",
    "triangle": "polygon(fill: INK, (0pt, 7pt), (7pt, 7pt), (3.5pt, 0pt))",
    "diamond": "polygon(fill: INK, (0pt, 3.5pt), (3.5pt, 7pt), (7pt, 3.5pt), (3.5pt, 0pt))",
    "ring": "circle(radius: 3pt, stroke: 1pt + INK)",
}


def _typst(report: model.Report) -> str:
    legend = "".join(f"#let s{number} = {_status(status)}\n" for number, status in enumerate(report.legend))
    names = ", ".join(f"s{number}" for number in range(len(report.legend)))
    furniture = FURNITURE.replace("LEFT", _words(report.head_left)).replace("RIGHT", _words(report.head_right))
    known = {status.id: f"s{number}" for number, status in enumerate(report.legend)}
    return (
        HEAD
        + legend
        + furniture.replace("LEGEND", f"({names})")
        + "\n".join(_block(block, known) for block in report.blocks)
    )


def _status(status: Status) -> str:
    ink, tint = (f'rgb("{colour}")' for colour in (style.ink(status.colour), style.tint(status.colour)))
    mark = SHAPES.get(status.shape, "circle(radius: 3.5pt, fill: INK)").replace("INK", ink)
    return f'(mark: {mark}, letter: "{status.letter}", label: [{_words(status.label)}], ink: {ink}, tint: {tint})'


def _block(block: model.Block, known: dict[str, str]) -> str:
    if isinstance(block, model.Heading):
        bar = (
            "".join(f"#part({known[status.id]}, {number}) " for status, number in block.bar.counts) if block.bar else ""
        )
        return f"#heading(level: {block.level})[{_words(f'{block.kicker} {block.text}')}]\n{bar}"
    if isinstance(block, model.Text):
        return _rich(block.rich)
    if isinstance(block, model.Table):
        widths = ", ".join(f"{column.width}fr" for column in block.columns)
        heads = ", ".join(f"[*{_words(column.heading)}*]" for column in block.columns)
        cells = ",\n".join(_cell(cell, known) for row in block.rows for cell in row)
        rules = "table.hline(stroke: 1.6pt + blue)"
        return (
            f"#table(columns: ({widths}), table.header({rules}, {heads}, table.hline(stroke: 0.6pt + gray)),\n{cells})"
        )
    if isinstance(block, model.Contents):
        return f"#outline(depth: {block.depth})"
    if isinstance(block, model.Note | model.Figure):
        return _words(block.text if isinstance(block, model.Note) else block.alt) + "\n"
    if isinstance(block, model.PageBreak):
        return "#pagebreak(weak: true)"
    return ""


def _cell(cell: model.Cell, known: dict[str, str]) -> str:
    content = "\n\n".join(_content(content, known) for content in cell.content)
    if cell.mark:
        content = f"#grid(columns: (13pt, 1fr), [*{_words(cell.mark)}*], [{content}])"
    line = "stroke: (bottom: 0.6pt + gray)"
    return f"table.cell(rowspan: {cell.rows}, {line})[{content}]"


def _content(content: model.Content, known: dict[str, str]) -> str:
    if isinstance(content, Rich):
        return _rich(content)
    if isinstance(content, model.Chip):
        return f"#chip({known[content.status.id]})"
    if isinstance(content, model.Figure):  # less work than drawing it
        return f"#box(stroke: 0.5pt, inset: 2pt)[{_words(content.alt)}]"
    bold = isinstance(content, model.Words) and content.bold
    return f"*{_words(content.text)}*" if bold else _words(content.text)


def _rich(rich: Rich) -> str:
    out = []
    for block in rich.blocks:
        words = "".join(_words(run.text) for run in block.runs)
        item = isinstance(block, Item)
        out.append(f"{'  ' * block.level}- {words}" if item else f"\n{words}\n")
    return "\n".join(out)


def _words(text: str) -> str:
    return "".join("\\" + char if char in "\\#$*_`<>@=-+/~[]\"'" else char for char in text)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        one(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main())
