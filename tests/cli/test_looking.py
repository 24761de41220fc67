"""Looking back and deciding on the command line."""

from __future__ import annotations

import json

import pytest

from cypp_desktop.cli import DONE, FINDINGS, REFUSED


@pytest.fixture
def copies(run, county, tmp_path):
    """Copies of the county's plan, by their owners' names, each changed by commands of theirs, taken in."""

    def taken(**people):
        paths = []
        for name in people:
            paths.append(tmp_path / f"{name}.cypp")
            paths[-1].write_bytes(county.read_bytes())
        for path, (name, commands) in zip(paths, people.items(), strict=True):
            for verb, *rest in commands:
                status, _, problem = run(verb, path, *rest, "--author", name)
                assert status == DONE, problem
        return run("merge", county, *paths)

    return taken


def asked(run, county):
    return [one["message"] for one in json.loads(run("check", county, "--json")[1]) if one["rule"] == "to settle"]


def action(run, county, ref):
    entries = json.loads(run("history", county, ref, "--json", "--limit", "1")[1])
    return entries[0]["record"]


def test_the_history_by_person_field_and_words(run, county):
    run("set", county, "1.5.6", "note=A needle", "--author", "Ann")
    run("set", county, "1.5.6", "due=June", "--author", "Bob")
    run("set", county, "1.5.5", "due=July", "--author", "Ann")

    def found(*options):
        return [(one["author"], one["after"]) for one in json.loads(run("history", county, *options, "--json")[1])]

    assert found("--by", "Ann") == [("Ann", "July"), ("Ann", "A needle")]
    assert found("1.5.6", "--field", "due")[0] == ("Bob", "June")
    assert found("--words", "NEEDLE") == [("Ann", "A needle")]
    assert found("--by", "Ann", "--limit", "1") == [("Ann", "July")]
    assert found("--field", "progress", "--by", "Ann") == [("Ann", "A needle")]


def test_a_deleted_record_has_its_history_still(run, county):
    one = action(run, county, "1.5.6")
    run("delete", county, one)
    assert json.loads(run("history", county, one, "--json")[1])[0]["field"] == "_deleted"
    assert run("history", county, "1.5.66")[0] == REFUSED


def test_the_plan_as_it_was(run, county):
    now = run("show", county)[1]
    run("delete", county, "1.5")
    assert run("show", county, "--at", "2001-01-01")[0] == REFUSED
    assert "not begun" in run("show", county, "--at", "2001-01-01")[2]
    assert run("show", county, "--at", "2999-12-31")[1] == run("show", county)[1] != now
    assert json.loads(run("show", county, "--at", "2999-12-31", "--json")[1])["priorities"]
    assert "no date" in run("show", county, "--at", "soon")[2]


def test_what_came_is_listed_kept_and_put_back(run, county, copies):
    copies(Devon=[("set", "1.5.6", "due=June")], Amina=[("set", "1.5.5", "due=July"), ("delete", "1.5.4")])
    status, said, _ = run("review", county)
    assert status == FINDINGS
    assert "Key action 1.5.6, due: nothing → June  (not reviewed)" in said
    assert "Key action 1.5.4, deleted  (not reviewed)" in said
    assert run("review", county, "--put-back", "--by", "Amina")[1] == "2 put back"
    assert run("review", county, "--keep", "--author", "Ann")[1] == "1 kept"
    status, said, _ = run("review", county, "--json")
    found = {(one["author"], one["doing"]): one["verdict"] for one in json.loads(said)}
    assert status == DONE
    assert found == {("Devon", "changed"): "kept", ("Amina", "changed"): "put back", ("Amina", "deleted"): "put back"}
    assert "June" in run("history", county, "1.5.6", "--field", "due")[1]


def test_a_deletion_against_an_edit_is_settled_with_yes_or_no(run, county, copies):
    one = action(run, county, "1.5.6")
    copies(Devon=[("set", one, "due=June")], Amina=[("delete", one)])
    assert len(asked(run, county)) == 1
    assert run("settle", county, one, "deleted", "--mine")[0] == REFUSED
    assert "yes" in run("settle", county, one, "deleted", "--value", "perhaps")[2]
    assert run("settle", county, one, "deleted", "--value", "no")[0] == DONE
    assert asked(run, county) == []


def test_two_places_are_settled_by_a_side_or_another_place(run, county, copies):
    one = action(run, county, "1.5.6")
    copies(Devon=[("move", one, "1.4")], Amina=[("move", one, "2.1")])
    assert run("settle", county, one, "place", "--mine", "--author", "Devon")[0] == DONE
    assert asked(run, county) == []
    assert "1.4.6" in run("show", county)[1]


def test_twins_are_combined_or_both_kept(run, county, copies):
    words = "text=Write to all schools about this"
    copies(Devon=[("add", "1.5", "action", words)], Amina=[("add", "1.5", "action", words, "due=June")])
    (line,) = asked(run, county)
    assert "added twice, it seems" in line
    kept = json.loads(run("check", county, "--json")[1])
    one = next(each["record"] for each in kept if each["rule"] == "to settle")
    assert run("settle", county, one, "twins", "--value", one)[0] == DONE
    assert asked(run, county) == []
    assert run("show", county)[1].count("Write to all schools about this") == 1


def test_a_value_is_removed_for_good_and_others_are_asked(run, county, copies):
    run("set", county, "1.5.6", "note=Wilhelmina of Elm Row", "--author", "Ann")
    one = action(run, county, "1.5.6")
    run("set", county, one, "note=Nothing", "--author", "Ann")
    entry = json.loads(run("history", county, one, "--words", "Wilhelmina of", "--json")[1])[-1]
    copies(Devon=[("redact", entry["id"])])
    assert b"Wilhelmina of" in county.read_bytes()
    (line,) = asked(run, county)
    assert "Devon asks to remove" in line
    assert run("settle", county, one, "removal", "--value", "yes")[0] == DONE
    assert b"Wilhelmina of" not in county.read_bytes()
    assert asked(run, county) == []


def test_removing_names_the_backup_and_refuses_what_is_no_change(run, county):
    run("set", county, "1.5.6", "note=Wilhelmina of Elm Row")
    entry = json.loads(run("history", county, "--limit", "1", "--json")[1])[0]
    status, said, _ = run("redact", county, entry["id"])
    assert status == DONE
    assert "still hold it, and so does the backup" in said
    assert run("redact", county, "nonsense")[0] == REFUSED
    assert run("redact", county, "00" * 16)[0] == REFUSED
