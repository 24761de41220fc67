"""Pictures in a Word file: where one stands among words, and a watermark behind a page (ISO/IEC 29500-1, 20.4)."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from cypp_desktop.reports import style
from cypp_desktop.reports.plain import title

NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_PER_POINT = 12_700  # English Metric Units
_LONGEST_ALT = 2000
_MARK_WIDTH, _MARK_HEIGHT = 480, 120  # of a watermark, in points
_LONGEST_MARK = 60
_WORD_ART = (
    '<v:shapetype id="mark" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype>'
)


def inline(name: str, number: int, width: float, height: float, alt: str) -> str:
    """A run with the picture that a relation names; ``number`` is its own in the document, lengths are points."""
    size = f'cx="{max(1, round(width * _PER_POINT))}" cy="{max(1, round(height * _PER_POINT))}"'
    own = f'id="{number}" name="Picture {number}" descr={quoteattr(title("", alt)[:_LONGEST_ALT])}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {own}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {own}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def watermark(words: str) -> str:
    """A run, for the head of a page, with words that stand pale behind it; nothing where there are none."""
    words = title("", words)[:_LONGEST_MARK]
    if not words:
        return ""
    width = min(_MARK_WIDTH, 110 * len(words))
    height = min(_MARK_HEIGHT, 1.5 * width / len(words))
    place = "".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:margin;" for way in ("horizontal", "vertical")
    )
    look = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width:.0f}pt;height:{height:.0f}pt;rotation:331;"
        f"z-index:-251658752;{place}"
    )
    return (
        f'<w:r><w:pict>{_WORD_ART}<v:shape id="PowerPlusWaterMarkObject1" type="#mark" style="{look}" '
        f'o:allowincell="f" fillcolor="{style.WATERMARK}" stroked="f">'
        f'<v:textpath style="font-family:Arial;font-weight:bold;font-size:1pt" string={quoteattr(words)}/></v:shape>'
        "</w:pict></w:r>"
    )
