"""Several people with copies of one plan: random edits, deletions, moves, undo, copies and merges in any order.

The worst case throughout: the same session and the same frozen clock everywhere, as in files copied in a file manager.
An oracle that shares no code with the program keeps, for every change, all changes that its writer had seen, and says
which values nobody knowingly replaced. After every step the file must agree with it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from hypothesis import Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from cypp_desktop.document import conflicts, document, merge, review
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND, PLACE, REDACT, REVIEW, TWINS, Branch, Refused
from cypp_desktop.domain.plan import Outcome

ANY = st.integers(0, 10**6)
MARKS = (REVIEW, TWINS, REDACT)
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
        self.documents, self.seen, self.stacks, self.mailbox = [], [], [], []
        self.knew, self.cell, self.value, self.saw = {}, {}, {}, {}
        self.emptied, self.removed, self.came, self.again = [], set(), [], set()
        document._now, self.clock = (lambda: "2026-11-22T09:00:00+00:00"), document._now
        self.ids = []

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
        self.seen.append(set())
        self.emptied.append(set())
        self.came.append(set())
        self.stacks.append(([], []))
        self.note(0)
        for _ in range(copies - 1):
            self.copy(0)

    # --- the oracle ---

    def rows(self, path):
        connection = sqlite3.connect(path)
        try:
            return connection.execute(
                "SELECT id, record, field, value, op, parents FROM change ORDER BY rowid"
            ).fetchall()
        finally:
            connection.close()

    def note(self, number):
        """Tell the oracle of the changes that were just made in one copy."""
        new = [row for row in self.rows(self.documents[number].path) if row[0] not in self.seen[number]]
        before = frozenset(self.seen[number])
        for one, record, field, value, op, parents in new:
            assert one not in self.knew, "two changes with one id"
            self.knew[one], self.cell[one], self.value[one] = before, (record, field), json.loads(value)
            # What undo brings back knows what it knew; the stacks below say whether that was right.
            own = {parents[at : at + 16] for at in range(0, len(parents), 16)}
            self.saw[one] = own if op in ("undo", "redo", "review") else before
            if field == KIND:
                self.ids.append(record)
            if op == "redo":
                self.again.add(one)
        self.seen[number] |= {row[0] for row in new}
        self.check(number)

    def oracle_heads(self, number):
        cells = {}
        for one in self.seen[number]:
            cells.setdefault(self.cell[one], set()).add(one)
        return {
            cell: {one for one in ids if not any(one in self.knew[other] for other in ids)}
            for cell, ids in cells.items()
        }

    def told(self, number, one):
        """The value of a change as one copy still has it."""
        return None if one in self.emptied[number] else self.value[one]

    def check(self, number):
        found, heads = self.documents[number], self.oracle_heads(number)
        assert found.check() == []
        got = {}
        for record, cells in found._store.heads({record for record, _ in heads}).items():
            got |= {(record, field): ids for field, ids in cells.items()}
        assert got == heads
        questions = {(one.record, one.field): one for one in found.conflicts() if one.kind == "value"}
        deletions = {one.record for one in found.conflicts() if one.kind == "deleted"}
        places = {one.record for one in found.conflicts() if one.kind == "place"}
        records = {record for record, field in heads if field == KIND}
        for record in records:
            marks = [one for one in heads.get((record, DELETED), ()) if self.value[one]]
            against = [one for one in heads.get((record, DELETED), ()) if not self.value[one]]
            unseen = [
                one
                for (whose, field), ids in heads.items()
                if whose == record and field != DELETED
                for one in ids
                if not any(one in self.saw[mark] for mark in marks)
            ]
            hidden = bool(marks) and not against and not unseen
            assert (record not in found.plan) == hidden, "hidden only if everything of it was seen by who deleted it"
            if not hidden:
                assert (record in deletions) == bool(marks)
        for (record, field), ids in heads.items():
            if record not in found.plan or field in (KIND, DELETED):
                continue
            values = [self.told(number, one) for one in ids]
            if field == PLACE:
                assert ((record, field) in questions) == (len({place[0] for place in values}) > 1)
                continue
            shown = getattr(found.plan[record], field) if "@" not in field else found.plan[record].update("p1").note
            latest = max(found._store.changes(ids).values(), key=lambda row: (row.lamport, row.id))
            assert shown == (self.told(number, latest.id) or ""), "an undecided cell shows its latest side"
            differ = {json.dumps(value) for value in values}
            assert ((record, field) in questions) == (len(differ) > 1)
            if len(differ) > 1:
                assert {json.dumps(side.value) for side in questions[record, field].sides} == differ
        for record in found.plan:
            if record.id != found.plan.root and record.parent not in found.plan:
                assert record.id in places
        self.check_marks(number, heads)

    def check_marks(self, number, heads):
        """What came is gathered and nothing else, and a removal is asked about until somebody here answers."""
        found = self.documents[number]
        gathered = {one for each in found.contributions() for one in each.ids}
        came = {one for one in self.came[number] if self.cell[one][1].partition("@")[0] not in MARKS}
        assert came <= gathered <= came | self.again
        asked = {side.value for one in found.conflicts() if one.kind == "redact" for side in one.sides}
        wanted = {
            record
            for (record, field), ids in heads.items()
            if field == REDACT and any(self.value[one] is True for one in ids)
        }
        assert asked == wanted - {one.hex() for one in self.emptied[number]}

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
        found = [one for one in self.ids if one in plan and plan[one].kind in kinds]
        return found[record % len(found)] if found else ""

    # --- what people do ---

    @precondition(lambda self: len(self.documents) < 6)
    @rule(which=ANY)
    def copy(self, which):
        """In a file manager, while the plan is open; somebody else opens the copy."""
        number, path = which % len(self.documents), self.path()
        shutil.copy(self.documents[number].path, path)
        self.documents.append(self.opened(path))
        self.seen.append(set(self.seen[number]))
        self.emptied.append(set(self.emptied[number]))
        self.came.append(set(self.came[number]))
        self.stacks.append(([], []))

    @rule(which=ANY)
    def put_aside(self, which):
        """An old copy lies in somebody's mailbox."""
        number, path = which % len(self.documents), self.path()
        shutil.copy(self.documents[number].path, path)
        self.mailbox.append((path, set(self.seen[number]), set(self.emptied[number])))

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
        there = [one for one in self.ids if one in gone]
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
        assert self.emptied[number]
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
                self.taken(one, [self.documents[two].path], [(self.seen[two], self.emptied[two])])

    @rule(which=ANY)
    def merge_all_at_once(self, which):
        number = which % len(self.documents)
        others = [other for other in range(len(self.documents)) if other != number]
        self.taken(
            number,
            [self.documents[other].path for other in others],
            [(self.seen[other], self.emptied[other]) for other in others],
        )

    @rule(which=ANY, letter=ANY)
    def late_return(self, which, letter):
        if self.mailbox:
            path, seen, emptied = self.mailbox[letter % len(self.mailbox)]
            self.taken(which % len(self.documents), [path], [(seen, emptied)])

    def taken(self, number, paths, copies):
        found, seen = self.documents[number], set().union(*(seen for seen, _ in copies))
        before, steps = self.now(number), len(found._undo)
        incoming = merge.preview(found, paths)
        assert not any(one.refused or one.notices for one in incoming)
        new = merge.take_in(found, incoming)
        assert new == len(seen - self.seen[number])
        assert (len(found._undo) > steps) == bool(new)
        if new:
            self.stacks[number][0].append(before)
            self.stacks[number][1].clear()
        self.came[number] |= seen - self.seen[number]
        valued = set().union(*(theirs - emptied for theirs, emptied in copies))
        self.emptied[number] |= seen - self.seen[number] - valued  # no copy has the value any more
        self.seen[number] |= seen
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
            wanted = self.without(number, out)
            try:
                self.done(number, lambda found: found.put_back(chosen))
            except Refused:  # others wrote into what was added, or what stood before is removed for good
                event("put back: refused")
                return
            self.holds(number, wanted)
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

    def without(self, number, out):
        """The values that cells would hold, by cell, had some changes that still stand in them never been."""
        heads = self.oracle_heads(number)
        cells = {self.cell[one] for one in out if one in heads.get(self.cell[one], ())}
        wanted = {}
        for cell in cells:
            rest = [one for one in self.seen[number] - out if self.cell[one] == cell]
            stay = [one for one in rest if not any(one in self.knew[other] for other in rest)]
            wanted[cell] = sorted({json.dumps(self.told(number, one)) for one in stay})
        return wanted

    def holds(self, number, wanted):
        heads = self.oracle_heads(number)
        added = {record for (record, field), values in wanted.items() if field == KIND and not values}
        for record in added:
            assert record not in self.documents[number].plan
        for (record, field), values in wanted.items():
            if record not in added:
                now = sorted({json.dumps(self.told(number, one)) for one in heads[record, field]})
                blank = ["false"] if field == DELETED else ["null"]
                assert now == (values or blank)

    @rule(which=ANY, value=ANY)
    def remove_for_good(self, which, value):
        """A recorded value goes; nothing can bring it back, so nothing before it can be undone here."""
        number = which % len(self.documents)
        found = self.documents[number]
        there = [row[0] for row in self.rows(found.path) if row[2] in ("text", "title", "note@p1") and row[3]]
        if there:
            self.remove(number, [there[value % len(there)]])

    def remove(self, number, ids):
        found = self.documents[number]
        found.redact(ids)
        found._undo.clear()
        found._redo.clear()
        self.stacks[number] = ([], [])
        self.emptied[number] |= set(ids)
        self.removed |= set(ids)
        self.note(number)
        values = {row[0]: row[3] for row in self.rows(found.path)}
        assert all(values[one] is None for one in self.emptied[number])

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
            there = {row[0] for row in self.rows(found.path) if row[3] is not None}
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
                self.taken(number, [self.documents[other].path], [(self.seen[other], self.emptied[other])])
        self.remove_everywhere()
        for number, found in enumerate(self.documents):
            assert {row[0] for row in self.rows(found.path)} == set(self.knew)
            assert (found.plan, found.conflicts()) == (self.documents[0].plan, self.documents[0].conflicts())
            assert self.seen[number] == set(self.knew)
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
