"""The sample plans against the published texts: counts, single cells, and every word of the source."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from cypp_desktop.domain import rows, text
from cypp_desktop.domain.change import Refused, begun
from cypp_desktop.domain.plan import KINDS, NATIONAL, NEIGHBOURS, OURS, Action, Measure, Outcome
from cypp_desktop.exchange import samples

SOURCES = Path(__file__).parent.parent / "files" / "source"
FILES = {"city": "city-plan-2015-16.txt", "county": "county-mid-year-review-2016-17.txt"}
PLANS = {name: begun(samples.load(name)) for name in samples.names()}


def all_of(name, kind):
    """All records of a kind, as they are printed."""
    plan = PLANS[name]
    tops = [outcome for priority in plan.priorities for outcome in (priority, *plan.outcomes(priority.id))]
    if kind is Outcome:
        return [one for one in tops if isinstance(one, Outcome)]
    return [record for one in tops for record in plan.of(kind, one.id)]


def note(name, action):
    return text.plain(action.update(PLANS[name].details.current_period).note)


# --- what is there ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "counts"), [("city", (4, 11, 45, 97, 0)), ("county", (4, 18, 17, 43, 5))])
def test_counts(name, counts):
    plan = PLANS[name]
    below = [len(all_of(name, kind)) for kind in (Outcome, Measure, Action)]
    assert (len(plan.priorities), *below, len(plan.statuses)) == counts
    assert not plan.unplaced()
    assert plan.current_period is not None


def test_the_county_statuses():
    plan = PLANS["county"]
    counted = Counter(plan.status(action).letter for action in all_of("county", Action))
    assert counted == {"C": 14, "G": 24, "A": 5}
    assert len({status.shape for status in plan.statuses}) == 5


@pytest.mark.parametrize("name", FILES)
def test_what_stands_for_other_records_is_found(name):
    plan = PLANS[name]
    for action in all_of(name, Action):
        assert action.leads
        assert len(plan.lead_names(action)) == len(action.leads)
        siblings = {measure.id for measure in plan.measures(action.parent)}
        assert set(action.measures) <= siblings


def test_the_comparators_of_the_county():
    """Priorities 2 and 4 have no column of statistical neighbours."""
    plan = PLANS["county"]
    for priority, compared in zip(plan.priorities, ([NATIONAL, NEIGHBOURS], [NATIONAL]) * 2, strict=True):
        for measure in plan.measures(priority.id):
            assert [reading.series for reading in plan.readings(measure.id)] == [*compared, OURS, OURS]


def test_every_measure_of_the_city_is_served_and_every_action_serves_one():
    served = [one for action in all_of("city", Action) for one in action.measures]
    assert set(served) == {measure.id for measure in all_of("city", Measure)}
    assert all(action.measures for action in all_of("city", Action))


def test_two_activities_of_the_county_share_a_row():
    priority = PLANS["county"].priorities[0]
    groups = [[outcome.ref for outcome in group] for group in rows.groups(PLANS["county"], priority.id)]
    assert groups == [["1.1"], ["1.2"], ["1.3.1", "1.3.2"], ["1.4"], ["1.5"], ["1.6"]]


@pytest.mark.parametrize("name", FILES)
def test_texts_are_in_normal_form(name):
    """So that opening and leaving an editor changes nothing."""
    plan = PLANS[name]
    texts = [plan.details.pack_note, *(section.text for section in plan.sections())]
    texts += [priority.statement for priority in plan.priorities]
    texts += [measure.notes for measure in all_of(name, Measure)]
    texts += [one for action in all_of(name, Action) for one in (action.text, *(up.note for up in action.updates))]
    assert [text.write(text.parse(one)) for one in texts] == texts


def test_the_footnotes_of_the_city_have_their_words():
    for section in PLANS["city"].sections():
        rich = text.parse(section.text)
        named = [run.note for block in rich.blocks for run in block.runs if run.note]
        assert named == [one.label for one in rich.notes]
    assert sum("[^" in section.text for section in PLANS["city"].sections()) == 1


# --- the published texts ---------------------------------------------------------------------------------------------
# They are extracted from PDFs: repairs.toml lists all that is put right in them before they are compared with the
# samples, each with its reason.

REPAIRS = tomllib.loads((SOURCES / "repairs.toml").read_text("utf-8"))
HEADINGS = {  # how the headings of a table begin, said again on each of its pages
    "actions": "Outcomes\tPerformance measures\t|Key Activities\tPlan\t",
    "indicators": "Indicator\tNational\t",
    "title": r"Priority \w+: How will we measure progress made with these key activities\?\t",
}
PROGRESS, STATUS = 4, 5  # columns of the county's actions


def source(name):
    return (SOURCES / FILES[name]).read_text("utf-8")


def repaired(name):
    found = source(name)
    for repair in REPAIRS[name]:
        assert found.count(repair["broken"]) == repair.get("times", 1), repair
        found = found.replace(repair["broken"], repair["whole"])
    return found


def tables(name):
    """The rows of all tables without their headings, each with the kind of its table."""
    kind = ""
    for line in repaired(name).splitlines():
        headed = next((head for head, begins in HEADINGS.items() if re.match(begins, line)), "")
        if "\t" in line and not headed:
            yield kind, line.split("\t")
        if headed or (line and "\t" not in line):
            kind = headed


def streams(name):
    """The words of the source as it is read: what stands beside the tables, then the columns from top to bottom."""
    yield words(" ".join(line for line in repaired(name).splitlines() if "\t" not in line))
    columns = {}
    for kind, row in tables(name):
        for place, cell in enumerate(row):
            if (name, kind, place) == ("county", "actions", STATUS):
                continue  # symbols: see test_the_symbols_of_the_county
            numbered = (name, kind, place) == ("county", "actions", PROGRESS)  # with the number of its action
            columns.setdefault((kind, place), []).append(re.sub(r"^ ?\d\. ", "", cell) if numbered else cell)
    yield from (words(" ".join(cells)) for cells in columns.values())


def words(found):
    """Words as compared: without list marks, brackets, stars, raised figures; no blank after a hyphen in a word."""
    found = re.sub(r"</?u>|[¹²³⁴⁵]", "", found)
    found = re.sub(r"(?<=\w)- (?=\w)", "-", found)
    return [one for one in re.sub(r"[()*•]", " ", found).split() if one != "-"]


# --- every word ------------------------------------------------------------------------------------------------------


def printed_city():
    """The whole document, put together again from the plan."""
    plan = PLANS["city"]
    details = plan.details
    yield from (details.pack_title, text.plain(details.pack_note), f"{details.organisation} {details.board}".upper())
    yield from (f"Date: {details.meeting_date}", f"Time: {details.meeting_time}", f"Place: {details.meeting_place}")
    yield from (
        f"Governance Officer: {details.governance_officer}",
        f"Direct Dial: {details.direct_dial}",
        "AGENDA Pages",
    )
    yield from (details.agenda_item, details.agenda_title, details.agenda_pages, f"Report of {details.report_of}")
    yield from (details.appendix, details.title, details.subtitle)
    for section in plan.sections():
        yield from (section.heading, text.plain(section.text))
    for priority in plan.priorities:
        yield from (priority.statement, f"{priority.ref}. {priority.title}", f"{priority.label}. {priority.title}")
        for outcome in plan.outcomes(priority.id):
            yield from (f"{outcome.ref}. {outcome.title}", f"{outcome.ref}: {outcome.title}")
            for measure in plan.measures(outcome.id):
                yield from (measure.name, measure.source, text.plain(measure.notes))
                yield from (measure.short_name or measure.name, measure.source)
            yield from (text.plain(action.text) for action in plan.actions(outcome.id))
            for served, group in groupby(plan.actions(outcome.id), key=lambda action: action.measures):
                (names,) = {tuple(plan.lead_names(action)) for action in group}
                yield from names * len(served)  # the lead is printed once for each measure


def printed_county():
    plan = PLANS["county"]
    yield from (plan.details.appendix, plan.details.title, plan.details.subtitle)
    for status in plan.statuses * 2:  # at the front and at the back
        yield f"{status.label} – {status.meaning}" if status.meaning else status.label
    yield "RAG Rating Status " * 2  # the legend's heading: that of the column of statuses, and "Status"
    yield "Provisional 2016 data"  # below the table, said by the notes of each measure with an asterisk
    for priority in plan.priorities:
        yield f"{priority.label} - {priority.title}"
        for measure in plan.measures(priority.id):
            yield from (measure.name, measure.target, measure.polarity)
            yield text.plain(measure.notes).replace("Provisional 2016 data", "")
            starred = "Provisional 2016 data" in measure.notes
            for reading in plan.readings(measure.id):
                yield f"{reading.value} {'provisional' if reading.provisional and not starred else ''} {reading.period}"
        for outcome in plan.outcomes(priority.id):
            yield f"{outcome.ref} {outcome.title}"
            actions = plan.actions(outcome.id)
            yield from (f"{action.ref}{'.' * bool(action.ref)} {text.plain(action.text)}" for action in actions)
            yield from (note("county", action) for action in actions)
            yield from (" / ".join(names) for names in {tuple(plan.lead_names(action)) for action in actions})
            yield from (" ".join(plans) for plans in {action.plans for action in actions})


@pytest.mark.parametrize(("name", "printed"), [("city", printed_city), ("county", printed_county)])
def test_no_word_is_lost_and_none_is_added(name, printed):
    """As many of each word in the document put together again from the plan as in the published text."""
    published = Counter(word for stream in streams(name) for word in stream)
    ours = Counter(word for piece in printed() for word in words(piece))
    assert published - ours == Counter()
    assert ours - published == Counter()


def texts(name):
    """Every text of a plan that is printed as it stands."""
    plan = PLANS[name]
    for record in plan.branch(plan.root):
        for field in ("heading", "title", "name", "short_name", "target", "polarity", "value"):
            if record.kind not in ("plan", "period") and getattr(record, field, ""):
                yield getattr(record, field)
        for field in ("text", "statement", "notes"):
            yield from text.plain(getattr(record, field, "")).splitlines()
        if isinstance(record, Action):
            yield from (*record.plans, *note(name, record).splitlines())


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_the_source_word_after_word(name):
    found = "".join(f" {' '.join(stream)} |" for stream in streams(name))
    lost = [one for one in texts(name) if f" {' '.join(words(one))} " not in found]
    assert lost == []


def rows_of_the_county():
    """The rows of the county's tables that begin an action, each with that action."""
    begun = [row for kind, row in tables("county") if kind == "actions" and (row[2][:1].strip() or row[3])]
    return list(zip(begun, all_of("county", Action), strict=True))


