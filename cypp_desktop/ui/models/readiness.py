"""Whether the plan is ready for the board, looked at anew a moment after each change, in slices between events."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from cypp_desktop.domain.rules import RULES, Check, Finding
from cypp_desktop.ui import settings
from cypp_desktop.ui.bridge import Bridge

BEGIN = 800
"""Milliseconds after which a plan that was opened is looked at for the first time, so that the window opens first."""
AFTER = 300
"""Milliseconds after the last change."""
_SLICE = 0.006  # seconds of work between two events of the window


class Readiness(QObject):
    """The findings of one open plan. Kinds of findings can be hidden; that is kept on this computer, plan by plan."""

    changed = Signal()
    """There are other findings now, or another kind is hidden."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._all: list[Finding] = []
        self._found: list[Finding] = []
        self._check = Check()
        self._work: Iterator[list[Finding]] = iter(())
        self.known = False
        """Whether the plan was looked at once."""
        self.hidden = _read(bridge.plan.root)
        """The kinds of findings (see ``RULES``) that are not asked for in this plan."""
        self._later = QTimer(self, singleShot=True, interval=BEGIN)
        self._later.timeout.connect(self._start)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._slice)
        bridge.changed.connect(self._again)
        self._later.start()

    @property
    def findings(self) -> list[Finding]:
        """What there is to look at, without the hidden kinds, in the plan's order."""
        return [one for one in self._all if one.rule not in self.hidden]

    def hide(self, rule: str) -> None:
        """Ask for a kind of findings no more."""
        self._hide(self.hidden | {rule})

    def show_all(self) -> None:
        """Ask for all kinds again."""
        self._hide(frozenset())

    def _hide(self, rules: frozenset[str]) -> None:
        self.hidden = rules
        settings.write(**{_key(self._bridge.plan.root): " ".join(sorted(rules))})
        self.changed.emit()

    def finish(self) -> None:
        """Look at all of it now."""
        self._start()
        while self._slices.isActive():
            self._slice()

    def _again(self, _event: object) -> None:
        self._slices.stop()
        self._later.start(AFTER)

    def _start(self) -> None:
        self._later.stop()
        self._found, self._work = [], self._check.gradually(self._bridge.plan)
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


def _key(plan: str) -> str:
    return f"hidden_findings_{plan}"


def _read(plan: str) -> frozenset[str]:
    return frozenset(settings.read(_key(plan)).split()) & RULES.keys()
