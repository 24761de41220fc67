"""How the web page looks: its style sheet, and the statuses' shapes as SVG. Nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

from cypp_desktop.reports import style
from cypp_desktop.reports.model import Paper


def quoted(words: str) -> str:
    """Words as a CSS string: whatever is not a plain letter, digit or space is written as its number."""
    return '"' + "".join(char if char.isalnum() and char.isascii() else f"\\{ord(char):06X}" for char in words) + '"'


def sheet(paper: Paper, heads: tuple[str, str], scale: float, colours: Iterable[str]) -> str:
    """The whole style sheet; ``heads`` is what printed pages say at their heads, left and right.

    Text is ``scale`` times as large as usual; ``colours`` are the statuses', one class each in their order.
    """
    statuses = "".join(
        f".s{number}{{--ink:{style.ink(colour)};--tint:{style.tint(colour)}}}\n"
        for number, colour in enumerate(colours)
    )
    page = (
        f"@page{{size:{paper} landscape;margin:17mm 13mm 14mm;"
        f"@top-left{{content:{quoted(heads[0])};{_FURNITURE};font-weight:bold}}"
        f"@top-right{{content:{quoted(heads[1])};{_FURNITURE}}}"
        f'@bottom-right{{content:"Page " counter(page) " of " counter(pages);{_FURNITURE}}}}}\n'
    )
    return f":root{{--times:{scale:g}}}" + _SHEET + statuses + page


_FURNITURE = f"font:8.5pt Liberation Sans,Arial,sans-serif;color:{style.MUTED}"

_SHEET = f"""
:root{{--surface:{style.SURFACE};--desk:#F3F4F7;--sunken:{style.SUNKEN};--text:{style.TEXT};--muted:{style.MUTED};
--border:{style.BORDER};--control:{style.CONTROL};--accent:{style.ACCENT};color-scheme:light dark}}
@media screen and (prefers-color-scheme:dark){{:root{{--surface:#1C1F26;--desk:#15171C;--sunken:#252932;--text:#E6E8EE;
--muted:#A5ACBB;--border:#333844;--control:#767E90;--accent:#AEB7FF}}}}
*{{box-sizing:border-box}}
html{{font-size:calc(100%*var(--times));-webkit-text-size-adjust:100%;text-size-adjust:100%}}
body{{margin:0;background:var(--desk);color:var(--text);
font:1rem/1.5 "Segoe UI",-apple-system,"Liberation Sans",Arial,sans-serif;
overflow-wrap:anywhere}}
a{{color:var(--accent)}}
:focus-visible{{outline:3px solid var(--accent);outline-offset:2px}}
.skip{{position:absolute;left:-200vw;padding:.75rem 1rem;background:var(--surface)}}
.skip:focus{{left:.5rem;top:.5rem;z-index:2}}
.unseen{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.sheet{{max-width:84rem;margin:0 auto;padding:2.5rem 3rem 4rem;background:var(--surface);border:1px solid var(--border);
border-width:0 1px;isolation:isolate}}
h1,h2,h3,h4,h5,h6{{line-height:1.25;margin:2rem 0 .75rem;text-wrap:balance}}
h1{{font-size:2.25rem;margin:.25rem 0 .5rem}}
h2{{font-size:1.6rem;margin-top:3rem}}
h3{{font-size:1.2rem}}
h4,h5,h6{{font-size:1.05rem}}
.kicker{{display:block;font-size:.9rem;font-weight:bold;color:var(--accent);letter-spacing:0}}
.corner{{float:inline-end;font-weight:bold;margin:0 0 0 1rem}}
.subtitle{{font-size:1.25rem;color:var(--muted);margin:0 0 1.5rem}}
.prose{{max-width:46rem}}
.prose p{{margin:0 0 .85rem}}
ul,ol{{margin:0 0 .85rem;padding-inline-start:1.5rem}}
li{{margin:.15rem 0}}
li>ul,li>ol{{margin:.15rem 0}}
.notes{{list-style:none;padding:0;font-size:.9em;color:var(--muted);margin-top:.5rem}}
.notes li{{margin:.25rem 0}}
sup{{line-height:0}}
sup a{{padding:0 .15em}}
.note{{color:var(--muted);font-size:.95rem}}
.facts{{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.4rem 1.5rem;margin:1rem 0 1.5rem}}
.facts dt{{font-weight:bold}}
.facts dd{{margin:0}}
nav{{margin:2rem 0;padding:1rem 1.5rem;background:var(--sunken);border-radius:6px}}
nav h2{{margin:0 0 .5rem;font-size:1.15rem}}
nav ul{{list-style:none;padding:0;margin:0}}
nav ul ul{{padding-inline-start:1.25rem}}
nav a{{display:inline-block;padding:.2rem 0}}
.wide{{margin:.75rem 0 1.5rem}}
table{{border-collapse:collapse;width:100%;font-size:.94rem;line-height:1.4;table-layout:fixed;
border-bottom:1px solid var(--control)}}
thead th{{background:var(--sunken);border-top:3px solid var(--accent);border-bottom:1px solid var(--control);
vertical-align:top}}
th,td{{padding:.55rem .7rem;text-align:start;vertical-align:top}}
td[dir=rtl],th[dir=rtl]{{text-align:end}}
tbody th,tbody td{{border-bottom:1px solid var(--border)}}
tbody th{{font-weight:inherit}}
td p,th p{{margin:0 0 .3rem}}
td :last-child,th :last-child{{margin-bottom:0}}
td ul,td ol,th ul,th ol{{padding-inline-start:1.1rem;margin-bottom:.3rem}}
.hung{{display:flex;gap:.6rem}}
.mark{{font-weight:bold;color:var(--muted);min-width:1.1rem;overflow-wrap:normal}}
.hung>div{{min-width:0;flex:1}}
.quiet{{font-size:.88em;color:var(--muted);font-weight:normal}}
.shape{{width:.85em;height:.85em;flex:none;vertical-align:-.06em;overflow:visible}}
.picture{{max-width:100%;height:auto;overflow:visible;vertical-align:top}}
figure{{margin:1rem 0}}
.undecided{{outline:1px dashed var(--control);outline-offset:-3px}}
.watermark{{position:fixed;inset:40% 0 auto;z-index:-1;margin:0;text-align:center;font-size:8rem;
color:var(--sunken);font-weight:bold;transform:rotate(-20deg)}}
.chip{{display:inline-flex;flex-wrap:wrap;gap:0 .4em;align-items:baseline;padding:.15em .5em;
border:1px solid var(--ink);border-radius:4px;
background:var(--tint);color:{style.TEXT};--hole:var(--tint);max-width:100%;print-color-adjust:exact;
-webkit-print-color-adjust:exact}}
.chip .shape,.chip b{{color:var(--ink)}}
.chip bdi{{flex:1 1 min-content;min-width:0;max-width:100%;overflow-wrap:break-word}}
.chip.small{{font-size:.85em;background:none;color:var(--muted);border-color:var(--control);--hole:var(--surface)}}
.chip.small .shape,.chip.small b{{color:inherit}}
.chip .shape{{position:relative;top:.05em}}
.bar{{display:flex;gap:3px;list-style:none;padding:0;margin:.25rem 0 1rem;max-width:26rem}}
.bar li{{margin:0;min-width:3.2rem;padding:.15rem .5rem;border-radius:4px;background:var(--ink);color:{style.SURFACE};
font-weight:bold;--hole:var(--ink);white-space:nowrap;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.barname{{margin:.25rem 0 0;font-size:.9rem;color:var(--muted)}}
@media (max-width:60rem){{.sheet{{padding:1.5rem}}table{{font-size:.9rem}}th,td{{padding:.5rem}}}}
@media screen and (max-width:44rem){{
.sheet{{padding:1rem;border:0}}
h1{{font-size:1.7rem}}h2{{font-size:1.35rem}}
.facts{{display:block}}.facts dd{{margin:0 0 .6rem}}
table,tbody,tr,th,td{{display:block;width:100%}}
.wide table{{border:0}}
colgroup,thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
tr{{border:1px solid var(--border);border-radius:6px;margin:0 0 .75rem;padding:.4rem .75rem}}
tbody th,tbody td{{border:0;padding:.35rem 0}}
tbody td:empty{{display:none}}
tbody [data-label]::before{{content:attr(data-label);display:block;font-size:.8rem;font-weight:bold;color:var(--muted)}}
tr.first{{border-top:3px solid var(--accent)}}
}}
@media print{{
body{{background:none;font-size:calc(10.5pt*var(--times))}}
.sheet{{max-width:none;padding:0;border:0}}
.skip{{display:none}}
nav{{break-inside:avoid;background:none;padding:0}}
nav a,a{{color:inherit;text-decoration:none}}
.turn{{break-before:page}}
h1,h2,h3,h4,h5,h6,.bar,.barname,caption{{break-after:avoid;break-inside:avoid}}
h2{{font-size:16pt;margin-top:1rem}}h3{{font-size:12pt}}
table{{font-size:calc(9pt*var(--times));line-height:1.33}}
thead{{display:table-header-group}}
thead th{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
th,td{{padding:5pt 6pt}}
body{{orphans:2;widows:2}}
}}
"""


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{16 * x:.1f},{16 * y:.1f}" for x, y in pairs)


_STAR = _points((0.5 + r * sin(i * pi / 5), 0.53 - r * cos(i * pi / 5)) for i, r in enumerate([0.56, 0.23] * 5))
_SHAPES = {
    "disc": '<circle cx="8" cy="8" r="7.5"/>',
    "square": '<rect x=".5" y=".5" width="15" height="15" rx="2.8"/>'
    '<path d="M4 8.2l2.8 3 5.4-6.2" style="fill:none;stroke:var(--hole,#fff);stroke-width:2.3;stroke-linecap:round"/>',
    "triangle": '<path d="M8 .4L16.4 15H-.4z"/>',
    "diamond": '<path d="M8-.6L16.6 8 8 16.6-.6 8z"/>',
    "ring": '<circle cx="8" cy="8" r="6.3" style="fill:none;stroke:currentColor;stroke-width:2.5"/>',
    "bar": '<rect x="0" y="4.8" width="16" height="6.4" rx="1"/>',
    "star": f'<polygon points="{_STAR}"/>',
    "cross": '<path d="M2.5 2.5l11 11m0-11l-11 11" style="stroke:currentColor;stroke-width:3.6;stroke-linecap:round"/>',
    "half": '<circle cx="8" cy="8" r="6.5" style="fill:none;stroke:currentColor;stroke-width:2"/>'
    '<path d="M8 1.5a6.5 6.5 0 0 0 0 13z"/>',
}


def shapes(kinds: Iterable[str]) -> str:
    """The definitions of some shapes, to be drawn by :func:`shape`; the statuses' words stand beside them."""
    drawn = sorted({known(kind) for kind in kinds})
    symbols = "".join(f'<symbol id="shape-{kind}" viewBox="0 0 16 16">{_SHAPES[kind]}</symbol>' for kind in drawn)
    return f'<svg width="0" height="0" class="unseen" aria-hidden="true">{symbols}</svg>' if symbols else ""


def shape(kind: str) -> str:
    """One shape, as high as the words around it."""
    return f'<svg class="shape" aria-hidden="true" fill="currentColor"><use href="#shape-{known(kind)}"/></svg>'


def drawn(kind: str) -> str:
    """One shape's own SVG, 16 by 16."""
    return _SHAPES[known(kind)]


def known(kind: str) -> str:
    """The kind, or a disc where there is no such shape."""
    return kind if kind in _SHAPES else "disc"
