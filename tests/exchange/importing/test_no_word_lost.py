"""Every word of a source is in the plan or in the report, whatever the table looks like and however it is mapped."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import importing, samples
from cypp_desktop.exchange.importing import proposal as proposal_module
from cypp_desktop.exchange.importing.fields import FIELDS
from cypp_desktop.exchange.importing.mapping import SPLITS
from cypp_desktop.exchange.tables import reading
from cypp_desktop.exchange.tables.grid import Box, Grid, Passage, Source, laid, source
from cypp_desktop.reports import layouts
from cypp_desktop.reports.options import Options
from cypp_desktop.reports.tables import board_pack

HEADINGS = (
    "Priority",
    "Outcome",
    "Key activities",
    "Key actions",
    "Ref",
    "Action no.",
    "Lead",
    "By when",
    "Progress to date",
    "Q1 progress",
    "RAG rating",
    "Success measure",
    "Indicator",
    "National",
    "Target",
    "Latest",
    "Previous",
    "Good is",
    "2014/15",
    "Plan",
    "Heading",
    "Meaning",
    "Odd column",
    "",
)
SHAPES = (
    "{}",
    "{} {}",
    "1. {}\n2. {}",
    "- {}\n- {}",
    "1.1 {}",
    "1.1 {}\n1.2 {}",
    "Priority 2: {}",
    "Priority Three – {}?",
    "{} (2014-15)",
    "{} (provisional {})",
    "({})",
    "Green - {}",
    "Ann {} and Bob {}",
    "Ann {} / Team {}",
    "by end March 2017 {}",
    "3",
    "G",
    "TBC",
    "",
    "",
)
RICH = ("**{}** *{}*", "[{}](https://example.org)", "{}[^1]\n\n[^1]: {}", "{}\\\n{}", "1. {}\n   - {}\n2. {}")
PLANS = {name: plan_of(samples.load(name)) for name in samples.names()} | {"none": Plan(())}


class Words:
    """Words that occur once each."""

    def __init__(self) -> None:
        self.count = 0

    def fill(self, shape: str) -> str:
        while "{}" in shape:
            self.count += 1
            shape = shape.replace("{}", f"Word{self.count}", 1)
        return shape


@st.composite
def boxes(draw, words, row, columns):
    found = []
    column = 0
    while column < columns:
        shape = draw(st.sampled_from((*SHAPES, *RICH)))
        filled = words.fill(shape)
        made = text.write(text.parse(filled)) if shape in RICH else source(filled)
        wide, tall = draw(st.sampled_from([(1, 1)] * 6 + [(2, 1), (1, 2), (1, 3), (2, 2), (columns, 1)]))
        fill = draw(st.sampled_from(["", "", "#00b050", "#ff0000"]))
        found.append(Box(made, fill, row, column, tall, wide))
        column += wide
    return found


@st.composite
def grids(draw, words):
    columns = draw(st.integers(1, 6))
    rows = [draw(boxes(words, row, columns)) for row in range(draw(st.integers(1, 6)))]
    head = [Box(source(draw(st.sampled_from(HEADINGS))), column=column) for column in range(columns)]
    where = draw(st.sampled_from([None, 0, 0, 0, 0, 1]))
    if where is not None:
        rows.insert(min(where, len(rows)), head)
    if draw(st.booleans()):
        rows.append(list(head))
    return Grid(laid(rows), draw(st.sampled_from(["", "Sheet1", "Priority 4 plan"])), head=draw(st.integers(0, 1)))


@st.composite
def sources(draw):
    words = Words()
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            level = draw(st.sampled_from([0, 0, 1, 2, 9]))
            filled = source(words.fill(draw(st.sampled_from(SHAPES[:9]))))
            parts.append(Passage(filled, level))
        parts.append(draw(grids(words)))
    return Source("plan.docx", tuple(parts), (source(words.fill("{} {}")),))


def lost(proposal) -> list[str]:
    return [remark.words for remark in proposal.remarks if remark.sentence == "words that found no place:"]


SOURCES = sources().filter(importing.tables)  # some have nothing in their cells


@settings(max_examples=60)
@given(SOURCES, st.sampled_from(sorted(PLANS)), st.sampled_from(SPLITS), st.booleans())
def test_no_word_is_lost_as_guessed(found, name, split, sections) -> None:
    plan = PLANS[name]
    mapping = replace(importing.guess(found, plan), split=split, sections=sections)
    proposal = importing.propose(found, mapping, plan)
    assert lost(proposal) == []
    importing.step(plan, proposal)


@settings(max_examples=60)
@given(SOURCES, st.data())
def test_no_word_is_lost_however_it_is_mapped(found, data) -> None:
    mapping = importing.guess(found, only=range(len(importing.tables(found))))
    odd = ["custom:Own", "series:England", "reading:2014/15", "note@Q1", "status@Q1"]
    for table, row in enumerate(mapping.columns):
        for column in range(len(row)):
            if data.draw(st.booleans()):
                mapping = mapping.with_column(table, column, data.draw(st.sampled_from([*FIELDS, *odd])))
    proposal = importing.propose(found, mapping, Plan(()))
    assert lost(proposal) == []
    step = importing.step(Plan(()), proposal)
    assert not plan_of(step).unplaced()


def test_the_net_itself_finds_a_lost_word() -> None:
    found = Source("a.csv", (Grid(laid([[Box("Action")], [Box("One")]])),))
    proposal = importing.propose(found, importing.guess(found), Plan(()))
    assert proposal_module.lost(replace(found, beside=("Gone",)), proposal) == ["gone"]


# --- what the program writes, it reads -------------------------------------------------------------------------------


def rendered(kind, name, options=layouts.BUILT_IN["editing"]):
    renderer = __import__(f"cypp_desktop.reports.{kind}", fromlist=["render"])
    data = renderer.render(board_pack(PLANS[name], options))
    return reading.read_bytes(data if isinstance(data, bytes) else data.encode(), f"{name}.{kind}")


def said(plan, words):
    return {word for record in plan for word in words(record)}


@pytest.mark.parametrize("name", ["county", "city"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_what_a_pack_makes_of_its_tables_is_not_taken_for_more_of_them(kind, name) -> None:
    found = rendered(kind, name, Options())
    proposal = importing.propose(found, importing.guess(found), Plan(()))
    assert lost(proposal) == []
    back = plan_of(importing.step(Plan(()), proposal))
    assert actions(back) == actions(PLANS[name])


@pytest.mark.parametrize("name", ["county", "city"])
@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "html"])
def test_a_sample_written_out_comes_back(kind, name) -> None:
    plan = PLANS[name]
    found = rendered(kind, name)
    proposal = importing.propose(found, importing.guess(found), Plan(()))
    assert lost(proposal) == []
    back = plan_of(importing.step(Plan(()), proposal))
    assert [one.title for one in back.priorities] == [one.title for one in plan.priorities]
    for theirs, ours in zip(back.priorities, plan.priorities, strict=True):
        assert [(one.ref, one.title) for one in back.outcomes(theirs.id)] == [
            (one.ref, one.title) for one in plan.outcomes(ours.id)
        ]
    assert actions(back) == actions(plan)
    kept = {
        word
        for record in back
        if record.kind == "measure"
        for word in re.findall(r"\w+", f"{record.name} {record.notes}")
    }
    assert {word for record in plan if record.kind == "measure" for word in re.findall(r"\w+", record.name)} <= kept


def actions(plan):
    """What the actions say, in order."""
    current = plan.current_period
    found = []
    for priority in plan.priorities:
        for outcome in plan.outcomes(priority.id):
            for action in plan.actions(outcome.id):
                words = " ".join(re.findall(r"\w+", text.plain(action.text)))
                status = plan.status(action)
                note = action.update(current.id).note if current else ""
                found.append(
                    (
                        outcome.ref,
                        action.ref,
                        words,
                        plan.lead_names(action),
                        [*action.plans],
                        status.label if status else "",
                        " ".join(re.findall(r"\w+", text.plain(note))),
                    )
                )
    return found
