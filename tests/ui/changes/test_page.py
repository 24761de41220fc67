"""Reviewing what came: seen card by card, kept or put back with mouse and keys."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from cypp_desktop.document import long, merge
from cypp_desktop.document.document import Document
from cypp_desktop.document.review import Span
from cypp_desktop.domain.change import add, delete, edit
from cypp_desktop.domain.plan import Action, Outcome, update_field
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.changes.content import content, spoken
from cypp_desktop.ui.changes.list import KEEP, PUT_BACK
from cypp_desktop.ui.changes.page import ReviewPanel
from cypp_desktop.ui.changes.source import Source
from cypp_desktop.ui.models.questions import Questions

KEY = Qt.Key


def actions(plan):
    return sorted((one for one in plan if isinstance(one, Action)), key=lambda one: one.ref)


def write(place=0, **values):
    return lambda plan: edit(plan, actions(plan)[place].id, values)


_asking = []


@pytest.fixture(autouse=True)
def rest():
    """Nothing is looked up after the document was closed."""
    yield
    while _asking:
        _asking.pop().rest()


def page(small, qtbot):
    questions = Questions(small)
    _asking.append(questions)
    source = Source(small, Span(came=True))
    panel = ReviewPanel(small, source, questions)
    questions.setParent(panel)
    source.setParent(panel)
    panel.bridge, panel.source = small, source
    source.finish()
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.list.setFocus()
    return panel


@pytest.fixture
def reviewed(qtbot, small):
    """Take in copies of people who made steps; the page of what that brought."""

    def take(**people):
        paths = []
        for name, steps in people.items():
            path = small.document.path.parent / f"{name}.cypp"
            small.document.save_copy(path)
            copy = Document.open(path, name)
            for step in steps:
                copy.commit(step(copy.plan))
            copy.close()
            paths.append(path)
        merge.take_in(small.document, merge.preview(small.document, paths))
        return page(small, qtbot)

    return take


@pytest.fixture
def three(reviewed):
    """Devon wrote two actions, Amina deleted the second."""
    return reviewed(
        Amina=[lambda plan: delete(plan, [actions(plan)[1].id])],
        Devon=[write(text="Do **this** soon"), write(due="June")],
    )


def listed(panel):
    return [
        f"{row.contribution.author}: {content(panel.model.plan, row.contribution).title}"
        if row.contribution
        else f"= {row.words} {len(row.under)}"
        for row in panel.model.rows
    ]


def choose(chooser, words, qtbot):
    place = next(at for at in range(chooser.count()) if chooser.itemText(at) == words)
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)


def test_cards_stand_under_their_person_with_before_and_after_in_one_text(three):
    assert listed(three) == [
        "= Amina 1",
        "Amina: Key action 1.1.2 · deleted",
        "= Devon 1",
        "Devon: Key action 1.1.1 · 2 fields",
    ]
    shown = content(three.model.plan, three.model.rows[3].contribution)
    assert [line.name for line in shown.lines] == ["Words", "Due"]
    assert shown.lines[1].words == (("+", "June"),)
    assert ("+", "soon") in shown.lines[0].words
    assert "".join(words for mark, words in shown.lines[0].words if mark != "-") == "Do this soon"
    assert "after: June" in spoken(three.model.plan, three.model.rows[3].contribution)
    assert three._about.text() == "0 of 2 reviewed"


def test_the_model_is_a_sound_one(three):
    QAbstractItemModelTester(three.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    three.refresh()


def test_keys_walk_keep_and_put_back(three, qtbot):
    view, plan = three.list, three.bridge.plan
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, KEY.Key_J)
    assert view.currentIndex().row() == 3
    qtbot.keyClick(view, KEY.Key_K)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, KEY.Key_Delete)  # the deletion is put back
    assert len(actions(three.bridge.plan)) == len(actions(plan)) + 1
    assert listed(three) == ["= Devon 1", "Devon: Key action 1.1.1 · 2 fields"]
    qtbot.keyClick(view, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (listed(three), three._about.text()) == ([], "2 of 2 reviewed")
    three.bridge.undo()
    three.source.finish()
    assert three._about.text() == "1 of 2 reviewed"


def test_delete_is_the_lists_own_key_and_not_the_windows(three):
    keys = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.ShortcutOverride, KEY.Key_Delete, keys)
    event.ignore()
    QApplication.sendEvent(three.list, event)
    assert event.isAccepted()


def test_very_much_is_put_back_off_the_windows_thread(three, monkeypatch):
    monkeypatch.setattr(long, "MANY", 1)
    threads = []
    written = type(three.bridge.document)._written
    monkeypatch.setattr(
        type(three.bridge.document),
        "_written",
        lambda *rest, **more: threads.append(threading.current_thread()) or written(*rest, **more),
    )
    before = len(actions(three.bridge.plan))
    three._act(0, "Put all back")
    assert len(actions(three.bridge.plan)) == before + 1
    assert threads[-1] is not threading.main_thread()


def test_the_painted_buttons_do_what_they_say(three, qtbot):
    view = three.list
    for words, due in ((KEEP, "June"), (PUT_BACK, "")):
        made = view.card(3)
        box = next(box for name, box, _ in made.buttons if name == words)
        at = QPoint(int(box.center().x()), int(box.center().y()) + view.rowViewportPosition(3))
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert actions(three.bridge.plan)[0].due == due
        assert not any("Devon" in one for one in listed(three))
        three.bridge.undo()
        three.source.finish()


def test_all_of_one_person_is_kept_from_the_heading_and_undone_at_once(reviewed, qtbot):
    panel = reviewed(Devon=[write(0, due="June"), write(1, due="July")], Amina=[write(1, text="Else")])
    said = []
    panel.said.connect(said.append)
    place = next(at for at, row in enumerate(panel.model.rows) if row.words == "Devon" and row.under)
    panel.list.acted.emit(place, "Keep all")
    assert listed(panel) == ["= Amina 1", "Amina: Key action 1.1.2 · words"]
    assert said == ["2 changes kept."]
    panel.bridge.undo()
    panel.source.finish()
    assert panel._about.text() == "0 of 3 reviewed"


def test_all_of_one_person_is_put_back_but_for_what_others_wrote_into(reviewed):
    panel = reviewed(
        Devon=[
            write(0, due="June"),
            lambda plan: add(plan, "action", next(one for one in plan if isinstance(one, Outcome)).id, {"text": "New"}),
        ]
    )
    new = next(one for one in actions(panel.bridge.plan) if one.text == "New")
    panel.bridge.commit(edit(panel.bridge.plan, new.id, {"due": "Soon"}))
    panel.source.finish()
    panel._act(0, "Put all back")
    assert (actions(panel.bridge.plan)[1].due, new.id in panel.bridge.plan) == ("", True)
    assert [one.open for one in panel.source.found if one.doing == "added"] == [True]


def test_an_addition_that_others_wrote_into_says_why_it_stays(reviewed):
    outcome = lambda plan: next(one for one in plan if isinstance(one, Outcome)).id  # noqa: E731 - short
    panel = reviewed(Devon=[lambda plan: add(plan, "action", outcome(plan), {"text": "New"})])
    new = next(one for one in actions(panel.bridge.plan) if one.text == "New")
    panel.bridge.commit(edit(panel.bridge.plan, new.id, {"due": "Soon"}))
    panel.source.finish()
    panel.list.acted.emit(1, PUT_BACK)
    assert panel.bridge.said == ["Tess has written into what was added since, so it cannot be put back."]
    assert panel._about.text() == "0 of 1 reviewed"


def test_filters_by_person_kind_and_state(reviewed, qtbot, small):
    period = small.plan.current_period.id
    panel = reviewed(
        Amina=[write(0, due="June")],
        Devon=[write(0, due="July"), write(1, **{update_field("note", period): "Begun"})],
    )
    choose(panel.people, "Devon", qtbot)
    assert listed(panel)[0] == "= Devon 2"
    choose(panel.kinds, "Progress and status", qtbot)
    assert listed(panel) == ["= Devon 1", "Devon: Key action 1.1.2 · progress note, Spring"]
    choose(panel.people, "Everybody", qtbot)
    choose(panel.kinds, "All kinds", qtbot)
    panel._questions.finish()
    choose(panel.states, "With something to settle", qtbot)
    assert listed(panel) == [
        "= Amina 1",
        "Amina: Key action 1.1.1 · due",
        "= Devon 1",
        "Devon: Key action 1.1.1 · due",
    ]
    choose(panel.states, "Kept", qtbot)
    assert listed(panel) == []
    choose(panel.order, "By place", qtbot)
    choose(panel.states, "Reviewed or not", qtbot)
    assert listed(panel)[0] == "= 1.1 Safe 3"


def test_the_whole_history_of_a_day_can_be_looked_through_too(three, qtbot):
    three.bridge.commit(edit(three.bridge.plan, three.bridge.plan.root, {"title": "Other"}))
    choose(three.spans, "All changes of a day", qtbot)
    qtbot.waitUntil(lambda: three.source.known)
    choose(three.order, "By time", qtbot)
    assert listed(three)[0] == "Tess: The plan · title"
    assert any("added, with" in one for one in listed(three))


def test_enter_goes_to_what_a_card_is_about_to_its_place_where_that_is_deleted(three, qtbot):
    gone, plan = [], three.bridge.plan
    three.wanted.connect(gone.append)
    qtbot.keyClick(three.list, KEY.Key_Return)
    three.list.go(3)
    qtbot.keyClick(three.list, KEY.Key_Return)
    outcome = next(one for one in plan if isinstance(one, Outcome))
    assert gone == [outcome.id, actions(plan)[0].id]


def test_where_nothing_came_the_page_says_what_it_is_for(small, qtbot):
    panel = page(small, qtbot)
    assert listed(panel) == []
    assert "Nothing has come" in panel._empty._sentence.text()


def test_a_plan_that_is_only_read_offers_nothing_to_do(three, qtbot):
    bridge = Bridge(Document.open(three.bridge.document.path, "Dan", read_only=True))
    panel = page(bridge, qtbot)
    assert len(panel.model.rows) == 4
    assert not any(panel.list.card(row).buttons for row in range(4))
    bridge.close()


def test_only_cards_that_are_seen_are_laid_out(reviewed):
    panel = reviewed(Devon=[write(0, due="June")])
    one = panel.source.found[0]
    panel.source.found = [replace(one, author=f"P{n:05}") for n in range(3000)]
    panel.refresh()
    assert len(panel.model.rows) == 6000
    assert len(panel.list._cards) < 60
    panel.list.go(5999)
    assert panel.list.currentIndex().row() == 5999
    assert len(panel.list._cards) < 120
