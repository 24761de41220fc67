"""Modules that are imported when something in them is first called, and not while the window is being made."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Later:
    """Stands for a module's functions; write beside it, for type checkers, an import under ``TYPE_CHECKING``."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*given: object, **named: object) -> object:
            return getattr(import_module(self._module), name)(*given, **named)

        return call
