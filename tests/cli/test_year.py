"""A plan's year from the command line."""

from __future__ import annotations

import json

from cypp_desktop.cli import DONE, FINDINGS, REFUSED


def periods(run, county) -> list[tuple[str, bool, bool]]:
    return [(p["name"], p["current"], p["closed"]) for p in json.loads(run("period", county, "--json")[1])]


def test_periods_are_started_closed_reopened_and_renamed(run, county) -> None:
    (mid,) = periods(run, county)
    assert run("period", county, "start", "Year-end 2016-17", "--close-last")[0] == DONE
    assert periods(run, county) == [(mid[0], False, True), ("Year-end 2016-17", True, False)]
    assert run("set", county, "1.5.6", "note=Late", "--period", mid[0]) == (
        REFUSED,
        "",
        f"“{mid[0]}” is closed, so its progress can only be read. Reopen it first.",
    )
    assert run("period", county, "reopen", mid[0])[0] == DONE
    assert run("set", county, "1.5.6", "note=Late", "--period", mid[0])[0] == DONE
    assert run("period", county, "copy-notes")[0] == DONE
    found = json.loads(run("actions", county, "--text", "1.5.6", "--json")[1])
    assert len(found) == 1
    assert run("period", county, "rename", "Year-end 2016-17", "Year end")[0] == DONE
    assert run("period", county, "close")[0] == DONE
    assert "Year end (current, closed)" in run("period", county)[1]
    assert run("period", county, "start")[0] == REFUSED


def test_a_worse_status_is_asked_why(run, county) -> None:
    run("period", county, "start", "Year-end")
    status, _, said = run("set", county, "1.5.1", "status=R")
    assert (status, said.startswith("Key action 1.5.1 is worse than last period. Say why: set FILE ")) == (DONE, True)
    assert run("set", county, "1.5.1", "reason=Two posts are empty")[2] == ""


def test_all_actions_are_filtered_and_changed_at_once(run, county) -> None:
    late = json.loads(run("actions", county, "--status", "A", "--json")[1])
    assert 0 < len(late) < 43
    assert {one["status"] for one in late} == {"Happening but behind schedule"}
    assert run("actions", county, "--status", "A", "--add-leads", "New Person", "--set-due", "March 2017")[1] == (
        f"{len(late)} changed"
    )
    mine = json.loads(run("actions", county, "--lead", "New Person", "--json")[1])
    assert [one["id"] for one in mine] == [one["id"] for one in late]
    assert {one["due"] for one in mine} == {"March 2017"}
    lines = run("actions", county, "--group", "status")[1].splitlines()
    assert lines[0].startswith("Completed (")
    run("actions", county, "--lead", "New Person", "--archive", "2016-17")
    assert len(json.loads(run("actions", county, "--archived", "--json")[1])) == len(late)
    run("actions", county, "--archived", "--bring-back")
    assert json.loads(run("actions", county, "--archived", "--json")[1]) == []
    run("add", county, "plan", "view", "name=Late", "filters=due=overdue")
    assert len(json.loads(run("actions", county, "--view", "Late", "--json")[1])) == len(late)
    for wrong in (["--lead", "Nobody"], ["--view", "None"], ["--status", "Z"], ["--below", "9"]):
        assert run("actions", county, *wrong)[0] == REFUSED


def test_two_spellings_of_a_lead_become_one(run, county) -> None:
    run("set", county, "1.5.6", "leads=D Allen")
    _, listed, said = run("leads", county)
    assert "D Allen  1  [" in listed
    assert said == "These may be one: Devon Allen, D Allen"
    assert run("leads", county, "--merge", "Devon Allen", "D Allen")[0] == DONE
    found = json.loads(run("leads", county, "--json")[1])
    assert "D Allen" not in [one["name"] for one in found]
    run("add", county, "plan", "lead", "name=Idle")
    assert run("leads", county, "--hand-over", "Devon Allen", "Idle")[0] == DONE
    run("leads", county, "--delete-unused")
    assert "Devon Allen" not in run("leads", county)[1]
    assert run("leads", county, "--merge", "Idle")[0] == REFUSED


def test_words_are_replaced_over_the_whole_plan(run, county) -> None:
    places = run("replace", county, "MASH", "hub", "--case", "--whole", "--dry-run")
    assert places[0] == DONE
    assert run("replace", county, "MASH", "hub", "--case", "--whole")[2] == places[2].replace("found", "replaced")
    assert run("replace", county, "MASH", "hub", "--case", "--whole")[0] == FINDINGS
    assert run("replace", county, " ", "hub")[0] == REFUSED


def test_a_plan_is_refreshed_for_the_next_year(run, county) -> None:
    done = [one["id"] for one in json.loads(run("actions", county, "--status", "C", "--json")[1])]
    said = run("refresh", county, "--keep", done[0], "--renumber", "--period", "Quarter 1", "--dry-run")[1]
    assert f"{len(done) - 1} archived" in said
    assert json.loads(run("actions", county, "--archived", "--json")[1]) == []
    assert run("refresh", county, "--keep", done[0], "--renumber", "--period", "Quarter 1")[1] == said
    archived = [one["id"] for one in json.loads(run("actions", county, "--archived", "--json")[1])]
    assert sorted(archived) == sorted(done[1:])
    assert periods(run, county)[-1] == ("Quarter 1", True, False)
    assert "2017-2018" in run("show", county)[1].splitlines()[0]
    assert run("refresh", county, "--period", "Quarter 1")[0] == REFUSED
    assert run("refresh", county, "--archive", "1.5")[0] == REFUSED


def test_check_leaves_out_what_the_plan_switches_off(run, county) -> None:
    rules = {one["rule"] for one in json.loads(run("check", county, "--json")[1])}
    assert "no-target" in rules
    assert "several-leads" not in rules
    run("set", county, "plan", "rules_off=no-target; +several-leads")
    rules = {one["rule"] for one in json.loads(run("check", county, "--json")[1])}
    assert "no-target" not in rules
    assert "several-leads" in rules
