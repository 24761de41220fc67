"""A plan's data as a file, in the format that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import data, relational
from cypp_desktop.exchange.files import save

FORMATS: Mapping[str, Callable[[Plan], bytes]] = {".json": data.as_json, ".zip": relational.write}


def write(plan: Plan, path: Path) -> None:
    """Write a plan's data; Refused for another ending, CannotSave where the file cannot be written."""
    make = FORMATS.get(path.suffix.lower())
    if make is None:
        raise Refused(f"“{path.name}” does not say which format is wanted; its name can end in {', '.join(FORMATS)}.")
    save(make(plan), path)
