"""Finding words in every text of a plan: folded texts, kept per record and up to date event by event."""

from __future__ import annotations

from collections.abc import Iterator

from cypp_desktop.document.document import Event
from cypp_desktop.domain.folding import fold, unmarked
from cypp_desktop.domain.plan import Action, Details, Lead, Plan, Record, Section, field_defaults
from cypp_desktop.domain.values import dataclass

_SILENT = frozenset(
    {"place", "shape", "colour", "subject", "type", "series", "polarity", "due_date", "state", "layout"}
)
_UNFOUND = frozenset({"status", "period", "field", "lead", "layout", "view", "copy"})  # no place to jump to


@dataclass(frozen=True, slots=True)
class Hit:
    """A record with the words that were found in it, and where in ``context`` they stand (start, length)."""

    record: str
    context: str
    start: int
    length: int


class Search:
    """The texts of one plan, folded so that case and accents do not matter."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._folded: dict[str, str] = {}
        self._ready = self._gather()

    def gather(self, records: int) -> bool:
        """Fold the texts of so many more records; whether there are any left (call it while nothing else is to do)."""
        return all(next(self._ready, None) is not None for _ in range(records))

    def _gather(self) -> Iterator[str]:
        for record in list(self._plan):
            if record.id not in self._folded:
                self._fold(record.id)
                yield record.id

    def _fold(self, record: str) -> None:
        found = self._plan.get(record)
        if found is None or found.kind in _UNFOUND:
            self._folded.pop(record, None)
        else:
            self._folded[record] = "\n".join(fold(words) for words in _texts(self._plan, found))

    def follow(self, event: Event) -> None:
        """Fold anew what an event changed."""
        self._plan = event.after
        if any(isinstance(event.before.get(one), Lead) for one in event.changed):
            self._folded.clear()  # a lead's name stands in the texts of all actions that it leads
            self._ready = self._gather()
            return
        for one in event.changed:
            self._fold(one)

    def find(self, words: str, most: int = 200) -> list[str]:
        """The ids of records in whose texts all of the words stand, in the plan's order; at most so many."""
        wanted = fold(words).split()
        if not wanted:
            return []
        self.gather(len(self._plan) + 1)
        found = [record for record, folded in self._folded.items() if wanted[0] in folded]
        for word in wanted[1:]:
            found = [record for record in found if word in self._folded[record]]
        return sorted((record for record in found[:most] if record in self._plan), key=self._place)

    def hit(self, record: str, words: str) -> Hit:
        """Where the first of the words stands in a record that was found."""
        return _hit(self._plan, self._plan[record], fold(words).split()[0])

    def _place(self, record: str) -> tuple[tuple[int, str, str], ...]:
        above = (*self._plan.ancestors(record), self._plan[record])
        return tuple((_RANK.get(one.kind, 9), one.order, one.id) for one in above)


_RANK = {"plan": 0, "section": 1, "priority": 2, "measure": 3, "action": 4, "outcome": 5}


def _texts(plan: Plan, record: Record) -> Iterator[str]:
    """Every text of a record that people see, without marks."""
    for name, default in field_defaults(record.kind).items():
        if isinstance(default, str) and name not in _SILENT and (words := getattr(record, name)):
            yield unmarked(words)
    if isinstance(record, Action):
        yield plan.reference(record)
        yield from plan.lead_names(record)
        yield from record.plans
        for update in record.updates:
            yield from (unmarked(words) for words in (update.note, update.reason) if words)
    for _, words in getattr(record, "custom", ()):
        yield words
    if isinstance(record, Details):
        yield from record.levels


def _hit(plan: Plan, record: Record, wanted: str) -> Hit:
    """The words around the first place where a word stands; a heading before its own text."""
    for words in _texts(plan, record):
        line = " ".join(words.split())
        at, end = _where(line, wanted)
        if end:
            start = max(0, at - 30)
            start = line.find(" ", start, at) + 1 if start else 0
            before = "… " if start else ""
            return Hit(record.id, before + line[start : at + 160], len(before) + at - start, end - at)
    first = next(_texts(plan, record), "")
    return Hit(record.id, " ".join(first.split())[:160], 0, 0)


def _where(line: str, wanted: str) -> tuple[int, int]:
    """From where to where a folded word stands in a line; (0, 0) for nowhere."""
    if line.isascii():
        at = line.lower().find(wanted)
        return (at, at + len(wanted)) if at >= 0 else (0, 0)
    origin = [place for place, letter in enumerate(line) for _ in fold(letter)]  # folding may make one letter two
    at = "".join(map(fold, line)).find(wanted)
    return (origin[at], origin[at + len(wanted) - 1] + 1) if at >= 0 else (0, 0)


def title(plan: Plan, record: Record) -> str:
    """What a hit is: "Key action 1.5.6", "Section"."""
    if isinstance(record, Section):
        return "Section"
    if isinstance(record, Details):
        return "Plan details"
    archived = " (archived)" if isinstance(record, Action) and record.archived else ""
    return f"{plan.level_word(record)} {plan.reference(record)}".strip() + archived
