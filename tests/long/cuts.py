"""Power cuts, simulated: what a disk may hold after one, when only what was synced is sure to be there.

python -m tests.long.cuts [CUTS] [SEED]

The program works through a VFS of SQLite that records every write, truncation, sync and deletion. A cut is a place in
that record: what was synced before it survives; of what was not, each sector does or does not (a coin for each); a file
whose deletion was not synced with its folder may be there again. Half of the cuts come right after the program said
that a step was saved. Then the file must open, be sound, and hold that step. The same with ``synchronous=FULL``, which
is SQLite's default, shows that the simulation bites. (Idea: SQLite's own crash tests, sqlite.org/testing.html, 3.3.)
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from cypp_desktop.document import file, merge, schema
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch, Refused

SECTOR = 512
START = Branch("plan", {"title": "0"}, [Branch("priority", {}, [Branch("outcome", {}, id="mash")], id="safe")])


@dataclass
class Disk:
    """What happened to files, in order: (what, file's name, offset or number, bytes)."""

    log: list[tuple[str, str, int, bytes]] = field(default_factory=list)

    def __call__(self, what: str, path: object, number: int = 0, content: bytes = b"") -> None:
        self.log.append((what, Path(str(path)).name, number, content))


class Recording(apsw.VFS):
    """The system's own files, with everything that changes them recorded."""

    def __init__(self, disk: Disk) -> None:
        super().__init__("recording", "")
        self.disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        opened = RecordedFile(self.disk, str(path), name, flags)
        if flags[0] & apsw.SQLITE_OPEN_MAIN_JOURNAL:
            self.disk("create", path)
        return opened

    def xDelete(self, name: str, syncdir: bool) -> None:
        super().xDelete(name, syncdir)
        self.disk("delete", name, int(syncdir))


class RecordedFile(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self.disk, self.path = disk, path

    def xWrite(self, data: Any, offset: int) -> None:
        super().xWrite(data, offset)
        self.disk("write", self.path, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        self.disk("truncate", self.path, newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.disk("sync", self.path)


# --- a life, recorded ------------------------------------------------------------------------------------------------


def life(folder: Path, synchronous: str, steps: int) -> tuple[bytes, Disk]:
    """Edit and merge through the recording files: what the plan was before, and all that happened."""
    path = folder / "plan.cypp"
    Document.create(path, "Ann", START).close()
    before, disk = path.read_bytes(), Disk()
    vfs, real = Recording(disk), file.connect
    draw = random.Random(steps)

    def connect(where: Path, *, read_only: bool) -> Any:
        if where != path:
            return real(where, read_only=read_only)
        connection = apsw.Connection(str(where), flags=apsw.SQLITE_OPEN_READWRITE, vfs="recording")
        for setting in schema.SETTINGS:
            name = setting.partition("=")[0]
            connection.execute(f"PRAGMA {name}={synchronous}" if name == "synchronous" else f"PRAGMA {setting}")
        return connection

    file.connect = connect
    try:
        document = Document.open(path, "Ann")
        for number in range(1, steps + 1):
            if number % 7 == 0:
                merge.take_in(document, merge.preview(document, [copied(folder, before, number)]))
            else:
                text = "x" * draw.randrange(4000)
                branches = [Branch("action", {"ref": str(number), "text": text}) for _ in range(9)]
                step = change.add_branches(document.plan, "mash", branches)
                edit = change.edit(document.plan, document.plan.root, {"title": str(number)})
                document.commit(change.joined("both", [edit, step]))
            disk("said", path, number)
        document.close()
    finally:
        file.connect = real
        vfs.unregister()
    return before, disk


def copied(folder: Path, content: bytes, number: int) -> Path:
    """A copy that came back with nine actions."""
    copy = folder / f"copy{number}.cypp"
    copy.write_bytes(content)
    bob = Document.open(copy, "Bob")
    bob.commit(change.add_branches(bob.plan, "mash", [Branch("action", {"ref": str(number)}) for _ in range(9)]))
    bob.close()
    return copy


# --- what a disk holds after a cut -----------------------------------------------------------------------------------


class Platter:
    """The files as they are sure to be, and what happened since without being synced."""

    def __init__(self, name: str, content: bytes) -> None:
        self.sure: dict[str, bytearray] = {name: bytearray(content)}
        self.open: dict[str, list[tuple[str, int, bytes]]] = {}
        self.leaving: set[str] = set()
        self.ghosts: dict[str, bytes] = {}  # deleted and made anew, and the folder knows of neither yet

    def happen(self, what: str, name: str, number: int, content: bytes) -> None:
        """One entry of the record."""
        if what in ("write", "truncate"):
            self.open.setdefault(name, []).append((what, number, content))
        elif what == "create":
            if name in self.leaving:
                self.leaving.discard(name)
                self.ghosts[name] = bytes(self.sure.pop(name))
            self.open[name] = []
        elif what == "sync":
            self.ghosts.pop(name, None)  # a new file's first sync takes the folder's entry along
            whole = self.sure.setdefault(name, bytearray())
            for one in self.open.pop(name, []):
                _apply(whole, *one)
        elif what == "delete":
            self.open.pop(name, None)
            if number:
                self.sure.pop(name, None)
                self.ghosts.pop(name, None)
            elif name in self.sure:
                self.leaving.add(name)

    def after(self, draw: random.Random) -> dict[str, bytes]:
        """The files as one might find them after a cut now."""
        found = {}
        for name in sorted({*self.sure, *self.open}):
            if (name in self.leaving or name not in self.sure) and draw.random() < 0.5:
                if name in self.ghosts and draw.random() < 0.5:
                    found[name] = self.ghosts[name]
                continue
            whole = bytearray(self.sure.get(name, b""))
            for what, number, content in self.open.get(name, []):
                if what == "truncate":
                    if draw.random() < 0.5:
                        _apply(whole, what, number, content)
                    continue
                for at in range(0, len(content), SECTOR):
                    if draw.random() < 0.5:
                        _apply(whole, what, number + at, content[at : at + SECTOR])
            found[name] = bytes(whole)
        return found


def _apply(whole: bytearray, what: str, number: int, content: bytes) -> None:
    if what == "truncate":
        del whole[number:]
        return
    if len(whole) < number:
        whole.extend(bytes(number - len(whole)))
    whole[number : number + len(content)] = content


def judged(folder: Path, files: dict[str, bytes], said: int) -> str:
    """What a person finds who opens the plan after a cut: "" where all is well."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        document = Document.open(folder / "plan.cypp", "Ann")
    except Refused:
        return "damaged"
    with suppress(Refused):
        counts = Counter(one.ref for one in document.plan.actions("mash"))
        sound = document.check() == [] and set(counts.values()) <= {9}
        there = all(counts[str(number)] == 9 for number in range(1, said + 1))
        document.close()
        return "" if sound and there else "lost" if sound else "damaged"
    return "damaged"


def cut(synchronous: str, cuts: int, seed: int, steps: int = 40) -> Counter[str]:
    """How many of so many cuts ended how; a life of so many steps is cut at places of the record drawn at random."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="cypp-cuts-") as name:
        before, disk = life(Path(name), synchronous, steps)
        said_at = [place + 1 for place, one in enumerate(disk.log) if one[0] == "said"]
        places = sorted(draw.choice(said_at) if one % 2 else draw.randrange(len(disk.log)) for one in range(cuts))
        ends: Counter[str] = Counter()
        platter, done, said = Platter("plan.cypp", before), 0, 0
        for place in places:
            for what, path, number, content in disk.log[done:place]:
                said = number if what == "said" else said
                platter.happen(what, path, number, content)
            done = place
            folder = Path(name, "found")
            folder.mkdir()
            ends[judged(folder, platter.after(draw), said) or "well"] += 1
            shutil.rmtree(folder)
    return ends


def main(cuts: int, seed: int) -> str:
    """The program's own way of saving, and SQLite's default beside it, a line each."""
    lines = []
    own = next(setting for setting in schema.SETTINGS if setting.startswith("synchronous")).partition("=")[2]
    for synchronous in (own, "FULL"):
        ends = cut(synchronous, cuts, seed)
        lines.append(
            f"DELETE + {synchronous}: {cuts} power cuts, {ends['damaged']} damaged, {ends['lost']} lost a step"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if sys.argv[1:] else 400, int(sys.argv[2]) if sys.argv[2:] else 2016))