def test_the_symbols_of_the_county():
    """0 is completed, blank on schedule, an underlined blank or a triangle behind schedule."""
    symbols = {"0": "C", "": "G", "<u> </u>": "A", "\\bigtriangleup": "A"}
    for row, action in rows_of_the_county():
        assert PLANS["county"].status(action).letter == symbols[row[STATUS]], row


def test_each_row_of_the_county_is_one_action():
    for row, action in rows_of_the_county():
        for cell, ours in ((row[2], text.plain(action.text)), (row[PROGRESS], note("county", action))):
            assert " ".join(words(ours)[:6]) in " ".join(words(cell))
        assert row[3] in ("", " / ".join(PLANS["county"].lead_names(action)))


def test_each_indicator_of_the_county_has_its_values():
    published = [words(" ".join(row)) for kind, row in tables("county") if kind == "indicators"]
    for row, measure in zip(published, all_of("county", Measure), strict=True):
        *compared, previous, latest = map(as_written, PLANS["county"].readings(measure.id))
        ours = words(" ".join([*compared, measure.target, latest, previous, measure.polarity]))
        cells, ours = ([one for one in found if one != "provisional"] for found in (row, ours))
        assert cells[-len(ours) :] == ours
        assert row[:5] == words(measure.name)[:5]


def test_the_headings_of_the_tables():
    for name, headings in (("city", 4), ("county", 6)):
        columns = [column.heading for column in rows.columns(PLANS[name])]
        assert len(columns) == headings
        assert "\t".join(columns) in source(name)
    plan = PLANS["county"]
    for priority in plan.priorities:
        assert f"\n{priority.label}: {plan.details.measures_title}" in repaired("county")


