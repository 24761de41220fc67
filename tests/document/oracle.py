"""What copies of a plan hold, by an oracle that shares no code with the program.

For every change it keeps all changes that its writer had seen, and says which values nobody knowingly replaced.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

from cypp_desktop.domain.change import DELETED, KIND, PLACE, REDACT, REVIEW, TWINS

MARKS = (REVIEW, TWINS, REDACT)


@dataclass
class Known:
    """Which changes one copy has, which of them without their values, and which came into it by taking in."""

    seen: set = field(default_factory=set)
    emptied: set = field(default_factory=set)
    came: set = field(default_factory=set)

    def copied(self):
        """The same for a copy that is made now."""
        return Known(set(self.seen), set(self.emptied), set(self.came))


def rows(path):
    """All changes in a file, in their order."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id, record, field, value, op, parents FROM change ORDER BY rowid").fetchall()


class Oracle:
    """Every change that was ever made in any copy: its cell and value, and what its writer knew."""

    def __init__(self):
        self.knew, self.cell, self.value, self.saw = {}, {}, {}, {}
        self.ids, self.again = [], set()

    def note(self, known, path):
        """Be told of the changes that were just made in one copy."""
        new = [row for row in rows(path) if row[0] not in known.seen]
        before = frozenset(known.seen)
        for one, record, name, value, op, parents in new:
            assert one not in self.knew, "two changes with one id"
            self.knew[one], self.cell[one], self.value[one] = before, (record, name), json.loads(value)
            # What undo brings back knows what it knew; the stacks of the machine say whether that was right.
            own = {parents[at : at + 16] for at in range(0, len(parents), 16)}
            self.saw[one] = own if op in ("undo", "redo", "review") else before
            if name == KIND:
                self.ids.append(record)
            if op == "redo":
                self.again.add(one)
        known.seen |= {row[0] for row in new}

    def heads(self, known):
        """The changes of each cell that no writer of another knew."""
        cells = {}
        for one in known.seen:
            cells.setdefault(self.cell[one], set()).add(one)
        return {
            cell: {one for one in ids if not any(one in self.knew[other] for other in ids)}
            for cell, ids in cells.items()
        }

    def told(self, known, one):
        """The value of a change as one copy still has it."""
        return None if one in known.emptied else self.value[one]

    # --- what a copy must say ---

    def check(self, known, document):
        """A copy's file, plan and questions are what its changes come to."""
        heads = self.heads(known)
        assert document.check() == []
        got = {}
        for record, cells in document._store.heads({record for record, _ in heads}).items():
            got |= {(record, name): ids for name, ids in cells.items()}
        assert got == heads
        questions = document.conflicts()
        self._deletions(document.plan, heads, {one.record for one in questions if one.kind == "deleted"})
        self._values(known, document, heads, {(one.record, one.field): one for one in questions if one.kind == "value"})
        places = {one.record for one in questions if one.kind == "place"}
        for record in document.plan:
            if record.id != document.plan.root and record.parent not in document.plan:
                assert record.id in places
        self._marks(known, document, heads, questions)

    def _deletions(self, plan, heads, asked):
        records = {record for record, name in heads if name == KIND}
        for record in records:
            said = heads.get((record, DELETED), ())
            marks = [one for one in said if self.value[one]]
            unseen = [
                one
                for (whose, name), ids in heads.items()
                if whose == record and name != DELETED
                for one in ids
                if not any(one in self.saw[mark] for mark in marks)
            ]
            hidden = bool(marks) and len(marks) == len(said) and not unseen
            assert (record not in plan) == hidden, "hidden only if everything of it was seen by who deleted it"
            if not hidden:
                assert (record in asked) == bool(marks)

    def _values(self, known, document, heads, questions):
        plan = document.plan
        for (record, name), ids in heads.items():
            if record not in plan or name in (KIND, DELETED):
                continue
            values = [self.told(known, one) for one in ids]
            if name == PLACE:
                assert ((record, name) in questions) == (len({place[0] for place in values}) > 1)
                continue
            shown = getattr(plan[record], name) if "@" not in name else plan[record].update("p1").note
            latest = max(document._store.changes(ids).values(), key=lambda row: (row.lamport, row.id))
            assert shown == (self.told(known, latest.id) or ""), "an undecided cell shows its latest side"
            differ = {json.dumps(value) for value in values}
            assert ((record, name) in questions) == (len(differ) > 1)
            if len(differ) > 1:
                assert {json.dumps(side.value) for side in questions[record, name].sides} == differ

    def _marks(self, known, document, heads, questions):
        """What came is gathered and nothing else, and a removal is asked about until somebody here answers."""
        gathered = {one for each in document.contributions() for one in each.ids}
        came = {one for one in known.came if self.cell[one][1].partition("@")[0] not in MARKS}
        assert came <= gathered <= came | self.again
        asked = {side.value for one in questions if one.kind == "redact" for side in one.sides}
        wanted = {
            record
            for (record, name), ids in heads.items()
            if name == REDACT and any(self.value[one] is True for one in ids)
        }
        assert asked == wanted - {one.hex() for one in known.emptied}

    # --- had something never been ---

    def without(self, known, out):
        """The values that cells would hold, by cell, had some changes that still stand in them never been."""
        heads = self.heads(known)
        cells = {self.cell[one] for one in out if one in heads.get(self.cell[one], ())}
        wanted = {}
        for cell in cells:
            rest = [one for one in known.seen - out if self.cell[one] == cell]
            stay = [one for one in rest if not any(one in self.knew[other] for other in rest)]
            wanted[cell] = sorted({json.dumps(self.told(known, one)) for one in stay})
        return wanted

    def check_without(self, known, plan, wanted):
        """Cells hold those values now; what would not be there at all is gone from the plan."""
        heads = self.heads(known)
        added = {record for (record, name), values in wanted.items() if name == KIND and not values}
        assert not any(record in plan for record in added)
        for (record, name), values in wanted.items():
            if record not in added:
                now = sorted({json.dumps(self.told(known, one)) for one in heads[record, name]})
                assert now == (values or (["false"] if name == DELETED else ["null"]))
