"""Dataclasses that cost little to make: Python compiles the methods of its own anew for each class, at each start.

``dataclass`` here takes the same words and gives the same values (``slots`` always), with methods written once for
all classes; for a type checker it is Python's own. What Python's ``dataclasses`` does with a value works on these too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter

__all__ = ["dataclass", "defaults", "field", "names", "replace"]

TYPE_CHECKING = False  # importing it from typing would cost as much as all classes here
if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import Any, NoReturn


class Shape:
    """What there is to know of one class: its fields in order, their defaults, and how to set and read them all."""

    __slots__ = (
        "defaults",
        "factories",
        "frozen",
        "given",
        "keywords",
        "kind",
        "made",
        "names",
        "positional",
        "puts",
        "shown",
        "values",
    )

    def __init__(self, names: list[str], keywords: set[str], given: dict[str, Any], *, frozen: bool) -> None:
        self.names, self.keywords, self.given, self.frozen = tuple(names), keywords, given, frozen
        said = {name: one if isinstance(one, _Field) else _Field(one) for name, one in given.items()}
        self.factories = {name: one.make for name, one in said.items() if one.make}
        self.defaults = {name: one.default for name, one in said.items() if one.default is not _NOTHING}
        self.shown = tuple(name for name in names if name not in said or said[name].shown)
        self.positional = tuple(name for name in names if name not in keywords)
        self.kind: type = object
        self.made = 0  # how many values, until the class has a method of its own to make them
        self.puts: tuple[tuple[str, Callable[[object, object], None]], ...] = ()
        self.values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()


_NOTHING = object()
_OFTEN = 50  # values of a class after which a method of its own is worth being compiled


class _Field:
    def __init__(self, default: object, make: Callable[[], object] | None = None, *, shown: bool = True) -> None:
        self.default, self.make, self.shown = default, make, shown


class _Standard:
    """What Python's own ``dataclasses`` looks for on a class, made when it looks."""

    def __init__(self, make: Callable[[type], object]) -> None:
        self.make = make

    def __get__(self, _value: object, kind: type) -> object:
        return self.make(kind)


def _light_dataclass(
    kind: type | None = None, *, frozen: bool = False, slots: bool = True, kw_only: bool = False
) -> Any:
    """Make a class of values of one that names its fields; see Python's own."""
    if not slots:
        raise TypeError("a class of values has slots")

    def made(kind: type) -> type:
        return _made(kind, frozen=frozen, kw_only=kw_only)

    return made(kind) if kind else made


def _made(kind: type, *, frozen: bool, kw_only: bool) -> type:
    own = vars(kind)
    named = [name for name, words in own.get("__annotations__", {}).items() if not _of_class(words)]
    above: Shape | None = getattr(kind, "__shape__", None)
    names = [*above.names, *(name for name in named if name not in above.names)] if above else named
    given = (above.given if above else {}) | {name: own[name] for name in named if name in own}
    keywords = (above.keywords if above else set()) | (set(named) if kw_only else set())
    shape = Shape(names, keywords, given, frozen=frozen)
    kept = {name: value for name, value in own.items() if name not in (*named, "__dict__", "__weakref__")}
    methods = _METHODS | (_FROZEN if frozen else _FREE)
    if "__eq__" in own:
        methods = {name: one for name, one in methods.items() if name != "__hash__"}
    inner = {"__shape__": shape, "__match_args__": shape.positional, "__slots__": tuple(set(named) - _slots(kind))}
    light = type(kind)(kind.__name__, kind.__bases__, methods | kept | inner)
    light.__qualname__ = kind.__qualname__
    shape.kind, shape.puts = light, tuple((name, getattr(light, name).__set__) for name in names)
    return light


def _of_class(words: object) -> bool:
    return str(words).startswith(("ClassVar", "typing.ClassVar"))


def _slots(kind: type) -> set[str]:
    return {name for one in kind.__mro__[1:] for name in vars(one).get("__slots__", ())}


# --- what every value can do -----------------------------------------------------------------------------------------


def _init(self: Any, *given: object, **named: object) -> None:
    shape: Shape = self.__shape__
    _counted(shape)
    if not named and len(given) == len(shape.puts) == len(shape.positional):
        for (_, put), value in zip(shape.puts, given, strict=True):
            put(self, value)
        return
    values = shape.defaults | named
    if given:
        begun = dict(zip(shape.positional, given, strict=False))
        if len(given) > len(shape.positional) or not begun.keys().isdisjoint(named):
            _mistaken(self, given, named)
        values |= begun
    for name, make in shape.factories.items():
        if name not in values:
            values[name] = make()
    try:
        for name, put in shape.puts:
            put(self, values[name])
    except KeyError:
        _mistaken(self, given, named)
    if len(values) > len(shape.puts):
        _mistaken(self, given, named)


