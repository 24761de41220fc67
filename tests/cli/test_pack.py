"""The board pack by command: what words ask for is in the file, and what they leave out is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cypp_desktop.cli import DONE, REFUSED, main


@pytest.fixture
def pack(county: Path, capsys):
    """Write the pack as a web page; what it says, and what was said of problems."""

    def call(*arguments: str) -> tuple[str, str]:
        path = county.with_name("pack.html")
        assert main(["report", str(county), "-o", str(path), *arguments]) == DONE
        return path.read_text("utf-8"), capsys.readouterr().err

    return call


def test_parts_can_be_left_out(pack) -> None:
    whole, _ = pack()
    assert "Plan on a page" in whole
    assert "Who leads what" in whole
    less, _ = pack("--without", "overview", "--without", "leads")
    assert "Plan on a page" not in less
    assert "Who leads what" not in less


def test_a_watermark_is_draft_unless_it_is_said(pack) -> None:
    assert 'class="watermark"' not in pack()[0]
    assert ">Draft<" in pack("--watermark")[0]
    assert ">For approval<" in pack("--watermark", "For approval")[0]


def test_roles_stand_for_names_and_who_has_none_is_said(pack, county, capsys) -> None:
    assert main(["add", str(county), "plan", "lead", "name=Unled Person", "role=Nobody"]) == DONE
    capsys.readouterr()
    page, said = pack("--people", "roles")
    assert "Devon Allen" in page
    assert "Without a role, and so called by name: " in said
    assert "Devon Allen" in said
    assert "Unled Person" not in said


def test_a_layout_of_the_plan_is_found_by_name(pack, county, capsys) -> None:
    fields = [
        "name=Scrutiny",
        "columns=actions=What is done|400; due=By",
        "left_out=front; measures",
        "watermark=Exempt",
    ]
    assert main(["add", str(county), "plan", "layout", *fields]) == DONE
    capsys.readouterr()
    page, _ = pack("--layout", "scrutiny")
    assert "What is done" in page
    assert ">Exempt<" in page
    assert "How will we measure progress" not in page
    assert main(["report", str(county), "-o", str(county.with_suffix(".pdf")), "--layout", "nothing"]) == REFUSED
    assert "there are Scrutiny, city, county" in capsys.readouterr().err
