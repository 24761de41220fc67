"""Small Word and Excel files as bytes, made from their XML, for what no program writes twice the same way."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in {"[Content_Types].xml": TYPES, **parts}.items():
            archive.writestr(name, words)
    return out.getvalue()


def relations(*pairs):
    """Relations from (id, type, target) or, for what lies outside, (id, type, target, True)."""
    one = '<Relationship Id="{}" Type="{}/{}" Target="{}"{}/>'
    rows = (one.format(i, R, kind, escape(to), ' TargetMode="External"' * bool(out)) for i, kind, to, *out in pairs)
    return f'<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


# --- Word ------------------------------------------------------------------------------------------------------------


def p(words="", properties="", inside=""):
    """A paragraph."""
    run = f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inside}</w:p>"


def item(words, level=0, number=1):
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tc(*content, span=1, merge=None, fill=""):
    """A cell; ``merge`` is "restart" or "continue"."""
    inner = "".join(one if one.startswith("<") else p(one) for one in content) or p()
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f'<w:shd w:val="clear" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells, properties=""):
    row = "".join(one if one.startswith("<w:tc>") else tc(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{row}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def _level(at, form, label):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/></w:lvl>'


NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">{_level(0, "decimal", "%1.")}{_level(1, "lowerLetter", "%2)")}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{_level(0, "bullet", "x")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{_level(0, "decimal", "%1")}{_level(1, "decimal", "%1.%2")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>
</w:num></w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="List"><w:name w:val="Own list"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Own"><w:name w:val="Council heading"/><w:basedOn w:val="H1"/></w:style></w:styles>"""


def style(name):
    return f'<w:pStyle w:val="{name}"/>'


def docx(*body, parts=None, links=()):
    """A Word document with headings, lists and whatever other parts it needs."""
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}</w:body></w:document>'
    return zipped(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": document,
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/_rels/document.xml.rels": relations(*links),
            **(parts or {}),
        }
    )


# --- Excel -----------------------------------------------------------------------------------------------------------


def place(row, column):
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


STYLE_SHEET = f"""<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt numFmtId="165" formatCode="&quot;£&quot;#,##0"/></numFmts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor theme="5" tint="-0.25"/></patternFill></fill></fills>
<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf fillId="2"/><xf fillId="3"/></cellXfs>
</styleSheet>"""
DATE, PERCENT, POUNDS, GREEN, THEMED = range(1, 6)


def sheet(cells, merges=()):
    """A sheet from {(row, column): words, number, or (value, style)}."""
    rows = {}
    for (row, column), given in sorted(cells.items()):
        value, look = given if isinstance(given, tuple) else (given, 0)
        if isinstance(value, str) and value:
            inner = f't="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'
        else:
            inner = f"><v>{value}</v>" if value != "" else ">"
        rows.setdefault(row, []).append(f'<c r="{place(row, column)}" s="{look}" {inner}</c>')
    body = "".join(f'<row r="{row + 1}">{"".join(found)}</row>' for row, found in rows.items())
    merged = "".join(f'<mergeCell ref="{place(a, b)}:{place(c, d)}"/>' for a, b, c, d in merges)
    return f'<worksheet xmlns="{S}"><sheetData>{body}</sheetData><mergeCells>{merged}</mergeCells></worksheet>'


def xlsx(sheets, parts=None, hidden=()):
    """A workbook from {name: sheet}."""
    names = list(sheets)
    entry = '<sheet name="{}" sheetId="{}" r:id="r{}"{}/>'
    listed = (entry.format(escape(n), k, k, ' state="hidden"' * (n in hidden)) for k, n in enumerate(names, 1))
    return zipped(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{"".join(listed)}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                *((f"r{k}", "worksheet", f"worksheets/sheet{k}.xml") for k in range(1, len(names) + 1))
            ),
            "xl/styles.xml": STYLE_SHEET,
            **{f"xl/worksheets/sheet{k}.xml": sheets[name] for k, name in enumerate(names, 1)},
            **(parts or {}),
        }
    )
