"""A random user at one plan file: after every step the file, the memory and the views are the same plan."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cypp_desktop.document import journal
from cypp_desktop.document.document import Document
from cypp_desktop.document.store import Store
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND, Branch, Change, Refused, Step
from cypp_desktop.domain.plan import KINDS, Plan, cell
from tests import strategies

ANY = st.integers(0, 10**6)
HOMES = {kind: record.hangs_on for kind, record in KINDS.items() if record.hangs_on}
START = [
    Branch("status", {"label": "On schedule"}),
    Branch(
        "priority",
        {"ref": "1"},
        [Branch("outcome", {"ref": "1.1"}, [Branch("action", {"text": "x"}), Branch("measure", {})])],
    ),
]


class User(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "a plan.cypp"
        self.ids = []  # every id there ever was, in the order of their making
        self.gone = {}
        self.past, self.future, self.events = [], [], []

    @initialize(details=strategies.fields("plan"))
    def begin(self, details):
        self.document = Document.create(self.path, "Ann", Branch("plan", details, START))
        self.model = self.document.plan
        self.ids = [entry.record for entry in self.document.history() if entry.field == KIND]
        self.look()

    def look(self):
        self.events.clear()
        self.view = {one.id: one for one in self.document.plan}
        self.document.subscribe(self.events.append)

    def pick(self, number, *kinds):
        found = [one for one in self.ids if one in self.model and (not kinds or self.model[one].kind in kinds)]
        return found[number % len(found)] if found else ""

    def commit(self, step):
        self.document.commit(step)
        if not step:
            assert not self.events
            return
        self.ids += [one.record for one in step.changes if one.field == KIND]
        self.past.append(self.model)
        self.future.clear()
        expected = strategies.done({one.id: one for one in self.model}, step, self.gone)
        self.became(Plan(expected.values()), step.label)
        assert self.document.undo_label == step.label

    def became(self, plan, label):
        """One event told exactly what changed, and the document holds exactly this plan now."""
        assert len(self.events) == 1
        event = self.events.pop()
        assert (event.before, event.after, event.label) == (self.model, plan, label)
        assert event.after is self.document.plan
        everything = {one.id for one in (*self.model, *plan)}
        assert event.changed == {one for one in everything if self.model.get(one) != plan.get(one)}
        for one in event.changed:
            self.view[one] = event.after.get(one)
        self.model = plan

    # --- what a user does ---

    @rule(kind=st.sampled_from(sorted(HOMES)), home=ANY, place=ANY, data=st.data())
    def add(self, kind, home, place, data):
        parent = self.pick(home, *HOMES[kind])
        if parent:
            siblings = [one.id for one in self.model.of(KINDS[kind], parent)]
            after = [None, "", *siblings][place % (2 + len(siblings))]
            values = data.draw(strategies.fields(kind))
            self.commit(change.add(self.model, kind, parent, values, after=after, keys=self.document.keys))

    @rule(home=ANY, data=st.data())
    def paste(self, home, data):
        kind = data.draw(st.sampled_from(["priority", "outcome"]))
        parent = self.pick(home, *HOMES[kind])
        if parent:
            leaf = strategies.branches("action")
            branches = data.draw(st.lists(strategies.branches(kind, st.lists(leaf, max_size=2)), max_size=3))
            self.commit(change.add_branches(self.model, parent, branches))

    @rule(record=ANY, data=st.data())
    def edit(self, record, data):
        one = self.pick(record)
        self.commit(change.edit(self.model, one, data.draw(strategies.fields(self.model[one].kind))))

    @rule(record=ANY, period=ANY, status=ANY, note=strategies.words)
    def report_progress(self, record, period, status, note):
        action = self.pick(record, "action")
        if action:
            one = self.pick(period, "period")
            values = {f"note@{one}": note, f"status@{one}": self.pick(status, "status")} if one else {}
            if one and self.model[one].closed and values != {name: cell(self.model[action], name) for name in values}:
                with pytest.raises(Refused, match="closed"):
                    change.edit(self.model, action, values)
            else:
                self.commit(change.edit(self.model, action, values))

    @rule(record=ANY, first=strategies.words, second=strategies.words)
    def edit_twice_in_one_step(self, record, first, second):
        one = self.pick(record, "outcome")
        if one:
            steps = [change.edit(self.model, one, {"title": value}) for value in (first, second)]
            step = change.joined("two edits", steps)
            if cell(self.model[one], "title") in (first, second):
                return  # one of the two is no change, so the other stands whatever their order
            self.commit(step)
            assert cell(self.model[one], "title") == second

    @rule(record=ANY, home=ANY, place=ANY)
    def move(self, record, home, place):
        one = self.pick(record, *HOMES)
        parent = self.pick(home, *self.model[one].hangs_on) if one else ""
        if not parent or parent in {below.id for below in self.model.branch(one)}:
            return
        siblings = [sibling.id for sibling in self.model.of(KINDS[self.model[one].kind], parent)]
        after = [None, "", *siblings][place % (2 + len(siblings))]
        self.commit(change.move(self.model, one, parent, after, self.document.keys))

    @rule(records=st.lists(ANY, min_size=1, max_size=3))
    def delete(self, records):
        chosen = {self.pick(number, *HOMES) for number in records} - {""}
        self.commit(change.delete(self.model, sorted(chosen, key=self.ids.index)))

    @rule(record=ANY)
    def edit_and_delete_in_one_step(self, record):
        one = self.pick(record, "outcome")
        if one:
            edit = change.edit(self.model, one, {"title": self.model[one].title + "!"})
            self.commit(change.joined("edit and deletion", [change.delete(self.model, [one]), edit]))

    @rule(records=st.lists(ANY, min_size=1, max_size=3))
    def restore(self, records):
        deleted = {one.id: one for one in self.document.deleted()}
        assert deleted == {one: was for one, was in self.gone.items() if one not in self.model}
        there = [one for one in self.ids if one in deleted]
        if there:
            self.commit(change.restore(dict.fromkeys(there[number % len(there)] for number in records)))

    # --- and takes back ---

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        label, now = self.document.undo_label, self.model
        self.document.undo()
        self.future.append((now, dict(self.gone)))
        self.became(self.past.pop(), label)
        self.gone |= {one.id: one for one in now if one.id not in self.model}

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        label = self.document.redo_label
        self.document.redo()
        self.past.append(self.model)
        plan, self.gone = self.future.pop()
        self.became(plan, label)

    @rule()
    def undo_to_the_first_step_and_back(self):
        now, steps = self.model, len(self.past)
        while self.past:
            self.undo()
            assert self.document.check() == []
        for _ in range(steps):
            self.redo()
        assert self.document.plan == now

    @rule()
    def undo_too_far(self):
        for stack, turn in ((self.past, self.document.undo), (self.future, self.document.redo)):
            if not stack:
                self.refused(turn)

    # --- closes and opens ---

    @rule()
    def reopen(self):
        before = self.path.read_bytes()
        self.document.close()
        assert [one.name for one in self.folder.iterdir()] == [self.path.name]
        self.document = Document.open(self.path, "Bob")
        assert self.document.read_only == ""
        assert self.document.undo_label == self.document.redo_label == ""
        self.past.clear()
        self.future.clear()
        self.look()
        assert self.path.read_bytes() == before

    @rule()
    def save_copy(self):
        copy = self.folder / "copy.cypp"
        self.document.save_copy(copy)
        other = Document.open(copy, "Cat", read_only=True)
        assert other.plan == self.model
        assert other.check() == []
        other.close()
        copy.unlink()

    # --- what cannot be done changes nothing ---

    @rule(record=ANY)
    def impossible(self, record):
        one = self.pick(record, *HOMES)
        for step in (
            Step("", "set", (Change("nobody", "title", "", "x"),)),
            Step("", "restore", (Change("nobody", DELETED, before=True, after=False),)),
            Step("", "delete", (Change("nobody", DELETED, before=False, after=True),)),
            Step("", "delete", (Change(self.model.root, DELETED, before=False, after=True),)),
            Step("", "add", (Change(one or self.model.root, KIND, None, "outcome"),)),
        ):
            self.refused(lambda step=step: self.document.commit(step))
        for one in [one for one in self.gone if one not in self.model][:1]:
            step = Step("", "set", (Change(one, "title", "", "x"),))
            self.refused(lambda step=step: self.document.commit(step))

    def refused(self, what):
        before = self.path.read_bytes()
        with pytest.raises(Refused):
            what()
        assert self.document.plan == self.model
        assert not self.events
        assert self.path.read_bytes() == before

    # --- after every step ---

    @invariant()
    def file_is_memory_is_views(self):
        if not self.ids:
            return
        connection = sqlite3.connect(self.path)
        try:
            store = Store(connection)
            assert store.load() == self.document.plan == self.model
            assert Plan(journal.fold(store.rows())) == self.model
        finally:
            connection.close()
        assert {one: record for one, record in self.view.items() if record} == {one.id: one for one in self.model}
        assert self.document.check() == []
        assert not self.events

    def teardown(self):
        if self.ids:
            self.document.close()
        shutil.rmtree(self.folder)


User.TestCase.settings = settings(
    max_examples=int(os.environ.get("CYPP_EXAMPLES", "15")),
    stateful_step_count=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking such runs takes minutes
)
TestUser = User.TestCase
