from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from cypp_desktop.exchange import samples
from cypp_desktop.reports import model
from cypp_desktop.reports.model import Chip, Facts, Heading, Legend, PageBreak, Table
from cypp_desktop.reports.options import PARTS, Options
from cypp_desktop.reports.tables import board_pack
from tests.reports.planned import with_parts
from tests.strategies import plan_of, plans

PLAN_WITH_ALL = with_parts()
CITY, COUNTY = (plan_of(samples.load(name)) for name in ("city", "county"))


def tables(report):
    return [block for block in report.blocks if isinstance(block, Table)]


def headings(report):
    return [(block.level, block.text) for block in report.blocks if isinstance(block, Heading)]


def only(*parts, **others):
    return Options(parts=frozenset(parts), **others)


@pytest.mark.parametrize("name", ["city", "county"])
def test_columns_are_the_plans_own(name):
    plan = {"city": CITY, "county": COUNTY}[name]
    own = [column.partition("=")[2] for column in plan.details.columns]
    found = tables(board_pack(plan, only("actions")))
    assert len(found) == 4
    assert [[column.heading for column in table.columns] for table in found] == [own] * 4


def test_front_page_of_a_public_document_pack():
    front = board_pack(CITY).front
    assert (front.kicker, front.corner) == ("Public Document Pack", "Appendix 1")
    [facts] = (block for block in front.blocks if isinstance(block, Facts))
    assert dict(facts.pairs)["Governance officer"] == "Tanith Davis"
    assert dict(facts.pairs)["Date"] == "Wednesday, 25 March 2015"
    assert not any(isinstance(block, Legend) for block in front.blocks)


def test_legend_stands_on_the_front_page_and_at_every_foot():
    report = board_pack(COUNTY)
    assert [block.statuses for block in report.front.blocks if isinstance(block, Legend)] == [COUNTY.statuses]
    assert report.legend == COUNTY.statuses
    assert Heading(3, "RAG Rating Status") in report.front.blocks


def test_running_head_names_board_and_date_where_there_are_any():
    assert board_pack(CITY).head_right == "Children's Partnership Board · Wednesday, 25 March 2015 · Appendix 1"
    assert board_pack(COUNTY).head_right == "Continuous Improvement Plan 2016-2017 Mid-Year Review · Appendix A"


def test_sections_stand_in_their_places():
    found = headings(board_pack(CITY, only("sections")))
    assert [text for _, text in found][: len(CITY.sections("before"))] == [
        one.heading for one in CITY.sections("before")
    ]


def test_each_priority_begins_a_page_with_its_counts():
    report = board_pack(COUNTY, only("actions"))
    at = [index for index, block in enumerate(report.blocks) if isinstance(block, Heading)]
    assert all(isinstance(report.blocks[index - 1], PageBreak) for index in at)
    bars = [report.blocks[index].bar for index in at]
    assert [bar.label for bar in bars] == ["18 key actions", "12 key actions", "4 key actions", "9 key actions"]
    assert [sum(number for _, number in bar.counts) for bar in bars] == [18, 12, 4, 9]


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_left_out(part):
    report = board_pack(PLAN_WITH_ALL, Options(parts=frozenset(PARTS) - {part}, today=date(2016, 6, 1)))
    named = {block.name for block in report.blocks if isinstance(block, Heading)}
    cells = [cell for table in tables(report) for row in table.rows for cell in row]
    found = {
        "front": report.front is not None,
        "contents": model.Contents() in report.blocks,
        "overview": "overview" in named,
        "exceptions": "exceptions" in named,
        "sections": "Foreword" in [text for _, text in headings(report)],
        "legend": bool(report.legend),
        "actions": any(table.columns[0].heading == "What" for table in tables(report)),
        "last": any(isinstance(part, Chip) and part.quiet for cell in cells for part in cell.content),
        "measures": any(table.columns[0].heading == "Measure" for table in tables(report)),
        "charts": any(isinstance(block, model.Figure) for block in report.blocks),
        "leads": "leads" in named,
        "undecided": "undecided" in named and any(cell.undecided for cell in cells),
    }
    expected = {name: name != part for name in PARTS}
    if part == "measures":
        expected["charts"] = False
    if part == "actions":  # what is listed as undecided is in them
        expected["undecided"] = False
    assert found == expected


def test_only_some_priorities():
    chosen = COUNTY.priorities[1]
    assert [text for _, text in headings(board_pack(COUNTY, only("actions", priorities=(chosen.id,))))] == [
        chosen.title
    ]


def test_only_one_leads_actions():
    lead = next(one for one in COUNTY.leads if one.name == "Devon Allen")
    [table] = tables(board_pack(COUNTY, only("actions", leads=(lead.id,))))
    assert len(table.rows) == 7


def test_other_columns():
    [table, *_] = tables(board_pack(COUNTY, only("actions", columns=("actions=What", "due=By when"))))
    assert [column.heading for column in table.columns] == ["What", "By when"]


def test_a_priority_without_actions_says_so():
    empty = plan_of(samples.read('[plan]\ntitle="P"\n[[priority]]\ntitle="One"\n'))
    assert model.Note("This priority has no key actions yet.") in board_pack(empty).blocks


@settings(max_examples=50)
@given(plans)
def test_any_plan_has_a_board_pack(plan):
    board_pack(plan)
