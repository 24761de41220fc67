"""The window against a bare one: CPU time of the start, opening 10,000 actions, a search keystroke, an edit.

python benchmarks/window.py [ROUNDS]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
ACTIONS = 10_000
BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, app.quit))
app.exec()
print(round(1000 * time.process_time(), 1))
"""
OURS = "import sys; from cypp_desktop.ui.app import run; sys.exit(run([sys.argv[1], '--exit-when-ready']))"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        county, large = Path(scratch) / "county.cypp", Path(scratch) / "large.cypp"
        make_plans(county, large)
        bare, start, opened = [], [], []
        for _ in range(rounds):  # in turns, so that a busy moment hits all alike
            bare.append(float(run(BARE)))
            start.append(json.loads(run(OURS, county))["cpu"])
            opened.append(json.loads(run(OURS, large))["cpu"])
        print(f"bare window to idle, CPU                 {min(bare):7.0f} ms (median {median(bare):.0f})")
        print(f"window with the county plan, CPU         {min(start):7.0f} ms  {min(start) / min(bare):.2f} x")
        print(f"window with {ACTIONS:,} actions, CPU         {min(opened):7.0f} ms  + {min(opened) - min(bare):.0f} ms")
        inside(large)


def run(code: str, *arguments: Path) -> str:
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], env=env, capture_output=True, check=True, text=True
    )
    return done.stdout.strip().splitlines()[-1]


def make_plans(county: Path, large: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from cypp_desktop.document.document import Document
    from cypp_desktop.domain.change import Branch
    from cypp_desktop.domain.plan import update_field
    from cypp_desktop.exchange import samples

    Document.create(county, "Bench", samples.load("county")).close()
    period = Branch("period", {"name": "Now"})
    statuses = [Branch("status", {"label": f"S{n}", "letter": "GARN"[n]}) for n in range(4)]
    words = "Deep dive audit undertaken on the application of threshold for strategy discussions. " * 4

    def action(number: int) -> Branch:
        note, status = update_field("note", period.id), update_field("status", period.id)
        return Branch(
            "action",
            {"ref": str(number), "text": f"Action {number} {words[:90]}", note: words, status: statuses[number % 4].id},
        )

    priorities = [
        Branch("priority", {"ref": str(p), "title": f"Priority {p}"}, [
            Branch("outcome", {"ref": f"{p}.{o}", "title": f"Outcome {p}.{o}"}, [action(n) for n in range(1, 11)])
            for o in range(1, 51)
        ])
        for p in range(1, ACTIONS // 500 + 1)
    ]  # fmt: skip
    content = Branch("plan", {"title": "Large", "current_period": period.id}, [period, *statuses, *priorities])
    Document.create(large, "Bench", content).close()


def inside(large: Path) -> None:
    """A search keystroke, the worst slice of gathering texts, and our own work for one edit."""
    from cypp_desktop.domain import change
    from cypp_desktop.ui import app

    program = app.Program(app.make_app())
    window = program.open(large)
    assert window
    bridge, search = window.bridge, window.view.search
    pump(window)
    slices = []
    while True:
        begun = time.perf_counter()
        more = search._search.gather(200)  # noqa: SLF001 - measured from inside
        slices.append(time.perf_counter() - begun)
        if not more:
            break
    keys = []
    for place in range(1, 12):
        begun = time.perf_counter()
        search.setText("action 9999"[:place])
        search.textEdited.emit(search.text())
        pump(window)
        keys.append(time.perf_counter() - begun)
    print(f"search keystroke with its painting       {1000 * max(keys):7.1f} ms (worst of {len(keys)})")
    print(f"a slice of gathering texts               {1000 * max(slices):7.1f} ms (worst of {len(slices)})")
    search.clear()
    search.textEdited.emit("")
    edits, bare = [], []
    for action in bridge.plan.actions(bridge.selection)[:8]:
        bridge.select(action.id)
        pump(window)
        step = change.edit(bridge.plan, action.id, {"text": "Other words"})
        begun = time.perf_counter()
        bridge.commit(step)
        edits.append(time.perf_counter() - begun)
    subscribers, bridge.document._subscribers = bridge.document._subscribers, []  # noqa: SLF001 - measured from inside
    for action in bridge.plan.actions(bridge.selection and bridge.plan[bridge.selection].parent)[:8]:
        step = change.edit(bridge.plan, action.id, {"text": "Once more"})
        begun = time.perf_counter()
        bridge.document.commit(step)
        bare.append(time.perf_counter() - begun)
    bridge.document._subscribers = subscribers  # noqa: SLF001 - measured from inside
    print(f"one edit: the document                   {1000 * median(bare):7.1f} ms")
    print(f"one edit: the window beside it           {1000 * (median(edits) - median(bare)):7.1f} ms")
    window.close()


def pump(window) -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()
    window.repaint()


if __name__ == "__main__":
    main()