# --- single cells, each in its place ---------------------------------------------------------------------------------

CELLS = tomllib.loads((SOURCES / "cells.toml").read_text("utf-8"))["cells"]


def record_at(plan, where):
    kind, *place = where.split()
    if kind in ("section", "status"):
        return plan.of(KINDS[kind])[int(place[0]) - 1]
    tops = [one for priority in plan.priorities for one in (priority, *plan.outcomes(priority.id))]
    (top,) = (one for one in tops if one.ref == place[0])
    return plan.of(KINDS[kind], top.id)[int(place[1]) - 1] if place[1:] else top


def as_written(reading):
    when = " ".join(["provisional"] * reading.provisional + [reading.period] * bool(reading.period))
    return f"{reading.value} ({when})" if when else reading.value


def cell_at(name, where, field):
    plan = PLANS[name]
    record = record_at(plan, where)
    if field == "note":
        return note(name, record)
    if field == "leads":
        return " / ".join(plan.lead_names(record))
    if field == "plans":
        return " ".join(record.plans)
    if field in ("ours", "national", "statistical neighbours"):
        return "; ".join(as_written(reading) for reading in plan.readings(record.id) if reading.series == field)
    return text.plain(getattr(record, field)) if field in ("text", "statement", "notes") else getattr(record, field)


@pytest.mark.parametrize(("name", "where", "field", "published"), CELLS)
def test_a_cell_stands_in_its_place(name, where, field, published):
    cell = cell_at(name, where, field)
    assert cell.startswith(published[:-1]) if published.endswith("…") else cell == published


