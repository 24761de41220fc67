from __future__ import annotations

import pytest

from cypp_desktop.domain import text
from cypp_desktop.exchange.importing import cells, leads, statuses
from cypp_desktop.exchange.importing.headings import guess


@pytest.mark.parametrize(
    ("words", "ref", "rest"),
    [
        ("1.1 To further develop", "1.1", "To further develop"),
        ("1.Integrate teams", "1", "Integrate teams"),
        ("2) Something", "2", "Something"),
        ("1a Children are safe", "1a", "Children are safe"),
        ("A4: Attend", "A4", "Attend"),
        ("1. **Bold** start", "1", "**Bold** start"),
        ("3 new schools", "", "3 new schools"),
        ("2014 plan", "", "2014 plan"),
        ("5.5 million pounds", "", "5.5 million pounds"),
        ("10% of pupils", "", "10% of pupils"),
        ("1.2\n\nMore", "1.2", "More"),
        ("- only point", "", "only point"),
        ("", "", ""),
    ],
)
def test_references(words, ref, rest) -> None:
    found, left = cells.reference(text.parse(words))
    assert (found, text.write(left)) == (ref, rest)


@pytest.mark.parametrize(
    ("words", "ref", "label", "title"),
    [
        ("Priority 1: Safe", "1", "Priority 1", "Safe"),
        ("Priority Four", "4", "Priority Four", ""),
        ("PRIORITY TWO - Well", "2", "PRIORITY TWO", "Well"),
        ("Theme 3 Learning", "3", "Theme 3", "Learning"),
    ],
)
def test_names_of_levels(words, ref, label, title) -> None:
    named = cells.level(text.parse(words))
    assert (named.ref, named.label, text.write(named.title)) == (ref, label, title)


@pytest.mark.parametrize("words", ["Priority 1 is about children", "Prioritise one", "Our priority", "Priority"])
def test_sentences_are_no_names_of_levels(words) -> None:
    assert cells.level(text.parse(words)) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("53.0% (2016)", ("53.0%", "2016", False)),
        ("14.2\n(provisional 2015-16)", ("14.2", "2015-16", True)),
        ("82.3% (provisional)", ("82.3%", "", True)),
        ("New Measure", ("New Measure", "", False)),
        ("76 (target group)", ("76 (target group)", "", False)),
        ("-", ("-", "", False)),
    ],
)
def test_readings(words, found) -> None:
    assert cells.reading(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Steve Edwards", ["Steve Edwards"]),
        ("Terri Johnson & Sarah O'Dowd-Lee", ["Terri Johnson", "Sarah O'Dowd-Lee"]),
        ("Ann Lee, Bob Ray and Cy Dee", ["Ann Lee", "Bob Ray", "Cy Dee"]),
        ("Ann Lee\n\nBob Ray", ["Ann Lee", "Bob Ray"]),
        ("- Ann Lee\n- Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Nottingham City Council / NHS England; TBC", ["Nottingham City Council", "NHS England", "TBC"]),
        ("Health and Wellbeing Board", ["Health and Wellbeing Board"]),
        ("Crime and Drugs Partnership", ["Crime and Drugs Partnership"]),
        ("Head of Early Help and Safeguarding", ["Head of Early Help and Safeguarding"]),
        ("Jill Norman (CSC & SEND)", ["Jill Norman (CSC & SEND)"]),
        ("Schools and/or academies", ["Schools and/or academies"]),
        ("N/A", ["N/A"]),
        ("Nottingham\\\nCity council", ["Nottingham", "City council"]),
        ("All partners will\n\nwork on this together", ["All partners will work on this together"]),
        ("", []),
    ],
)
def test_leads(words, found) -> None:
    assert leads.split(words) == found


def test_known_leads_are_told_apart() -> None:
    assert leads.split("Sure Start and the Forum", {"sure start", "the forum"}) == ["Sure Start", "the Forum"]
    assert leads.split("Ann Lee and Bob Ray", {"ann lee and bob ray"}) == ["Ann Lee and Bob Ray"]


@pytest.mark.parametrize(
    ("fill", "kind"),
    [
        ("#00b050", "green"),
        ("#92d050", "green"),
        ("#ff0000", "red"),
        ("#c00000", "red"),
        ("#ffc000", "amber"),
        ("#ffff00", "amber"),
        ("#0070c0", "blue"),
        ("#a6a6a6", "grey"),
        ("#ffffff", ""),
        ("#000000", ""),
        ("", ""),
    ],
)
def test_hues(fill, kind) -> None:
    assert statuses.hue(fill) == kind


HEADINGS = """
Outcomes|Performance measures|Key actions suggested to date|Lead organisation
    outcome|measure|action|leads
Key Activities|Plan|Key Actions|Lead|Progress to Date|RAG Rating
    outcome|plans|action|leads|note|status
What will we do?|Who|By when|How will we know?|Update|BRAG
    action|leads|due||note|status
Recommendation|Ref|Activity|Responsible officer|Target date|Comments|Status
    outcome|action ref|action|leads|due|note|status
Objective|Milestones|Owner|Deadline|Current position|RAG
    outcome|action|leads|due|note|status
Indicator|National|Statistical Neighbours|Target|Latest|Previous|Good is
    measure|series:national|series:statistical neighbours|target|latest|previous|polarity
KPI|2013/14|2014/15|England|Target 2016/17
    measure|reading:2013/14|reading:2014/15|series:England|target
Stage|RAG|Confidence|% complete
    |status||
""".strip().split("\n")


@pytest.mark.parametrize(("headings", "fields"), [*zip(HEADINGS[::2], HEADINGS[1::2], strict=True)])
def test_the_words_of_many_councils(headings: str, fields: str) -> None:
    assert "|".join(guess(headings.split("|"))) == fields.strip()
