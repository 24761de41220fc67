"""Several spellings made one: which of them is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QRadioButton, QWidget

from cypp_desktop.domain.leads import loads
from cypp_desktop.domain.plan import Lead, Plan
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.controls import answers


class MergeDialog(QDialog):
    """A choice for each name, the one that has most chosen; it takes the place of the others everywhere."""

    def __init__(self, plan: Plan, chosen: Sequence[Lead], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Make them one")
        found = loads(plan)
        most = max(chosen, key=lambda lead: len(found[lead.id].actions))
        self.choices = {lead.id: QRadioButton() for lead in chosen}
        column = controls.column(self)
        column.addWidget(theme.label("Which name is kept?", size="heading", wrap=True))
        about = "It takes the place of the others everywhere, in earlier periods too. One Undo takes it back."
        column.addWidget(theme.label(about, tone="muted", wrap=True))
        for lead in chosen:
            button = self.choices[lead.id]
            count = wording.several(len(found[lead.id].actions), plan.details.action_word)
            more = ", ".join(part for part in (lead.role, lead.email, count) if part)
            button.setText(f"{lead.name}  ({more})".replace("&", "&&"))
            button.setChecked(lead is most)
            column.addWidget(button)
        column.addStretch(1)
        column.addLayout(answers(self, "Make them one"))
        theme.give_size(self, 64)

    def keep(self) -> str:
        """The id of the lead whose name is kept."""
        return next(lead for lead, button in self.choices.items() if button.isChecked())
