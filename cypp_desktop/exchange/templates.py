"""Templates: what a new plan can begin with, its levels, statuses, columns and custom fields, and no content.

Each is a plan in TOML (see :mod:`cypp_desktop.exchange.samples`) that begins with a ``[template]``: its ``title``, and
``about``, one sentence for the person who chooses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from cypp_desktop import resources
from cypp_desktop.domain.change import Refused, Step
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


def load(name: str, details: Mapping[str, str] | None = None) -> Step:
    """The step that begins a document with a template; ``details`` are texts of the plan itself, such as its title."""
    if name not in names():
        raise Refused(f"There is no template “{name}”; there are {', '.join(names())}.")
    return samples.read(_source(name), details)


def _source(name: str) -> str:
    return resources.path("templates", f"{name}.toml").read_text(encoding="utf-8")
