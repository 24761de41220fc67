"""The questions that are not shown, a row each: what it is about, and in few words what the sides say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from cypp_desktop.document.conflicts import Conflict, Side
from cypp_desktop.domain.change import PLACE
from cypp_desktop.domain.naming import field_name, record_name, said, short, title_of
from cypp_desktop.domain.plan import Plan, Status
from cypp_desktop.ui import theme
from cypp_desktop.ui.controls import Card
from cypp_desktop.ui.elided import Elided
from cypp_desktop.ui.status_buttons import Chip

_KINDS = {
    "deleted": "Deleted, and changed",
    "place": "Lost its place",
    "twins": "Added twice?",
    "redact": "Remove from the history?",
}


def row(plan: Plan, conflict: Conflict, mine: str, sentence: str) -> Card:
    """A row that is a button; ``mine`` is the reader's name, ``sentence`` the whole question."""
    made = Card("row", sentence)
    made.setToolTip(theme.tip(sentence))
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # too long, it is cut
    made.row.setContentsMargins(theme.grid(2), theme.grid(0.75), theme.grid(2), theme.grid(0.75))
    record = plan.get(conflict.record)
    if record is None:
        return made
    reference = plan.reference(record) or record_name(plan, record)
    made.row.addWidget(theme.label(reference, size="strong", tone="muted"))
    made.row.addWidget(theme.label(_about(plan, conflict), size="strong"))
    title = Elided(short(title_of(record)))
    made.row.addWidget(title, 2)
    if conflict.kind == "value":
        names = (
            {True: "yours", False: "theirs"}
            if {side.author == mine for side in conflict.sides} == {True, False}
            else {}
        )
        for side in sorted(conflict.sides[:2], key=lambda side: side.author != mine):
            _put_side(made, plan, side, names.get(side.author == mine, side.author))
    return made


def _put_side(made: Card, plan: Plan, side: Side, whose: str) -> None:
    """Whose a side is and what it says, at the end of the row."""
    found = plan.get(side.value) if isinstance(side.value, str) else None
    if isinstance(found, Status):
        chip = Chip()
        chip.show_status(found)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.row.addWidget(theme.label(whose, tone="muted"))
        made.row.addWidget(chip)
        return
    words = said(plan, side.field, side.value) if isinstance(side.value, str | bool | tuple) else ""
    label = Elided(f"{whose}: {short(words) or 'nothing'}")
    label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    made.row.addWidget(label, 1)


def _about(plan: Plan, conflict: Conflict) -> str:
    name = _KINDS.get(conflict.kind) or ("Place" if conflict.field == PLACE else field_name(plan, conflict.field))
    return short(name[:1].upper() + name[1:])