def test_one_set_of_actions_serves_several_measures():
    plan = PLANS["city"]
    (outcome,) = (one for one in all_of("city", Outcome) if one.ref == "3b")
    served = [len(list(group)) for _, group in groupby(plan.actions(outcome.id), key=lambda action: action.measures)]
    assert served == [1, 14, 1, 1, 1, 1]
    assert [plan[one].name[:14] for one in plan.actions(outcome.id)[1].measures] == [
        "% of pupils ac",
        "% of Key Stage",
        "% of Key Stage",
    ]


# --- the format ------------------------------------------------------------------------------------------------------

SMALL = """
[plan]
title = "A plan"
[[status]]
label = "Done"
shape = "star"
[[period]]
name = "May"
[[period]]
name = "June"
current = true
[[priority]]
title = "First"
[[priority.action]]
leads = ["A", "B", "A board"]
[[priority.outcome]]
title = "Outer"
[[priority.outcome.outcome]]
title = "Inner"
[[priority.outcome.outcome.measure]]
key = "m"
name = "Visits"
readings = [{ value = "1", period = "2015" }, { series = "national", value = "2", provisional = true }]
[[priority.outcome.outcome.action]]
text = '''
Visit:

* homes
* schools
'''
leads = ["B"]
measures = ["m"]
due = "By end June"
note = "Well **under** way"
status = "Done"
"""


def test_outcomes_nest_and_words_become_records():
    plan = begun(samples.read(SMALL))
    (priority,) = plan.priorities
    (outer,) = plan.outcomes(priority.id)
    (inner,) = plan.outcomes(outer.id)
    (measure,), (action,) = plan.measures(inner.id), plan.actions(inner.id)
    assert [lead.name for lead in plan.leads] == ["A", "B", "A board"]
    assert plan.lead_names(plan.actions(priority.id)[0]) == ["A", "B", "A board"]
    assert plan.lead_names(action) == ["B"]
    assert action.measures == (measure.id,)
    assert (action.text, action.due) == ("Visit:\n\n- homes\n- schools", "By end June")
    assert plan.current_period.name == "June"
    assert [(update.period, update.note) for update in action.updates] == [
        (plan.current_period.id, "Well **under** way")
    ]
    assert plan.status(action).label == "Done"
    readings = [(one.series, one.period, one.value, one.provisional) for one in plan.readings(measure.id)]
    assert readings == [("ours", "2015", "1", False), ("national", "", "2", True)]


def test_reading_twice_makes_two_plans():
    assert begun(samples.read(SMALL)).root != begun(samples.read(SMALL)).root


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('title = "A plan"', 'titel = "A plan"', "plan: there is no key “titel”"),
        ("[plan]", "[plans]", "plan: its titles are missing"),
        ("[[status]]", "[[stat]]", "plan: there is no key “stat”"),
        ("[[priority]]", "[priority]", "plan: “priority” must be a list of tables"),
        ('title = "A plan"', 'title = "A plan"\ncurrent_period = "x"', "plan: there is no key “current_period”"),
        ('title = "Inner"', "title = 5", "plan, priority 1, outcome 1, outcome 1: “title” must be a text"),
        ('leads = ["B"]', 'leads = "B"', "outcome 1, outcome 1, action 1: “leads” must be a list of texts"),
        ("provisional = true", 'provisional = "yes"', "measure 1, readings 2: “provisional” must be true or false"),
        ("readings = [{", "readings = [3, {", "measure 1: “readings” must be a list of tables"),
        ('measures = ["m"]', 'measures = ["n"]', "outcome 1, action 1: there is no measure “n”; known: m"),
        ('status = "Done"', 'status = "Gone"', "outcome 1, action 1: there is no status “Gone”; known: Done"),
        ('shape = "star"', 'shape = "blob"', "plan, status 1: “shape” cannot be “blob”; it can be square, disc"),
        ('name = "May"', 'name = "June"', "plan, period 2: another period is called “June” too"),
        ('name = "May"', 'name = "May"\ncurrent = true', "plan, period 2: only one period can be current"),
        ('name = "June"\ncurrent = true', 'name = "June"', "action 1: its progress needs a period"),
        ('name = "Visits"', 'name = "Visits', "cannot be read"),
    ],
)
def test_a_mistake_is_refused_with_its_place(right, wrong, message):
    assert right in SMALL
    with pytest.raises(Refused, match=re.escape(message)):
        samples.read(SMALL.replace(right, wrong))


def test_an_unknown_sample_is_refused():
    with pytest.raises(Refused, match="no sample plan “town”; there are city and county"):
        samples.load("town")
