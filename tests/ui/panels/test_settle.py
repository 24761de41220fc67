from __future__ import annotations

from dataclasses import replace
from threading import current_thread, main_thread

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit

from cypp_desktop.document import conflicts, merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import add, delete, edit, joined, move
from cypp_desktop.domain.naming import record_name
from cypp_desktop.domain.plan import Action, Lead, Outcome, Status, update_field
from cypp_desktop.ui.controls import Card
from cypp_desktop.ui.models.questions import Questions
from cypp_desktop.ui.panels import answers
from cypp_desktop.ui.panels.answers import Question
from cypp_desktop.ui.panels.settle import SettlePanel


def actions(plan):
    return sorted((one for one in plan if isinstance(one, Action)), key=lambda one: one.ref)


def only(plan, kind):
    return next(one for one in plan if isinstance(one, kind))


@pytest.fixture
def divided(qtbot, small):
    """Take in a copy in which Devon made steps while Tess made others; the page of what that left open."""

    def take(mine, theirs):
        path = small.document.path.parent / "devon.cypp"
        small.document.save_copy(path)
        copy = Document.open(path, "Devon")
        for document, steps in ((small.document, mine), (copy, theirs)):
            for step in steps:
                document.commit(step(document.plan))
        copy.close()
        merge.take_in(small.document, merge.preview(small.document, [path]))
        questions = Questions(small)
        panel = SettlePanel(small, questions)
        questions.setParent(panel)
        questions.finish()
        panel.bridge, panel.questions = small, questions
        qtbot.addWidget(panel)
        panel.resize(1000, 800)
        with qtbot.waitExposed(panel):
            panel.show()
        return panel

    return take


def write(**values):
    return lambda plan: edit(plan, actions(plan)[0].id, values)


def settled(panel):
    panel.questions.finish()
    return panel.questions.open == [] and not panel._empty.isHidden()


def test_a_question_with_thousands_of_sides_shows_some_and_stays_quick(divided, monkeypatch):
    panel = divided([write(text="One")], [write(text="Other")])
    (question,) = panel.questions.open
    words = "word " * 300
    sides = tuple(replace(question.sides[0], author=f"P{n}", value=f"{words}{n}") for n in range(20_000))
    compared = []
    propose = answers.wordmerge.propose
    monkeypatch.setattr(answers.wordmerge, "propose", lambda *texts: compared.append(1) or propose(*texts))
    shown = Question(panel.bridge, replace(question, sides=sides))
    assert (len(shown.uses), len(compared) < 10) == (24, True)
    shown.deleteLater()


def test_tab_comes_to_the_answers_before_the_other_questions(divided):
    panel = divided([write(text="One", due="May")], [write(text="Other", due="June")])
    widgets = panel.findChildren(QPushButton)
    others = [one for one in widgets if isinstance(one, Card)]
    assert others
    assert all(widgets.index(use) < widgets.index(others[0]) for use in panel.question.uses)
    panel.next.click()
    widgets = panel.findChildren(QPushButton)
    others = [one for one in widgets if isinstance(one, Card) and not one.isHidden()]
    assert all(widgets.index(use) < widgets.index(others[-1]) for use in panel.question.uses)


@pytest.fixture
def texts(divided):
    """Both wrote the words of one action."""
    return divided([write(text="Do **this** now")], [write(text="Do **this** for carers")])


def test_without_questions_there_is_nothing_to_settle(divided):
    panel = divided([], [write(due="May")])
    assert panel.question is None
    assert panel._empty.isVisible()
    assert panel._empty._sentence.text().startswith("Nothing to settle.")


def test_a_question_says_which_cell_of_which_record_two_people_wrote(texts):
    assert texts._kicker.text() == "To settle · 1 of 1"
    assert texts._title.text() == "Two people changed the words of Key action 1.1.1"
    assert [use.text() for use in texts.question.uses] == ["Use yours", "Use theirs"]
    assert not texts.next.isVisible()


@pytest.mark.parametrize(("place", "words"), [(0, "Do **this** now"), (1, "Do **this** for carers")])
def test_a_side_is_used_and_the_question_is_closed_until_that_is_undone(texts, place, words):
    action = actions(texts.bridge.plan)[0].id
    shown = texts.bridge.plan[action].text
    texts.question.uses[place].click()
    assert texts.bridge.plan[action].text == words
    assert settled(texts)
    assert texts.bridge.undo()
    texts.questions.finish()
    assert len(texts.questions.open) == 1
    assert texts.bridge.plan[action].text == shown
    assert [use.text() for use in texts.question.uses] == ["Use yours", "Use theirs"]


