"""A small plan with something of every kind, its file made once and copied for each test."""

from __future__ import annotations

import shutil

import pytest

from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch

CONTENT = Branch(
    "plan",
    {"title": "Children’s plan", "levels": ("Priority", "Outcome"), "current_period": "mid"},
    [
        Branch("status", {"label": "On schedule", "letter": "G"}, id="green"),
        Branch("period", {"name": "Mid-year"}, id="mid"),
        Branch("lead", {"name": "Ann"}, id="ann"),
        Branch("field", {"name": "Stage", "choices": ("one", "two")}, id="stage"),
        Branch("section", {"heading": "Vision", "text": "**Best** start"}),
        Branch(
            "priority",
            {"ref": "1", "title": "Safe"},
            [
                Branch(
                    "outcome",
                    {"ref": "1.1", "title": "MASH", "joined": False},
                    [
                        Branch(
                            "measure",
                            {"name": "Referrals", "custom@stage": "one"},
                            [Branch("reading", {"value": "421"})],
                        ),
                        Branch(
                            "action",
                            {"text": "Co-locate", "leads": ("ann",), "note@mid": "Done", "status@mid": "green"},
                            id="act",
                        ),
                        Branch("action", {"text": "Train", "due": "By end June"}, id="train"),
                    ],
                    id="mash",
                )
            ],
            id="safe",
        ),
    ],
)


@pytest.fixture(scope="session")
def plan_bytes(tmp_path_factory):
    """A plan file with some history: edits, a deletion, an undone step."""
    path = tmp_path_factory.mktemp("made") / "plan.cypp"
    document = Document.create(path, "Ann", CONTENT)
    document.commit(change.edit(document.plan, "act", {"text": "Co-locate the team"}))
    document.commit(change.delete(document.plan, ["train"]))
    document.commit(change.edit(document.plan, "safe", {"title": "Safer"}))
    document.undo()
    document.close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, plan_bytes):
    """A fresh copy of that file, alone in a folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    found = folder / "plan.cypp"
    found.write_bytes(plan_bytes)
    return found


@pytest.fixture
def document(path):
    """That file, opened."""
    opened = Document.open(path, "Ann")
    yield opened
    opened.close()


@pytest.fixture
def copy(document, tmp_path):
    """Give somebody a copy of the plan, or ``of`` another copy, and open it under their name."""
    opened = []

    def given(author, of=document):
        target = tmp_path / f"{len(opened)} {author}.cypp"
        shutil.copy(of.path, target)
        opened.append(Document.open(target, author))
        return opened[-1]

    yield given
    for one in opened:
        one.close()


@pytest.fixture
def take(document):
    """Take copies into the plan, and see that its file is sound."""

    def taken(*copies, into=document):
        new = merge.take_in(into, merge.preview(into, [one.path for one in copies]))
        assert into.check() == []
        return new

    return taken
