"""Whether the plan is ready for the board, looked at anew a moment after each change, in slices between events."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cypp_desktop.document.document import Event
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.later import Later

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cypp_desktop.domain import rules
    from cypp_desktop.domain.rules import Check, Finding
else:
    rules = Later("cypp_desktop.domain.rules")

BEGIN = 800
"""Milliseconds after which a plan that was opened is looked at for the first time, so that the window opens first."""
AFTER = 300
"""Milliseconds after the last change."""
_SLICE = 0.006  # seconds of work between two events of the window


class Readiness(QObject):
    """The findings of one open plan. Kinds of findings can be switched off; that is kept in the plan."""

    changed = Signal()
    """There are other findings now, or another kind is switched off."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._all: list[Finding] = []
        self._found: list[Finding] = []
        self._check: Check | None = None
        self._work: Iterator[list[Finding]] = iter(())
        self.known = False
        """Whether the plan was looked at once."""
        self._later = QTimer(self, singleShot=True, interval=BEGIN)
        self._later.timeout.connect(self._start)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._slice)
        bridge.changed.connect(self._again)
        self._later.start()

    @property
    def findings(self) -> list[Finding]:
        """What there is to look at, without the kinds that are switched off, in the plan's order."""
        hidden = self.hidden
        return [one for one in self._all if one.rule not in hidden]

    @property
    def hidden(self) -> frozenset[str]:
        """The kinds of findings (see ``RULES``) that are not asked for in this plan."""
        return rules.off(self._bridge.plan)

    def hide(self, rule: str) -> None:
        """Ask for a kind of findings no more."""
        from cypp_desktop.domain.rules import RULES

        self.ask(RULES.keys() - self.hidden - {rule})

    def ask(self, kinds: Collection[str]) -> None:
        """Ask for these kinds, and for no others."""
        from cypp_desktop.domain.rules import RULES

        self._bridge.commit(rules.switch(self._bridge.plan, RULES.keys() - set(kinds)))

    def finish(self) -> None:
        """Look at all of it now."""
        self._start()
        while self._slices.isActive():
            self._slice()

    def _again(self, event: Event) -> None:
        if rules.off(event.before) != rules.off(event.after):
            self.changed.emit()
        self._slices.stop()
        self._later.start(AFTER)

    def _start(self) -> None:
        self._later.stop()
        self._check = self._check or rules.Check()
        self._found, self._work = [], self._check.gradually(self._bridge.plan, ())
        self._slices.start()

    def _slice(self) -> None:
        end = time.perf_counter() + _SLICE
        for portion in self._work:
            self._found += portion
            if time.perf_counter() > end:
                return
        self._slices.stop()
        if not self.known or self._found != self._all:
            self.known, self._all = True, self._found
            self.changed.emit()
