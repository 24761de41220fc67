from __future__ import annotations

import json
from pathlib import Path

import pytest

from cypp_desktop.cli import DONE, FINDINGS, REFUSED


def shown(run, path: Path) -> dict:
    return json.loads(run("show", path, "--json")[1])


def test_show_has_exactly_the_documented_keys(run, county) -> None:
    plan = shown(run, county)
    assert list(plan) == ["plan", "statuses", "periods", "sections", "priorities"]
    assert list(plan["plan"]) == ["title", "subtitle", "organisation", "years", "levels"]
    assert list(plan["statuses"][0]) == ["id", "label", "letter", "shape", "colour", "meaning"]
    assert list(plan["periods"][0]) == ["id", "name", "current"]
    priority = plan["priorities"][0]
    assert list(priority) == ["id", "ref", "title", "statement", "measures", "actions", "outcomes"]
    assert list(priority["outcomes"][0]) == ["id", "ref", "title", "measures", "actions", "outcomes"]
    measure = priority["measures"][0]
    assert list(measure) == ["id", "name", "target", "good_is", "readings"]
    assert list(measure["readings"][0]) == ["series", "period", "value", "provisional"]
    action = next(outcome for outcome in priority["outcomes"] if outcome["ref"] == "1.5")["actions"][0]
    assert list(action) == ["id", "ref", "text", "due", "leads", "related_plans", "measures", "progress"]
    assert action["leads"] == ["Devon Allen"]
    assert action["progress"][0]["status"] == "Completed"
    assert action["progress"][0]["period"] == plan["periods"][0]["name"]


def test_sections_of_the_city_plan_are_shown(run, tmp_path) -> None:
    path = tmp_path / "city.cypp"
    run("new", path, "--sample", "city")
    section = shown(run, path)["sections"][0]
    assert list(section) == ["id", "heading", "text", "place"]
    assert section["place"] == "before"


def test_a_plan_of_ones_own(run, tmp_path) -> None:
    path = tmp_path / "mine.cypp"
    assert run("new", path, "--title", "Our plan")[0] == DONE
    priority = run("add", path, "plan", "priority", "ref=1", "title=Safe")[1]
    outcome = run("add", path, priority, "outcome", "ref=1.1", "title=Early help")[1]
    action = run("add", path, "1.1", "action", "text=Train **all** drivers", "leads=Ann; Bob", "note=Under way")[1]
    plan = shown(run, path)
    found = plan["priorities"][0]["outcomes"][0]["actions"][0]
    assert plan["plan"]["title"] == "Our plan"
    assert (found["id"], found["text"], found["leads"]) == (action, "Train **all** drivers", ["Ann", "Bob"])
    assert found["progress"][0]["text"] == "Under way"
    assert plan["priorities"][0]["outcomes"][0]["id"] == outcome


def test_set_move_delete_and_history(run, county) -> None:
    assert (
        run("set", county, "1.5.6", "status=C", "progress=Done", "leads=Devon Allen;New Person", "--author", "Ann")[0]
        == 0
    )
    plan = shown(run, county)
    mash = next(outcome for outcome in plan["priorities"][0]["outcomes"] if outcome["ref"] == "1.5")
    assert mash["actions"][5]["leads"] == ["Devon Allen", "New Person"]
    assert mash["actions"][5]["progress"][0] == {
        "period": plan["periods"][0]["name"],
        "text": "Done",
        "status": "Completed",
    }
    run("move", county, "1.5.6", "1.5", "--first")
    run("delete", county, "1.5.7")
    mash = next(outcome for outcome in shown(run, county)["priorities"][0]["outcomes"] if outcome["ref"] == "1.5")
    assert [action["ref"] for action in mash["actions"]] == ["6", "1", "2", "3", "4", "5"]
    history = json.loads(run("history", county, mash["actions"][0]["id"], "--json")[1])
    assert history[0]["op"] == "move"
    assert {"Ann"} == {entry["author"] for entry in history if entry["after"] == "Done"}


