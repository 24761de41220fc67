from __future__ import annotations

import threading

import pytest

from cypp_desktop.domain.change import Refused
from cypp_desktop.ui.work import Work


def test_it_runs_elsewhere_says_how_far_it_is_and_brings_what_it_found(qtbot):
    steps = []

    def count(say):
        say(10, "Counting")
        return threading.current_thread() is threading.main_thread()

    work = Work(count)
    work.step.connect(lambda so_far, words: steps.append((so_far, words)))
    with qtbot.waitSignal(work.done) as found:
        work.begin()
    assert found.args == [False]
    assert steps == [(10, "Counting")]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [(Refused("No such file."), "No such file."), (RuntimeError("odd"), "It failed: odd")],
)
def test_it_says_why_it_failed(qtbot, problem, sentence):
    def fail(say):
        raise problem

    work = Work(fail, "It failed")
    with qtbot.waitSignal(work.failed) as found:
        work.begin()
    assert found.args == [sentence]


def test_stopped_it_ends_at_its_next_step_unheard(qtbot):
    begun, go_on, heard = threading.Event(), threading.Event(), []

    def wait(say):
        begun.set()
        go_on.wait(5)
        say(50, "Going on")
        heard.append("went on")

    work = Work(wait)
    work.done.connect(heard.append)
    work.failed.connect(heard.append)
    work.step.connect(lambda *said: heard.append(said))
    with qtbot.waitSignal(work.finished):
        work.begin()
        begun.wait(5)
        work.stop()
        go_on.set()
    assert heard == []


def test_stopped_after_its_end_nothing_of_it_is_heard(qtbot):
    heard = []
    work = Work(lambda say: say(10, "Counting"))
    work.step.connect(lambda *said: heard.append(said))
    work.done.connect(heard.append)
    work.begin()
    assert work.wait(5000)
    work.stop()
    qtbot.wait(1)
    assert heard == []


def test_the_same_words_are_said_once(qtbot):
    steps = []
    work = Work(lambda say: [say(10, words) for words in ("Counting", "Counting", "Adding")])
    work.step.connect(lambda *said: steps.append(said))
    with qtbot.waitSignal(work.done):
        work.begin()
    assert steps == [(10, "Counting"), (10, "Adding")]
