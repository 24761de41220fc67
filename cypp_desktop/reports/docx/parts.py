"""The parts of a Word file that hold no words of a report: styles, numberings, settings, and which part is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from cypp_desktop.reports import style
from cypp_desktop.reports.docx.words import BULLETS, colour
from cypp_desktop.reports.style import Type

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OWN = ("styles", "numbering", "settings", "footnotes", "header", "footer")
_FONT = "Arial"

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{name}+xml"/>' for name in _OWN)
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def relations(links: Mapping[str, str], *, document: bool) -> str:
    """Where a part's links lead, and for the document itself its own parts."""
    own = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}{name}" Target="{name}.xml"/>' for name in _OWN)
    outside = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}hyperlink" Target={quoteattr(link)} TargetMode="External"/>'
        for link, name in links.items()
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{own if document else ""}{outside}</Relationships>'


def properties(title: str, author: str, language: str) -> str:
    """The document's title, author and language."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


def settings(language: str) -> str:
    """Today's layout rules, and where footnotes find their rule."""
    return (
        f'{HEAD}<w:settings {NAMES}><w:defaultTabStop w:val="340"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{language}"/></w:settings>'
    )


def footnotes(notes: Iterable[str]) -> str:
    """The footnotes, after the two rules that Word wants among them."""
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"{HEAD}<w:footnotes {NAMES}>{rules}{''.join(notes)}</w:footnotes>"


def numbering(lists: Iterable[tuple[int, int]]) -> str:
    """Bullets, and a numbering for each numbered list by its level and first number."""
    levels = {
        0: [("bullet", "•"), ("bullet", "–")],
        1: [("decimal", "%1."), ("decimal", "%2.")],
    }
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(_level(level, *kind) for level, kind in enumerate(kinds))
        + "</w:abstractNum>"
        for number, kinds in levels.items()
    )
    numbers = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (level, start) in enumerate(lists, BULLETS + 1)
    )
    return f"{HEAD}<w:numbering {NAMES}>{kinds}{numbers}</w:numbering>"


def _level(level: int, kind: str, shown: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{284 * (level + 1)}" w:hanging="284"/></w:pPr></w:lvl>'
    )


def styles(language: str, measure: int) -> str:
    """All styles; ``measure`` is how far running text keeps from the right margin, in twentieths of a point."""
    room = f'<w:ind w:right="{measure}"/>'
    made = [
        _paragraph("Normal", style.BODY, 0, 0, 'w:default="1"'),
        _paragraph("BodyText", style.BODY, 0, 140, place=room),
        _paragraph("ListText", style.BODY, 0, 60, place=room),
        _paragraph("Title", style.FRONT_TITLE, 1200, 120),
        _paragraph("Subtitle", style.SUBTITLE, 0, 400),
        _paragraph("FrontKicker", style.FRONT_KICKER, 0, 0),
        _paragraph("Corner", style.FRONT_CORNER, 0, 0, place='<w:jc w:val="right"/>'),
        _paragraph("Fact", style.BODY, 0, 80, place='<w:ind w:left="3000" w:hanging="3000"/>', tab=3000),
        _paragraph("Remark", style.NOTE, 60, 100),
        _paragraph("Counts", style.CELL, 0, 160, keep=True),
        _paragraph("Cell", style.CELL, 0, 40),
        _paragraph("CellList", style.CELL, 0, 20),
        _paragraph("CellQuiet", style.SMALL, 0, 40),
        _paragraph("ColumnHead", style.COLUMN_HEAD, 0, 0, keep=True),
        _paragraph("AfterTable", Type(6, 8), 0, 0),
        _paragraph("Furniture", style.FURNITURE, 0, 0),
        _paragraph("FootnoteText", style.NOTE, 0, 40),
        _paragraph("TOCHeading", style.HEADING[1], 0, 160, keep=True),
        _paragraph("TOC1", style.BODY, 60, 40),
        _paragraph("TOC2", style.BODY, 0, 40, place='<w:ind w:left="284"/>'),
        *(
            _paragraph(f"Heading{level}", kind, 320 if level > 1 else 360, 140, keep=True, outline=level - 1)
            for level, kind in enumerate((*style.HEADING[1:], style.HEADING[3]), 1)
        ),
        _character("KickerWords", f'<w:color w:val="{colour(style.ACCENT)}"/><w:sz w:val="18"/><w:szCs w:val="18"/>'),
        _character("Hyperlink", f'<w:color w:val="{colour(style.ACCENT)}"/><w:u w:val="single"/>'),
        _character("FootnoteReference", '<w:vertAlign w:val="superscript"/>'),
        _TABLE,
    ]
    fonts = " ".join(f'w:{script}="{_FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:lang w:val="{language}" w:eastAsia="{language}" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {NAMES}>{defaults}{''.join(made)}</w:styles>"


def _paragraph(  # noqa: PLR0913 - what a style is
    name: str,
    kind: Type,
    above: int,
    below: int,
    more: str = "",
    *,
    place: str = "",
    keep: bool = False,
    outline: int = -1,
    tab: int = 0,
) -> str:
    """A paragraph style; ``above`` and ``below`` are spaces in twentieths of a point."""
    size = round(2 * kind.size)
    looks = f'<w:color w:val="{colour(kind.colour)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    place = (
        ("<w:keepNext/><w:keepLines/>" if keep else "")
        + (f'<w:tabs><w:tab w:val="left" w:pos="{tab}"/></w:tabs>' if tab else "")
        + f'<w:spacing w:before="{above}" w:after="{below}" w:line="{round(20 * kind.leading)}" w:lineRule="atLeast"/>'
        + place
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "")
    )
    based = "" if more else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}" {more}><w:name w:val="{_NAMES.get(name, name)}"/>{based}'
        f"<w:qFormat/><w:pPr>{place}</w:pPr><w:rPr>{'<w:b/><w:bCs/>' if kind.bold else ''}{looks}</w:rPr></w:style>"
    )


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
