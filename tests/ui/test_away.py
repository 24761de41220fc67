from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QTimer

from cypp_desktop.document import backups, long
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import Branch, Refused, delete
from cypp_desktop.ui import away
from cypp_desktop.ui.bridge import Bridge


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A plan in which deleting the one priority is a long step."""
    monkeypatch.setattr(long, "MANY", 100)
    actions = [Branch("action", {"text": f"Do {number}"}) for number in range(300)]
    plan = Branch("plan", {"title": "P"}, [Branch("priority", {"ref": "1"}, actions)])
    bridge = Bridge(Document.create(tmp_path / "p.cypp", "Tess", plan))
    bridge.said = []
    bridge.failed.connect(bridge.said.append)
    yield bridge
    bridge.close()


def remove_all(bridge):
    return bridge.commit(delete(bridge.plan, [bridge.plan.priorities[0].id]))


def test_a_long_step_is_written_elsewhere_and_told_of_here(large, qtbot):
    written, told = [], []
    forward = large.document._forward

    def watched(step):
        written.append(threading.current_thread())
        return forward(step)

    large.document._forward = watched
    large.changed.connect(lambda _event: told.append(threading.current_thread()))
    before = large.plan
    assert remove_all(large)
    assert written[0] is not threading.main_thread()
    assert told == [threading.main_thread()]
    assert not large.plan.priorities
    assert large.undo()
    assert large.plan == before
    assert large.redo()
    assert large.document.check() == []


def test_the_window_goes_on_meanwhile(large, qtbot, monkeypatch):
    monkeypatch.setattr(away, "PATIENCE", 10_000)
    ticks, forward = [], large.document._forward

    def slow(step):
        time.sleep(0.15)
        return forward(step)

    large.document._forward = slow
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    assert remove_all(large)
    assert len(ticks) > 3


def test_it_can_be_stopped_and_then_nothing_has_changed(large, qtbot, monkeypatch):
    monkeypatch.setattr(away, "PATIENCE", 0)
    before, inside, write = large.plan, threading.Event(), large.document._store.write

    def waits(*given):
        inside.set()
        time.sleep(0.3)
        return write(*given)

    large.document._store.write = waits
    shown = []

    class Impatient(away.Waiting):
        def showEvent(self, event):  # noqa: N802 - Qt's name
            super().showEvent(event)
            shown.append(self)
            inside.wait(5)
            self.button.click()

    monkeypatch.setattr(away, "Waiting", Impatient)
    assert not remove_all(large)
    assert shown
    assert large.said == ["It was stopped, and nothing was changed."]
    assert large.plan == before
    large.document._store.write = write
    assert large.document.check() == []
    monkeypatch.undo()
    assert remove_all(large)  # what was stopped is no matter to what comes next
    assert large.document.check() == []


def test_what_is_refused_is_refused_here(large, qtbot):
    step = delete(large.plan, [large.plan.priorities[0].id])
    assert large.commit(step)
    assert not large.commit(step)
    assert large.said == ["That is no longer in the plan."]


def test_a_large_plan_is_backed_up_elsewhere(large, qtbot, monkeypatch):
    threads, keep = [], backups.keep
    monkeypatch.setattr(backups, "keep", lambda *what: threads.append(threading.current_thread()) or keep(*what))
    kept = large.document.back_up("before-merge")
    assert kept.exists()
    assert threading.main_thread() not in threads
    assert len(large.document.known()) > 300


def test_a_backup_that_is_stopped_says_so(large, qtbot, monkeypatch):
    def keep(connection, _why):
        large.document.long.stop()
        raise CannotSave("The backup could not be written: it was interrupted.")

    monkeypatch.setattr(backups, "keep", keep)
    with pytest.raises(Refused, match="It was stopped"):
        large.document.back_up("before-merge")
    assert remove_all(large)  # what was stopped is no matter to what comes next
