"""Regular expressions that are compiled when they are first used: the window's start uses few of its many."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Pattern:
    """Has the methods of the compiled one, once one is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a method of the compiled one
        compiled = re.compile(self._source, self._flags)
        methods = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")
        found = {method: getattr(compiled, method) for method in methods}
        self.__dict__.update(found)
        return getattr(compiled, name)


if TYPE_CHECKING:
    pattern = re.compile
else:

    def pattern(source: str, flags: int = 0) -> _Pattern:
        """A regular expression."""
        return _Pattern(source, flags)