def test_layouts_views_and_copies_are_edited_and_shown_where_a_plan_has_them(run, county) -> None:
    layout = run(
        "add", county, "plan", "layout", "name=Board", "columns=outcome=Outcome|20; actions=Actions", "leads=Ann"
    )
    run("set", county, layout[1], "priorities=1; 2", "period=Mid-year review 2016-17", "people=roles")
    run("set", county, "plan", "layout=Board", "rules_off=no-target", "words=MASH; CSE")
    run("set", county, "1", "leads=Devon Allen; Ann")
    run("set", county, "1.5.6", "archived=2016-17")
    run("add", county, "plan", "view", "name=Late", "filters=status=B")
    run("add", county, "plan", "copy", "to=Ann", "lead=Ann", "scope=slip")
    plan = shown(run, county)
    (shown_layout,), (view,), (copy,) = plan["layouts"], plan["views"], plan["copies"]
    assert (shown_layout["id"], shown_layout["columns"]) == (layout[1], ["outcome=Outcome|20", "actions=Actions"])
    assert shown_layout["priorities"] == [one["id"] for one in plan["priorities"][:2]]
    assert (shown_layout["period"], shown_layout["people"]) == (plan["periods"][0]["id"], "roles")
    assert (view["filters"], copy["lead"]) == (["status=B"], shown_layout["leads"][0])
    assert plan["priorities"][0]["leads"] == ["Devon Allen", "Ann"]
    mash = next(outcome for outcome in plan["priorities"][0]["outcomes"] if outcome["ref"] == "1.5")
    assert [one.get("archived") for one in mash["actions"]] == [None] * 5 + ["2016-17", None]
    assert run("set", county, "plan", "layout=None such") == (REFUSED, "", "The plan has no report layout “None such”.")
    assert run("check", county, "--json")[0] == FINDINGS


def test_a_closed_period_can_only_be_read(run, county) -> None:
    period = shown(run, county)["periods"][0]["id"]
    run("set", county, period, "closed=yes")
    said = "“Mid-year review 2016-17” is closed, so its progress can only be read. Reopen it first."
    assert run("set", county, "1.5.6", "note=Done") == (REFUSED, "", said)
    run("set", county, period, "closed=no")
    assert run("set", county, "1.5.6", "note=Done")[0] == DONE


def test_adding_after_a_sibling(run, county) -> None:
    made = run("add", county, "1.5", "action", "text=Between", "--after", "1.5.2")[1]
    mash = next(outcome for outcome in shown(run, county)["priorities"][0]["outcomes"] if outcome["ref"] == "1.5")
    assert [action["id"] for action in mash["actions"]][2] == made


def test_check_finds_what_the_board_would_ask(run, county, tmp_path) -> None:
    status, said, _ = run("check", county)
    assert status == FINDINGS
    assert "has no target" in said
    found = json.loads(run("check", county, "--json")[1])
    assert all(set(one) == {"rule", "record", "message"} for one in found)
    empty = tmp_path / "empty.cypp"
    run("new", empty)
    assert run("check", empty) == (DONE, "The file is sound and the plan is ready for the board.", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "PLAN", "9.9", "title=x"), "Nothing in the plan is called “9.9”"),
        (("set", "PLAN", "1.5", "colour=x"), "has no field “colour”"),
        (("set", "PLAN", "1.5", "title"), "FIELD=VALUE"),
        (("set", "PLAN", "1.5.1", "status=purple"), "not a status"),
        (("set", "PLAN", "1.5.1", "note=x", "--period", "2099"), "no reporting period"),
        (("add", "PLAN", "1.5", "priority"), "cannot stand under"),
        (("add", "PLAN", "1.5", "pledge"), "nothing called “pledge”"),
        (("move", "PLAN", "1", "1.5"), "below itself"),
        (("delete", "PLAN", "plan"), "cannot be deleted"),
        (("new", "PLAN"), "already a file"),
        (("show", "MISSING"), "not there"),
    ],
)
def test_refusals_are_one_sentence_and_write_nothing(run, county, tmp_path, arguments, sentence) -> None:
    before = county.read_bytes()
    places = {"PLAN": county, "MISSING": tmp_path / "missing.cypp"}
    status, said, problem = run(*(places.get(argument, argument) for argument in arguments))
    assert (status, said) == (REFUSED, "")
    assert sentence in problem
    assert "\n" not in problem
    assert county.read_bytes() == before


