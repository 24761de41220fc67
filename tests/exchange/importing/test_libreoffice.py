"""Files as LibreOffice 7.4 wrote them, from a page with merged cells, lists and a table in a cell, and from a CSV."""

from __future__ import annotations

from pathlib import Path

from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Action, Measure, Plan
from cypp_desktop.exchange import importing
from cypp_desktop.exchange.tables import reading

FILES = Path(__file__).parent.parent / "files"


def plan(name):
    source = reading.read(FILES / name)
    proposal = importing.propose(source, importing.guess(source), Plan(()))
    assert not proposal.open
    return plan_of(importing.step(Plan(()), proposal))


def rows(found):
    current = found.details.current_period
    return [
        (
            found.reference(action),
            action.text,
            found.lead_names(action),
            action.update(current).note,
            found.status(action).label,
        )
        for action in found
        if isinstance(action, Action)
    ]


def test_word() -> None:
    found = plan("libreoffice.docx")
    assert rows(found) == [
        ("1.1.1", "Train drivers", ["Ann Lee", "Bob Ray"], "Trained *all*", "Green"),
        ("1.1.2", "Tell schools", ["Ann Lee", "Bob Ray"], "Told none", "Green"),
        ("1.1", "Write a plan", ["Ann Lee", "Bob Ray"], "See [the site](https://example.org/)", "Red"),
        ("1.1", "Nested\n\ninner one | inner two", ["TBC"], "By hand", "Green"),
        ("2.1", "Mow the park", ["Nottingham City Council", "NHS"], "", "Amber"),
    ]
    assert [(one.label, one.title) for one in found.priorities] == [
        ("Priority One", "Children are safe"),
        ("Priority 2", "Children are well"),
    ]
    [measure] = [record for record in found if isinstance(record, Measure)]
    assert measure.parent == found.priorities[1].id
    assert found.details.measures_title == "How will we measure this?"


def test_excel() -> None:
    found = plan("libreoffice.xlsx")
    assert [(one.text, one.due, one.due_date) for one in found if isinstance(one, Action)] == [
        ("Train drivers", "31 March 2017", "2017-03-31"),
        ("Tell schools", "Ongoing", ""),
        ("Mow\n\nthe park", "1 April 2018", "2018-04-01"),
    ]
    assert [words for *_, words in rows(found)] == ["Green", "Red", "Complete"]
    assert [one.custom[0][1] for one in found if isinstance(one, Action)] == ["50.00%", "0.00%", "100.00%"]
