from __future__ import annotations

from dataclasses import replace

import pytest

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS, OURS, Action, CustomField, Plan
from cypp_desktop.exchange import importing, samples
from cypp_desktop.exchange.importing.remarks import LEFT, OPEN, TAKEN
from cypp_desktop.exchange.tables import reading
from tests.exchange.office import GREEN, W, docx, item, p, sheet, style, tbl, tc, tr, xlsx

HEAD = ("Key Activities", "Key Actions", "Lead", "Progress to Date", "RAG Rating")


def table(*rows, head=HEAD):
    return docx(tbl(tr(*head), *(row if isinstance(row, str) else tr(*row) for row in rows)))


def taken(data, name="plan.docx", plan=None, **changes):
    """The plan that comes of a file, and the proposal."""
    source = reading.read_bytes(data, name) if isinstance(data, bytes) else reading.read_text(data, name)
    mapping = replace(importing.guess(source, plan), **changes)
    proposal = importing.propose(source, mapping, plan or Plan(()))
    return plan_of(importing.step(Plan(()), proposal)) if plan is None else None, proposal


def tree(plan):
    """References and titles of the levels, and the words of their actions."""
    return [
        (outcome.ref, outcome.title, [(action.ref, action.text) for action in plan.actions(outcome.id)])
        for priority in plan.priorities
        for outcome in (priority, *plan.outcomes(priority.id))
        if plan.actions(outcome.id) or outcome is not priority
    ]


def actions(plan):
    return [record for record in plan if isinstance(record, Action)]


def note(plan, action):
    return action.update(plan.details.current_period).note


# --- the shapes of tables --------------------------------------------------------------------------------------------


def test_an_outcome_merged_over_its_actions_and_one_left_empty() -> None:
    plan, _ = taken(
        table(
            [tc("1.1 Early help", merge="restart"), "1. One", "Ann Lee", "1. Done", "G"],
            [tc(merge="continue"), "2. Two", "Bob Ray", "2. Not yet", "R"],
            ["", "3. Three", "", "", ""],
            ["1.2 Safe", "Four", "", "", ""],
        )
    )
    assert tree(plan) == [
        ("1.1", "Early help", [("1", "One"), ("2", "Two"), ("3", "Three")]),
        ("1.2", "Safe", [("", "Four")]),
    ]
    assert [note(plan, action) for action in actions(plan)] == ["Done", "Not yet", "", ""]
    assert [plan.status(action) and plan.status(action).label for action in actions(plan)] == [
        "Green",
        "Red",
        None,
        None,
    ]


def test_one_lead_cell_covers_several_actions() -> None:
    plan, _ = taken(
        table(
            ["1.1 A", "One", tc("Ann Lee", merge="restart"), "", ""],
            ["", "Two", tc(merge="continue"), "", ""],
        )
    )
    assert [plan.lead_names(action) for action in actions(plan)] == [["Ann Lee"], ["Ann Lee"]]


def test_a_table_that_goes_on_over_pages_is_one() -> None:
    rows = [tr("1.1 A", "One", "", "", ""), tr("", "Two", "", "", "")]
    for head in ([tr(*HEAD)], []):
        plan, proposal = taken(docx(tbl(tr(*HEAD), rows[0]), p(), tbl(*head, rows[1])))
        assert tree(plan) == [("1.1", "A", [("", "One"), ("", "Two")])]
        assert {column.table for column in proposal.columns} == {"Table 1"}


def test_headings_repeated_within_a_table_are_no_row() -> None:
    plan, _ = taken(table(["1.1 A", "One", "", "", ""], HEAD, ["", "Two", "", "", ""]))
    assert tree(plan) == [("1.1", "A", [("", "One"), ("", "Two")])]


def test_a_row_without_an_action_goes_on_with_the_one_above() -> None:
    plan, _ = taken(table(["1.1 A", "One", "Ann Lee", "First.", ""], ["", "", "Bob Ray", "Second.", "G"]))
    [action] = actions(plan)
    assert note(plan, action) == "First.\n\nSecond."
    assert plan.lead_names(action) == ["Ann Lee", "Bob Ray"]
    assert plan.status(action).label == "Green"