def _counted(shape: Shape) -> None:
    """Count a value; a class of which there are many gets a method of its own."""
    shape.made += 1
    if shape.made == _OFTEN:
        shape.kind.__init__ = _own_init(shape)  # type: ignore[misc]


def _own_init(shape: Shape) -> Any:
    """A method that makes values of one class and nothing else, compiled as Python's own ``dataclass`` does it."""
    known: dict[str, Any] = {"_nothing": _NOTHING}
    given, puts = [], []
    for number, (name, put) in enumerate(shape.puts):
        known |= {f"_put{number}": put, f"_default{number}": shape.defaults.get(name, _NOTHING)}
        known[f"_make{number}"] = shape.factories.get(name)
        given.append((name, f"={'_nothing' if name in shape.factories else f'_default{number}'}"))
        made = f"_make{number}() if {name} is _nothing else {name}" if name in shape.factories else name
        puts.append(f"  _put{number}(self, {made})")
    needed = {name for name, _ in shape.puts} - shape.defaults.keys() - shape.factories.keys()
    words = {name: name if name in needed else name + default for name, default in given}
    keywords = [words[name] for name, _ in given if name in shape.keywords]
    line = ", ".join(["self", *(words[name] for name in shape.positional), *["*", *keywords][: 99 if keywords else 0]])
    exec("\n".join([f"def __init__({line}):", *(puts or ["  pass"])]), known)  # noqa: S102 - made of our own classes' names
    return known["__init__"]


def _mistaken(self: Any, given: tuple[object, ...], named: dict[str, object]) -> NoReturn:
    shape: Shape = self.__shape__
    missing = [one for one in shape.names if one not in {*shape.defaults, *shape.factories, *named}]
    unknown = [one for one in named if one not in shape.names]
    words = f"takes {', '.join(shape.names)}; got {len(given)} by place, {', '.join(named) or 'none'} by name"
    raise TypeError(f"{type(self).__name__} {words} (missing {missing[len(given) :]}, unknown {unknown})")


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shape__.shown)
    return f"{type(self).__qualname__}({fields})"


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    values = self.__shape__.values
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self.__shape__.values(self))


def _refuse(_self: object, name: str, *_: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r}")


def _reduce(self: Any) -> tuple[object, ...]:
    return _whole, (type(self), {name: getattr(self, name) for name in self.__shape__.names})


def _whole(kind: Any, values: dict[str, object]) -> object:
    made = kind.__new__(kind)
    for name, put in kind.__shape__.puts:
        put(made, values[name])
    return made


def names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a class of values, or of a value, in order."""
    shape: Shape = kind.__shape__
    return shape.names


def defaults(kind: Any) -> Mapping[str, Any]:
    """The fields that need not be given, with what they have then."""
    shape: Shape = kind.__shape__
    return shape.defaults


def _light_field(
    *, default: object = _NOTHING, default_factory: Callable[[], object] | None = None, repr: bool = True
) -> Any:
    return _Field(default, default_factory, shown=repr)


def _light_replace(value: Any, /, **changes: object) -> Any:
    """The value with other contents in some fields; one of the standard library's dataclasses is one, too."""
    kind: Any = type(value)
    if not hasattr(kind, "__shape__"):
        from dataclasses import replace as replace_in_full

        return replace_in_full(value, **changes)
    made = kind.__new__(kind)
    for name, put in kind.__shape__.puts:
        put(made, changes.pop(name) if name in changes else getattr(value, name))
    if changes:
        raise TypeError(f"{kind.__name__} has no field {', '.join(changes)}")
    return made


# --- for Python's own dataclasses ------------------------------------------------------------------------------------


@cache
def _standard_fields(kind: Any) -> object:
    from dataclasses import field, make_dataclass

    shape: Shape = kind.__shape__
    wanted = [(name, object, field(kw_only=name in shape.keywords, **_default(shape, name))) for name in shape.names]
    made: Any = make_dataclass(kind.__name__, wanted)
    return made.__dataclass_fields__


def _default(shape: Shape, name: str) -> dict[str, Any]:
    if name in shape.factories:
        return {"default_factory": shape.factories[name]}
    return {"default": shape.defaults[name]} if name in shape.defaults else {}


@cache
def _standard_parameters(kind: Any) -> object:
    from dataclasses import make_dataclass

    made: Any = make_dataclass(kind.__name__, (), frozen=kind.__shape__.frozen)
    return made.__dataclass_params__


_METHODS = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__reduce__": _reduce,
    "__dataclass_fields__": _Standard(_standard_fields),
    "__dataclass_params__": _Standard(_standard_parameters),
}
_FROZEN = {"__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse}
_FREE = {"__hash__": None}

if not TYPE_CHECKING:
    dataclass, replace, field = _light_dataclass, _light_replace, _light_field
