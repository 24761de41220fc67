"""The leads of a plan as rows: name, role, e-mail address, and how much each of them has."""

from __future__ import annotations

from cypp_desktop.document.document import Event
from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.leads import Load, loads
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import Action, Details, Lead, Period, Priority, Status
from cypp_desktop.domain.rows import Column
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.celltext import Words
from cypp_desktop.ui.models.cells import NONE, WORDS, Cell, CellModel

_TYPED = ("name", "role", "email")


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead, what they have, and how their live actions stand ("3 On schedule, 1 Behind")."""

    lead: Lead
    load: Load
    standing: str


class LeadTable(CellModel[LeadRow]):
    """All leads in the order of the plan."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._seen = False
        bridge.changed.connect(self.follow)
        bridge.period_changed.connect(self._look_again)

    def look(self) -> None:
        """Show the leads as they are now, and follow the plan from now on."""
        self._seen = True
        columns = self._columns()
        made = self._made()
        if columns != self.columns:
            self.reset(columns, made)
        else:
            self.arrange(0, len(self.rows), made)

    def _look_again(self, _period: str) -> None:
        if self._seen:
            self.look()

    def rest(self) -> None:
        """Follow the plan no more until there is somebody to look."""
        self._seen = False

    def follow(self, event: Event) -> None:
        """Take over what a step changed."""
        kinds = (Action, Details, Lead, Period, Priority, Status)
        changed = (event.after.get(one) or event.before.get(one) for one in event.changed)
        if self._seen and any(isinstance(one, kinds) for one in changed):
            self.look()

    def _columns(self) -> list[Column]:
        details = self.bridge.plan.details
        level = details.levels[0] if details.levels else "Priority"
        names = [("name", "Name"), ("role", "Role"), ("email", "E-mail"), ("priorities", plural(level))]
        return [Column(key, heading) for key, heading in (*names, ("actions", plural(details.action_word)))]

    def _made(self) -> list[LeadRow]:
        plan, period = self.bridge.plan, self.bridge.period
        found = loads(plan)
        return [LeadRow(lead, found[lead.id], self._standing(found[lead.id], period)) for lead in plan.leads]

    def _standing(self, load: Load, period: Period | None) -> str:
        plan = self.bridge.plan
        actions = (one for action in load.actions if isinstance(one := plan.get(action), Action))
        given = [one.update(period.id).status if period else "" for one in actions]
        said = ((given.count(status.id), status.label) for status in plan.statuses)
        return ", ".join(f"{count} {label}" for count, label in said if count)

    # --- cells ---

    def key(self, row: LeadRow) -> str:
        return row.lead.id

    def cell(self, row: int, column: int) -> Cell:
        line, key = self.rows[row], self.columns[column].key
        if key in _TYPED:
            words = str(getattr(line.lead, key))
            return Cell(Words(words or ("Without a name" if key == "name" else ""), plain=True, bold=key == "name"))
        if key == "priorities":
            refs = [str(getattr(self.bridge.plan[one], "ref", "")) or "1" for one in line.load.priorities]
            return Cell(Words(", ".join(refs), plain=True))
        count = str(len(line.load.actions)) if line.load.actions else "None"
        kept = f"{len(line.load.archived)} archived" if line.load.archived else ""
        small = ", ".join(part for part in (line.standing, kept) if part)
        return Cell(Words(count, plain=True, small=small), muted=not line.load.actions)

    def record(self, row: int, column: int) -> str:
        return self.rows[row].lead.id

    def field(self, row: int, column: int) -> str:
        key = self.columns[column].key
        return key if key in _TYPED else ""

    def editor(self, row: int, column: int) -> str:
        return WORDS if self.bridge.editable and self.columns[column].key in _TYPED else NONE

    def source(self, row: int, column: int) -> str:
        key = self.columns[column].key
        return str(getattr(self.rows[row].lead, key)) if key in _TYPED else ""

    def step(self, row: int, column: int, value: str) -> Step:
        key, lead = self.columns[column].key, self.rows[row].lead
        words = " ".join(value.split())
        if key == "name" and not words:
            raise Refused("A lead needs a name. To take one out, delete it or merge it with another.")
        return edit(self.bridge.plan, lead.id, {key: words}, f"change of lead “{lead.name}”")
