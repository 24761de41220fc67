"""The file with 10,000 actions: each piece of work, beside a whole load of it or a bare SQLite commit in the same run.

python -m benchmarks.document [ACTIONS]

Limits: an edit takes 5 ms of our own work beside SQLite's commit, taking in 10,000 new changes 1 s, taking them in
again 0.5 s, reading them distrustfully 1 s, and 10,000 typical edits let a file grow by 6 MB at most. Times are of the
processor, so that what else the machine does counts for little.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import generate
from benchmarks.timing import over, shown, timed
from cypp_desktop.document import file, merge, safe_open
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.plan import Action

EDITS = 10_000


def main(actions: int) -> int:
    step = generate.step(actions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.cypp")
        timed(f"make a file of {actions:,} actions", lambda: Document.create(path, "Ann", step).close())
        load = timed("open it", lambda: Document.open(path, "Ann", read_only=True).close())
        document = Document.open(path, "Ann")
        shown("one edit, our own work beside the commit", edit(document), 0.005)
        timed("what is not reached, asked for the first time", document.plan.unplaced)
        top = document.plan.priorities[0].id
        count = len(document.plan.branch(top))
        timed(f"delete a branch of {count:,} records", lambda: document.commit(change.delete(document.plan, [top])))
        whole = change.delete(document.plan, [one.id for one in document.plan.priorities])
        took = timed(f"delete the other {len(whole.changes):,} records", lambda: document.commit(whole))
        print(f"{'':58} {took / load:9.1f} times a load")
        timed("undo that", document.undo)
        timed("redo it", document.redo)
        document.undo()
        document.undo()
        timed("the questions left open (none)", document.conflicts)
        timed("check the whole file", document.check)
        copies(document, Path(folder))
        document.close()
    growth()
    print("over the limit: " + "; ".join(over) if over else "all within their limits")
    return len(over)


def edit(document: Document) -> float:
    """The middle time of an edit less that of SQLite's commit alone."""
    ids = [one.id for one in document.plan if isinstance(one, Action)][:60]
    ours, bare = [], []
    for number, one in enumerate(ids):
        start = time.process_time()
        document.commit(change.edit(document.plan, one, {"text": f"another text {number}"}))
        ours.append(time.process_time() - start)
        start = time.process_time()
        document.keep_draft(one, "text", f"another text {number}")
        bare.append(time.process_time() - start)
    return max(median(ours) - median(bare), 0.0)


def copies(document: Document, folder: Path) -> None:
    """A copy comes back with 10,000 new changes."""
    copy = folder / "copy.cypp"
    document.save_copy(copy)
    other = Document.open(copy, "Bob")
    ids = [one.id for one in other.plan if isinstance(one, Action)]
    for start in range(0, EDITS, 500):
        chosen = [ids[number % len(ids)] for number in range(start, start + 500)]
        other.commit(change.edit_all(other.plan, dict.fromkeys(chosen), {"due": f"by {start}"}, "due dates"))
    other.close()
    rows = len(safe_open.read(copy).rows)
    timed(f"read distrustfully ({rows:,} changes, {rows / 10_000:.1f} times the limit's)", lambda: safe_open.read(copy))
    incoming = merge.preview(document, [copy])
    new = incoming[0].new
    timed(f"take in {new:,} new changes", lambda: merge.take_in(document, incoming), 1.0)
    timed("take them in again", lambda: merge.take_in(document, incoming), 0.5)
    timed("take that back", document.undo)


def growth() -> None:
    """Typical edits of a plan of some hundred actions, each a step of its own."""
    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.cypp")
        document = Document.create(path, "Ann", generate.step(100))
        ids = [one.id for one in document.plan if isinstance(one, Action)]
        start = path.stat().st_size
        for number in range(EDITS):
            one = draw.choice(ids)
            field, value = draw.choice(
                [("due", f"by {number}"), ("status@period", f"status{number % 5}"), ("ref", str(number % 9))]
            )
            document.commit(change.edit(document.plan, one, {field: value}))
        document.close()
        file.check(path)
        size = (path.stat().st_size - start) / 1e6
        print(f"{f'{EDITS:,} typical edits let a file grow by':58} {size:9.1f} MB   limit 6 MB")
        if size > 6:
            over.append("growth")


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]) if sys.argv[1:] else 10_000) else 0)
