from __future__ import annotations

from dataclasses import replace

from cypp_desktop.domain.plan import CustomField
from cypp_desktop.exchange import samples
from cypp_desktop.reports import measures
from cypp_desktop.reports.model import Heading, Table, Trend, Words
from cypp_desktop.reports.options import PARTS, Options
from cypp_desktop.reports.pack import Pack
from tests.strategies import plan_of

CITY, COUNTY = (plan_of(samples.load(name)) for name in ("city", "county"))


def pack(plan, *without):
    return Pack(plan, Options(parts=frozenset(PARTS) - set(without)))


def table(plan, number):
    [found] = (one for one in measures.tables(pack(plan), plan.priorities[number], "P") if isinstance(one, Table))
    return found


def words(cell):
    return [part.text for part in cell.content]


def test_each_priority_has_its_own_comparators():
    heads = [[column.heading for column in table(COUNTY, number).columns] for number in range(4)]
    own = ["Indicator", "National", "Statistical neighbours", "Target", "Latest", "Previous", "Good is"]
    charted = "Comparison"
    without = [head for head in own if head != "Statistical neighbours"]
    assert heads == [[*own, charted], without, [*own, charted], [*without, charted]]


def test_values_stand_with_their_periods():
    row = table(COUNTY, 0).rows[2]
    assert words(row[0]) == [
        "Completion of initial health assessments within timescale",
        "Annual performance (2014-15) = 80.7%",
    ]
    assert [words(cell) for cell in row[1:-1]] == [
        ["89.7%", "(2014-15)"], ["86.1%", "(2014-15)"], ["Better than 2014-15 (Nottinghamshire)"],
        ["82.3%", "(provisional 2015-16)"], ["80.7%", "(2014-15)"], ["High"],
    ]  # fmt: skip
    assert row[4].content[0] == Words("82.3%", bold=True)


def test_values_that_are_phrases_or_sentences_have_room():
    widths = {column.heading: column.width for column in table(COUNTY, 3).columns}
    assert widths["Latest"] == widths["Good is"] > widths["Target"] > widths["Previous"]
    usual = {column.heading: column.width for column in table(COUNTY, 2).columns}
    assert usual["Latest"] == usual["Previous"] == widths["Previous"]


def test_every_indicator_has_a_row():
    assert sum(len(table(COUNTY, number).rows) for number in range(4)) == 17


def test_the_title_is_the_plans():
    [heading, *_] = measures.tables(pack(COUNTY), COUNTY.priorities[0], "Priority One")
    assert heading == Heading(3, "How will we measure progress made with these key activities?", "Priority One")


def test_measures_without_readings_are_listed_by_their_full_names():
    first, second = table(CITY, 3).rows
    assert words(first[0]) == ["4a Parents feel confident and equipped to address family issues"]
    [rich] = first[1].content
    assert [block.runs[0].text for block in rich.blocks] == [
        "Number of incidents of domestic violence where children and/or young people are in the family",
        "Number of Priority Families supported (in Phase 2)",
    ]
    assert rich.blocks[0].runs[1].note == rich.notes[0].label == "1"
    [rich] = second[1].content
    assert rich.blocks[0].runs[0].text.endswith("(Nottingham Plan target)")


def test_nothing_is_said_twice():
    plan = plan_of(samples.read('[plan]\n[[priority]]\n[[priority.measure]]\nkey = "a"\nname = "Only a name"\n'))
    assert list(measures.tables(pack(plan), plan.priorities[0], "")) == []


def test_the_chart_stands_beside_the_words_that_say_which_way_the_measure_went():
    rows = table(COUNTY, 0).rows
    kinds = [[type(part).__name__ for part in row[-1].content] for row in rows]
    assert kinds == [["Figure", "Trend"]] * 5
    first, sdq = rows[0][-1].content[1], rows[3][-1].content[1]
    assert first == Trend("down", "better", "58 lower than last time: better")
    assert sdq == Trend("down", "worse", "1.2 lower than last time: worse")


def test_of_a_measure_that_adds_up_through_the_year_nobody_says_that_it_got_worse():
    row = table(COUNTY, 2).rows[6]
    assert row[-1].content[1] == Trend("up", "", "5 higher than last time (cumulative)")


def test_without_charts_the_words_stay():
    [found] = (
        one for one in measures.tables(pack(COUNTY, "charts"), COUNTY.priorities[0], "P") if isinstance(one, Table)
    )
    assert found.columns[-1].heading == "Change"
    assert found.rows[0][-1].content == (Trend("down", "better", "58 lower than last time: better"),)


def test_the_key_stands_before_the_table_and_names_the_marks_that_occur():
    blocks = list(measures.tables(pack(COUNTY), COUNTY.priorities[0], "P"))
    assert [type(block).__name__ for block in blocks] == ["Heading", "Figure", "Table"]
    assert blocks[1].alt.endswith("Its marks: Latest, Previous, National, Statistical neighbours.")


MANY = plan_of(
    samples.read("""
[plan]
[[priority]]
[[priority.measure]]
key = "a"
name = "Homes"
polarity = "High"
readings = [
    { series = "ours", period = "2013", value = "3" }, { series = "ours", period = "2014", value = "5" },
    { series = "ours", period = "2015", value = "4" }, { series = "ours", value = "6" },
    { series = "Core cities", period = "2014", value = "7" }, { series = "Core cities", period = "2015", value = "8" },
]
""")
)


def test_every_reading_stands_in_words():
    [row] = table(MANY, 0).rows
    assert [words(cell) for cell in row[1:4]] == [
        ["8", "(2015)", "Earlier: 7 (2014)"], ["6"], ["4", "(2015)", "Earlier: 5 (2014), 3 (2013)"],
    ]  # fmt: skip
    assert "earlier 5, earlier 3" in row[-1].content[0].alt


def test_a_plans_own_field_of_measures_has_a_column():
    field = CustomField(id="f", parent=MANY.root, name="Owner", subject="measure")
    [measure] = MANY.measures(MANY.priorities[0].id)
    plan = MANY.replaced([field, replace(measure, custom=(("f", "Housing team"),))])
    found = table(plan, 0)
    at = [column.heading for column in found.columns].index("Owner")
    assert words(found.rows[0][at]) == ["Housing team"]
