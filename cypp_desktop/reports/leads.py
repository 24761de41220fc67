"""The list of leads: who has what."""

from __future__ import annotations

from collections.abc import Iterator

from cypp_desktop.domain.naming import plural, several
from cypp_desktop.domain.plan import Action, Lead, Outcome, Priority
from cypp_desktop.reports.actions import Group, groups
from cypp_desktop.reports.model import Block, Cell, Column, Heading, PageBreak, Table, Words
from cypp_desktop.reports.pack import Pack, titled


def blocks(pack: Pack) -> Iterator[Block]:
    """The list with its heading; nothing where nobody leads anything."""
    found = _held(pack)
    if not any(found.values()):
        return
    shown = [(lead, found[lead.id]) for lead in pack.plan.leads if found.get(lead.id)]
    roles = pack.options.people == "names" and any(lead.role.strip() for lead, _ in shown)
    word = pack.plan.details.action_word
    columns = [
        Column("Lead", 132),
        *[Column("Role", 132)] * roles,
        Column(plural(word), 62),
        Column("What they lead", 576 - 132 * roles),
    ]
    rows = [tuple(_cells(lead, held, roles=roles)) for lead, held in shown]
    if "" in found:
        rows.append(tuple(_cells(Lead(id="", name="No lead yet"), found[""], roles=roles)))
    yield PageBreak()
    yield Heading(2, "Who leads what", name="leads")
    yield Table(tuple(columns), tuple(rows), f"Leads with the {plural(word.lower())} that each has")


class _Held:
    """What one lead has: places in the plan in the order of the plan, each with how it is said."""

    def __init__(self) -> None:
        self.number = 0
        self.lines: list[Words] = []


def _held(pack: Pack) -> dict[str, _Held]:
    """What each lead has, by the lead's id; under "" what nobody has."""
    found: dict[str, _Held] = {}
    for priority in pack.priorities:
        rows = groups(pack, priority)
        word = pack.plan.level_word(priority)
        for lead in dict.fromkeys(priority.leads):
            if isinstance(pack.plan.get(lead), Lead) and (not pack.options.leads or lead in pack.options.leads):
                said = f"{word} {titled(priority)}".strip()
                found.setdefault(lead, _Held()).lines.append(Words(said, bold=True, to=pack.place(priority)))
        for group in rows:
            for lead, own in _shared_out(pack, group).items():
                held = found.setdefault(lead, _Held())
                held.number += len(own)
                held.lines.append(_line(pack, priority, group, own))
    return found


def _shared_out(pack: Pack, group: Group) -> dict[str, list[Action]]:
    out: dict[str, list[Action]] = {}
    for action in group.actions:
        known = [one for one in dict.fromkeys(action.leads) if isinstance(pack.plan.get(one), Lead)]
        for lead in known or [""]:
            if not pack.options.leads or lead in pack.options.leads:
                out.setdefault(lead, []).append(action)
    return out


def _line(pack: Pack, priority: Priority, group: Group, own: list[Action]) -> Words:
    """A row of outcomes with which of its actions one lead has: all, those of some numbers, or how many."""
    top: Outcome | Priority = group.outcomes[0] if group.outcomes else priority
    refs = [action.ref for action in own]
    word = pack.plan.details.action_word
    if len(own) == len(group.actions):
        which = f"all {several(len(own), word)}" if len(own) > 1 else several(1, word)
    elif all(refs):
        which = f"{word.lower() if len(refs) == 1 else plural(word.lower())} {', '.join(refs)}"
    else:
        which = f"{len(own)} of {several(len(group.actions), word)}"
    return Words(f"{titled(top)}: {which}", to=pack.place(top))


def _cells(lead: Lead, held: _Held, *, roles: bool) -> Iterator[Cell]:
    yield Cell((Words(lead.name or lead.role or "Without a name", bold=True),), scope="row")
    if roles:
        yield Cell((Words(lead.role),) if lead.role else ())
    yield Cell((Words(str(held.number)),))
    yield Cell(tuple(held.lines))