def test_a_title_cut_by_the_end_of_a_page_goes_on() -> None:
    plan, _ = taken(
        table(["1.1 Benefits of Early Help for young", "One", "", "", ""], ["people and families", "Two", "", "", ""])
    )
    assert tree(plan) == [("1.1", "Benefits of Early Help for young people and families", [("", "One"), ("", "Two")])]


def test_numbered_actions_in_one_cell_and_their_progress() -> None:
    cell, progress = tc(item("One"), item("Two")), tc("1. Done", "2. Begun")
    plan, _ = taken(table(["1.1 A", cell, "Ann Lee", progress, "G"]))
    assert [(action.ref, action.text, note(plan, action)) for action in actions(plan)] == [
        ("1", "One", "Done"),
        ("2", "Two", "Begun"),
    ]
    assert [plan.lead_names(action) for action in actions(plan)] == [["Ann Lee"]] * 2
    other, _ = taken(table(["1.1 A", cell, "", tc("3. Else"), ""]))
    assert [action.text for action in actions(other)] == ["1. One\n2. Two"]
    whole, _ = taken(table(["1.1 A", cell, "", progress, ""]), split="whole")
    assert [action.text for action in actions(whole)] == ["1. One\n2. Two"]


def test_one_cell_of_numbered_progress_for_rows_of_actions() -> None:
    plan, proposal = taken(
        table(
            ["1.1 A", "1. One", "", tc("1. Done", "2. Begun", merge="restart"), ""],
            ["", "2. Two", "", tc(merge="continue"), ""],
            ["1.2 B", "Three", "", tc("Both are well", merge="restart"), ""],
            ["", "Four", "", tc(merge="continue"), ""],
        )
    )
    assert [note(plan, action) for action in actions(plan)] == ["Done", "Begun", "Both are well", ""]
    assert any("kept with the first" in remark.sentence for remark in proposal.remarks)


def test_bullets_become_actions_where_that_is_wanted() -> None:
    cell = tc(item("One", number=2), item("Two", number=2))
    plan, _ = taken(table(["1a A", cell, "", "", ""]), split="bullets")
    assert [action.text for action in actions(plan)] == ["One", "Two"]


def test_measures_of_a_row_are_served_by_its_actions() -> None:
    head = ("Outcomes", "Performance measures", "Key actions", "Lead organisation")
    plan, _ = taken(
        docx(
            tbl(
                tr(*head),
                tr("1a Safe", tc("CAFs", "Injuries", "(Nottingham Plan target)", merge="restart"), "One", "TBC"),
                tr("", tc(merge="continue"), "Two", "TBC"),
                tr("", "Offences", "", ""),
            )
        )
    )
    [outcome] = plan.outcomes(plan.priorities[0].id)
    measures = plan.measures(outcome.id)
    assert [(one.name, one.source) for one in measures] == [
        ("CAFs", ""),
        ("Injuries", "Nottingham Plan target"),
        ("Offences", ""),
    ]
    assert [[plan[one].name for one in action.measures] for action in actions(plan)] == [["CAFs", "Injuries"]] * 2


def test_indicator_tables_become_measures_with_readings() -> None:
    head = ("Indicator", "National", "Statistical Neighbours", "Target", "Latest", "Previous", "Good is")
    row = (
        tc("Days to adoption", "Annual = 585"),
        "593 (2013-15)",
        "N/A",
        "Better than 2013-15",
        "14.2 (provisional 2015-16)",
        "421",
        "Low",
    )
    plan, _ = taken(
        docx(
            p("Priority Two: How will we measure progress?"),
            p("Priority Two - Well", style("H1")),
            tbl(tr(*head), tr(*row)),
        )
    )
    [priority] = [one for one in plan.priorities if plan.measures(one.id)]
    [measure] = plan.measures(priority.id)
    assert (measure.name, measure.notes, measure.target, measure.polarity) == (
        "Days to adoption",
        "Annual = 585",
        "Better than 2013-15",
        "Low",
    )
    assert {(one.series, one.period, one.value, one.provisional) for one in plan.readings(measure.id)} == {
        (NATIONAL, "2013-15", "593", False),
        (NEIGHBOURS, "", "N/A", False),
        (OURS, "", "421", False),
        (OURS, "2015-16", "14.2", True),
    }
    assert [one.value for one in plan.readings(measure.id) if one.series == OURS] == ["421", "14.2"]


