"""The only place that knows where the shipped files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


@cache
def folder() -> Path:
    """The folder of icons, fonts and samples: beside the package, or inside it where a wheel was installed."""
    inside = PACKAGE / "shipped"
    return inside if inside.is_dir() else PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """One shipped file, such as ``path("fonts", "LiberationSans-Regular.ttf")``."""
    return folder().joinpath(*parts)
