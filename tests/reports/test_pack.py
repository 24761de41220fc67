"""What a board pack says of how the plan goes: trends, exceptions, who has what, what is undecided; and layouts."""

from __future__ import annotations

import re
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Layout, Outcome, Status
from cypp_desktop.exchange import samples
from cypp_desktop.reports import html, layouts, links, plain
from cypp_desktop.reports.model import Chip, Figure, Heading, Note, Table, Trend, Words
from cypp_desktop.reports.options import PARTS, Options
from cypp_desktop.reports.tables import board_pack
from tests.reports.planned import updated, with_parts
from tests.strategies import plan_of, plans

PLAN = with_parts()
SUMMER = date(2016, 6, 1)
COUNTY = plan_of(samples.load("county"))


def part(report, name):
    """The blocks under a named heading."""
    blocks = iter(report.blocks)
    found = []
    for block in blocks:
        if isinstance(block, Heading) and block.name == name:
            found = [block]
            for other in blocks:
                if isinstance(other, Heading):
                    return found
                found.append(other)
    return found


def said(cell):
    return plain.content(cell.content)


def rows(report, name):
    return next(block for block in part(report, name) if isinstance(block, Table)).rows


def cells(report):
    return [cell for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row]


def pack(plan=PLAN, **options):
    return board_pack(plan, Options(today=SUMMER, **options))


def status_cells(report):
    [table] = (one for one in report.blocks if isinstance(one, Table) and one.columns[-1].heading == "Status")
    return [row[-1] for row in table.rows]


# --- last time --------------------------------------------------------------------------------------------------------


def test_last_times_status_and_the_direction_stand_beside_this_ones():
    worse, better = status_cells(pack(parts=frozenset({"actions", "last"})))
    now, trend, last, why = worse.content
    assert (now.status.letter, now.quiet) == ("X", False)
    assert trend == Trend("down", "worse", "Worse than last time:")
    assert (last.status.letter, last.quiet) == ("O", True)
    assert why == Words("Why: The scaffold is late", quiet=True)
    assert better.content[1] == Trend("up", "better", "Better than last time:")


def test_a_status_that_says_nothing_is_neither_better_nor_worse():
    silent = Status(id="n", parent=PLAN.root, order="z", label="No information received", letter="N")
    first = PLAN.actions(PLAN.outcomes(PLAN.priorities[0].id)[0].id)[0]
    spring, autumn = PLAN.periods
    plan = PLAN.replaced([silent, updated(first, (spring, PLAN.statuses[0], "", ""), (autumn, silent, "x", ""))])
    content = status_cells(pack(plan, parts=frozenset({"actions", "last"})))[0].content
    assert not [one for one in content if isinstance(one, Trend)]
    assert [one.status.letter for one in content if isinstance(one, Chip)] == ["N", "D"]


