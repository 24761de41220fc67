"""Plans of any size whose texts read like the two samples': a chain of word triples, with fresh figures and dates.

Every cell is different, so that nothing wins by keeping what it saw before. The same size and seed give the same plan.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator

from cypp_desktop import resources
from cypp_desktop.domain.change import KIND, PLACE, Branch, Step, add_branches
from cypp_desktop.domain.plan import KINDS, NATIONAL, OURS, Plan, update_field, with_cells

PRIORITIES = 4
GROUPS = [1, 2, 3, 4, 5, 6, 8, 10]  # actions of one outcome
FIRST = [
    "Alex",
    "Bryony",
    "Carol",
    "Dev",
    "Erin",
    "Faisal",
    "Grace",
    "Hugh",
    "Ines",
    "Jo",
    "Kwame",
    "Lena",
    "Mo",
    "Nuala",
    "Oona",
    "Priya",
    "Siân",
    "Zoë",
]
LAST = [
    "Archer",
    "Booth",
    "Carr",
    "Dunne",
    "Ellis",
    "Frost",
    "Gill",
    "Hale",
    "Iqbal",
    "Jarvis",
    "Kaur",
    "Lowe",
    "Mann",
    "Núñez",
    "O’Dowd",
    "Pryce",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def plan(actions: int, seed: int = 7) -> Plan:
    """A plan with a number of actions."""
    cells: dict[str, dict[str, object]] = defaultdict(dict)
    for change in step(actions, seed).changes:
        cells[change.record][change.field] = change.after
    records = []
    for one, fields in cells.items():
        parent, order = fields.pop(PLACE)
        records.append(with_cells(KINDS[fields.pop(KIND)](id=one, parent=parent, order=order), fields))
    return Plan(records)


def step(actions: int, seed: int = 7) -> Step:
    """The step that begins a document with such a plan."""
    writer = _Writer(random.Random(seed))
    scale = _sample("county")["status"]
    statuses = [
        Branch("status", {k: v for k, v in one.items() if k != "key"}, id=f"status{n}") for n, one in enumerate(scale)
    ]
    leads = [Branch("lead", {"name": f"{a} {b}"}, id=f"lead-{a}-{b}") for a in FIRST for b in LAST[::3]]
    period = Branch("period", {"name": "Mid-year review"}, id="period")
    details = {
        "title": "Children and Young People’s Plan", "subtitle": "Action plan", "organisation": "Anyshire",
        "levels": ("Priority", "Key activity"), "current_period": "period",
        "columns": ("outcome=Key activities", "plans=Plan", "actions=Key actions", "leads=Lead", "due=Due",
                    "note=Progress to date", "status=RAG rating"),
    }  # fmt: skip
    priorities = [
        Branch(
            "priority",
            _titled(number, writer),
            _outcomes(writer, number, actions // PRIORITIES + (number <= actions % PRIORITIES)),
        )
        for number in range(1, PRIORITIES + 1)
    ]
    return add_branches(Plan(()), "", [Branch("plan", details, [period, *statuses, *leads, *priorities], id="plan")])


def _titled(number: int, writer: _Writer) -> dict[str, str]:
    return {
        "ref": str(number),
        "label": f"Priority {number}",
        "title": writer.sentence(5, 9),
        "statement": writer.sentence(20, 40) + ".",
    }


def _outcomes(writer: _Writer, number: int, actions: int) -> list[Branch]:
    measures = [writer.measure() for _ in range(6)]
    out: list[Branch] = []
    while actions > 0:
        count = min(actions, writer.random.choice(GROUPS))
        actions -= count
        shared = {"leads": (writer.lead(),), "plans": (writer.sentence(3, 6),)}
        found = [Branch("action", {"ref": str(n), **shared, **writer.action()}) for n in range(1, count + 1)]
        out.append(Branch("outcome", {"ref": f"{number}.{len(out) + 1}", "title": writer.sentence(5, 14)}, found))
    return [*measures, *out]


def _sample(name: str) -> dict:
    return tomllib.loads(resources.path("samples", f"{name}.toml").read_text(encoding="utf-8"))


class _Writer:
    """Writes sentences, cells and records."""

    def __init__(self, dice: random.Random) -> None:
        self.random = dice
        self._after: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._starts: list[tuple[str, str]] = []
        for name in ("city", "county"):
            for words in _sentences(_sample(name)):
                self._starts.append((words[0], words[1]))
                for one, two, three in zip(words, words[1:], words[2:], strict=False):
                    self._after[one, two].append(three)

    def sentence(self, least: int, most: int) -> str:
        """Some words, without a full stop."""
        length = self.random.randint(least, most)
        out = list(self.random.choice(self._starts))
        while len(out) < length:
            following = self._after.get((out[-2], out[-1]))
            out += [self.random.choice(following)] if following else self.random.choice(self._starts)
        if self.random.random() < 0.25:
            out.insert(self.random.randrange(1, len(out)), self._figure())
        words = " ".join(out).strip(" .,;:-–")
        return words[:1].upper() + words[1:]

    def _figure(self) -> str:
        dice = self.random
        return dice.choice([
            f"{dice.randint(1, 99)}.{dice.randint(0, 9)}%", f"£{dice.randint(1, 900)},{dice.randint(0, 999):03}",
            f"by {dice.choice(MONTHS)} {dice.randint(2024, 2029)}", f"{dice.randint(1, 40)} of {dice.randint(41, 90)}",
        ])  # fmt: skip

    def lead(self) -> str:
        """A lead's id."""
        return f"lead-{self.random.choice(FIRST)}-{self.random.choice(LAST[::3])}"

    def action(self) -> dict[str, object]:
        """What an action says, is due, and has come to."""
        dice = self.random
        bullets = [f"- {self.sentence(6, 18)}" for _ in range(dice.choices(range(6), [34, 8, 20, 20, 12, 6])[0])]
        if bullets and dice.random() < 0.25:
            at = dice.randrange(len(bullets)) + 1
            bullets[at:at] = [f"  - {self.sentence(2, 8)}" for _ in range(dice.randint(2, 6))]
        notes = [self.sentence(8, 32) + "." for _ in range(dice.choices(range(3), [18, 62, 20])[0])]
        return {
            "text": "\n".join(bullets) or self.sentence(5, 14),
            "due": f"{dice.choice(MONTHS)} {dice.randint(2025, 2028)}",
            update_field("note", "period"): "\n\n".join(notes),
            update_field("status", "period"): f"status{dice.choices(range(5), [18, 42, 22, 10, 8])[0]}",
        }

    def measure(self) -> Branch:
        """A measure with readings."""
        values = [(NATIONAL, "2023-24"), (OURS, "2023-24"), (OURS, "2024-25")]
        readings = [
            Branch("reading", {"series": s, "period": p, "value": f"{self.random.randint(1, 999) / 10}%"})
            for s, p in values
        ]
        return Branch(
            "measure", {"name": self.sentence(6, 16), "target": "Better than national", "polarity": "High"}, readings
        )


def _sentences(sample: object) -> Iterator[list[str]]:
    """All texts of a sample, cut into sentences of a usable length."""
    if isinstance(sample, dict):
        for value in sample.values():
            yield from _sentences(value)
    elif isinstance(sample, list):
        for value in sample:
            yield from _sentences(value)
    elif isinstance(sample, str):
        for part in re.split(r"(?<=[.;:])\s+|\n", re.sub(r"\[\^?[^]]*\](\([^)]*\))?|[*•]", " ", sample)):
            words = part.strip(" -").split()
            if 5 <= len(words) <= 60:
                yield words