def test_headings_between_tables_and_bands_within_name_priorities() -> None:
    plan, _ = taken(
        docx(
            p("Our plan", style("T")),
            p("Vision", style("H1")),
            p("Every child."),
            p("Priority One – Children are safe", style("H1")),
            p("They will be."),
            tbl(
                tr(*HEAD),
                tr("1.1 A", "One", "", "", ""),
                tr(tc("Priority 2: Children are well", span=5)),
                tr("2.1 B", "Two", "", "", ""),
            ),
        )
    )
    assert [(one.ref, one.label, one.title, one.statement) for one in plan.priorities] == [
        ("1", "Priority One", "Children are safe", "They will be."),
        ("2", "Priority 2", "Children are well", ""),
    ]
    assert [(ref, title) for ref, title, _ in tree(plan)] == [("1.1", "A"), ("2.1", "B")]
    assert plan.details.title == "Our plan"
    assert [(one.heading, one.text, one.place) for one in plan.sections()] == [("Vision", "Every child.", "before")]


def test_two_outcomes_that_share_a_row() -> None:
    plan, _ = taken(table([tc("1.3.1 One of them", "1.3.2 The other"), "Act", "", "", ""]))
    outcomes = plan.outcomes(plan.priorities[0].id)
    assert [(one.ref, one.joined) for one in outcomes] == [("1.3.1", False), ("1.3.2", True)]


def test_three_levels_and_references_of_their_own() -> None:
    head = "Theme,Ref,Objective,Sub-priority,Action no.,Action,Owner"
    words = f"{head}\nWell,A1,Play,Parks,7,Mow,TBC\nWell,A1,Play,Pools,8,Fill,TBC\n"
    plan, proposal = taken(words)
    assert [column.field for column in proposal.columns] == [
        "priority",
        "outcome ref",
        "outcome",
        "outcome 2",
        "action ref",
        "action",
        "leads",
    ]
    assert plan.details.levels == ("Theme", "Objective", "Sub-priority")
    [priority] = plan.priorities
    [outcome] = plan.outcomes(priority.id)
    assert (priority.title, outcome.ref, outcome.title) == ("Well", "A1", "Play")
    assert [one.title for one in plan.outcomes(outcome.id)] == ["Parks", "Pools"]
    assert [plan.reference(action) for action in actions(plan)] == ["7", "8"]


def test_a_table_without_headings_is_understood_by_its_cells() -> None:
    words = (
        "1.1 Early help for all families,Write a long strategy document,Ann Lee,31 March 2017,"
        "The strategy has been written and agreed by all,G\n"
        ",Train every single driver on it,Bob Ray,By end June,Nobody has been trained in any of this so far,R\n"
    )
    plan, proposal = taken(words)
    assert [column.field for column in proposal.columns] == ["outcome", "action", "leads", "due", "note", "status"]
    assert tree(plan)[0][:2] == ("1.1", "Early help for all families")


# --- the cells -------------------------------------------------------------------------------------------------------


def test_due_words_stay_and_a_date_is_read_beside() -> None:
    plan, _ = taken("Action,Lead,Timescale\nA,x,By end March 2017\nB,x,Ongoing\n")
    assert [(action.due, action.due_date) for action in actions(plan)] == [
        ("By end March 2017", "2017-03-31"),
        ("Ongoing", ""),
    ]


