"""What people see on a terminal: words of a stranger's plan command nothing there."""

from __future__ import annotations

import json

import pytest

from cypp_desktop import cli
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch

EVIL = "Roads\x1b]0;pwned\x07\u202etxt.exe\r"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.cypp"
    leads = [Branch("lead", {"name": EVIL}, id="ann")]
    below = [Branch("action", {"ref": "1", "text": EVIL, "leads": ("ann",)})]
    content = Branch("plan", {"title": EVIL}, [*leads, Branch("priority", {"ref": "1", "title": EVIL}, below)])
    Document.create(path, EVIL, content).close()
    return path


@pytest.mark.parametrize("words", ["show", "history", "leads", "actions", "check"])
def test_words_of_a_plan_command_no_terminal(plan, capsys, words):
    cli.main([words, str(plan)])
    said = "".join(capsys.readouterr())
    assert said
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(said)


def test_what_is_said_of_an_odd_name_is_one_line(tmp_path, capsys):
    assert cli.main(["show", str(tmp_path / "a\nb\x1b[1m.cypp")]) == 2
    assert capsys.readouterr().err == "“a�b�[1m.cypp” is not there any more; it may have been moved or renamed.\n"


def test_json_has_the_words_as_they_are(plan, capsys):
    cli.main(["show", str(plan), "--json"])
    assert json.loads(capsys.readouterr().out)["plan"]["title"] == EVIL


def test_a_command_without_any_terminal_is_carried_out(plan, monkeypatch):
    """As in the packaged window of Windows, which has neither stream."""
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    assert cli.main(["set", str(plan), "plan", "title=Another"]) == 0
    document = Document.open(plan, "", read_only=True)
    assert document.plan.details.title == "Another"
    document.close()