def test_reading_leaves_nothing_beside_the_file(run, county) -> None:
    before = county.read_bytes()
    run("show", county)
    run("history", county)
    run("check", county)
    assert county.read_bytes() == before
    assert [path.name for path in county.parent.iterdir()] == [county.name]


# --- taking over a plan ----------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "old plan.csv"
    path.write_text("Objective,Action,Lead,Odd\n1.1 Help,Train drivers,Ann Lee,Blue sky\n", encoding="utf-8")
    return path


def test_import_makes_a_plan_or_adds_to_one(run, source, tmp_path) -> None:
    plan = tmp_path / "plan.cypp"
    status, said, _ = run("import", plan, source)
    assert status == DONE
    assert "1 action" in said
    assert "“Odd” → Custom field: Odd" in said
    assert shown(run, plan)["plan"]["title"] == "old plan"
    assert run("import", plan, source, "--map", "Odd=note", "--author", "Ann")[0] == DONE
    [outcome] = shown(run, plan)["priorities"][0]["outcomes"]
    assert [action["progress"] for action in outcome["actions"]] == [
        [],
        [{"period": "First period", "text": "Blue sky", "status": ""}],
    ]
    assert "Ann" in run("history", plan)[1]


def test_import_says_what_it_would_do_and_writes_nothing(run, source, tmp_path) -> None:
    plan = tmp_path / "plan.cypp"
    status, said, _ = run("import", plan, source, "--dry-run", "--json")
    assert status == DONE
    assert json.loads(said)["counts"]["action"] == 1
    assert not plan.exists()


def test_import_reports_what_was_not_understood(run, source, tmp_path) -> None:
    source.write_text("A title\nAnother,,,\nAction,Lead,Due,RAG\nx,y,z,G\n", encoding="utf-8")
    status, said, _ = run("import", tmp_path / "plan.cypp", source)
    assert status == FINDINGS
    assert "! Table 1: above the headings: “Another”" in said


def test_import_of_chosen_tables(run, tmp_path) -> None:
    source = tmp_path / "two.html"
    table = "<table><tr><td>Action<td>Lead<td>Due</tr><tr><td>{}<td>x<td>y</table>"
    source.write_text(table.format("One") + "<h1>Then</h1>" + table.format("Two"), encoding="utf-8")
    run("import", tmp_path / "plan.cypp", source, "--table", "2")
    [priority] = shown(run, tmp_path / "plan.cypp")["priorities"]
    assert [action["text"] for action in priority["actions"]] == ["Two"]


@pytest.mark.parametrize(
    ("name", "words", "more", "sentence"),
    [
        ("a.docx", "no word file", (), "“a.docx” was not read. It is damaged"),
        ("a.csv", "Action,Lead\nx,y\n", ("--map", "Lead=mood"), "no field “mood”"),
        ("a.csv", "Action,Lead\nx,y\n", ("--map", "Leader=leads"), "no column “Leader”"),
        ("a.csv", "Action,Lead\nx,y\n", ("--table", "3"), "no table 3"),
        ("a.csv", "", (), "nothing to take over"),
    ],
)
def test_imports_that_are_refused(run, tmp_path, name, words, more, sentence) -> None:
    (tmp_path / name).write_text(words, encoding="utf-8")
    status, said, problem = run("import", tmp_path / "plan.cypp", tmp_path / name, *more)
    assert (status, said) == (REFUSED, "")
    assert sentence in problem
    assert not (tmp_path / "plan.cypp").exists()


