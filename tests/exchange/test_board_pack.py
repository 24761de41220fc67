from __future__ import annotations

import os
from pathlib import Path

import pytest

from cypp_desktop.document.file import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.exchange import board_pack, samples
from cypp_desktop.exchange.board_pack import Asked

COUNTY = plan_of(samples.load("county"))


@pytest.mark.parametrize("kind", board_pack.FORMATS)
def test_the_ending_says_the_format(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"Pack.{kind.upper()}"
    board_pack.write(COUNTY, path)
    beginning = {"pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "csv": b"\xef\xbb\xbfPart"}.get(kind, b"PK")
    assert path.read_bytes().startswith(beginning)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_words_choose_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    asked = Asked(priorities=["2"], leads=["lucy peel"], period=COUNTY.periods[0].name.upper(), paper="a3")
    board_pack.write(COUNTY, path, asked)
    said = path.read_text("utf-8-sig")
    assert "Priority Two" in said
    assert "Lucy Peel" in said
    assert "Priority One" not in said
    assert "Devon Allen" not in said


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("pack", {}, "can end in .pdf, .docx, .xlsx, .html, .csv."),
        ("pack.doc", {}, "“pack.doc” does not say which format"),
        ("pack.csv", {"priorities": ["9"]}, "The plan has no priority “9”; it has 1, 2, 3, 4."),
        ("pack.csv", {"leads": ["Nobody"]}, "The plan has no lead “Nobody”; it has "),
        ("pack.csv", {"period": "2099"}, "no reporting period “2099”; it has Mid-year review 2016-17."),
        ("pack.csv", {"paper": "A5"}, "“A5” is no paper size here; there are A4, A3."),
        ("pack.csv", {"without": ["front", "chart"]}, "“chart” is no part here; there are front, contents, overview,"),
        ("pack.csv", {"people": "initials"}, "there are names, roles."),
        ("pack.csv", {"text_size": "huge"}, "there are normal, large, larger."),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_is_written(tmp_path: Path, name, options, sentence) -> None:
    with pytest.raises(Refused) as problem:
        board_pack.write(COUNTY, tmp_path / name, Asked(**options))
    assert sentence in str(problem.value)
    assert "\n" not in str(problem.value)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_keeps_what_was_there(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("old", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotSave, match="no space left on device"):
        board_pack.write(COUNTY, path)
    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["pack.csv"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match=r"“pack\.csv” could not be written"):
        board_pack.write(COUNTY, tmp_path / "gone" / "pack.csv")


def test_another_plans_layout(tmp_path: Path) -> None:
    board_pack.write(COUNTY, tmp_path / "pack.csv", Asked(layout="city"))
    assert "Lead organisation" in (tmp_path / "pack.csv").read_text("utf-8-sig")
    with pytest.raises(Refused, match="there are city, county"):
        board_pack.write(COUNTY, tmp_path / "other.csv", Asked(layout="borough"))
