"""Reviewing 10,000 changes that came in copies: gathered, listed, scrolled, kept and put back, in processor time.

python -m benchmarks.review [ACTIONS]

Limits: what is done while one looks on takes a frame (16 ms) or a tenth of a second; what is done off the UI thread
(gathering, the plan of a moment, looking for words) two seconds for a plan with 10,000 actions and as many changes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import generate
from benchmarks.timing import over, shown, timed
from cypp_desktop.document import history, merge, redaction, review
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.plan import Action

PEOPLE = 10


def main(actions: int) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        with closing(came(Path(folder), actions)) as document:
            path, plan = document.path, document.plan
            found = review.load(path, plan, review.Span(came=True))
            timed("gather what came", lambda: review.load(path, plan, review.Span(came=True)), 2)
            timed("gather the latest 20,000 changes of the history", lambda: review.load(path, plan, review.Span()), 2)
            timed("the whole plan as it was at a moment", lambda: history.plan_at(path, datetime.now(UTC)), 2)
            timed("look for words in the whole history", lambda: redaction.search(path, "no such words"), 2)
            on_screen(document)
            timed("keep half of it", lambda: document.commit(review.keep(found[::2])))
            timed("put the other half back", lambda: document.put_back(found[1::2]))
            timed("undo that", document.undo)
    return len(over)


def came(folder: Path, actions: int) -> Document:
    """A plan that took in copies of several people, who rewrote every action's note between them."""
    document = Document.create(folder / "plan.cypp", "Ann", generate.step(actions))
    period = document.plan.details.current_period
    ids = [record.id for record in document.plan if isinstance(record, Action)]
    paths = []
    for number in range(PEOPLE):
        paths.append(folder / f"{number}.cypp")
        shutil.copy(document.path, paths[-1])
        with closing(Document.open(paths[-1], f"Person {number}")) as copy:
            for one in ids[number::PEOPLE]:
                note = copy.plan[one].update(period).note
                words = f"{note} And now it is nearly done, with leaflets to follow.".strip()
                copy.commit(change.edit(copy.plan, one, {f"note@{period}": words}))
    merge.take_in(document, merge.preview(document, paths))
    return document


def on_screen(document: Document) -> None:
    """The list of them: filled, scrolled, and one card kept."""
    from PySide6.QtWidgets import QApplication

    from cypp_desktop.ui import app
    from cypp_desktop.ui.bridge import Bridge
    from cypp_desktop.ui.changes.page import ReviewPanel
    from cypp_desktop.ui.changes.source import Source
    from cypp_desktop.ui.models.questions import Questions

    app.make_app()
    bridge = Bridge(document)
    questions, source = Questions(bridge), Source(bridge, review.Span(came=True))
    panel = ReviewPanel(bridge, source, questions)
    panel.resize(1100, 860)
    panel.show()
    source.finish()
    QApplication.processEvents()
    timed("filter and list it anew", panel.refresh, 0.1)
    frames = []
    bar = panel.list.verticalScrollBar()
    for _ in range(80):
        start = time.process_time()
        bar.setValue(bar.value() + 300)
        panel.list.viewport().repaint()
        frames.append(time.process_time() - start)
    shown("worst frame of scrolling through it", max(frames), 0.016)
    row = panel.list.currentIndex().row()
    timed("keep one card and go on, with SQLite's commit", lambda: panel.list.acted.emit(row, "Keep"), 0.1)
    questions.rest()
    source.rest()
    panel.close()
    bridge._unsubscribe()  # noqa: SLF001 - the document is not closed with it


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