def test_nothing_is_said_of_last_time_in_the_first_period():
    report = pack(COUNTY)
    cells = [cell for block in report.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    assert not [one for cell in cells for one in cell.content if isinstance(one, Chip) and one.quiet]


# --- exceptions -------------------------------------------------------------------------------------------------------


def test_exceptions_say_why_they_are_listed_and_lead_to_their_rows():
    report = pack()
    [late, silent] = rows(report, "exceptions")
    assert said(late[0]) == "1.1.1 Mend the roofs"
    assert said(late[1]) == "Rosa Quint"
    assert said(late[3]).split("\n") == [
        "Late: due 31 March 2016", "↓ Worse than last time:", "O On track", "The scaffold is late",
    ]  # fmt: skip
    assert said(silent[3]) == "No update"
    assert late[0].content[0].to in links.names(report)
    [sentence] = (block.text for block in part(report, "exceptions") if isinstance(block, Note))
    assert sentence == ("2 key actions of 2 are late on 1 Jun 2016, without an update or worse than last time.")


def test_what_is_done_or_not_yet_due_is_not_late():
    [worse, _] = rows(board_pack(PLAN, Options(today=date(2016, 3, 31))), "exceptions")
    assert "Late" not in said(worse[3])


def test_the_day_of_the_meeting_says_what_is_late():
    plan = PLAN.replaced([replace(PLAN.details, meeting_date="Friday, 1 April 2016")])
    assert "late on 1 Apr 2016" in part(board_pack(plan, Options()), "exceptions")[1].text


def test_before_any_update_has_come_in_nothing_is_without_one():
    plan = plan_of(samples.load("city"))
    report = board_pack(plan)
    assert not part(report, "exceptions")
    assert not [block for block in report.blocks if isinstance(block, Note) and "without an update" in block.text]


def test_no_exception_is_one_sentence():
    report = board_pack(COUNTY, Options(parts=frozenset(PARTS) - {"measures"}))
    assert not part(report, "exceptions")
    assert Note("Every key action has an update.") in report.blocks


def test_measures_that_became_worse_are_exceptions():
    report = board_pack(COUNTY)
    found = {said(row[0]).split(" ")[0]: [said(cell) for cell in row[1:]] for row in rows(report, "exceptions")}
    assert found == {
        "Average": ["14.2", "15.4", "High", "↓ 1.2 lower than last time: worse"],
        "FSM6": ["30.4%", "29.4%", "Low", "↑ 1.0 higher than last time: worse"],
        "First": ["147", "71", "Low", "↑ 76 higher than last time: worse"],
    }
    assert Note("3 indicators have become worse since the reading before.") in report.blocks


# --- the plan on a page, who leads what, what is undecided -----------------------------------------------------------


def test_plan_on_a_page_counts_every_action_once():
    table = rows(pack(COUNTY), "overview")
    numbers = [int(said(row[-2])) for row in table]
    assert sum(numbers) == 43
    assert [len(table), said(table[2][0]).split("\n")[0][:5], said(table[2][0]).split("\n")[1][:5]] == [
        17,
        "1.3.1",
        "1.3.2",
    ]
    assert [said(row[-1]) for row in table[:2]] == ["1 On schedule", "1 On schedule"]
    assert pack(COUNTY).blocks[2].bar.label == "43 key actions"


def test_lists_that_lead_elsewhere_say_whole_titles():
    title = " ".join(["Homes are warm and dry"] * 13)
    plan = PLAN.replaced([replace(one, title=title) for one in PLAN if isinstance(one, Outcome)])
    report = board_pack(plan, Options(today=SUMMER, parts=frozenset(PARTS)))
    for name in ("overview", "leads"):
        lines = [said(cell) for row in rows(report, name) for cell in row]
        assert any(f"1.1 {title}" in one for one in lines)


def test_plan_on_a_page_says_what_moved():
    [row] = rows(pack(), "overview")
    assert row[-1].content == (Trend("level", "same", "1 better, 1 worse"),)


def test_plan_on_a_page_of_one_lead_leaves_out_the_rest():
    report = pack(COUNTY, leads=(next(one.id for one in COUNTY.leads if one.name == "Devon Allen"),))
    [row] = rows(report, "overview")
    assert [said(cell) for cell in row[1:3]] == ["1.5 The development of the Multi Agency Safeguarding Hub (MASH)", "7"]


def test_a_plan_without_statuses_counts_its_measures():
    table = rows(board_pack(plan_of(samples.load("city"))), "overview")
    assert sum(int(said(row[-1])) for row in table) == 45
    assert sum(int(said(row[-2])) for row in table) == 97


def test_leads_with_what_they_have():
    found = {said(row[0]): (said(row[-2]), said(row[-1])) for row in rows(pack(), "leads")}
    assert found == {"Rosa Quint": ("2", "1.1 Homes: all 2 key actions"), "Odo Finn": ("1", "1.1 Homes: key action 2")}


def test_undecided_places_are_counted_listed_and_marked():
    report = pack()
    heading, table = part(report, "undecided")
    assert heading.text == "Not decided yet (1)"
    assert [said(cell) for cell in table.rows[0]] == ["1.1.2 TBC", "Key action", "TBC"]
    marked = [
        cell
        for block in report.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.undecided
    ]
    assert [said(cell) for cell in marked] == ["TBC"]
    assert marked[0].name == table.rows[0][0].content[0].to


def test_what_has_no_column_is_not_listed_as_undecided():
    report = pack(columns=("leads=Who",))
    assert not part(report, "undecided")


def test_a_section_without_a_place_stands_before_the_tables():
    [section] = PLAN.sections()
    report = pack(PLAN.replaced([replace(section, place="?")]))
    named = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert named.index("Foreword") < named.index("Safe")


def test_archived_actions_are_left_out():
    first = PLAN.actions(PLAN.outcomes(PLAN.priorities[0].id)[0].id)[0]
    report = pack(PLAN.replaced([replace(first, archived="2015")]))
    assert "Mend the roofs" not in everything(report)


# --- layouts ----------------------------------------------------------------------------------------------------------


def test_options_come_back_from_the_layout_that_keeps_them():
    lead = PLAN.leads[0].id
    options = Options(
        parts=frozenset(PARTS) - {"front", "charts"}, priorities=("p",), leads=(lead,), columns=("actions=What|90",),
        paper="A3", people="roles", watermark="Draft", text_size="large", period="x",
    )  # fmt: skip
    assert layouts.of(Layout(id="l", **layouts.fields(options))) == options


@given(st.builds(Layout, id=st.just("l"), paper=st.text(), people=st.text(), text_size=st.text()))
def test_any_layout_can_be_used(layout):
    assert board_pack(PLAN, layouts.of(layout))


def test_a_layout_is_found_by_its_name_the_plans_own_first():
    own = Layout(id="l", parent=PLAN.root, name="City", paper="A3")
    assert layouts.find(PLAN, "CITY").columns[0] == "outcome=Outcomes"
    assert layouts.find(PLAN.replaced([own]), " city").paper == "A3"
    assert layouts.find(PLAN, "borough") is None


def test_the_layout_chosen_last_is_used_where_nothing_else_is_asked():
    plan = PLAN.replaced(
        [
            Layout(id="l", parent=PLAN.root, watermark="Draft", paper="A3", left_out=("front",), text_size="larger"),
            replace(PLAN.details, layout="l"),
        ]
    )
    report = board_pack(plan)
    assert (report.watermark, report.paper, report.front, report.text_size) == ("Draft", "A3", None, 1.3)


def test_a_column_can_have_a_width():
    report = pack(columns=("actions=What | 300", "due=By|40", "note=A|B"), parts=frozenset({"actions"}))
    [table] = (one for one in report.blocks if isinstance(one, Table))
    assert [(one.heading, one.width) for one in table.columns] == [("What", 300), ("By", 40), ("A|B", 228)]


# --- any plan ---------------------------------------------------------------------------------------------------------


def everything(report):
    """All words of a report, wherever they stand."""
    return "\n".join(_strings((report.front, report.blocks, report.head_left, report.head_right, report.title)))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields_of(value):
            yield from _strings(getattr(value, field.name))


def test_roles_hide_names_everywhere():
    plan = PLAN.replaced(replace(lead, role=f"Officer {at}") for at, lead in enumerate(PLAN.leads))
    words = everything(pack(plan, people="roles"))
    assert "Officer 0" in words
    assert not [lead.name for lead in PLAN.leads if lead.name in words]
    assert all(lead.name in everything(pack(plan)) for lead in PLAN.leads)


@settings(max_examples=60)
@given(plans, st.frozensets(st.sampled_from(list(PARTS))))
def test_every_word_that_is_shown_is_in_the_pack_and_every_link_leads_somewhere(plan, without):
    report = board_pack(plan, Options(parts=frozenset(PARTS) - without, columns=ALL_COLUMNS, today=SUMMER))
    words = set(parted(everything(report)))
    for wanted in _shown(plan, without):
        assert set(parted(wanted)) <= words or set(parted(text.plain(wanted))) <= words, wanted
    names = set(links.names(report)) | {""}
    assert {one.to for one in _words(report)} <= (
        names if "actions" not in without and "measures" not in without else names | {one.to for one in _words(report)}
    )


@settings(max_examples=40)
@given(plans, st.frozensets(st.sampled_from(list(PARTS))))
def test_parts_that_are_left_out_are_absent_from_any_plans_pack(plan, without):
    report = board_pack(plan, Options(parts=frozenset(PARTS) - without, columns=ALL_COLUMNS, today=SUMMER))
    named = {block.name for block in report.blocks if isinstance(block, Heading)}
    assert not named & without
    assert not (report.front and "front" in without)
    assert not (report.legend and "legend" in without)
    kinds = {type(block).__name__ for block in report.blocks}
    assert not kinds & {name for part, name in (("contents", "Contents"), ("legend", "Legend")) if part in without}
    if "undecided" in without:
        assert not any(cell.undecided for cell in cells(report))
    if "last" in without:
        parts = [one for cell in cells(report) for one in cell.content]
        assert not any(isinstance(one, Chip) and one.quiet for one in parts)
    if "charts" in without and "overview" in without:
        assert not any(isinstance(one, Figure) for cell in cells(report) for one in cell.content)


ALL_COLUMNS = ("outcome=O", "measures=M", "plans=P", "actions=A", "leads=L", "due=D", "note=N", "status=S")


def parted(words):
    return re.findall(r"[^\W_]+", words)


def _shown(plan, without):
    if "sections" not in without:
        yield from (words for section in plan.sections() for words in (section.heading, section.text))
    for priority in plan.priorities:
        yield from (priority.title, priority.statement)
        for record in plan.branch(priority.id):
            if record.kind == "outcome" and "actions" not in without:
                yield record.title
            if record.kind == "action" and not record.archived and "actions" not in without:
                yield from (record.text, record.due, *record.plans)
                period = plan.current_period
                yield record.update(period.id).note if period else ""


def _words(value):
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _words(one)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Figure):
        for field in fields_of(value):
            yield from _words(getattr(value, field.name))


def test_the_sample_plans_links_all_lead_somewhere():
    for name in ("city", "county"):
        report = board_pack(plan_of(samples.load(name)))
        assert {one.to for one in _words(report)} <= set(links.names(report)) | {""}


def test_a_plans_own_words_for_its_parts_get_their_own_plurals():
    worded = PLAN.replaced([replace(PLAN.details, action_word="Key activity", measure_word="Process", columns=())])
    page = html.render(board_pack(worded, Options(today=SUMMER))).decode()
    assert "Key activities" in page
    assert "Processes" in page
    assert not re.search(r"activitys|Processs\b|processs\b", page)
