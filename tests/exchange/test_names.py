"""Before a plan goes public: where people are still named although roles stand in place of names."""

from __future__ import annotations

import pytest

from cypp_desktop.domain.change import Branch, add_branches, begun
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import names


@pytest.fixture
def plan():
    leads = [
        Branch("lead", {"name": "Grace Archer", "role": "Head of Early Help"}, id="grace"),
        Branch("lead", {"name": "Schools Service"}, id="schools"),
    ]
    actions = [
        Branch("action", {"ref": "1", "text": "Grace Archer and the Schools Service meet", "leads": ("grace",)}),
        Branch("action", {"ref": "2", "text": "Ask **Grace** to lead; by the grace of the board"}),
        Branch("action", {"ref": "3", "text": "Mr Booth decides", "note@mid": "Write to jo.frost@council.example"}),
        Branch("action", {"ref": "4", "text": "Archery for schools, with grace"}),
    ]
    content = Branch(
        "plan",
        {"title": "Plan", "current_period": "mid", "governance_officer": "Una Carr"},
        [
            Branch("period", {"name": "Mid"}, id="mid"),
            *leads,
            Branch("priority", {"ref": "1", "title": "Safe"}, actions),
        ],
    )
    return begun(add_branches(Plan([]), "", [content]))


def test_parts_of_names_titles_and_addresses_are_listed_with_the_words_around(plan):
    assert [(one.record, one.field, one.words) for one in names.left(plan, roles=True)] == [
        ("Details “Plan”", "governance officer", "Una Carr"),
        ("Key action 1.2", "words", "Ask Grace to lead; by the grace of the board"),
        ("Key action 1.3", "words", "Mr Booth decides"),
        ("Key action 1.3", "progress note, Mid", "Write to jo.frost@council.example"),
    ]


def test_without_roles_whole_names_are_listed_too(plan):
    assert "Key action 1" in [one.record for one in names.left(plan, roles=False)]


def test_long_words_are_cut_around_the_place(plan):
    (action,) = [one for one in plan if getattr(one, "ref", "") == "4"]
    long = plan.replaced([type(action)(**{**vars_of(action), "text": "x " * 100 + "Archer " + "y " * 100})])
    (found,) = [one for one in names.left(long, roles=True) if one.record == "Key action 1.4"]
    assert found.words.startswith("…x x")
    assert "Archer" in found.words
    assert len(found.words) < 120


def vars_of(record):
    return {name: getattr(record, name) for name in ("id", "parent", "order", "ref")}
