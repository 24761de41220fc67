from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Action
from cypp_desktop.exchange import samples
from cypp_desktop.reports import actions
from cypp_desktop.reports.model import Chip, Words
from cypp_desktop.reports.options import Options
from cypp_desktop.reports.pack import Pack
from tests.strategies import plan_of, plans

CITY, COUNTY = (plan_of(samples.load(name)) for name in ("city", "county"))


def table(plan, number, **options):
    pack = Pack(plan, Options(**options))
    return actions.table(pack, actions.groups(pack, plan.priorities[number]), actions.columns(plan.details.columns))


def said(cell):
    return " ".join(part.text for part in cell.content if isinstance(part, Words))


def grid(found):
    """For each row the index of the cell in each column; checks that every place is covered once."""
    width = len(found.columns)
    places = [[None] * width for _ in found.rows]
    for at, row in enumerate(found.rows):
        column = 0
        for cell in row:
            while places[at][column] is not None:
                column += 1
            for down in range(cell.rows):
                assert places[at + down][column] is None
                places[at + down][column] = cell
    assert all(cell is not None for row in places for cell in row)
    return places


def test_county_rows_share_activity_plan_and_lead():
    rows = grid(table(COUNTY, 0))
    assert len(rows) == 18
    mash = [row for row in rows if said(row[0]).startswith("1.5 ")]
    assert len(mash) == 7
    assert all(row[:2] == mash[0][:2] and row[3] == mash[0][3] for row in mash)
    assert [row[2].mark for row in mash] == list("1234567")
    assert said(mash[0][3]) == "Devon Allen"
    assert [part.status.letter for part in mash[5][5].content if isinstance(part, Chip)] == ["A"]


def test_joined_activities_share_their_rows():
    rows = grid(table(COUNTY, 0))
    [cell] = {id(row[0]): row[0] for row in rows if said(row[0]).startswith("1.3.1")}.values()
    assert [part.text[:5] for part in cell.content] == ["1.3.1", "1.3.2"]
    assert cell.rows == 5


def test_city_actions_share_the_measures_that_they_serve():
    rows = grid(table(CITY, 1))
    asked = [row for row in rows if "perinatal" in said(row[1])]
    assert len(asked) == 6
    assert all(row[1] is asked[0][1] for row in asked)
    assert len([part for part in asked[0][1].content if isinstance(part, Words)]) == 2


def test_leads_are_not_shared_across_measures():
    for number in range(4):
        found = grid(table(CITY, number))
        for one, other in pairwise(found):
            assert one[1] is other[1] or one[3] is not other[3]


def test_every_action_has_its_row():
    for plan, expected in ((CITY, 97), (COUNTY, 43)):
        served = [row for number in range(4) for row in grid(table(plan, number))]
        assert len(served) == expected


def test_a_continued_cell_says_what_it_belongs_to():
    [row, *_] = grid(table(COUNTY, 0))
    assert row[0].again == (Words("1.1 To further develop the … (continued)", quiet=True),)
    assert row[5].again == row[5].content


def test_a_measure_that_no_action_serves_has_its_own_row():
    source = """
[plan]
columns = ["outcome=O", "measures=M", "actions=A"]
[[priority]]
[[priority.outcome]]
[[priority.outcome.measure]]
key = "a"
name = "Served"
[[priority.outcome.measure]]
key = "b"
name = "Alone"
[[priority.outcome.action]]
text = "Do"
measures = ["a"]
"""
    rows = grid(table(plan_of(samples.read(source)), 0))
    assert [(said(row[1]), bool(row[2].content)) for row in rows] == [("Served", True), ("Alone", False)]


def test_columns_without_headings():
    assert [column.heading for column in actions.columns(("due", "note=Progress"))] == ["Due", "Progress"]
    assert [column.heading for column in actions.columns(("", " =x", "due="))] == ["Due"]
    assert [column.key for column in actions.columns(())][:2] == ["outcome", "actions"]


@settings(max_examples=100)
@given(plans)
def test_every_action_of_any_plan_stands_in_one_cell(plan):
    shown = actions.columns(("outcome=O", "actions=A", "measures=M", "plans=P", "leads=L", "due=D", "status=S"))
    found, pack = [], Pack(plan, Options())
    for priority in plan.priorities:
        made = actions.table(pack, actions.groups(pack, priority), shown)
        found += [row[1].content[0] for row in grid(made) if row[1].content] if made else []
    below = [one for top in plan.priorities for one in plan.branch(top.id) if isinstance(one, Action)]
    below = [one for one in below if not one.archived]
    assert sorted(map(repr, found)) == sorted(repr(text.parse(one.text)) for one in below)
