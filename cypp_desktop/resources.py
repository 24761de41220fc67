"""The only place that knows where the shipped files are."""

from __future__ import annotations

import sys
from pathlib import Path


def folder() -> Path:
    """The folder of icons, fonts and samples: in the source tree, or inside the packaged program."""
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller
    return (Path(bundle) if bundle else Path(__file__).parent.parent) / "resources"


def path(*parts: str) -> Path:
    """One shipped file, such as ``path("fonts", "LiberationSans-Regular.ttf")``."""
    return folder().joinpath(*parts)
