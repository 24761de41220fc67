"""Records that two people are likely to have added both: siblings by different authors with nearly equal words.

It is a suggestion, never an error: they are combined, or it is noted that both are meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from cypp_desktop.domain import text
from cypp_desktop.domain.change import DELETED, PLACE, TWINS, Change, Refused, Step
from cypp_desktop.domain.mentions import renamed
from cypp_desktop.domain.naming import title_of
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan, Record, Value, cell, fields_of
from cypp_desktop.domain.rules.words import look

KINDS = frozenset({"priority", "outcome", "measure", "action", "section", "lead"})
ALIKE = 0.85
MOST_PAIRS = 20_000
"""Among more siblings than make so many pairs, only equal words are taken for the same."""
BOTH = "both"


def mark(one: str, other: str) -> str:
    """The record that a mark about two others is kept under; the same whichever comes first."""
    import hashlib  # slow to load

    return hashlib.sha256("\0".join(sorted((one, other))).encode()).hexdigest()[:32]


def find(plan: Plan, makers: Mapping[str, str], decided: Collection[str]) -> Iterator[tuple[Record, Record]]:
    """The likely twins of a plan; ``makers`` says who added each record, ``decided`` which pairs are both meant."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in plan:
        if record.kind in KINDS:
            groups.setdefault((record.parent, record.kind), []).append(record)
    for group in groups.values():
        if len({makers.get(one.id, "") for one in group}) > 1:
            yield from (pair for pair in _pairs(group, makers) if mark(pair[0].id, pair[1].id) not in decided)


def _pairs(group: list[Record], makers: Mapping[str, str]) -> Iterator[tuple[Record, Record]]:
    titles = {one.id: "" if look(title_of(one)).undecided else _bare(title_of(one)) for one in group}
    named = sorted((one for one in group if titles[one.id]), key=lambda one: (one.order, one.id))
    if len(named) ** 2 > 2 * MOST_PAIRS:
        same: dict[str, list[Record]] = {}
        for one in named:
            same.setdefault(titles[one.id], []).append(one)
        candidates: Iterable[tuple[Record, Record]] = (
            pair for found in same.values() for pair in combinations(found[:100], 2)
        )
    else:
        candidates = combinations(named, 2)
    for one, other in candidates:
        if makers.get(one.id) != makers.get(other.id) and alike(titles[one.id], titles[other.id]):
            yield one, other


@lru_cache(maxsize=50_000)
def alike(one: str, other: str) -> bool:
    """Whether two bare titles are nearly the same."""
    if one == other:
        return True
    from difflib import SequenceMatcher  # slow to load, and rarely needed

    matcher = SequenceMatcher(None, one[:400], other[:400], autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _bare(words: str) -> str:
    return " ".join("".join(letter.lower() if letter.isalnum() else " " for letter in words).split())


def keep_both(one: str, other: str) -> Step:
    """The step that notes that two records alike are both meant."""
    return Step("decision", "resolve", (Change(mark(one, other), TWINS, None, BOTH),))


def combine(plan: Plan, kept: str, other: str, keys: Keys | None = None) -> Step:
    """The step that makes one record of two alike: what the first lacks comes from the other, which is deleted.

    Where both have words, rich text holds both, and any other field keeps the first's. What hangs on the other hangs
    on the first from then on, and what named the other names the first. Raises Refused where one is not there.
    """
    first, second = plan.get(kept), plan.get(other)
    if first is None or second is None or first.kind != second.kind:
        raise Refused("One of them is no longer in the plan.")
    changes = [
        Change(kept, name, cell(first, name), value)
        for name in fields_of(second)
        if (value := _joined(name, cell(first, name), cell(second, name))) != cell(first, name)
    ]
    keys, last = keys or Keys(), {child.kind: child.order for child in plan.children(kept)}
    for child in plan.children(other):
        last[child.kind] = keys.between(last.get(child.kind), None)
        changes.append(Change(child.id, PLACE, (child.parent, child.order), (kept, last[child.kind])))
    changes += [Change(one.id, name, cell(one, name), value) for one, name, value in renamed(plan, {other}, kept)]
    return Step("combining of two records", "resolve", (*changes, Change(other, DELETED, before=False, after=True)))


def _joined(name: str, one: Value, other: Value) -> Value:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    if not one or not other or not isinstance(one, str) or not isinstance(other, str):
        return one or other
    if name.partition("@")[0] not in text.FIELDS or _bare(text.plain(one)) == _bare(text.plain(other)):
        return one
    return f"{one}\n\n{other}"
