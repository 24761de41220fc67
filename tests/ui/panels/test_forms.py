"""The forms as they first appear: in the narrowest pane, and in a plan that has little yet."""

from __future__ import annotations

import pytest

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch, add
from cypp_desktop.exchange import samples
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.action_fields import PeriodText
from cypp_desktop.ui.panels.inspector import Inspector


@pytest.mark.parametrize("name", ["county", "city"])
@pytest.mark.parametrize("kind", ["plan", "priority", "outcome", "action", "measure", "status", "period", "lead"])
def test_every_form_fits_into_the_narrowest_pane(qtbot, tmp_path, kind, name):
    document = Document.create(tmp_path / "plan.cypp", "Tess", samples.load(name))
    pane = Inspector(Bridge(document))
    qtbot.addWidget(pane)
    pane.resize(pane.minimumWidth(), 900)
    pane.show()
    for record in [one for one in document.plan if one.kind == kind][:12]:
        pane.look_at(record.id)
        qtbot.waitUntil(lambda: pane.widget().width() <= pane.viewport().width())
    pane.close()
    document.close()


def test_a_plan_without_a_period_has_no_progress_until_it_has_one(qtbot, small, tmp_path):
    outcome = Branch("outcome", {"ref": "1.1"}, [Branch("action", {"text": "Do this"})])
    status = Branch("status", {"label": "Good", "letter": "G"})
    plan = Branch("plan", {"title": "P"}, [status, Branch("priority", {"ref": "1"}, [outcome])])
    bridge = Bridge(Document.create(tmp_path / "p.cypp", "Tess", plan))
    inspector = Inspector(bridge)
    qtbot.addWidget(inspector)
    inspector.show()
    action = next(one for one in bridge.plan if one.kind == "action")
    bridge.select(action.id)
    qtbot.waitUntil(inspector.rests)
    note = next(one for one in inspector.findChildren(PeriodText) if one.cell == "" and one._field == "note")
    assert not note.isVisible()
    assert bridge.commit(add(bridge.plan, "period", bridge.plan.root, {"name": "Spring"}))
    qtbot.waitUntil(note.isVisible)
    note.type_in("Begun")
    note.save()
    assert bridge.plan[action.id].update(bridge.plan.current_period.id).note == "Begun"
    inspector.close()
    bridge.close()