def test_a_plan_from_a_template(run, tmp_path) -> None:
    plan = tmp_path / "plan.cypp"
    assert run("new", plan, "--template", "pledges", "--title", "Promises")[0] == DONE
    assert shown(run, plan)["plan"]["title"] == "Promises"
    assert shown(run, plan)["plan"]["levels"] == ["Theme", "Pledge"]


@pytest.fixture
def returned(run, county, tmp_path) -> Path:
    """A copy that a colleague changed, while the same progress note was changed at home."""
    copy = tmp_path / "copy.cypp"
    assert run("send", county, "-o", copy)[0] == DONE
    run("set", copy, "1.5.6", "note=Theirs", "--author", "Devon")
    run("set", copy, "1.5.2", "status=C", "--author", "Devon")
    run("set", county, "1.5.6", "note=Mine", "--author", "Ann")
    return copy


def mash(run, county) -> list[dict]:
    return next(one for one in shown(run, county)["priorities"][0]["outcomes"] if one["ref"] == "1.5")["actions"]


def test_a_returned_copy_is_taken_in_and_its_question_settled(run, county, returned) -> None:
    status, said, _ = run("merge", county, returned)
    assert status == FINDINGS
    assert "2 new changes by Devon" in said
    assert "Key action 1.5.6, progress note, Mid-year review 2016-17" in said
    assert mash(run, county)[1]["progress"][0]["status"] == "Completed"
    assert "to settle" in [one["rule"] for one in json.loads(run("check", county, "--json")[1])]
    assert run("settle", county, "1.5.6", "progress", "--theirs", "--author", "Ann")[0] == DONE
    assert mash(run, county)[5]["progress"][0]["text"] == "Theirs"
    again = json.loads(run("merge", county, returned, "--json")[1])
    assert (again["came"][0]["new"], again["to_settle"]) == (0, [])


def test_a_question_can_be_settled_with_words_of_ones_own(run, county, returned) -> None:
    run("merge", county, returned)
    assert run("settle", county, "1.5.6", "note", "--value", "Both")[0] == DONE
    assert mash(run, county)[5]["progress"][0]["text"] == "Both"
    assert "nothing to settle" in run("settle", county, "1.5.6", "note", "--mine")[2]


def test_a_copy_of_another_plan_is_refused_and_nothing_written(run, county, tmp_path) -> None:
    other = tmp_path / "other.cypp"
    run("new", other, "--sample", "county")
    before = county.read_bytes()
    assert run("merge", county, other)[0] == REFUSED
    assert county.read_bytes() == before


def test_data_are_written_and_taken_in_again(run, county, tmp_path) -> None:
    out, tables, again = tmp_path / "out.json", tmp_path / "out.zip", tmp_path / "again.cypp"
    assert run("export", county, "-o", out)[0] == DONE
    assert run("export", county, "-o", tables)[0] == DONE
    assert run("import", again, out)[0] == DONE
    assert shown(run, again) == shown(run, county)
    run("set", county, "1.5", "title=Other")
    run("delete", county, "1.4")
    assert run("import", county, out)[0] == DONE
    assert shown(run, again) == shown(run, county)
    assert run("export", county, "-o", tmp_path / "x.txt")[0] == REFUSED
    out.write_text("{")
    assert run("import", county, out)[0] == REFUSED


def test_extra_fields_are_set_by_their_names(run, county) -> None:
    assert run("add", county, "plan", "field", "name=Stage", "type=choice", "choices=Begun;Done")[0] == DONE
    assert run("set", county, "1.5.1", "custom:Stage=Begun")[0] == DONE
    assert "Begun" in run("history", county, "1.5.1", "--json")[1]
    assert run("set", county, "1.5.1", "custom:Colour=Blue")[0] == REFUSED
