"""PySide6 without the half of its start that only describes itself: signatures, stubs, and its optional features.

At its first import PySide6 compiles 3,500 lines of its own Python from source, a third of what a bare window costs, and
loads ``inspect``, ``argparse``, ``logging`` and more with them. They word the error for a call with wrong arguments and
write stub files. From then on it reads the source text of every module that is imported, to learn whether that wants
Qt's names in snake case; nothing here does. What is left out at first is loaded, unchanged, when it is first asked for.
The rest is compiled once, and kept beside what Python keeps of this module.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import CodeType, ModuleType

from cypp_desktop.ui import enums

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGE = "shibokensupport.signature."
_LATER = ("mapping", "errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")
_BEGIN = f"import sys\n__getattr__ = sys.modules[{__name__!r}].rest(__name__)\n"
_CALLED = "def update_mapping():\n __getattr__('namespace')\n update_mapping()\n"
"""What PySide6 takes from the dictionary of ``mapping`` at every error; the first call puts the true one there."""
_ASIDE = ("bz2", "ipaddress", "lzma", "shutil", "tempfile", "traceback")
"""Modules of Python's library that it imports, or has them import, for what hardly ever happens."""
_NO_FEATURES = "def feature_import(*_, **__): return None\ndef feature_imported(module): return None\n"

_KEPT = f"{__spec__.cached}.parts" if __spec__.cached else ""
"""The file of what was compiled; "" in the packaged program, whose modules are no files."""

_sources: dict[str, tuple[bytes | str, str]] = {}


def load() -> None:
    """Load the ground of PySide6, for this process; where that was loaded already it stays as it is."""
    enums.install()
    if "shiboken6" in sys.modules:
        return
    aside = [_Aside(name) for name in _ASIDE if name not in sys.modules]
    sys.modules.update((module.__name__, module) for module in aside)
    whole, before = builtins.compile, _kept()
    now: dict[tuple[str, bytes | str], CodeType] = {}
    files = {(_PACKAGE + name).replace(".", "/") + ".py": _PACKAGE + name for name in _LATER}

    def begun(source: bytes | str, filename: str, mode: str, **options: bool) -> object:
        if name := files.get(filename):
            _sources[name] = (source, filename)
            source = _BEGIN + (_CALLED if name == _PACKAGE + "mapping" else "")
        elif filename == "shibokensupport/feature.py":
            source = _NO_FEATURES
        if mode != "exec" or options or not isinstance(source, bytes | str):
            return whole(source, filename, mode, **options)
        now[filename, source] = before.get((filename, source)) or whole(source, filename, mode)
        return now[filename, source]

    builtins.compile = begun  # type: ignore[assignment]  # what PySide6 compiles its parts with, while it is loaded
    try:
        import shiboken6  # noqa: F401 - for what it does
    finally:
        builtins.compile = whole
        for module in aside:
            module.make_way()
    if now.keys() != before.keys():
        _keep(now)


def _kept() -> dict[tuple[str, bytes | str], CodeType]:
    """What an earlier start compiled, by its file's name and its source; nothing where nothing whole is kept."""
    with suppress(OSError, ValueError, EOFError, TypeError), open(_KEPT, "rb") as file:  # noqa: PTH123 - no Path yet
        return dict(marshal.load(file))  # noqa: S302 - written here, beside Python's own files of the same form
    return {}


def _keep(compiled: dict[tuple[str, bytes | str], CodeType]) -> None:
    """Keep what was compiled for the next start, where anything can be kept there."""
    if sys.dont_write_bytecode or not _KEPT:
        return
    part = f"{_KEPT}.{os.getpid()}"
    with suppress(OSError):
        with open(part, "wb") as file:  # noqa: PTH123 - no Path yet
            marshal.dump(compiled, file)
        os.replace(part, _KEPT)  # noqa: PTH105


class _Aside(ModuleType):
    """What PySide6 gets for a module that it hardly needs; whoever imports that afterwards gets the module itself."""

    def make_way(self) -> None:
        """Have the module itself imported from here on."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        self.make_way()
        return getattr(import_module(self.__name__), name)


def rest(name: str) -> Callable[[str], object]:
    """What a module that has only begun answers with when it is asked for anything: it loads, and looks again."""
    module = sys.modules[name]

    def look(attribute: str) -> object:
        if attribute.startswith("__") or not _sources.get(name):
            raise AttributeError(attribute)
        _load_rest(module, *_sources.pop(name))
        return getattr(module, attribute)

    return look


def _load_rest(module: ModuleType, source: bytes | str, filename: str) -> None:
    del module.__getattr__  # the module is whole from here on
    exec(compile(source, filename, "exec"), module.__dict__)  # noqa: S102 - PySide6's own text, as it would itself