def test_statuses_by_word_letter_and_colour_on_the_plan_s_own_scale() -> None:
    plan = plan_of(samples.load("county"))
    head = {(0, at): words for at, words in enumerate(("Action", "Lead", "RAG"))}
    rows = ["C", "On track", "red", "", "Pending review"]
    cells = (
        head
        | {(1 + at, 0): f"Action {at}" for at in range(5)}
        | {(1 + at, 2): words for at, words in enumerate(rows) if words}
    )
    source = reading.read_bytes(xlsx({"Plan": sheet({**cells, (4, 2): ("", GREEN)})}), "a.xlsx")
    assert dict(importing.guess(source, plan).statuses) == {
        "c": "Completed",
        "on track": "On schedule",
        "red": "Behind or not happening",
        "#00b050": "On schedule",
        "pending review": "Pending review",
    }
    _, proposal = taken(xlsx({"Plan": sheet(cells)}), "a.xlsx", plan)
    [new] = [branch for branch in proposal.branches() if branch.kind == "status"]
    assert new.fields["label"] == "Pending review"
    assert new.fields["letter"] not in {status.letter for status in plan.statuses}


def test_words_behind_a_status_go_to_the_note_and_essays_stay_words() -> None:
    essay = "We have talked about this at length and came to no view of it at all"
    plan, proposal = taken(
        f"Action,Lead,Progress,RAG\nA,x,So far.,Green – on track for the end of June\nB,x,,{essay}\n"
    )
    first, second = actions(plan)
    assert (plan.status(first).label, note(plan, first)) == ("Green", "So far.\n\non track for the end of June")
    assert essay in dict(second.custom).values()
    assert [remark.kind for remark in proposal.remarks if essay in remark.words] == [OPEN]


def test_progress_of_several_periods() -> None:
    plan, _ = taken("Action,Lead,Q1 progress,Q1 RAG,Q2 progress,Q2 RAG\nA,x,Begun,A,Done,G\n")
    [action] = actions(plan)
    names = {period.id: period.name for period in plan.periods}
    assert {names[one.period]: (one.note, plan[one.status].label) for one in action.updates} == {
        "Q1": ("Begun", "Amber"),
        "Q2": ("Done", "Green"),
    }


def test_what_no_field_fits_is_kept_in_custom_fields() -> None:
    plan, _ = taken("Action,Lead,Success measure,Nothing\nA,x,Fewer calls,\n")
    [field] = plan.of(CustomField)
    assert (field.name, field.subject) == ("Success measure", "action")
    assert dict(actions(plan)[0].custom) == {field.id: "Fewer calls"}
    assert f"custom:{field.id}=Success measure" in plan.details.columns


def test_the_new_plan_speaks_with_the_words_of_its_source() -> None:
    plan, _ = taken(table(["1.1 A", "One", "", "", ""]), name="Our plan.docx")
    details = plan.details
    assert (details.title, details.levels, details.action_word) == (
        "Our plan",
        ("Priority", "Key Activity"),
        "Key Action",
    )
    assert details.columns == (
        "outcome=Key Activities",
        "actions=Key Actions",
        "leads=Lead",
        "note=Progress to Date",
        "status=RAG Rating",
    )


# --- into a plan that is there ---------------------------------------------------------------------------------------


def test_an_import_only_adds_and_finds_again_what_is_there() -> None:
    plan = plan_of(samples.load("county"))
    mash = next(one for one in plan if one.kind == "outcome" and one.ref == "1.5")
    words = (
        "Priority,Key activity,Key action,Lead\n"
        f'"Priority One: {plan.priorities[0].title}","1.5 {mash.title}",Train all drivers,devon allen\n'
        '"Priority Nine: New","9.1 Newer",Newest,Somebody New\n'
    )
    source = reading.read_text(words)
    proposal = importing.propose(source, importing.guess(source, plan), plan)
    step = importing.step(plan, proposal)
    assert {change.before for change in step.changes if change.field in {"_kind", "_place"}} == {None}
    places = {change.record: change.after[0] for change in step.changes if change.field == "_place"}
    kinds = {change.record: change.after for change in step.changes if change.field == "_kind"}
    assert sorted(kinds.values()) == ["action", "action", "lead", "outcome", "priority"]
    assert mash.id in places.values()
    assert proposal.counts() == {"lead": 1, "priority": 1, "outcome": 1, "action": 2}
    assert not proposal.open