def test_what_is_new_in_a_proposal_is_marked_behind_an_emoji_too(qtbot):
    area = QTextEdit("\U0001f389\U0001f389 Do this for young carers")
    qtbot.addWidget(area)
    answers._mark(area, "\U0001f389\U0001f389 Do this for carers")
    assert [one.cursor.selectedText() for one in area.extraSelections()] == ["young"]


def test_both_together_is_a_proposal_that_can_be_written_over(texts):
    question = texts.question
    assert question.written == "Do **this** now for carers"
    assert [one.cursor.selectedText() for one in question.editor.edit.extraSelections()] == ["now for carers"]
    question.editor.edit.selectAll()
    question.editor.edit.insertPlainText("Something else")
    question.use_text.click()
    assert actions(texts.bridge.plan)[0].text == "Something else"
    assert settled(texts)


def test_what_is_typed_stays_while_the_plan_changes_elsewhere(texts):
    texts.question.editor.edit.selectAll()
    texts.question.editor.edit.insertPlainText("Typed")
    texts.bridge.commit(edit(texts.bridge.plan, actions(texts.bridge.plan)[1].id, {"due": "June"}))
    texts.questions.finish()
    assert texts.question.written == "Typed"


def test_leads_of_both_can_be_used(divided):
    def lead(name):
        return lambda plan: edit(
            plan, actions(plan)[1].id, {"leads": tuple(one.id for one in plan.leads if one.name == name)}
        )

    panel = divided([lead("Ann")], [lead("Ben")])
    assert panel.question.editor is None
    panel.question.use_text.click()
    plan = panel.bridge.plan
    assert sorted(plan.lead_names(actions(plan)[1])) == ["Ann", "Ben"]
    assert settled(panel)


def test_a_status_is_chosen_not_written(divided):
    def status(letter):
        def step(plan):
            found = next(one for one in plan.statuses if one.letter == letter)
            return edit(plan, actions(plan)[1].id, {update_field("status", plan.current_period.id): found.id})

        return step

    panel = divided([status("G")], [status("R")])
    assert panel.question.editor is None
    assert not panel.question.use_text.isVisible()
    panel.question.uses[1].click()
    plan = panel.bridge.plan
    assert plan.status(actions(plan)[1]).letter == "R"
    assert only(plan, Status)
    assert settled(panel)


@pytest.mark.parametrize("kept", [True, False])
def test_what_one_deleted_and_the_other_edited_is_kept_or_deleted(divided, kept):
    panel = divided([lambda plan: delete(plan, [actions(plan)[0].id])], [write(due="May")])
    action = panel.questions.open[0].record
    assert panel._title.text() == "Key action 1.1.1 was deleted in one copy and changed in another"
    (panel.question.keep if kept else panel.question.delete).click()
    assert (action in panel.bridge.plan) is kept
    assert settled(panel)


@pytest.fixture
def lost(divided):
    """Tess deleted an outcome while Devon added an action to it."""

    def added(plan):
        return add(plan, "action", only(plan, Outcome).id, {"text": "New"})

    panel = divided([lambda plan: delete(plan, [only(plan, Outcome).id])], [added])
    assert panel._title.text() == "Key action “New” has lost its place"
    return panel


def test_what_lost_its_place_is_moved_to_one_that_is_chosen(lost):
    question, plan = lost.question, lost.bridge.plan
    assert not question.keep.isEnabled()
    assert [question.places.itemData(place) for place in range(question.places.count())] == [plan.priorities[0].id]
    question.places.setCurrentIndex(0)
    question.keep.click()
    plan = lost.bridge.plan
    assert [one.text for one in plan.actions(plan.priorities[0].id)] == ["New"]
    assert settled(lost)


def test_what_it_hung_on_is_named_and_brought_back(lost):
    said = [one.text() for one in lost.question.findChildren(QLabel)]
    assert [one for one in said if "on which it hung (today " in one] == said[:1]
    lost.question.back.click()
    plan = lost.bridge.plan
    assert [one.text for one in plan.actions(only(plan, Outcome).id)] == ["New"]
    assert settled(lost)


