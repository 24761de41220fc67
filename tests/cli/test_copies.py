from __future__ import annotations

import json
import zipfile
from contextlib import closing

import pytest

from cypp_desktop.cli import DONE, REFUSED
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change


def test_slips_go_out_come_back_and_are_remembered(run, county, tmp_path):
    slip = tmp_path / "Devon.cypp"
    assert run("send", county, "-o", slip, "--lead", "devon  allen") == (DONE, str(slip), "")
    assert run("send", county, "-o", tmp_path / "whole.cypp", "--to", "Olu")[0] == DONE
    assert run("set", slip, "1.5.6", "note=Done", "--author", "Devon Allen")[0] == DONE
    status, _, said = run("set", slip, "1.5.6", "text=Mine", "--author", "Devon Allen")
    assert (status, said.startswith("This return slip is for the progress of your own actions")) == (REFUSED, True)
    assert run("set", slip, "1.1", "title=Mine")[0] == REFUSED
    answer = json.loads(run("merge", county, slip, "--json")[1])
    (came,) = answer["came"]
    assert (came["new"], came["people"], came["sent_to"]) == (1, ["Devon Allen"], "Devon Allen")
    assert came["state"]
    assert [(one["to"], one["scope"], one["file"]) for one in answer["out"]] == [("Olu", "whole", "whole.cypp")]
    assert "Not back yet: Olu." in run("merge", county, slip)[1]


def test_a_slip_can_be_for_two_leads(run, county, tmp_path):
    slip = tmp_path / "both.cypp"
    given = [words for name in ("Terri Johnson", "Devon Allen") for words in ("--lead", name)]
    assert run("send", county, "-o", slip, *given)[0] == DONE
    assert run("set", slip, "1.5.6", "note=One")[0] == DONE
    assert run("set", slip, "1.3.1.2", "note=Other")[0] == DONE
    assert run("set", slip, "4.1.1", "note=Nobody’s of them")[0] == REFUSED
    assert json.loads(run("merge", county, slip, "--json")[1])["came"][0]["sent_to"] == "Terri Johnson and Devon Allen"


def test_a_backup_comes_before_a_merge(run, county, tmp_path, monkeypatch):
    copy = tmp_path / "copy.cypp"
    run("send", county, "-o", copy)
    run("set", copy, "1.5.6", "note=Theirs", "--author", "Devon")
    kept = []
    monkeypatch.setattr(Document, "back_up", lambda self, why: kept.append((why, self.plan)))
    before = _plan(county)
    run("merge", county, copy)
    run("merge", county, copy)
    assert kept == [("before", before)]


def test_a_clean_copy_has_roles_and_none_of_what_was_removed(run, county, tmp_path):
    run("set", county, "1.5.6", "note=About Zebedee of Elm Row")
    run("set", county, "1.5.6", "note=Devon Allen saw a family, says Devon")
    with closing(Document.open(county, "Ann")) as document:
        devon = next(one.id for one in document.plan.leads if one.name == "Devon Allen")
        document.commit(change.edit(document.plan, devon, {"role": "Head of MASH"}))
    clean = tmp_path / "clean.cypp"
    status, said, left = run("send", county, "-o", clean, "--clean", "--roles")
    assert (status, said) == (DONE, str(clean))
    assert left.startswith("Without a role, and so still named: ")
    assert "Devon Allen" not in left
    assert "May still name somebody: Key action 1.5.6, progress note" in left
    assert left.rstrip().endswith(": Head of MASH saw a family, says Devon")
    data = clean.read_bytes()
    assert b"Zebedee" not in data
    assert b"Devon Allen" not in data
    assert b"Head of MASH saw a family" in data
    status, _, said = run("merge", county, clean)
    assert (status, "is a clean copy" in said) == (REFUSED, True)


def test_a_zip_file_is_written_and_taken_in(run, county, tmp_path):
    assert run("send", county, "-o", tmp_path / "copy.cypp", "--zip")[1] == str(tmp_path / "copy.zip")
    zipfile.ZipFile(tmp_path / "copy.zip").extractall(tmp_path / "out")
    run("set", tmp_path / "out" / "copy.cypp", "1.5.6", "note=Theirs", "--author", "Devon")
    with zipfile.ZipFile(tmp_path / "back.zip", "w") as archive:
        archive.write(tmp_path / "out" / "copy.cypp", "copy.cypp")
    assert "back.zip: 1 new changes by Devon" in run("merge", county, tmp_path / "back.zip")[1]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--lead", "Nobody"], "The plan has no lead “Nobody”"),
        (["--roles"], "go with --clean"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_nothing_written(run, county, tmp_path, given, sentence):
    before = county.read_bytes()
    status, _, said = run("send", county, "-o", tmp_path / "copy.cypp", *given)
    assert (status, sentence in said) == (REFUSED, True)
    assert county.read_bytes() == before
    assert not (tmp_path / "copy.cypp").exists()


def test_a_plan_that_somebody_has_open_is_sent_but_not_remembered(run, county, tmp_path):
    with closing(Document.open(county, "Olu")):
        status, said, why = run("send", county, "-o", tmp_path / "copy.cypp")
    assert (status, said) == (DONE, str(tmp_path / "copy.cypp"))
    assert why.startswith("The plan does not remember this copy. Olu has this plan open")


def _plan(path):
    with closing(Document.open(path, "", read_only=True)) as document:
        return document.plan
