"""Killing the program at random moments of editing and merging: nothing that was acknowledged may be lost.

python -m tests.long.kills [KILLS] [SEED]

A child process opens the plan, does one thing after another and says so after each; it is killed (SIGKILL) at a random
moment. Then the file must open and be sound, hold all that was said, and nothing by half. The suite runs a short form.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch

TITLE, ADDED, DRAFT, MERGED = range(4)
"""What the child does, in turn: title of a priority, nine actions in one step, a draft, a copy with nine actions."""
COPIES = 12
START = Branch(
    "plan",
    {"title": "Plan"},
    [Branch("priority", {"title": "Safe"}, [Branch("outcome", {"title": "MASH"}, id="mash")], id="safe")],
)


def nine(name: str) -> list[Branch]:
    """Nine actions of one name."""
    return [Branch("action", {"ref": name, "text": "x" * 500}) for _ in range(9)]


def child(path: Path, copies: list[Path], tell: int, number: int) -> None:
    """Work until killed; after each piece, say that it is done."""
    document, done = Document.open(path, "Ann"), 0
    assert not document.read_only, document.read_only
    while True:
        what = done % 4
        if what == TITLE:
            document.commit(change.edit(document.plan, "safe", {"title": f"{number} {done}"}))
        elif what == ADDED:
            document.commit(change.add_branches(document.plan, "mash", nine(f"{number} {done}")))
        elif what == DRAFT:
            document.keep_draft("safe", "title", f"{number} {done}")
        elif copies:
            merge.take_in(document, merge.preview(document, [copies.pop()]))
        os.write(tell, b"%d\n" % done)
        done += 1


class Office:
    """A plan, and copies of it that colleagues sent back, each with nine actions of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "plan.cypp"
        Document.create(self.path, "Ann", START).close()
        self.waiting = []
        for number in range(COPIES):
            copy = folder / f"copy{number}.cypp"
            shutil.copyfile(self.path, copy)
            colleague = Document.open(copy, f"Bob {number}")
            colleague.commit(change.add_branches(colleague.plan, "mash", nine(copy.name)))
            colleague.close()
            self.waiting.append(copy)

    def killed(self, number: int, wait: float) -> tuple[int, bool]:
        """Kill a child after a while: how much it said it had done, and whether a save was cut off."""
        told, tell = os.pipe()
        one = os.fork()
        if not one:
            try:
                child(self.path, list(self.waiting), tell, number)
            finally:
                os._exit(1)
        os.close(tell)
        time.sleep(wait)
        os.kill(one, signal.SIGKILL)
        _, status = os.waitpid(one, 0)
        assert os.WIFSIGNALED(status), "the child failed by itself"
        said = b""
        while more := os.read(told, 65536):
            said += more
        os.close(told)
        return len(said.splitlines()), self.path.with_name(f"{self.path.name}-journal").exists()

    def examine(self, number: int, done: int, *, thoroughly: bool) -> None:
        """All that was said is there, what came next is there as a whole or not at all, and the file is sound."""
        document = Document.open(self.path, "Ann")
        assert document.read_only == "", document.read_only
        assert not thoroughly or document.check() == [], document.check()
        found: dict[str, int] = {}
        for one in document.plan.actions("mash"):
            found[one.ref] = found.get(one.ref, 0) + 1
        assert set(found.values()) <= {9}, found
        self._own(document, number, done, set(found))
        merged = [copy for copy in self.waiting if copy.name in found]
        sure = min(sum(one % 4 == MERGED for one in range(done)), len(self.waiting))
        assert merged == self.waiting[len(self.waiting) - len(merged) :], (merged, self.waiting)
        assert sure <= len(merged) <= sure + (done % 4 == MERGED), (merged, done)
        del self.waiting[len(self.waiting) - len(merged) :]
        document.close()

    def _own(self, document: Document, number: int, done: int, found: set[str]) -> None:
        def possible(what: int) -> set[str]:
            last = [one for one in range(done) if one % 4 == what][-1:]
            return {f"{number} {one}" for one in [*last, *([done] if done % 4 == what else [])]}

        if done:
            assert document.plan["safe"].title in possible(TITLE), (document.plan["safe"].title, done)
        whole = {f"{number} {one}" for one in range(done) if one % 4 == ADDED}
        mine = {one for one in found if one.startswith(f"{number} ")}
        assert whole <= mine <= whole | possible(ADDED), (mine, done)
        if done > DRAFT:
            drafts = {one.value for one in document.drafts() if one.value.startswith(f"{number} ")}  # older ones stay
            assert drafts, done
            assert drafts <= possible(DRAFT), (drafts, done)


def main(kills: int, seed: int) -> str:
    """Kill so many children; what came of it, in a line. A new plan after every 25, so that it stays of usual size."""
    draw = random.Random(seed)
    edits = cut_off = merges = 0
    office, folder = None, None
    for number in range(kills):
        if number % 25 == 0:
            if folder:
                folder.cleanup()
            folder = tempfile.TemporaryDirectory(prefix="cypp-kills-")
            office = Office(Path(folder.name))
        assert office is not None
        before = len(office.waiting)
        done, cut = office.killed(number, draw.random() * 0.15 + 0.02)
        office.examine(number, done, thoroughly=number % 5 == 4)
        edits, cut_off, merges = edits + done, cut_off + cut, merges + before - len(office.waiting)
    if folder:
        folder.cleanup()
    return f"{kills} kills, {edits} acknowledged, {merges} copies taken in, {cut_off} cut off in a save, 0 lost"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if sys.argv[1:] else 1000, int(sys.argv[2]) if sys.argv[2:] else 2016))
