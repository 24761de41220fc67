"""Taking in copies: what each file would bring, a line each, and nothing is written before that is agreed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document import merge
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.document.merge import Incoming
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.folding import plainly
from cypp_desktop.domain.plan import Copy, Plan
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.picture import Picture
from cypp_desktop.ui.work import Say, Work

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def reading(plan: Path, author: str, paths: Sequence[Path]) -> Callable[[Say], list[Incoming]]:
    """The work of reading copies, through a view of the plan's own file that only it uses; nothing is written."""

    def work(say: Say) -> list[Incoming]:
        found: list[Incoming] = []
        with closing(Document.open(plan, author, read_only=True)) as ours:
            for one in merge.previews(ours, paths):
                found.append(one)
                if len(found) < len(paths):
                    say(100 * len(found) // len(paths), f"Checking copy {len(found) + 1} of {len(paths)}")
        return found

    return work


class TakeInDialog(QDialog):
    """Shows what copies would bring; accepted once "Take in" was pressed. ``incoming`` is what may be taken in."""

    def __init__(self, bridge: Bridge, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Take in copies")
        guide.on_f1(self, "Copies")
        self._bridge = bridge
        self._found: list[Incoming] = []
        self.rows = [_Row(path) for path in paths]
        self._why = theme.label(tone="muted", wrap=True)
        self._bar = QProgressBar()
        self.button = QPushButton("Take in")
        self._lay_out()
        self.button.setEnabled(False)
        self._on_step(0, f"Checking copy 1 of {len(paths)}")
        document = bridge.document
        self._reading = Work(reading(document.path, document.author, paths), "The copies cannot be read")
        self._reading.step.connect(self._on_step)
        self._reading.done.connect(self._show)
        self._reading.failed.connect(self._fail)
        self._reading.begin()

    def _lay_out(self) -> None:
        close = QPushButton("Cancel")
        close.clicked.connect(self.reject)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1.5))
        foot.addWidget(self._why, 1)
        foot.addWidget(close)
        foot.addWidget(self.button)
        column = controls.column(self)
        column.addWidget(theme.label("Take in copies", size="heading"))
        column.addWidget(self._list(), 1)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self._bar.setTextVisible(False)
        theme.give_size(self, 88, 56)

    def _list(self) -> QScrollArea:
        pane = QWidget()
        pane.setProperty("role", "pane")
        rows = QVBoxLayout(pane)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.grid(1))
        for row in self.rows:
            rows.addWidget(row)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidget(pane)
        area.setWidgetResizable(True)
        area.setProperty("role", "list")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    @property
    def incoming(self) -> list[Incoming]:
        """What would be taken in: the files that were not refused and bring something."""
        return [one for one in self._found if one.new and not one.refused]

    def _on_step(self, so_far: int, words: str) -> None:
        self._bar.setValue(so_far)
        self._why.setText(words)

    def _show(self, found: list[Incoming]) -> None:
        self._found = found
        for row, incoming in zip(self.rows, found, strict=True):
            row.show_incoming(incoming, self._bridge.plan)
        self._bar.hide()
        self.button.setEnabled(bool(self.incoming))
        refused = sum(bool(one.refused) for one in found)
        left = f"{wording.several(refused, 'file')} cannot be taken in, the others can. " if refused else ""
        ready = f"{left}Nothing is changed until you take them in. A backup is made first."
        self._why.setText(ready if self.incoming else "There is nothing to take in.")

    def _fail(self, sentence: str) -> None:
        self._show([Incoming(Path(), refused=sentence) for _ in self.rows])

    def done(self, result: int) -> None:
        self._reading.stop()
        super().done(result)


class _Row(QFrame):
    """One file: its name, and what it would bring."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._picture = Picture("inbox", "muted", 18)
        self._words = theme.label("Being read…", tone="muted", wrap=True)
        self._notices = theme.label(size="small", tone="muted", wrap=True)
        self._notices.hide()
        name = theme.label(plainly(path.name), size="strong", wrap=True)
        name.setToolTip(theme.tip(str(path)))
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        for label in (name, self._words, self._notices):
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        row.setSpacing(theme.grid(1.5))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    @property
    def words(self) -> str:
        """What is said of the file."""
        return self._words.text()

    def show_incoming(self, incoming: Incoming, plan: Plan) -> None:
        """Say what the file would bring."""
        self._words.setText(said(incoming, plan))
        self._words.setProperty("tone", "danger" if incoming.refused else "text")
        theme.polish(self._words)
        self._picture.show_icon(*(("octagon-alert", "danger") if incoming.refused else ("inbox", "accent")))
        self._notices.setText("\n".join(incoming.notices))
        self._notices.setVisible(bool(incoming.notices))


def said(incoming: Incoming, plan: Plan) -> str:
    """What a file would bring, as one line: whose changes, to which state of the plan, and what is here already."""
    if incoming.refused:
        return incoming.refused
    if not incoming.new:
        return f"Nothing new: {wording.several(incoming.known, 'change')} of it are here already."
    now, sent = datetime.now(UTC), plan.get(incoming.copy)
    latest, state = (wording.within(wording.when_written(at, now)) for at in (incoming.latest, incoming.state))
    parts = [
        f"{wording.several(incoming.new, 'new change')} by {_names(incoming.people)}, the latest {latest}",
        *([f"answers the copy for {sent.to}"] if isinstance(sent, Copy) and sent.to else []),
        f"made from the plan as it was {state}",
        f"{incoming.known:,} here already",
    ]
    return " · ".join(parts)


def take_in(bridge: Bridge, incoming: Sequence[Incoming]) -> str:
    """Make a backup, take in what was agreed to as one step, and say what came; "" where it failed, which was said."""
    try:
        bridge.document.back_up("before-merge")
        count = merge.take_in(bridge.document, incoming)
    except (Refused, CannotSave, OSError) as problem:
        bridge.failed.emit(str(problem))
        return ""
    bridge.saved.emit()
    return _came(count, incoming)


def _came(count: int, incoming: Sequence[Incoming]) -> str:
    people = sorted({name for one in incoming for name in one.people})
    number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
    changes = f"{number} {'change' if count == 1 else 'changes'}"
    if len(people) == len(incoming) == 1:
        return f"{changes} came from {people[0]}’s copy."
    copies = "one copy" if len(incoming) == 1 else f"{len(incoming)} copies"
    return f"{changes} by {_names(people)} came from {copies}."


def _names(people: Sequence[str]) -> str:
    *first, last = people
    return f"{', '.join(first)} and {last}" if first else last
