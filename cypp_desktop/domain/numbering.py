"""Numbering anew: siblings get references in the form that theirs have, from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cypp_desktop.domain.change import Step, edit, joined
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.plan import Action, Outcome, Plan, Priority

_LAST = pattern(r"(?s)(.*?)(\d+|[A-Za-z])(\W*)")
_PART = pattern(r"(.*\d)(\W\d+)")
Numbered = Priority | Outcome | Action


def renumber(plan: Plan, parent: str) -> Step:
    """Number what hangs directly on a record, kind by kind; kinds of which none has a reference stay without."""
    above = str(getattr(plan.get(parent), "ref", ""))
    kinds: Sequence[Sequence[Numbered]] = (plan.of(Priority, parent), plan.outcomes(parent), plan.actions(parent))
    refs = {one: ref for siblings in kinds for one, ref in _anew(siblings, above, above).items()}
    return _step(plan, refs)


def renumber_all(plan: Plan) -> Step:
    """Number the whole plan: priorities, the outcomes below them at every level, and the actions."""
    refs = _anew(plan.priorities, "", "")
    for top in plan.walk():
        if isinstance(top, Priority | Outcome):
            old, new = top.ref, refs.get(top.id, top.ref)
            refs |= _anew(plan.outcomes(top.id), old, new) | _anew(plan.actions(top.id), old, new)
    return _step(plan, refs)


def _step(plan: Plan, refs: dict[str, str]) -> Step:
    return joined(
        "renumbering",
        [edit(plan, record, {"ref": ref}) for record, ref in refs.items() if getattr(plan[record], "ref", "") != ref],
    )


def _anew(siblings: Sequence[Numbered], old: str, new: str) -> dict[str, str]:
    """The references of siblings by their ids, where ``old`` and ``new`` are that of what they hang on."""
    units = list(_units(siblings))
    form = next((match for ref, _ in units if (match := _LAST.fullmatch(ref))), None)
    if form is None:
        return {}
    before, mark, after = form.groups()
    if old and before.startswith(old):
        before = new + before.removeprefix(old)
    return {
        one: f"{before}{_ordinal(place, mark)}{after}{rest}"
        for place, (_, parts) in enumerate(units)
        for one, rest in parts.items()
    }


def _units(siblings: Sequence[Numbered]) -> Iterator[tuple[str, dict[str, str]]]:
    """What takes a number together: its reference, and by each id what follows it. "1.3.1" and "1.3.2" in one row are
    "1.3" with ".1" and ".2"; all else stands alone.
    """
    groups: list[list[Numbered]] = []
    for one in siblings:
        if isinstance(one, Outcome) and one.joined and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        parts = [_PART.fullmatch(one.ref) for one in group]
        whole = {part[1] for part in parts if part}
        if len(group) > 1 and None not in parts and len(whole) == 1:
            yield whole.pop(), {one.id: part[2] for one, part in zip(group, parts, strict=True) if part}
        else:
            yield from ((one.ref, {one.id: ""}) for one in group)


def _ordinal(place: int, like: str) -> str:
    """The number of a place, or its letter where the first one has a letter; after z comes aa."""
    if like.isdigit():
        return str(place + 1)
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters.upper() if like.isupper() else letters
