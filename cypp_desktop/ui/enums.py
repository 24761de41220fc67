"""Qt's enums made at once: PySide6 has Python make all enums of a Qt class, member by member, when it is first named.

Python looks at each member in every way that a person could have written one, which took a fifth of the start. What
PySide6 gives is always the same: names, and whole numbers. Here such a class gets what Python gave a class of its kind
that it made itself, and then its members. It is the same class in each attribute. The first of a kind is made both
ways: where they differ, as they may in another version of Python, that Python goes on making them.
"""

from __future__ import annotations

import sys
from enum import KEEP, Enum, EnumType, Flag, IntEnum, IntFlag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TRIAL = [("ONE", 1), ("TWO", 2), ("BOTH", 3), ("AGAIN", 2), ("NONE", 0)]
_python: Any = EnumType._create_  # type: ignore[attr-defined]  # Python's own way, as it is before anything is changed
_put = type.__setattr__
_patterns: dict[type, _Pattern | None] = {Enum: None, Flag: None, IntEnum: None, IntFlag: None}


class _Pattern:
    """What every class of a kind has, where this Python makes such classes as is known here."""

    def __init__(self, kind: Any) -> None:
        made, again = (_python(kind, "Trial", one, module=__name__, boundary=KEEP) for one in ([("A", 8)], _TRIAL))
        self.flag = issubclass(kind, Flag)
        self.number = made._member_type_ is int
        self.common = {name: one for name, one in vars(made).items() if name not in ("A", "__new__")}
        self.own = {name: type(one) for name, one in self.common.items() if type(one) in (list, dict)}
        self.taken = {"mro", "", *(name for above in kind.__mro__ for name in vars(above))}
        try:
            self.known = facts(again) == facts(self.make(kind, "Trial", _TRIAL, __name__))
        except (AttributeError, LookupError, TypeError):
            self.known = False

    def plain(self, members: list[tuple[str, int]]) -> bool:
        """Whether nothing in an enum asks for more than a name and a number."""
        names = dict(members)
        return (
            len(names) == len(members)
            and self.taken.isdisjoint(names)
            and "\n_" not in "\n" + "\n".join(names)
            and {*map(type, names.values())} <= {int}
            and not (self.flag and members and min(names.values()) < 0)
        )

    def make(self, kind: Any, name: str, members: list[tuple[str, int]], module: str) -> Any:
        """Make an enum of plain members."""
        own: dict[str, Any] = {key: empty() for key, empty in self.own.items()}
        names, by_name, by_value = own["_member_names_"], own["_member_map_"], own["_value2member_map_"]
        made: Any = type.__new__(EnumType, name, (kind,), {**self.common, **own, "__module__": module})
        _put(made, "__new__", Enum.__new__)
        for key, value in members:
            one = by_value.get(value)
            if one is None:
                one = int.__new__(made, value) if self.number else object.__new__(made)
                one._value_ = value
                one._name_ = key
                one.__objclass__ = made
                one._sort_order_ = len(names)
                by_value[value] = one
                if not self.flag or (value and not value & (value - 1)):  # in a flag, what has one bit alone
                    names.append(key)
            by_name[key] = one
            _put(made, key, one)
        if "_hashable_values_" in own:  # from Python 3.13 on
            own["_hashable_values_"].extend(by_value)
        if self.flag:
            self._sum_up(made)
        return made

    def _sum_up(self, made: Any) -> None:
        bits = [one._value_ for one in map(made._member_map_.get, made._member_names_)]
        mask = 0
        for value in made._value2member_map_:
            mask |= value
        _put(made, "_flag_mask_", mask)
        if "_singles_mask_" in self.common:  # from Python 3.11.4 on
            _put(made, "_singles_mask_", sum(bits))
        _put(made, "_all_bits_", 2 ** mask.bit_length() - 1)
        if bits != sorted(bits):
            _put(made, "_iter_member_", made._iter_member_by_def_)


def install() -> None:
    """Have enums of plain members made at once from here on, in this process."""
    EnumType._create_ = _create  # type: ignore[attr-defined]  # Shiboken's own


def _create(kind: Any, class_name: str, names: Any, *, module: str | None = None, **how: Any) -> Any:
    """Make an enum as PySide6 asks for it, or have Python make it; the same parameters as Python's own."""
    if module is None:
        module = sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001 - whose enum it is, asked as Python asks it
    if kind in _patterns and how == _AS_PYSIDE and type(names) is list and module:
        pattern = _patterns[kind]
        if pattern is None:
            pattern = _patterns[kind] = _Pattern(kind)
        if pattern.known and pattern.plain(names):
            return pattern.make(kind, class_name, names, module)
    return _python(kind, class_name, names, module=module, **how)


_AS_PYSIDE = {"qualname": None, "type": None, "start": 1, "boundary": KEEP}


def facts(made: Any) -> dict[str, Any]:
    """All that an enum has, with members by what they are; equal for enums that only differ in who made them."""

    def fact(one: Any) -> Any:
        if type(one) is made:
            return "member", [(name, value) for name, value in vars(one).items() if value is not made]
        if isinstance(one, dict):
            return [(key, fact(value)) for key, value in one.items()]
        bare = isinstance(one, staticmethod) or getattr(one, "__self__", None) is made
        return type(one), one.__func__ if bare else one

    return {name: fact(one) for name, one in vars(made).items()}