def test_a_plan_without_a_period_gets_one() -> None:
    plan = plan_of(samples.read('[plan]\ntitle = "x"'))
    source = reading.read_text("Action,Lead,Progress\nA,x,Done\n")
    step = importing.step(plan, importing.propose(source, importing.guess(source, plan), plan))
    assert any(change.field == "current_period" and change.record == plan.root for change in step.changes)


# --- the mapping -----------------------------------------------------------------------------------------------------


def test_a_mapping_can_be_changed_and_remembered() -> None:
    source = reading.read_text("What,Lead,Odd\nA,x,Bee\n")
    mapping = importing.guess(source).with_column(0, 2, "note")
    assert importing.remembered(source, mapping) == {"What": "action", "Lead": "leads", "Odd": "note"}
    again = reading.read_text("ODD:,What,Lead\nBee,A,x\n")
    assert importing.guess(again, known=importing.remembered(source, mapping)).columns == (("note", "action", "leads"),)
    assert dict(mapping.with_status("g", "On track").statuses) == {"g": "On track"}


@pytest.mark.parametrize(
    ("place", "field", "why"), [((0, 9), "note", "no such column"), ((0, 0), "mood", "no field “mood”")]
)
def test_a_mapping_takes_no_nonsense(place, field, why) -> None:
    mapping = importing.guess(reading.read_text("Action,Lead\nA,x\n"))
    with pytest.raises(Refused, match=why):
        mapping.with_column(*place, field)


def test_a_mapping_of_another_table_is_refused() -> None:
    mapping = importing.guess(reading.read_text("Action,Lead\nA,x\n"))
    other = reading.read_text("Action,Lead,Due\nA,x,y\n")
    with pytest.raises(Refused, match="another table"):
        importing.propose(other, mapping, Plan(()))


def test_what_is_left_out_is_said() -> None:
    source = reading.read_text("Action,Lead,Cost\nA,x,£5\n")
    proposal = importing.propose(source, importing.guess(source).with_column(0, 2, "skip"), Plan(()))
    assert [(remark.kind, remark.words) for remark in proposal.remarks] == [(LEFT, "£5")]
    footer = f'<w:ftr xmlns:w="{W}">{p("Page 3")}</w:ftr>'
    _, proposal = taken(
        docx(tbl(tr("Action", "Lead"), tr("A", "Ann Lee / Bob Ray")), p("By hand."), parts={"word/footer1.xml": footer})
    )
    assert {remark.kind: remark.words for remark in proposal.remarks} == {
        TAKEN: "Ann Lee / Bob Ray",
        OPEN: "By hand.",
        LEFT: "Page 3",
    }


def test_a_second_column_of_meanings_is_left_out_and_said() -> None:
    source = reading.read_text("Status,What it means,Definition\nGreen,All well,No more to do\n")
    mapping = importing.guess(source, only=[0]).with_column(0, 1, "meaning").with_column(0, 2, "meaning")
    proposal = importing.propose(source, mapping, Plan(()))
    [status] = [branch for branch in proposal.branches() if branch.kind == "status"]
    assert (status.fields["label"], status.fields["meaning"]) == ("Green", "All well")
    assert [(remark.kind, remark.words) for remark in proposal.remarks] == [(LEFT, "No more to do")]


def test_a_line_that_nearly_is_one_of_counts_is_words_at_once() -> None:
    counts = "9 key actions" + " 3 Completed" * 500
    for words, kind in ((counts, LEFT), (f"{counts} …", OPEN)):
        _, proposal = taken(docx(tbl(tr("Action", "Lead"), tr("A", "Ann Lee")), p(words)))
        assert [(remark.kind, remark.words) for remark in proposal.remarks] == [(kind, words)]


def test_a_thousand_rows() -> None:
    rows = [
        [f"{number // 10 + 1}.1 Outcome", f"{number % 10 + 1}. Do thing {number}", "Ann Lee", "Done", "G"]
        for number in range(1000)
    ]
    plan, proposal = taken(table(*rows))
    assert len(actions(plan)) == 1000
    assert len(plan.outcomes(plan.priorities[0].id)) == 100
    assert not proposal.open
