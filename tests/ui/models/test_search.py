from __future__ import annotations

import pytest

from cypp_desktop.document.document import Event
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch, Step
from cypp_desktop.domain.plan import Plan, update_field
from cypp_desktop.ui.models.search import Search, fold


def carried_out(plan: Plan, step: Step) -> Plan:
    """The plan after a step of additions and edits, in memory."""
    from cypp_desktop.domain.change import DELETED, KIND, PLACE
    from cypp_desktop.domain.plan import KINDS, with_cells

    records = {record.id: record for record in plan}
    for one in step.changes:
        if one.field == KIND:
            records[one.record] = KINDS[one.after](id=one.record)
        elif one.field == PLACE:
            from dataclasses import replace

            records[one.record] = replace(records[one.record], parent=one.after[0], order=one.after[1])
        elif one.field == DELETED:
            del records[one.record]
        else:
            records[one.record] = with_cells(records[one.record], {one.field: one.after})
    return Plan(records.values())


@pytest.fixture
def plan():
    period, lead = Branch("period", {"name": "Now"}), Branch("lead", {"name": "Zoë Straße"})
    action = Branch(
        "action",
        {
            "ref": "2",
            "text": "Build a **café** now",
            "leads": (lead.id,),
            update_field("note", period.id): "Ongoing work",
        },
    )
    measure = Branch("measure", {"name": "Obesity"}, [Branch("reading", {"value": "19.4 per cent"})])
    outcome = Branch("outcome", {"ref": "1.1", "title": "Healthy weight"}, [action, measure])
    content = Branch(
        "plan",
        {"title": "The plan"},
        [period, lead, Branch("section", {"heading": "Foreword", "text": "Dear weight reader"}),
         Branch("priority", {"ref": "1", "title": "Health"}, [outcome])],
    )  # fmt: skip
    return carried_out(Plan([]), change.add_branches(Plan([]), "", [content]))


def kinds(plan, words):
    return [plan[one].kind for one in Search(plan).find(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("café", ["action"]),
        ("CAFE", ["action"]),
        ("straße", ["action"]),
        ("ongoing work", ["action"]),
        ("1.1.2", ["action"]),
        ("19.4", ["reading"]),
        ("weight", ["section", "outcome"]),
        ("health", ["priority", "outcome"]),
        ("nowhere", []),
        ("  ", []),
    ],
)
def test_it_finds_in_every_text_in_the_order_of_the_plan(plan, words, found):
    assert kinds(plan, words) == found


def test_all_words_must_stand_in_one_record(plan):
    assert kinds(plan, "café ongoing") == ["action"]
    assert kinds(plan, "café weight") == []


def test_a_hit_says_where_the_word_stands(plan):
    for words, shown in (("cafe", "café"), ("strasse", "Straße"), ("reader", "reader")):
        search = Search(plan)
        hit = search.hit(search.find(words)[0], words)
        assert hit.context[hit.start : hit.start + hit.length] == shown


def test_a_long_text_is_shown_around_the_word(plan):
    section = next(record for record in plan if record.kind == "section")
    long = carried_out(plan, change.edit(plan, section.id, {"text": "word " * 200 + "needle here"}))
    search = Search(long)
    hit = search.hit(search.find("needle")[0], "needle")
    assert hit.context.startswith("… ")
    assert hit.context[hit.start :].startswith("needle here")


def test_it_follows_every_event(plan):
    search = Search(plan)
    search.find("weight")
    outcome = next(record for record in plan if record.kind == "outcome")
    after = carried_out(plan, change.edit(plan, outcome.id, {"title": "Strong hearts"}))
    search.follow(Event(plan, after, frozenset([outcome.id]), "", "set"))
    assert search.find("hearts") == [outcome.id]
    assert outcome.id not in search.find("weight")
    gone = carried_out(after, change.delete(after, [outcome.id]))
    search.follow(Event(after, gone, frozenset(r.id for r in after.branch(outcome.id)), "", "delete"))
    assert search.find("hearts") == []


def test_another_name_of_a_lead_is_found_in_its_actions(plan):
    search = Search(plan)
    search.find("zoe")
    lead = plan.leads[0]
    after = carried_out(plan, change.edit(plan, lead.id, {"name": "Yusuf"}))
    search.follow(Event(plan, after, frozenset([lead.id]), "", "set"))
    assert [after[one].kind for one in search.find("yusuf")] == ["action"]
    assert search.find("zoe") == []


def test_gathering_in_slices_ends(plan):
    search = Search(plan)
    rounds = 1
    while search.gather(2):
        rounds += 1
    assert rounds >= len(plan) // 2
    assert len(search.find("e")) > 3


def test_folding():
    assert fold("ÀÉ Straße") == "ae strasse"
