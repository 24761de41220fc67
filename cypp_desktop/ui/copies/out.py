"""Who has copies of the plan, since when, and who has not answered."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.document import history
from cypp_desktop.domain import copies
from cypp_desktop.domain.change import delete
from cypp_desktop.domain.plan import Copy, Lead
from cypp_desktop.exchange import handover
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.copies.handover import HandOverDialog, Letter
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.picture import Picture

_SCOPES = {copies.WHOLE: "whole plan", copies.SLIP: "return slip", copies.CLEAN: "clean copy"}


class CopiesOutDialog(QDialog):
    """One row for each copy: those that are waited for first, then those that came back."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Copies out")
        self._bridge = bridge
        self.rows: list[CopyRow] = []
        self._about = theme.label(tone="muted", wrap=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setProperty("role", "list")
        self._area.setAccessibleName("Copies that went out")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(theme.label("A clean copy is not expected back.", size="small", tone="muted", wrap=True), 1)
        foot.addWidget(close)
        column = controls.column(self)
        column.addWidget(theme.label("Copies out", size="heading"))
        column.addWidget(self._about)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        theme.give_size(self, 84, 60)
        self.refresh()

    def refresh(self) -> None:
        """Show the copies as the plan remembers them now."""
        plan, now = self._bridge.plan, datetime.now(UTC)
        waited = copies.out(plan)
        others = sorted((one for one in plan.of(Copy) if one not in waited), key=lambda one: one.sent_at, reverse=True)
        pane = QWidget()
        pane.setProperty("role", "pane")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, theme.grid(1), 0)
        column.setSpacing(theme.grid(1))
        self.rows = [
            CopyRow(one, now, self._sender(one), waited=one in waited, editable=self._bridge.editable)
            for one in (*waited, *others)
        ]
        for row in self.rows:
            row.remind_wanted.connect(self._remind)
            row.forget_wanted.connect(self._forget)
            column.addWidget(row)
        if not self.rows:
            column.addWidget(Empty("send", "No copy of this plan has gone out yet."), 1)
        column.addStretch(1)
        self._area.setWidget(pane)
        back = sum(bool(one.answered_at) for one in others)
        self._about.setText(f"{wording.several(len(waited), 'copy')} out, {back} back." if self.rows else "")

    def _sender(self, copy: Copy) -> str:
        """Who sent a copy, where it was somebody else."""
        name = history.maker(self._bridge.document, copy.id)
        return "" if name == self._bridge.document.author else name

    def _remind(self, copy: Copy) -> None:
        dialog = HandOverDialog("Remind " + (copy.to or "them"), [reminder(self._bridge, copy)], self)
        dialog.exec()
        dialog.deleteLater()

    def _forget(self, copy: Copy) -> None:
        if self._bridge.commit(
            delete(self._bridge.plan, [copy.id], f"forgetting of the copy for {copy.to or 'somebody'}")
        ):
            self.refresh()


class CopyRow(QFrame):
    """One copy: to whom, what, since when, and whether it came back."""

    remind_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(self, copy: Copy, now: datetime, sender: str, *, waited: bool, editable: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = said(copy, now) + (f" · sent by {sender}" if sender else "")
        lines = QVBoxLayout()
        lines.setSpacing(theme.grid(0.25))
        lines.addWidget(theme.label(copy.to or "Somebody", size="strong", wrap=True))
        lines.addWidget(theme.label(self.words, wrap=True, tone="text" if waited else "muted"))
        lines.addWidget(theme.label(copy.file, size="small", tone="muted", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(1.25), theme.grid(1), theme.grid(1.25))
        row.setSpacing(theme.grid(1.5))
        icon = ("send", "accent") if waited else ("check", "good") if copy.answered_at else ("file-text", "muted")
        row.addWidget(Picture(*icon, side=18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        self.remind, self.forget = QPushButton("Remind…"), QPushButton("Forget")
        for button, wanted, needed in (
            (self.remind, self.remind_wanted, waited),
            (self.forget, self.forget_wanted, editable),
        ):
            button.setProperty("kind", "quiet")
            button.setAccessibleName(f"{button.text()} {copy.to}")
            button.clicked.connect(lambda _=False, signal=wanted: signal.emit(copy))
            button.setVisible(needed)
            row.addWidget(button)
        self.forget.setToolTip("Wait for it no more; it can be undone")


def said(copy: Copy, now: datetime) -> str:
    """What there is to know of a copy, as one line."""
    what = _SCOPES.get(copy.scope, copy.scope).capitalize()
    since, back = (wording.within(wording.when_written(at, now)) for at in (copy.sent_at, copy.answered_at))
    if copy.answered_at:
        return f"{what} · made {since} · came back {back}"
    return f"{what} · made {since}" if copy.scope == copies.CLEAN else f"{what} · out since {since} · not back yet"


def reminder(bridge: Bridge, copy: Copy) -> Letter:
    """The letter that reminds somebody of a copy."""
    lead = bridge.plan.get(copy.lead)
    day = wording.within(wording.when_written(copy.sent_at, datetime.now(UTC)))
    day = day.partition(" ")[0] if day.startswith(("today", "yesterday")) else f"on {day}"
    text = handover.reminder(bridge.plan, copy.to, day)
    email = lead.email if isinstance(lead, Lead) else ""
    return Letter(copy.to, email, f"Reminder: {bridge.plan.details.title or 'the plan'}", text)
