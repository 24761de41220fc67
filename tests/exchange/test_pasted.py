# ruff: noqa: E501 - what programs put on the clipboard has long lines
"""Clipboard texts as Word, Outlook, Excel, browsers and Google Docs write them, cut down to what matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.text import plain, write
from cypp_desktop.exchange.pasted import from_html

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<title>ignored</title><!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} @list l0 {mso-list-id:5;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>On schedule</b> – P2P has been
reviewed and <span style='font-weight:bold'>updated</span>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Deep dive audit
undertaken<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>with <i>partners</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Quarterly audits, see <a
href="https://example.org/audit"><span style='color:blue'>the site</span></a><o:p></o:p></p>
<!--EndFragment--></body></html>"""

FOOTNOTE = """<p class=MsoNormal>By March<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a> 2017</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"
title=""><span class=MsoFootnoteReference>[1]</span></a> If <b>agreed</b></p></div></div>"""

OUTLOOK = """<div class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt;">Hi,</div>
<div class="elementToProof"><br></div><ul data-editing-info='{}'><li style="font-size: 12pt;"><div class="elementToProof">one</div>
<ul><li><div>one a</div></li></ul></li><li><div role="presentation"><b>two</b></div></li></ul>"""

GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span
style="font-size:11pt;font-weight:700;font-style:normal;">Title</span><span style="font-weight:400;"> words</span></p>
<ol><li dir="ltr" style="font-weight:400;"><p dir="ltr" role="presentation"><span style="font-style:italic;">first</span></p></li>
<li dir="ltr"><p dir="ltr">second</p></li></ol></b>"""

TABLE = """<table border=1 style='mso-yfti-tbllook:1184'><tr><th>Indicator</th><th>Target</th></tr><tr><td><p>Children
in need</p></td><td><p class=MsoNormal>363</p><p>(2016)</p></td></tr></table>"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            WORD,
            "**On schedule** – P2P has been reviewed and **updated**.\n\n- Deep dive audit undertaken\n  - with *partners*\n3. Quarterly audits, see [the site](https://example.org/audit)",
        ),
        (FOOTNOTE, "By March[^1] 2017\n\n[^1]: If **agreed**"),
        (OUTLOOK, "Hi,\n\n- one\n  - one a\n- **two**"),
        (GOOGLE, "**Title** words\n\n1. *first*\n2. second"),
        (TABLE, "**Indicator** | **Target**\n\nChildren in need | 363 (2016)"),
        ("<p>·&nbsp;&nbsp; loose bullet</p>", "- loose bullet"),
        ("<ol start=4><li>four<li>five</ol>after", "4. four\n5. five\n\nafter"),
        ("one<br>two<p>three", "one\\\ntwo\n\nthree"),
        (
            '<a href="javascript:alert(1)">x</a> <a href="file:///c:/a">y</a> <a href="mailto:a@b.uk">z</a>',
            "x y [z](mailto:a@b.uk)",
        ),
        (
            'a<img src="http://tracker.example/x.png">b<script>alert(1)</script><span style="display:none">hidden</span>',
            "ab",
        ),
        ("a<![if !supportLists]>b<![endif]>c <![<b>d</b> <![odd]>e", "abc **d** odd\\]>e"),
        ('<p style="font-weight:²">light</p>', "light"),
        ("kept <del>gone</del><ins>new</ins>", "kept new"),
        ("&lt;b&gt; &amp; *stars*", "<b> & \\*stars\\*"),
        ("<h2>Heading</h2><p>words</p>", "**Heading**\n\nwords"),
        ("<ul><li>a<ul><li>b<ul><li>c</ul></ul></ul>", "- a\n  - b\n  - c"),
        ("", ""),
    ],
)
def test_pages_become_our_rich_text(html: str, expected: str) -> None:
    assert write(from_html(html)) == expected


def test_lettered_lists_of_word_are_counted() -> None:
    item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp; </span></span>{}</p>"
    assert write(from_html(item.format("a)", "x") + item.format("b)", "y"))) == "1. x\n2. y"


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<b>", "</i>", "<td>", "<tr>", "</table>", "x", " ", "<br>"]
        )
    )
)
def test_no_word_of_a_broken_page_is_lost(parts: list[str]) -> None:
    assert plain(write(from_html("".join(parts)))).count("x") == parts.count("x")


@given(st.text())
def test_any_text_can_be_read(source: str) -> None:
    from_html(source)
