"""A small plan in a file, for tests of fields, forms and dialogs; the program, for tests of its windows."""

import shutil
from pathlib import Path

import pytest

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import NATIONAL, OURS, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui import app, settings, theme
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.bridge import Bridge


@pytest.fixture
def small(tmp_path):
    """The bridge to a document with the small plan; ``said`` are the sentences of refusals."""
    bridge = Bridge(Document.create(tmp_path / "small.cypp", "Tess", _small()))
    bridge.said = []
    bridge.failed.connect(bridge.said.append)
    yield bridge
    bridge.close()


def _small() -> Branch:
    """One outcome with a measure, two readings, two actions; two periods, three statuses, two leads, two sections."""
    mine, last, now, good, late = (Branch("lead", {"name": "Ann"}), *_periods(), *_statuses())
    measure = Branch(
        "measure",
        {"name": "Children in need", "target": "Decrease"},
        [
            Branch("reading", {"series": OURS, "period": "2014", "value": "10"}),
            Branch("reading", {"series": NATIONAL, "period": "2014", "value": "12"}),
        ],
    )
    first = Branch(
        "action",
        {
            "ref": "1",
            "text": "Do **this**",
            "leads": (mine.id,),
            update_field("note", last.id): "Begun",
            update_field("status", last.id): good.id,
        },
    )
    second = Branch("action", {"ref": "2", "text": "Do that"})
    outcome = Branch("outcome", {"ref": "1.1", "title": "Safe"}, [measure, first, second])
    return Branch(
        "plan",
        {"title": "Plan", "current_period": now.id},
        [
            *(mine, Branch("lead", {"name": "Ben"})),
            *(last, now, good, late),
            Branch("section", {"heading": "Foreword", "text": "Words"}),
            Branch("section", {"heading": "Vision", "text": "More"}),
            Branch("section", {"heading": "Approach", "place": "after"}),
            Branch("priority", {"ref": "1", "title": "First"}, [outcome]),
        ],
    )


def _periods() -> tuple[Branch, Branch]:
    return Branch("period", {"name": "Autumn"}), Branch("period", {"name": "Spring"})


def _statuses() -> tuple[Branch, Branch]:
    good = Branch("status", {"label": "On schedule", "letter": "G", "colour": "#1D6932"})
    return good, Branch("status", {"label": "Behind", "letter": "R", "shape": "diamond", "colour": "#B3261E"})


@pytest.fixture
def program(qapp, tmp_path, monkeypatch):
    """The program without a window, as Tess has set it up."""
    settings._store().clear()
    settings.write(author="Tess")
    monkeypatch.setattr(settings, "documents", lambda: tmp_path)
    app.make_app()
    theme.choose_scheme("light")
    program = Program(qapp)
    yield program
    for window in list(program.windows):
        window.give_up()
    theme.choose_zoom(1)


@pytest.fixture
def open_plan(program, tmp_path, qtbot):
    """Opens a window on a sample plan."""

    def open_(name="county"):
        window = program.make(tmp_path / f"{name}.cypp", samples.load(name))
        window.resize(1440, 900)
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.waitExposed(window)
        return window

    return open_


@pytest.fixture
def path(small, tmp_path):
    """A plan file that nobody has open."""
    folder = tmp_path / "plans"
    folder.mkdir()
    return Path(shutil.copy(small.document.path, folder / "plan.cypp"))


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """The program keeps its data, such as backups, in a folder of the test."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
