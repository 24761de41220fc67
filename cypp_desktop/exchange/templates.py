"""Templates: what a new plan can begin with, its levels, statuses, columns and custom fields, and no content.

Each is a plan in TOML (see :mod:`cypp_desktop.exchange.samples`) that begins with a ``[template]``: its ``title``, and
``about``, one sentence for the person who chooses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from cypp_desktop import resources
from cypp_desktop.domain.change import Branch, Refused, Step, begun, new_id
from cypp_desktop.domain.plan import CustomField, Layout, Lead, Plan, Status, Value, cell, field_defaults
from cypp_desktop.exchange import samples


@dataclass(frozen=True, slots=True)
class Template:
    """A template as one chooses it."""

    name: str
    title: str
    about: str


def names() -> tuple[str, ...]:
    """The names of the templates, in order."""
    return tuple(sorted(path.stem for path in resources.path("templates").glob("*.toml")))


def listed() -> tuple[Template, ...]:
    """All templates, by title."""
    found = []
    for name in names():
        head = tomllib.loads(_source(name))["template"]
        found.append(Template(name, head["title"], head["about"]))
    return tuple(sorted(found, key=lambda one: one.title))


def load(name: str, details: Mapping[str, str] | None = None, period: str = "") -> Step:
    """The step that begins a document with a template.

    ``details`` are texts of the plan itself, such as its title; ``period`` names the first reporting period. Refused
    where there is no such template.
    """
    if name not in names():
        raise Refused(f"There is no template “{name}”; there are {', '.join(names())}.")
    return samples.read(_source(name), details, period)


def preview(name: str) -> Plan:
    """The plan that a template makes, to be looked at."""
    return begun(load(name))


_KEPT = (
    "organisation",
    "board",
    "levels",
    "action_word",
    "measure_word",
    "measures_title",
    "appendix",
    "pack_title",
    "pack_note",
    "meeting_place",
    "governance_officer",
    "direct_dial",
)


def emptied(plan: Plan, details: Mapping[str, str], period: str = "", *, with_leads: bool = False) -> Branch:
    """A new plan with the words, statuses, custom fields and columns of another, and without its content.

    ``details`` are texts of the new plan itself that are not empty; ``period`` names its first reporting period.
    """
    kinds = (Status, CustomField, Layout, *((Lead,) if with_leads else ()))
    ids = {record.id: new_id() for kind in kinds for record in plan.of(kind)}
    first = Branch("period", {"name": period or "First period"})
    below = [
        Branch(record.kind, {name: cell(record, name) for name in field_defaults(record.kind)}, id=ids[record.id])
        for kind in kinds
        for record in plan.of(kind)
    ]
    values: dict[str, Value] = {name: cell(plan.details, name) for name in _KEPT}
    values |= {name: words for name, words in details.items() if words}
    columns = (
        f"custom:{ids.get(key[7:], key[7:])}{equals}{heading}" if key.startswith("custom:") else one
        for one in plan.details.columns
        for key, equals, heading in [one.partition("=")]
    )
    return Branch("plan", {**values, "columns": tuple(columns), "current_period": first.id}, [*below, first])


def _source(name: str) -> str:
    return resources.path("templates", f"{name}.toml").read_text(encoding="utf-8")
