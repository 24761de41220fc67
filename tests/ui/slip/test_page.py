from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.exchange import sending
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.copies import back
from cypp_desktop.ui.models.tree import NUMBER, READY, SETTLE, SLIP
from cypp_desktop.ui.slip.page import SlipPanel


@pytest.fixture
def ann(small):
    """Ann has both actions of the plan."""
    lead = small.plan.leads[0].id
    for action in actions(small.plan):
        small.commit(edit(small.plan, action.id, {"leads": (lead,)}))
    return lead


@pytest.fixture
def window(qapp, small, ann, tmp_path, qtbot):
    """Ann's return slip, opened by her."""
    settings._store().clear()
    settings.write(author="Ann")
    made = sending.named(small.plan, sending.slip(small.plan, [ann]), tmp_path)
    sending.write(small.document, made)
    app.make_app()
    program = Program(qapp)
    window = program.open(made.path)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    for one in list(program.windows):
        one.close()


def actions(plan):
    return sorted((one for one in plan if isinstance(one, Action)), key=lambda one: one.ref)


def period(plan):
    return plan.current_period.id


def test_the_window_begins_with_what_is_asked_and_counts_it_down(window, small):
    page, plan, tree = window.view.middle, window.bridge.plan, window.view.tree.model
    assert isinstance(page, SlipPanel)
    assert page._title.text() == "Your 2 key actions to update"
    assert page._said.text() == "0 of 2 updated. Each needs a progress note and a status."
    assert tree.index_of(SLIP).data(NUMBER) == 2
    assert not tree.index_of(SETTLE).isValid()
    assert not tree.index_of(READY).isValid()
    page.card.note.type_in("Done")
    page.card.note.save()
    assert tree.index_of(SLIP).data(NUMBER) == 2
    page.card.status.choose(plan.statuses[0].id)
    assert tree.index_of(SLIP).data(NUMBER) == 1
    assert page._said.text().startswith("1 of 2 updated.")
    page.next()
    assert page.list.currentRow() == 1
    page.card.note.type_in("Done too")
    page.save()
    page.card.status.choose(plan.statuses[1].id)
    assert page._said.text() == "2 of 2 updated – send it back."
    window.commands.actions["undo"].trigger()
    assert tree.index_of(SLIP).data(NUMBER) == 1
    assert small.said == []


def test_what_is_written_bears_the_name_of_the_lead_unless_another_was_given(qapp, window):
    path = window.bridge.document.path
    window.close()
    settings._store().clear()
    other = Program(qapp).open(path)
    assert other.bridge.document.author == "Ann"
    assert other.view.slip._kicker.text() == "Return slip for Ann · Spring"
    other.close()
    settings.write(author="Ann’s assistant")
    other = Program(qapp).open(path)
    assert other.bridge.document.author == "Ann’s assistant"
    other.close()


def test_nothing_else_can_be_edited_in_its_window(window):
    view, bridge, refused = window.view, window.bridge, []
    bridge.failed.connect(refused.append)
    before = bridge.plan
    given = [name for name, action in window.commands.actions.items() if action.isEnabled()]
    assert not {"add action", "add measure", "delete", "paste", "take in", "start period", "move up"} & set(given)
    for place in (
        actions(bridge.plan)[0].id,
        bridge.plan.priorities[0].id,
        bridge.plan.root,
        bridge.plan.sections()[0].id,
    ):
        bridge.select(place)
        view.inspector.look_at(place)
        for field in view.inspector._form.fields if view.inspector._form else ():
            editor = getattr(field, "editor", None)
            assert editor is None or editor.edit.isReadOnly(), field
    assert bridge.commit(edit(bridge.plan, actions(bridge.plan)[0].id, {"text": "Mine"})) is False
    assert "return slip is for the progress of your own actions" in refused[-1]
    assert bridge.plan == before
    assert view.banners.standing.isVisible()
    bridge.select(SLIP)
    assert view.middle is view.slip


def test_what_was_written_before_counts_once_it_is_confirmed(qapp, small, ann, tmp_path, qtbot):
    now, good = period(small.plan), small.plan.statuses[0].id
    for action in actions(small.plan):
        small.commit(edit(small.plan, action.id, {f"note@{now}": "Written", f"status@{now}": good}))
    made = sending.named(small.plan, sending.slip(small.plan, [ann]), tmp_path)
    sending.write(small.document, made)
    window = Program(qapp).open(made.path)
    page = window.view.slip
    window.show()
    assert page.progress.left == 2
    assert page.card.same.isVisible()
    qtbot.mouseClick(page.card.same.box, Qt.MouseButton.LeftButton, pos=page.card.same.box.rect().center())
    assert page.progress.left == 1
    assert page.card.same.box.isChecked()
    page.card.same.box.click()
    assert page.progress.left == 2
    page.card.note.type_in("Rewritten")
    page.save()
    assert page.progress.left == 1
    window.close()


def test_a_slip_always_asks_for_its_own_period(window):
    bridge, page = window.bridge, window.view.slip
    bridge.select(bridge.plan.priorities[0].id)
    bridge.look_at(bridge.plan.periods[0].id)
    bridge.select(SLIP)
    page.card.note.type_in("For spring")
    page.save()
    assert [one.note for one in actions(bridge.plan)[0].updates if one.period == period(bridge.plan)] == ["For spring"]


def test_the_button_writes_a_copy_that_comes_home(window, small, monkeypatch, tmp_path):
    page, shown = window.view.slip, []
    monkeypatch.setattr(back.HandOverDialog, "exec", lambda dialog: shown.append(dialog._paths[0]))
    page.card.note.type_in("Still being typed")
    page.back.click()
    assert shown[0].name.startswith("Plan – Ann back – ")
    (came,) = merge.preview(small.document, shown)
    assert (came.new, came.people) == (1, ("Ann",))
    merge.take_in(small.document, [came])
    assert actions(small.plan)[0].update(period(small.plan)).note == "Still being typed"
    again = Document.open(shown[0], "Ann")
    assert again.slip == window.bridge.document.slip
    again.close()
    window.commands.actions["send"].trigger()
    assert len(shown) == 2


def test_a_slip_that_can_only_be_read_says_so(qapp, window, small):
    path = window.bridge.document.path
    other = Program(qapp).open(path)
    assert other.view.slip.card.note._text.edit.isReadOnly()
    assert "has this plan open" in other.view.banners.standing._words.text()
    other.close()


def test_what_was_being_typed_in_a_slip_is_offered(window):
    path, action = window.bridge.document.path, actions(window.bridge.plan)[0]
    period = window.bridge.plan.current_period
    window.bridge.document.keep_draft(action.id, f"note@{period.id}", "Half a note")
    window.close()
    again = window.program.open(path)
    assert "“Half a note”" in again.view.banners.standing._words.text()