def test_all_that_it_hung_on_comes_back(divided):
    def added(plan):
        return add(plan, "action", only(plan, Outcome).id, {"text": "New"})

    panel = divided([lambda plan: delete(plan, [plan.priorities[0].id])], [added])
    panel.question.back.click()
    plan = panel.bridge.plan
    assert [one.text for one in plan.actions(plan.outcomes(plan.priorities[0].id)[0].id)] == ["New"]
    assert settled(panel)


def test_what_lost_its_place_is_deleted(lost):
    lost.question.delete.click()
    assert actions(lost.bridge.plan) == []
    assert settled(lost)


def test_what_two_people_moved_goes_where_one_of_them_put_it(divided):
    def to_priority(plan):
        return move(plan, actions(plan)[0].id, plan.priorities[0].id)

    def beside(plan):
        return move(plan, actions(plan)[0].id, plan.outcomes(plan.priorities[0].id)[0].id)

    panel = divided([to_priority], [beside])
    name = record_name(panel.bridge.plan, actions(panel.bridge.plan)[0])  # by where it is meanwhile
    assert panel._title.text() == f"Two people moved {name} to different places"
    panel.question.uses[0].click()
    plan = panel.bridge.plan
    assert [one.text for one in plan.actions(plan.priorities[0].id)] == ["Do **this**"]
    assert settled(panel)


def test_two_copies_of_one_person_are_told_apart_by_what_they_say(divided, small):
    small.document.author = "Devon"
    panel = divided([write(due="May")], [write(due="June")])
    assert panel._title.text() == "Two copies changed the due of Key action 1.1.1"
    assert [use.text() for use in panel.question.uses] == ["Use this", "Use this"]
    panel.question.uses[0].click()
    assert settled(panel)


def test_where_the_plan_can_only_be_read_nothing_is_settled(texts, small):
    small.document.read_only = "It can only be read."
    texts._put(None)
    texts.turn_to(0)
    question = texts.question
    assert not any(one.isEnabled() for one in (*question.uses, question.use_text))
    assert question.leave.isEnabled()


def test_one_walks_from_question_to_question_and_leaves_one_for_later(divided):
    panel = divided([write(text="Mine", due="May")], [write(text="Theirs", due="June")])
    titles = {panel._title.text()}
    panel.question.leave.click()
    titles.add(panel._title.text())
    assert len(titles) == 2
    assert panel._kicker.text() == "To settle · 2 of 2"
    panel.next.click()
    assert panel._kicker.text() == "To settle · 1 of 2"
    panel.question.uses[0].click()
    panel.questions.finish()
    assert panel._kicker.text() == "To settle · 1 of 1"
    wanted = []
    panel.wanted.connect(wanted.append)
    panel.question.leave.click()
    assert wanted == [actions(panel.bridge.plan)[0].id]
    assert panel.bridge.plan.of(Lead)


def test_questions_come_in_the_order_in_which_one_reads_the_plan(divided):
    def all_due(when):
        return lambda plan: joined("due", [edit(plan, one.id, {"due": when}) for one in actions(plan)])

    panel = divided([all_due("May")], [all_due("June")])
    walked = [one.id for one in panel.bridge.plan.walk() if isinstance(one, Action)]
    assert len(walked) > 1
    assert [one.record for one in panel.questions.open] == walked


def test_an_answered_question_goes_at_once_and_others_are_looked_up_off_the_ui_thread(divided, qtbot, monkeypatch):
    panel = divided([write(text="Mine", due="May")], [write(text="Theirs", due="June")])
    threads = []
    load = conflicts.load
    monkeypatch.setattr(conflicts, "load", lambda *what: threads.append(current_thread()) or load(*what))
    with qtbot.waitSignal(panel.questions.looked):
        panel.question.uses[0].click()
        assert panel._kicker.text() == "To settle · 1 of 1"
    assert main_thread() not in threads
    assert len(panel.questions.open) == 1


def test_that_they_cannot_be_looked_up_is_said(divided, qtbot):
    panel = divided([write(text="Mine")], [write(text="Theirs")])
    panel.bridge.document.path.rename(panel.bridge.document.path.with_name("moved.cypp"))
    with qtbot.waitSignal(panel.bridge.failed) as said, qtbot.waitSignal(panel.questions.looked):
        panel.questions.look()
    assert said.args[0].startswith("What is to settle cannot be read:")
    assert len(panel.questions.open) == 1
