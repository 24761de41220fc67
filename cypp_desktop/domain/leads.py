"""The people, roles and organisations of a plan: who has what, names that are one and the same, names to let go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from cypp_desktop.domain.change import Refused, Step, delete, edit, joined
from cypp_desktop.domain.folding import fold
from cypp_desktop.domain.mentions import renamed
from cypp_desktop.domain.plan import Action, Lead, Plan, Priority
from cypp_desktop.domain.values import dataclass

_SHORTEST, _LONG = 6, 4
"""Letters of a name, and of one of its words, from which on a letter more, less or other may be a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a lead has: the ids of priorities and of actions, in the order of the plan; archived actions apart."""

    priorities: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.priorities or self.actions or self.archived)


def loads(plan: Plan) -> dict[str, Load]:
    """What each lead has, by its id."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = {lead.id: ([], [], []) for lead in plan.leads}
    for record in plan:
        if isinstance(record, Action | Priority):
            place = 0 if isinstance(record, Priority) else 2 if record.archived else 1
            for lead in dict.fromkeys(record.leads):
                if lead in found:
                    found[lead][place].append(record.id)
    return {lead: Load(*(tuple(ids) for ids in parts)) for lead, parts in found.items()}


def merge(plan: Plan, keep: str, others: Collection[str]) -> Step:
    """Have one lead take the place of others everywhere, and delete those, as one step.

    What the kept one lacks, an e-mail address or a role, it takes from the first of the others that has it.
    """
    kept, gone = _lead(plan, keep), [_lead(plan, one) for one in others if one != keep]
    if not gone:
        raise Refused("Choose two leads or more to make one of them.")
    ids = {lead.id for lead in gone}
    steps = [edit(plan, record.id, {name: value}) for record, name, value in renamed(plan, ids, keep)]
    lacking = {name: _first(gone, name) for name in ("email", "role") if not getattr(kept, name)}
    steps += [edit(plan, keep, lacking), delete(plan, [lead.id for lead in gone])]
    names = ", ".join(f"“{lead.name}”" for lead in gone)
    return joined(f"merging of {names} into “{kept.name}”", steps)


def _lead(plan: Plan, lead: str) -> Lead:
    found = plan.get(lead)
    if not isinstance(found, Lead):
        raise Refused("That lead is no longer in the plan.")
    return found


def _first(leads: Iterable[Lead], name: str) -> str:
    return next((words for lead in leads if (words := str(getattr(lead, name)))), "")


def give(plan: Plan, source: str, to: str) -> Step:
    """Hand all live actions and priorities of one lead over to another, who stands where the first stood."""
    left, taken = _lead(plan, source), _lead(plan, to)
    load = loads(plan)[source]
    steps = []
    for record in (*load.priorities, *load.actions):
        led: tuple[str, ...] = getattr(plan[record], "leads")  # noqa: B009 - two kinds have it
        fresh = tuple(dict.fromkeys(to if one == source else one for one in led))
        steps.append(edit(plan, record, {"leads": fresh}))
    return joined(f"handing over from “{left.name}” to “{taken.name}”", steps)


def delete_unused(plan: Plan, leads: Collection[str] | None = None) -> Step:
    """Delete leads that have nothing, archived actions included: all of them, or those among some."""
    found = loads(plan)
    asked = found if leads is None else leads
    if used := next((one for one in asked if leads is not None and found.get(one)), ""):
        raise Refused(f"“{_lead(plan, used).name}” still leads something. Hand that over first, or merge the two.")
    unused = [one for one in asked if one in found and not found[one]]
    if not unused:
        raise Refused("Every lead has something to do: there is none to delete.")
    return delete(plan, unused, "deletion of unused leads" if len(unused) > 1 else "deletion of lead")


# --- names that may be one and the same ------------------------------------------------------------------------------


def alike(leads: Sequence[Lead]) -> list[tuple[Lead, ...]]:
    """Groups of leads whose names are probably one, in the order of the plan.

    They differ in case, accents, marks or the order of words; or by one letter in a long name without figures; or one
    has an initial where the other has a first name.
    """
    top = {lead.id: lead.id for lead in leads}

    def find(one: str) -> str:
        while top[one] != one:
            one = top[one]
        return one

    met: dict[object, str] = {}
    for lead in leads:
        for sign in _signs(lead.name):
            other = met.setdefault(sign, lead.id)
            top[find(lead.id)] = find(other)
    for one, other in _initials(leads):
        top[find(other)] = find(one)
    groups: dict[str, list[Lead]] = {}
    for lead in leads:
        groups.setdefault(find(lead.id), []).append(lead)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and marks."""
    folded = fold(name.replace("&", " and "))
    return "".join(one if one.isalnum() else "" if one in "'’." else " " for one in folded).split()


def _signs(name: str) -> Iterator[object]:
    """What two names have in common where they are the same but for order, or for one letter within a word."""
    words = sorted(_words(name))
    whole = " ".join(words)
    yield whole
    if len(whole) >= _SHORTEST and not any(letter.isdigit() for letter in whole):
        yield "one letter", whole
        at = 0
        for word in words:
            if len(word) >= _LONG:
                yield from (("one letter", whole[:place] + whole[place + 1 :]) for place in range(at, at + len(word)))
            at += len(word) + 1


def _initials(leads: Sequence[Lead]) -> Iterator[tuple[str, str]]:
    """Pairs of leads of which one has an initial where the other has a first name of that letter, if only one has."""
    full: dict[tuple[str, str], list[str]] = {}
    short: list[tuple[str, tuple[str, str]]] = []
    for lead in leads:
        words = _words(lead.name)
        if len(words) == 2:  # noqa: PLR2004 - a first name and a last one
            key = words[0][0], words[1]
            if len(words[0]) == 1:
                short.append((lead.id, key))
            else:
                full.setdefault(key, []).append(lead.id)
    for one, key in short:
        if len(full.get(key, ())) == 1:
            yield full[key][0], one
