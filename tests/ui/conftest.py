"""A small plan in a file, for tests of fields, forms and dialogs."""

import pytest

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import NATIONAL, OURS, update_field
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
