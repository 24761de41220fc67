"""Mistakes planted in a copy of the program: the state machines, or the stories beside them, must catch every one.

python -m tests.long.mistakes [EXAMPLES]

Each mistake is one change of a line, of the kind that one makes. The suite tries one, and that all still fit the code.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Mistake:
    """What goes wrong, in which module, and the line before and after."""

    about: str
    module: str
    right: str
    wrong: str

    def plant(self, root: Path) -> None:
        """Put it into the program under a folder."""
        path = root / "cypp_desktop" / self.module
        text = path.read_text("utf-8")
        assert text.count(self.right) == 1, f"{self.about}: “{self.right}” stands {text.count(self.right)} times"
        path.write_text(text.replace(self.right, self.wrong), "utf-8")


MISTAKES = (
    Mistake("a value replaces only one of several heads", "document/steps.py",
            "parents = heads.get(change.field, set())", "parents = set(sorted(heads.get(change.field, set()))[:1])"),
    Mistake("a deletion sees only its own cell", "document/steps.py",
            "parents = set().union(*heads.values())", "parents = heads.get(DELETED, set())"),
    Mistake("a deletion that sees another leaves it standing", "document/store.py",
            "if row.field != DELETED or parent in marks", "if row.field != DELETED"),
    Mistake("a change that is replaced in the same merge stays a head", "document/store.py",
            "sorted(head for head in new if head not in gone)", "sorted(new)"),
    Mistake("an undecided cell shows its earliest side", "document/journal.py",
            "max(cell, key=lambda head: (head.lamport, head.id))",
            "min(cell, key=lambda head: (head.lamport, head.id))"),
    Mistake("a deleted record is gone although somebody edited it", "document/journal.py",
            "return bool(seen) and seen.issuperset(others)", "return bool(seen)"),
    Mistake("a deletion counts although somebody else kept the record", "document/journal.py",
            "        if read(mark.value) is not True:\n            return False\n",
            "        if read(mark.value) is not True:\n            continue\n"),
    Mistake("a parent that names a change of another cell is a head no more", "document/journal.py",
            "gone = {parent for row in cell for parent in split(row.parents)}",
            "gone = {row.id for row in cell[:-1]}"),
    Mistake("merging forgets the last change of a copy", "document/merge.py",
            "for row in (row for one in incoming for row in one.rows if row.id not in known):",
            "for row in (row for one in incoming for row in one.rows[:-1] if row.id not in known):"),
    Mistake("what is known is taken in again", "document/merge.py",
            "new = tuple(row for row in arrived.rows if row.id not in ours)", "new = arrived.rows"),
    Mistake("two sides are no question", "document/conflicts.py", "            > 1\n", "            > 2\n"),
    Mistake("an order key is a question", "document/conflicts.py",
            "side.value[0] if field == PLACE and isinstance(side.value, tuple) else side.value", "side.value"),
    Mistake("whoever undoes a decision passes for who wrote its sides", "document/conflicts.py",
            "if row.op in BRINGS_BACK", "if False"),
    Mistake("what is shown already cannot be decided for", "document/conflicts.py",
            'return Step(label, "resolve", step.changes or (_again(plan, conflict),))',
            'return Step(label, "resolve", step.changes)'),
    Mistake("undo takes a colleague's change back", "document/undo.py",
            "if there != left and self._roots(there) != self._roots(left):", "if False:"),
    Mistake("undoing an addition hides what others wrote into it", "document/undo.py",
            "if self.stands.root(one) in known | {NOTHING}}", "if True}"),
    Mistake("a conflict comes back with its sides in any order", "document/undo.py",
            "return sorted(heads, key=lambda one: (self.older[one].lamport, one)) if len(heads) > 1 else heads",
            "return sorted(heads, reverse=True)"),
    Mistake("undo puts back only one side of a conflict", "document/undo.py",
            "for place, one in enumerate(self._ordered(heads)):",
            "for place, one in enumerate(self._ordered(heads)[:1]):"),
    Mistake("a deletion comes back knowing more than it knew", "document/knowledge.py",
            "if one in known or one == NOTHING:", "if True:"),
    Mistake("a deletion comes back knowing what only stands for what it knew", "document/knowledge.py",
            "if self._places.get(one, inf) < came:", "if False:"),
    Mistake("a deletion comes back without what has come to stand for what it knew", "document/knowledge.py",
            "self._places[root]", "self._places[mark.id]"),
    Mistake("a deletion comes back without what was replaced before it", "document/knowledge.py",
            "named | self._before(root)", "named"),
    Mistake("rows of what was deleted stay in the tables", "document/store.py",
            "gone = [row[: len(key)] for row in there[name] if row[: len(key)] not in stay]", "gone = []"),
    Mistake("a table's row is not written where its record had one", "document/store.py",
            "new = set(rows).difference(there[name])",
            "new = {row for row in rows if row[: len(key)] not in {old[: len(key)] for old in there[name]}}"),
    Mistake("children stand where they stood before a move", "domain/plan.py",
            "if old is None or (old.parent, old.kind, old.order) != (record.parent, record.kind, record.order):",
            "if old is None or (old.parent, old.kind) != (record.parent, record.kind):"),
    Mistake("what merging left without a place is lost", "domain/placing.py",
            "if any(record.id not in plan and next(plan.children(record.id), None) for record in out):",
            "if False:"),
    Mistake("a removed value stays in the file", "document/document.py",
            "self._store.empty(row.id for row in emptied)", "pass"),
    Mistake("putting back leaves what is put back standing", "document/review.py",
            "return frozenset(by_id.keys() - replaced - set(out))", "return frozenset(by_id.keys() - replaced)"),
    Mistake("putting an addition back takes what others wrote into it", "document/review.py",
            "if row.id in heads[cell] - out", "if False"),
    Mistake("a verdict is kept of one step only", "document/review.py",
            "for one in contributions for unit in one.units)", "for one in contributions for unit in one.units[:1])"),
    Mistake("what was here before counts as what came", "document/document.py",
            "self._store.last + 1", "self._store.last - 1"),
    Mistake("only the last taking in is remembered", "document/review.py",
            "json.dumps([*_came(store), [at, first, store.last]])", "json.dumps([[at, first, store.last]])"),
    Mistake("a removal that was declined is asked about again", "document/redaction.py",
            "        if journal.read(mark.value) is True and journal", "        if journal"),
    Mistake("a removal that arrives asks nobody", "document/redaction.py",
            "if row.value is not None and not row.field", "if False and not row.field"),
    Mistake("twins that are both meant are asked about again", "document/conflicts.py",
            "if journal.read(row.value) == twins.BOTH}", "if False}"),
)  # fmt: skip
JUDGES = (
    *("tests/document/test_merge_stateful.py", "tests/document/test_document_stateful.py"),
    *("tests/document/test_merge.py", "tests/document/test_undo.py", "tests/document/test_document.py"),
    *("tests/document/test_review.py", "tests/document/test_redaction.py", "tests/document/test_twins.py"),
    "tests/domain/test_plan.py",
)


def caught(mistake: Mistake | None, examples: int) -> str:
    """Which test fails on the program with a mistake (or on the program as it is); "" where none does."""
    with tempfile.TemporaryDirectory(prefix="cypp-mistake-") as name:
        root = Path(name)
        for part in ("cypp_desktop", "resources", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
            copy(ROOT / part, root / part)
        for part in ("conftest.py", "strategies.py", "document", "domain"):
            copy = shutil.copytree if (ROOT / "tests" / part).is_dir() else shutil.copyfile
            (root / "tests").mkdir(exist_ok=True)
            copy(ROOT / "tests" / part, root / "tests" / part)
        if mistake:
            mistake.plant(root)
        environment = {**os.environ, "PYTHONPATH": name, "CYPP_EXAMPLES": str(examples)}
        pytest = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
        for judge in JUDGES:
            run = subprocess.run([*pytest, judge], cwd=root, env=environment, capture_output=True, check=False)
            assert run.returncode in {0, 1}, run.stdout.decode() + run.stderr.decode()
            if run.returncode:
                return Path(judge).stem
    return ""


def main(examples: int) -> str:
    """Plant all, one after another; how many were caught, in a line."""
    assert not caught(None, 5), "the program as it is fails already"
    missed = 0
    for mistake in MISTAKES:
        start = time.monotonic()
        by = caught(mistake, examples)
        missed += not by
        print(f"{by or 'MISSED':24} {time.monotonic() - start:5.1f} s  {mistake.about}", flush=True)
    return f"{len(MISTAKES) - missed} of {len(MISTAKES)} planted mistakes caught"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if sys.argv[1:] else 200))
