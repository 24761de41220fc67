"""The small parts of a Word file: numberings, settings, and which part is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from cypp_desktop.reports.docx import pictures
from cypp_desktop.reports.docx.words import BULLETS

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" {pictures.NAMES}'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OWN = {name: name for name in ("styles", "numbering", "settings", "footnotes", "header", "footer")}
_OWN |= {"cover": "header"}  # the front page's, which has no words

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="emf" ContentType="image/x-emf"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind}+xml"/>' for name, kind in _OWN.items())
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def relations(links: Mapping[str, str], pictures: Iterable[str] = (), *, document: bool) -> str:
    """Where a part's links lead, and for the document itself its own parts and its pictures."""
    own = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{name}.xml"/>' for name, kind in _OWN.items()
    )
    own += "".join(f'<Relationship Id="{name}" Type="{_OFFICE}image" Target="media/{name}.emf"/>' for name in pictures)
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
