"""One change to many actions, as one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cypp_desktop.domain import dates
from cypp_desktop.domain.change import PLACE, Change, Refused, Step, edit, joined
from cypp_desktop.domain.naming import several
from cypp_desktop.domain.order import Keys, valid
from cypp_desktop.domain.periods import open_to_writing
from cypp_desktop.domain.plan import Action, Outcome, Plan, Priority, Value, update_field
from cypp_desktop.domain.values import dataclass

REPLACE, ADD, REMOVE = "replace", "add", "remove"
"""What becomes of the leads of an action: these and no others, these besides, or all but these."""
_DIGITS = 9  # of a reference that is a number; Python does not read one of thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What actions are given; None leaves it as it is. ``leads`` and ``status`` are ids, ``parent`` that of a priority
    or outcome to move to, ``archived`` the year or period, or "" to bring back.
    """

    leads: tuple[str, ...] | None = None
    how: str = REPLACE
    status: str | None = None
    due: str | None = None
    archived: str | None = None
    parent: str | None = None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.leads, self.status, self.due, self.archived, self.parent))


def archive_label(plan: Plan) -> str:
    """What actions that are archived now are kept under: the plan's years, else its current period."""
    period = plan.current_period
    return plan.details.years or (period.name if period else "") or "Earlier"


def due(words: str) -> dict[str, Value]:
    """The words that say when something is due, and the date that they name."""
    day = dates.read(words)
    return {"due": words.strip(), "due_date": day.isoformat() if day else ""}


def change(plan: Plan, actions: Iterable[str], what: Bulk, period: str = "", keys: Keys | None = None) -> Step:
    """Give actions (by their ids) what is asked for; a status is that of a period.

    Raises Refused where that period is closed, or the place cannot bear an action.
    """
    found = [one for action in actions if isinstance(one := plan.get(action), Action)]
    if what.status is not None:
        open_to_writing(plan, period)
    steps = [edit(plan, one.id, dict(_values(one, what, period))) for one in found]
    if what.parent is not None:
        steps.append(_moved(plan, found, what.parent, keys or Keys()))
    word = plan.details.action_word
    return joined(f"change of {several(len(found), word) if len(found) != 1 else word.lower()}", steps)


def _values(one: Action, what: Bulk, period: str) -> Iterator[tuple[str, Value]]:
    if what.leads is not None:
        yield "leads", _leads(one.leads, what.leads, what.how)
    if what.status is not None:
        yield update_field("status", period), what.status
    if what.due is not None:
        yield from due(what.due).items()
    if what.archived is not None and bool(what.archived) != bool(one.archived):
        yield "archived", what.archived


def _leads(old: Sequence[str], given: Sequence[str], how: str) -> tuple[str, ...]:
    if how == REMOVE:
        return tuple(one for one in old if one not in given)
    return tuple(dict.fromkeys([*old, *given] if how == ADD else given))


def _moved(plan: Plan, actions: Sequence[Action], parent: str, keys: Keys) -> Step:
    """Move actions behind those of another parent; a number that is taken there becomes the next free one."""
    if not isinstance(plan.get(parent), Priority | Outcome):
        raise Refused("Key actions can stand below a priority or an outcome only.")
    siblings = plan.of(Action, parent)
    low = next((one.order for one in reversed(siblings) if valid(one.order)), None)
    used = {one.ref for one in siblings}
    changes = []
    for one in actions:
        if one.parent == parent:
            continue
        low = keys.between(low, None)
        changes.append(Change(one.id, PLACE, (one.parent, one.order), (parent, low)))
        if one.ref in used and one.ref:
            ref = next_free(used) if one.ref.isdigit() else ""
            changes.append(Change(one.id, "ref", one.ref, ref))
            used.add(ref)
        used.add(one.ref)
    return Step("move", "move", tuple(changes))


def next_free(used: Iterable[str]) -> str:
    """The number after all references that are used; "" where none of them is a number."""
    numbers = [int(one) for one in used if one.isascii() and one.isdigit() and len(one) <= _DIGITS]
    return str(max(numbers) + 1) if numbers else ""
