"""The plan's table with 2,500 and 10,000 actions on one page: to show it, to scroll it, to edit in it.

Limits: a page is there within 100 ms, the worst frame takes 16 ms, an edit 5 ms of our own work. Times are of the
processor, so that what else the machine does counts for nothing; drawing is into memory, as it is without a GPU.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks import generate
from cypp_desktop.document.document import Event
from cypp_desktop.domain import change
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Action, Outcome, Plan, update_field, with_cells
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.page import PagePanel

SIZE = (1000, 800)


class Memory:
    """A document without a file, so that only the window's work is measured."""

    read_only = ""
    slip = None

    def __init__(self, plan: Plan) -> None:
        self.plan, self.keys, self.tell = plan, Keys(), lambda _event: None
        self.took = 0.0

    def subscribe(self, tell):
        self.tell = tell
        return lambda: None

    def keep_draft(self, *_):
        pass

    drop_draft = keep_draft

    def commit(self, step):
        start = time.process_time()
        records = {}
        for one in step.changes:
            old = records.get(one.record) or self.plan.get(one.record) or Action(id=one.record)
            if one.field == change.PLACE:
                records[one.record] = replace(old, parent=one.after[0], order=one.after[1])
            elif one.field not in {change.KIND, change.DELETED}:
                records[one.record] = with_cells(old, {one.field: one.after})
        gone = [one.record for one in step.changes if one.field == change.DELETED]
        before, self.plan = self.plan, self.plan.replaced(records.values(), gone)
        self.took = time.process_time() - start
        self.tell(Event(before, self.plan, frozenset(one.record for one in step.changes), step.label, step.op))


def one_priority(plan: Plan) -> Plan:
    """The plan with all outcomes under its first priority."""
    first = plan.priorities[0].id
    return Plan(replace(one, parent=first) if isinstance(one, Outcome) else one for one in plan)


def clock(work) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def frames(app, page: PagePanel, name: str, values) -> float:
    bar = page.table.verticalScrollBar()

    def frame(value):
        bar.setValue(value)
        app.processEvents()

    took = [clock(lambda value=value: frame(min(value, bar.maximum()))) for value in values]
    print(f"  {name:<28} median {statistics.median(took):6.2f} ms   worst {max(took):6.2f} ms   ({len(took)} frames)")
    return max(took)


def run(app, actions: int, plan: Plan) -> list[tuple[str, float, float]]:
    bridge = Bridge(Memory(plan))
    page = PagePanel(bridge)
    page.resize(*SIZE)
    page.show()
    app.processEvents()
    priority = plan.priorities[0]
    gc.collect()
    gc.freeze()  # as the program does
    select = clock(lambda: bridge.select(priority.id))
    paint = clock(app.processEvents)
    print(f"\n{actions} actions on one page: select {select:.1f} ms, first paint {paint:.1f} ms")
    bar = page.table.verticalScrollBar()
    height = page.table.viewport().height()
    worst = max(
        frames(app, page, "wheel, downwards", range(0, 300 * 60, 60)),
        frames(app, page, "wheel, upwards", [bar.maximum() - 60 * n for n in range(300)]),
        frames(app, page, "page by page", range(20_000, 20_000 + 100 * height, height)),
        frames(app, page, "jumps", [bar.maximum() * (n * 37 % 100) // 100 for n in range(100)]),
        frames(app, page, "seen before, by wheel", range(0, 300 * 60, 60)),
    )
    edits = {
        "note": lambda one: change.edit(bridge.plan, one, {update_field("note", "period"): "Some other words " * 8}),
        "status": lambda one: change.edit(bridge.plan, one, {update_field("status", "period"): "status0"}),
        "leads": lambda one: change.edit(bridge.plan, one, {"leads": ("lead-Alex-Archer",)}),
        "add": lambda one: change.add(bridge.plan, "action", bridge.plan[one].parent, {"text": "new"}, after=one),
        "move": lambda one: change.move(bridge.plan, one, bridge.plan[one].parent, ""),
        "delete": lambda one: change.delete(bridge.plan, [one]),
    }
    slowest = 0.0
    for name, make in edits.items():
        took, painted = [], []
        for place in (0.1, 0.3, 0.5, 0.7, 0.9):
            key = page.table.page.keys[int(len(page.table.page.keys) * place)]
            step = make(key)
            took.append(clock(lambda step=step: bridge.commit(step)) - bridge.document.took * 1000)
            painted.append(clock(app.processEvents))
        print(f"  edit: {name:<22} median {statistics.median(took):6.2f} ms   then a frame of {max(painted):5.2f} ms")
        slowest = max(slowest, statistics.median(took)) if name in {"note", "status", "leads"} else slowest
    page.close()
    bridge.changed.disconnect()
    return [("select and paint", select + paint, 100.0), ("worst frame", worst, 16.0), ("an edit", slowest, 5.0)]


def main() -> int:
    app = QApplication(sys.argv)
    theme.install(app, "light")
    plan = generate.plan(10_000)
    found = run(app, 2_500, plan)
    found_all = run(app, 10_000, one_priority(plan))
    print()
    for actions, results in ((2_500, found), (10_000, found_all)):
        for name, value, limit in results:
            judged = "ok" if value <= limit else "OVER"
            print(f"{actions:>6}  {name:<18} {value:7.1f} ms   limit {limit:5.0f} ms   {judged}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
