"""The styles of a Word file: headings, text, cells and the plan's tables."""

from __future__ import annotations

from cypp_desktop.reports import style
from cypp_desktop.reports.docx.parts import HEAD, NAMES
from cypp_desktop.reports.docx.words import FONT, colour
from cypp_desktop.reports.style import Type

_MEASURE = 12_000  # twentieths of a point: running text in a longer line is hard to read


def sheet(language: str, width: int, scale: float) -> str:
    """All styles for pages of a width in twentieths of a point; text is ``scale`` times as large as usual."""
    make = _Sheet(scale)
    number = _tab("right", min(_MEASURE, width), "dot")
    half_points = round(2 * style.KICKER.size * scale)
    kicker = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    room = f'<w:ind w:right="{max(width - _MEASURE, 0)}"/>'
    made = [
        make.paragraph("Normal", style.BODY, 0, 0, 'w:default="1"'),
        make.paragraph("BodyText", style.BODY, 0, 140, place=room),
        make.paragraph("ListText", style.BODY, 0, 60, place=room),
        make.paragraph("Title", style.FRONT_TITLE, 1200, 120),
        make.paragraph("Subtitle", style.SUBTITLE, 0, 400),
        make.paragraph("FrontKicker", style.FRONT_KICKER, 0, 0),
        make.paragraph("Corner", style.FRONT_CORNER, 0, 0, place='<w:jc w:val="right"/>'),
        make.paragraph(
            "Fact", style.BODY, 0, 80, place='<w:ind w:left="3000" w:hanging="3000"/>', tabs=_tab("left", 3000)
        ),
        make.paragraph("Remark", style.NOTE, 60, 100),
        make.paragraph("Picture", style.NOTE, 60, 100, keep=True),
        make.paragraph("Counts", style.CELL, 0, 160, keep=True),
        make.paragraph("Cell", style.CELL, 0, 40),
        make.paragraph("CellList", style.CELL, 0, 20),
        make.paragraph("CellQuiet", style.SMALL, 0, 40),
        make.paragraph("ColumnHead", style.COLUMN_HEAD, 0, 0, keep=True),
        make.paragraph("AfterTable", Type(6, 8), 0, 0),
        make.paragraph("Furniture", style.FURNITURE, 0, 0),
        make.paragraph("FootnoteText", style.NOTE, 0, 40),
        make.paragraph("TOCHeading", style.HEADING[1], 0, 160, keep=True),
        make.paragraph("TOC1", style.BODY, 60, 40, tabs=number),
        make.paragraph("TOC2", style.BODY, 0, 40, place='<w:ind w:left="284"/>', tabs=number),
        *(
            make.paragraph(f"Heading{level}", kind, 320 if level > 1 else 360, 140, keep=True, outline=level - 1)
            for level, kind in enumerate((*style.HEADING[1:], style.HEADING[3]), 1)
        ),
        _character("KickerWords", f'<w:color w:val="{colour(style.ACCENT)}"/>{kicker}'),
        _character("Hyperlink", f'<w:color w:val="{colour(style.ACCENT)}"/><w:u w:val="single"/>'),
        _character("FootnoteReference", '<w:vertAlign w:val="superscript"/>'),
        _TABLE,
    ]
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:lang w:val="{language}" w:eastAsia="{language}" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {NAMES}>{defaults}{''.join(made)}</w:styles>"


class _Sheet:
    """Makes paragraph styles, their type ``scale`` times as large as usual."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def paragraph(  # noqa: PLR0913 - what a style is
        self,
        name: str,
        kind: Type,
        above: int,
        below: int,
        more: str = "",
        *,
        place: str = "",
        keep: bool = False,
        outline: int = -1,
        tabs: str = "",
    ) -> str:
        """A paragraph style; ``above`` and ``below`` are spaces in twentieths of a point."""
        size = round(2 * kind.size * self._scale)
        line = round(20 * kind.leading * self._scale)
        looks = f'<w:color w:val="{colour(kind.colour)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        place = (
            ("<w:keepNext/><w:keepLines/>" if keep else "")
            + tabs
            + f'<w:spacing w:before="{above}" w:after="{below}" w:line="{line}" w:lineRule="atLeast"/>'
            + place
            + (f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "")
        )
        based = "" if more else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}" {more}><w:name w:val="{_NAMES.get(name, name)}"/>{based}'
            f"<w:qFormat/><w:pPr>{place}</w:pPr><w:rPr>{'<w:b/><w:bCs/>' if kind.bold else ''}{looks}</w:rPr></w:style>"
        )


def _tab(side: str, place: int, leader: str = "none") -> str:
    return f'<w:tabs><w:tab w:val="{side}" w:leader="{leader}" w:pos="{place}"/></w:tabs>'


def _character(name: str, looks: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{_NAMES.get(name, name)}"/>'
        f"<w:rPr>{looks}</w:rPr></w:style>"
    )


# Names by which Word knows its own styles.
_NAMES = {
    "BodyText": "Body Text", "FootnoteText": "footnote text", "FootnoteReference": "footnote reference",
    "TOCHeading": "TOC Heading", "TOC1": "toc 1", "TOC2": "toc 2", "Heading1": "heading 1", "Heading2": "heading 2",
    "Heading3": "heading 3", "Heading4": "heading 4", "ListText": "List Text", "FrontKicker": "Front Kicker",
    "CellList": "Cell List", "CellQuiet": "Cell Quiet", "ColumnHead": "Column Head", "AfterTable": "After Table",
    "KickerWords": "Kicker Words",
}  # fmt: skip


def _edge(side: str, tint: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour(tint)}"/>'


_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="PlanTable"><w:name w:val="Plan Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr>'
    f"<w:tblBorders>{_edge('top', style.ACCENT, 12)}{_edge('bottom', style.CONTROL, 6)}"
    f"{_edge('insideH', style.BORDER, 4)}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="90" w:type="dxa"/><w:left w:w="110" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f"{_edge('top', style.ACCENT, 12)}{_edge('bottom', style.CONTROL, 6)}</w:tcBorders>"
    f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(style.SUNKEN)}"/></w:tcPr></w:tblStylePr></w:style>'
)
