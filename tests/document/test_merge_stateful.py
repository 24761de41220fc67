"""Several people with copies of one plan: random edits, deletions, moves, undo, copies and merges in any order.

The worst case throughout: the same session and the same frozen clock everywhere, as in files copied in a file manager.
After every step the file must agree with the oracle beside this.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from cypp_desktop.document import conflicts, document, merge, review
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import PLACE, Branch, Refused
from cypp_desktop.domain.plan import Outcome
from tests.document.oracle import Known, Oracle, rows

ANY = st.integers(0, 10**6)
TITLES = st.sampled_from(["", "G", "R", "A", "Train 4,000 drivers", "é\u202e\U0001f600"])
FIELDS = {
    "outcome": ("title", "ref"),
    "action": ("text", "due", "note@p1", "archived"),
    "layout": ("name", "watermark"),
}
START = Branch(
    "plan",
    {},
    [
        Branch(
            "priority",
            {"title": "Safe"},
            [Branch("outcome", {"title": one}, [Branch("action", {"text": "x"})]) for one in "ab"],
        ),
        Branch("priority", {"title": "Well"}),
        Branch("layout", {"name": "Board"}),
    ],
)


class Copies(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.number = 0
        self.names = random.Random(0)
        self.documents, self.known, self.stacks, self.mailbox = [], [], [], []
        self.oracle, self.removed = Oracle(), set()
        document._now, self.clock = (lambda: "2026-11-22T09:00:00+00:00"), document._now

    def path(self):
        self.number += 1
        return self.folder / f"{self.number}.cypp"

    def opened(self, path):
        found = Document.open(path, self.names.choice(["Ann", "Bob"]))
        found._session = b"SAMEcopy"
        found._connection.execute("PRAGMA synchronous=OFF")
        return found

    @initialize(copies=st.integers(2, 4))
    def start(self, copies):
        Document.create(self.path(), "Ann", START).close()
        self.documents.append(self.opened(self.folder / "1.cypp"))
        self.known.append(Known())
        self.stacks.append(([], []))
        self.note(0)
        for _ in range(copies - 1):
            self.copy(0)

    def note(self, number):
        """Tell the oracle of the changes that were just made in one copy."""
        self.oracle.note(self.known[number], self.documents[number].path)
        self.check(number)

    def check(self, number):
        self.oracle.check(self.known[number], self.documents[number])

    def now(self, number):
        return self.documents[number].plan, self.documents[number].conflicts()

    def done(self, number, what):
        """A step of one person: it can be taken back to the very plan and questions before it."""
        before = self.now(number)
        steps = len(self.documents[number]._undo)
        what(self.documents[number])
        if len(self.documents[number]._undo) > steps:
            self.stacks[number][0].append(before)
            self.stacks[number][1].clear()
        self.note(number)

    def pick(self, number, record, *kinds):
        plan = self.documents[number].plan
        found = [one for one in self.oracle.ids if one in plan and plan[one].kind in kinds]
        return found[record % len(found)] if found else ""

    # --- what people do ---

    @precondition(lambda self: len(self.documents) < 6)
    @rule(which=ANY)
    def copy(self, which):
        """In a file manager, while the plan is open; somebody else opens the copy."""
        number, path = which % len(self.documents), self.path()
        shutil.copy(self.documents[number].path, path)
        self.documents.append(self.opened(path))
        self.known.append(self.known[number].copied())
        self.stacks.append(([], []))

    @rule(which=ANY)
    def put_aside(self, which):
        """An old copy lies in somebody's mailbox."""
        number, path = which % len(self.documents), self.path()
        shutil.copy(self.documents[number].path, path)
        self.mailbox.append((path, self.known[number].copied()))

    @rule(which=ANY, record=ANY, field=ANY, value=TITLES)
    def edit(self, which, record, field, value):
        number = which % len(self.documents)
        if one := self.pick(number, record, *FIELDS):
            names = FIELDS[self.documents[number].plan[one].kind]
            self.done(
                number, lambda found: found.commit(change.edit(found.plan, one, {names[field % len(names)]: value}))
            )

    @rule(
        first=ANY,
        second=ANY,
        record=ANY,
        value=TITLES,
        other=TITLES,
        delete=st.booleans(),
        then=st.sampled_from(["leave", "decide", "undo"]),
    )
    def clash(self, first, second, record, value, other, delete, then):  # noqa: PLR0917 - Hypothesis names them
        """Two people, one record, and neither sees the other."""
        one, two = first % len(self.documents), second % len(self.documents)
        action = self.pick(one, record, "action")
        if one == two or not action or action not in self.documents[two].plan:
            return
        if delete:
            self.done(one, lambda found: found.commit(change.delete(found.plan, [action])))
        else:
            self.done(one, lambda found: found.commit(change.edit(found.plan, action, {"text": value})))
        self.done(two, lambda found: found.commit(change.edit(found.plan, action, {"text": other})))
        self.merge(one, two, twice=False)
        asked = [question for question in self.documents[one].conflicts() if question.record == action]
        asked = [question for question in asked if question.kind not in ("place", "redact")]
        if asked and then != "leave":
            self.decide(one, asked[0], record, then == "undo")

    @rule(which=ANY, home=ANY)
    def add(self, which, home):
        number = which % len(self.documents)
        if outcome := self.pick(number, home, "outcome"):
            self.done(
                number,
                lambda found: found.commit(change.add(found.plan, "action", outcome, {"text": "new"}, keys=found.keys)),
            )

    @rule(which=ANY, record=ANY, home=ANY)
    def move(self, which, record, home):
        number = which % len(self.documents)
        one = self.pick(number, record, "action", "outcome")
        if not one:
            return
        kinds = ("outcome",) if self.documents[number].plan[one].kind == "action" else ("outcome", "priority")
        parent = self.pick(number, home, *kinds)
        if parent and parent not in {below.id for below in self.documents[number].plan.branch(one)}:
            self.done(number, lambda found: found.commit(change.move(found.plan, one, parent, keys=found.keys)))

    @rule(which=ANY, record=ANY)
    def delete(self, which, record):
        number = which % len(self.documents)
        if one := self.pick(number, record, "outcome", "action"):
            branch = {below.id for below in self.documents[number].plan.branch(one)}
            self.done(number, lambda found: found.commit(change.delete(found.plan, [one])))
            assert not branch & {below.id for below in self.documents[number].plan}

    @rule(which=ANY, record=ANY)
    def restore(self, which, record):
        number = which % len(self.documents)
        gone = {one.id for one in self.documents[number].deleted()}
        there = [one for one in self.oracle.ids if one in gone]
        if there:
            self.done(number, lambda found: found.commit(change.restore([there[record % len(there)]])))

    @rule(which=ANY, times=st.integers(1, 4), back=st.booleans())
    def undo(self, which, times, back):
        """Undo gives the very plan and the very questions that there were before, merges included."""
        number = which % len(self.documents)
        past, future = self.stacks[number]
        for _ in range(min(times, len(past) if back else len(future))):
            if not self.turned(number, back):
                return

    def turned(self, number, back):
        """Undo or redo; False where it is refused, because what would come back was removed for good."""
        source, target = self.stacks[number] if back else self.stacks[number][::-1]
        before = self.now(number)
        try:
            (self.documents[number].undo if back else self.documents[number].redo)()
        except Refused as problem:
            why = str(problem)
        else:
            target.append(before)
            assert self.now(number) == source.pop()
            self.note(number)
            return True
        assert "was removed from the history for good" in why
        assert self.known[number].emptied
        assert self.now(number) == before
        return False

    @rule(which=ANY, question=ANY, side=ANY, undo=st.booleans())
    def settle(self, which, question, side, undo):
        number = which % len(self.documents)
        asked = [one for one in self.documents[number].conflicts() if one.kind not in ("place", "redact")]
        if asked:
            self.decide(number, asked[question % len(asked)], side, undo)

    def decide(self, number, question, side, undo):
        event("decided: " + question.kind)
        value = bool(side % 2) if question.kind == "deleted" else question.sides[side % len(question.sides)].value
        if question.kind == "twins" and side % 3 == 0:
            value = False  # both are meant
        if question.field == PLACE:
            value = value[0]
            if value not in self.documents[number].plan:
                return
        step = None
        try:
            step = conflicts.settle(self.documents[number].plan, question, value)
        except Refused:
            assert question.field == PLACE  # below itself, or on what cannot bear it
            return
        self.done(number, lambda found: found.commit(step))
        asked = _asked(question)

        def still():
            return asked in [_asked(one) for one in self.documents[number].conflicts()]

        assert not still()
        if undo and self.turned(number, back=True):
            assert still()
            assert self.turned(number, back=False)
            assert not still()

    @rule(first=ANY, second=ANY, twice=st.booleans())
    def merge(self, first, second, twice):
        one, two = first % len(self.documents), second % len(self.documents)
        if one != two:
            for _ in range(2 if twice else 1):
                self.taken(one, [self.documents[two].path], [self.known[two]])

    @rule(which=ANY)
    def merge_all_at_once(self, which):
        number = which % len(self.documents)
        others = [other for other in range(len(self.documents)) if other != number]
        self.taken(
            number,
            [self.documents[other].path for other in others],
            [self.known[other] for other in others],
        )

    @rule(which=ANY, letter=ANY)
    def late_return(self, which, letter):
        if self.mailbox:
            path, known = self.mailbox[letter % len(self.mailbox)]
            self.taken(which % len(self.documents), [path], [known])

    def taken(self, number, paths, copies):
        found, known = self.documents[number], self.known[number]
        brought = set().union(*(copy.seen for copy in copies)) - known.seen
        before, steps = self.now(number), len(found._undo)
        incoming = merge.preview(found, paths)
        assert not any(one.refused or one.notices for one in incoming)
        new = merge.take_in(found, incoming)
        assert new == len(brought)
        assert (len(found._undo) > steps) == bool(new)
        if new:
            self.stacks[number][0].append(before)
            self.stacks[number][1].clear()
        known.came |= brought
        valued = set().union(*(copy.seen - copy.emptied for copy in copies))
        known.emptied |= brought - valued  # no copy has the value any more
        known.seen |= brought
        self.check(number)
        for one in found.conflicts():
            event("after a merge: " + one.kind)

    # --- reviewing, and removing for good ---

    @rule(which=ANY, contribution=ANY, back=st.booleans(), several=st.booleans())
    def review(self, which, contribution, back, several):
        """What came is kept, or put back: then each cell holds what it would hold had it never been."""
        number = which % len(self.documents)
        found = self.documents[number]
        came = found.contributions()
        if not came:
            return
        first = came[contribution % len(came)]
        chosen = [one for one in came if one.author == first.author] if several else [first]
        event("reviewed: put back" if back else "reviewed: kept")
        if back:
            out = {one for each in chosen for one in each.ids}
            wanted = self.oracle.without(self.known[number], out)
            try:
                self.done(number, lambda found: found.put_back(chosen))
            except Refused:  # others wrote into what was added, or what stood before is removed for good
                event("put back: refused")
                return
            self.oracle.check_without(self.known[number], found.plan, wanted)
        else:
            plan = found.plan
            self.done(number, lambda found: found.commit(review.keep(chosen)))
            assert found.plan == plan
        verdict = review.PUT_BACK if back else review.KEPT
        units = {unit for one in chosen for unit in one.units}
        assert all(one.verdict == verdict for one in found.contributions() if units & set(one.units))

    @rule(first=ANY, second=ANY, home=ANY, written=st.booleans())
    def add_and_put_back(self, first, second, home, written):
        """Somebody adds, the reviewer may write into it, and puts it back: that is refused where others wrote."""
        one, two = first % len(self.documents), second % len(self.documents)
        outcome = self.pick(two, home, "outcome")
        if one == two or not outcome:
            return
        step = change.add(self.documents[two].plan, "action", outcome, {"text": "new"}, keys=self.documents[two].keys)
        self.done(two, lambda found: found.commit(step))
        self.merge(one, two, twice=False)
        if step.record in self.documents[one].plan:
            if written:
                edit = change.edit(self.documents[one].plan, step.record, {"text": "written into"})
                self.done(one, lambda found: found.commit(edit))
            self.review_of(one, step.record, several=False)

    @rule(first=ANY, second=ANY, third=ANY, record=ANY)
    def edit_around(self, first, second, third, record):
        """Somebody edits, another edits that, the first edits again; then the first's edits are put back."""
        one, two, three = first % len(self.documents), second % len(self.documents), third % len(self.documents)
        action = self.pick(two, record, "action")
        if len({one, two, three}) < 3 or not action:
            return
        for who, after, words in ((two, two, "first"), (three, two, "second"), (two, three, "third")):
            if who != after:
                self.merge(who, after, twice=False)
            if action not in self.documents[who].plan:
                return
            edit = change.edit(self.documents[who].plan, action, {"text": f"{words} {record}"})
            self.done(who, lambda found, edit=edit: found.commit(edit))
        self.merge(one, two, twice=False)
        self.review_of(one, action, several=True)

    def review_of(self, number, record, *, several):
        """Put back what came of a record and stands."""
        came = self.documents[number].contributions()
        places = [place for place, one in enumerate(came) if one.record.id == record and one.open]
        if places:
            self.review(number, places[-1], back=True, several=several)

    @rule(which=ANY, value=ANY)
    def remove_for_good(self, which, value):
        """A recorded value goes; nothing can bring it back, so nothing before it can be undone here."""
        number = which % len(self.documents)
        found = self.documents[number]
        there = [row[0] for row in rows(found.path) if row[2] in ("text", "title", "note@p1") and row[3]]
        if there:
            self.remove(number, [there[value % len(there)]])

    def remove(self, number, ids):
        found = self.documents[number]
        found.redact(ids)
        found._undo.clear()
        found._redo.clear()
        self.stacks[number] = ([], [])
        self.known[number].emptied |= set(ids)
        self.removed |= set(ids)
        self.note(number)
        values = {row[0]: row[3] for row in rows(found.path)}
        assert all(values[one] is None for one in self.known[number].emptied)

    @rule(which=ANY, question=ANY, agreed=st.booleans())
    def answer_a_removal(self, which, question, agreed):
        number = which % len(self.documents)
        asked = [one for one in self.documents[number].conflicts() if one.kind == "redact"]
        if asked:
            event("a removal was agreed to" if agreed else "a removal was declined")
            one = asked[question % len(asked)]
            if agreed:
                self.remove(number, [bytes.fromhex(one.sides[0].value)])
            else:
                step = conflicts.settle(self.documents[number].plan, one, value=False)
                self.done(number, lambda found: found.commit(step))
            assert _asked(one) not in [_asked(other) for other in self.documents[number].conflicts()]

    def remove_everywhere(self):
        for number, found in enumerate(self.documents):
            there = {row[0] for row in rows(found.path) if row[3] is not None}
            if ids := sorted(there & self.removed):
                self.remove(number, ids)

    def teardown(self):
        """At the end everybody takes in everything, in different orders: all have one plan, and nothing is lost."""
        draw = random.Random(1)
        self.remove_everywhere()
        for number in range(len(self.documents)):
            others = [other for other in range(len(self.documents)) if other != number]
            draw.shuffle(others)
            for other in others:
                self.taken(number, [self.documents[other].path], [self.known[other]])
        self.remove_everywhere()
        for number, found in enumerate(self.documents):
            assert {row[0] for row in rows(found.path)} == set(self.oracle.knew)
            assert (found.plan, found.conflicts()) == (self.documents[0].plan, self.documents[0].conflicts())
            assert self.known[number].seen == set(self.oracle.knew)
            assert all(isinstance(one, Outcome) for one in found.plan if one.kind == "outcome")
        for found in self.documents:
            found.close()
        document._now = self.clock
        shutil.rmtree(self.folder)


def _asked(question):
    sides = {str(side.value) for side in question.sides} if question.kind in ("twins", "redact") else set()
    return question.kind, question.record, question.field, sides


Copies.TestCase.settings = settings(
    max_examples=int(os.environ.get("CYPP_EXAMPLES", "12")),
    derandomize="CYPP_EXAMPLES" not in os.environ,  # the suite's short run is the same everywhere; long ones draw anew
    stateful_step_count=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking such runs takes minutes
)
TestCopies = Copies.TestCase
