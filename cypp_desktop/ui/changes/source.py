"""A part of the history, gathered off the UI thread and gathered anew a moment after each step."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from cypp_desktop.document.document import Event
from cypp_desktop.document.review import Contribution, Span, load
from cypp_desktop.domain.values import replace
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.work import Work

AFTER = 200
"""Milliseconds after a step."""


class Source(QObject):
    """The contributions of one span."""

    changed = Signal()
    """There are others now, or one was judged."""

    def __init__(self, bridge: Bridge, span: Span, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self.span = bridge, span
        self.found: list[Contribution] = []
        self.known = False
        """Whether they were gathered once."""
        self._work: Work | None = None
        self._later = QTimer(self, singleShot=True, interval=AFTER)
        self._later.timeout.connect(self.gather)
        bridge.changed.connect(self._follow)

    def look_at(self, span: Span) -> None:
        """Gather another part of the history."""
        if span != self.span or not self.known:
            self.span, self.known = span, False
            self.gather()

    def gather(self) -> None:
        """Gather it now; ``changed`` says when that is done."""
        self._later.stop()
        if self._work:
            self._work.stop()
        path, plan, span = self._bridge.document.path, self._bridge.plan, self.span
        self._work = Work(lambda _say: load(path, plan, span), "The history cannot be read")
        self._work.done.connect(self._take)
        self._work.failed.connect(self._bridge.failed)
        self._work.begin()

    def rest(self) -> None:
        """Look no more: the document is closed."""
        self._later.stop()
        if self._work:
            self._work.stop()
            self._work = None

    def finish(self) -> None:
        """Gather it here and now."""
        self.rest()
        self._set(load(self._bridge.document.path, self._bridge.plan, self.span))

    def judged(self, contributions: Collection[Contribution], verdict: str) -> None:
        """Take over what was just said of some, without gathering all anew."""
        self._later.stop()
        chosen, judge = {id(one) for one in contributions}, self._bridge.document.author
        self.found = [
            replace(one, verdict=verdict, judges=(judge,)) if id(one) in chosen else one for one in self.found
        ]
        self.changed.emit()

    def _follow(self, event: Event) -> None:
        if self.known or event.op == "merge":
            self._later.start()

    def _take(self, found: Sequence[Contribution]) -> None:
        self._work = None
        self._set(list(found))

    def _set(self, found: list[Contribution]) -> None:
        if not self.known or found != self.found:
            self.known, self.found = True, found
            self.changed.emit()
