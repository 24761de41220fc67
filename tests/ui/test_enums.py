from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from enum import KEEP, Enum, EnumType, Flag, IntEnum, IntFlag
from types import new_class

import pytest
from PySide6 import QtCore, QtGui, QtPdf, QtPdfWidgets, QtPrintSupport, QtSvg, QtWidgets
from PySide6.QtCore import Qt

from cypp_desktop.ui import enums

MODULES = (QtCore, QtGui, QtPdf, QtPdfWidgets, QtPrintSupport, QtSvg, QtWidgets)
BY_PYTHON = {"QLocale.LanguageCodeType", "QDir.Filter", "QDir.SortFlag", "QMessageBox.StandardButton"}
"""Flags with a negative number; whoever adds to this should see that the start does not need it."""


def enums_of(place, depth=3):
    """All enums of a module or class, and of the classes in it."""
    for name in dir(place):
        one = getattr(place, name, None)
        if isinstance(one, EnumType) and one.__members__:
            yield one
        elif isinstance(one, type) and depth and one.__module__.startswith("PySide6"):
            yield from enums_of(one, depth - 1)


def both(kind, members):
    """An enum as Python makes it, and as it is made here."""
    how = {"module": "here", "boundary": KEEP}
    return enums._python(kind, "Made", members, **how), kind("Made", members, **how)


def test_every_enum_of_qt_is_the_class_that_python_makes():
    found = {one for module in MODULES for one in enums_of(module)}
    assert len(found) > 500
    for one in found:
        members = [(name, member._value_) for name, member in one.__members__.items()]
        python, ours = both(one.__base__, members)
        assert enums.facts(python) == enums.facts(ours), one
        assert vars(one)["_member_names_"] == ours._member_names_


def test_enums_of_qt_are_made_at_once():
    code = (
        "import cypp_desktop.ui\nfrom cypp_desktop.ui import enums\npython = enums._python\n"
        "def said(kind, name, *given, **named):\n print(name)\n return python(kind, name, *given, **named)\n"
        "enums._python = said\n"
        "from PySide6.QtCore import *\nfrom PySide6.QtGui import *\nfrom PySide6.QtWidgets import *\n"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert {one for one in made if one != "Trial"} <= {name.split(".")[1] for name in BY_PYTHON}
    assert made.count("Trial") == 8


@pytest.mark.parametrize("kind", [Enum, Flag, IntEnum, IntFlag])
@pytest.mark.parametrize(
    "members",
    [
        [],
        [("ONE", 1), ("TWO", 2), ("AGAIN", 1)],
        [("NONE", 0), ("HIGH", 1 << 40), ("LOW", 1), ("BOTH", 3)],
        [("BOTH", 3), ("ONE", 1)],
        [("LESS", -1), ("ONE", 1)],
        [("_order", 1), ("ONE", 2)],
        [("ONE", True)],
    ],
)
def test_enums_out_of_the_ordinary_are_the_same_too(kind, members):
    python, ours = both(kind, members)
    assert enums.facts(python) == enums.facts(ours)
    assert [repr(one) for one in python] == [repr(one) for one in ours]
    assert repr(python) == repr(ours)


@pytest.mark.parametrize("kind", [Enum, IntFlag])
def test_a_member_may_be_named_like_what_it_has_itself(kind):
    for made in both(kind, [("name", 1), ("real", 2), ("value", 4)]):
        assert made.name.name == "name"
        assert [one.value for one in made] == [1, 2, 4]


@pytest.mark.parametrize("members", [[("ONE", 1), ("ONE", 2)], [("mro", 1)], [("_one_", 1)]])
def test_names_that_python_refuses_are_refused(members):
    with pytest.raises((TypeError, ValueError)):
        Enum("Made", members, boundary=KEEP)


def test_members_do_what_members_do():
    left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
    assert Qt.AlignmentFlag(left.value) is left is Qt.AlignmentFlag["AlignLeft"] is Qt.AlignmentFlag.AlignLeading
    assert list(left | top) == [left, top]
    assert left in (left | top)
    assert (left | top) & ~top == left
    assert repr(left) == "<AlignmentFlag.AlignLeft: 1>"
    assert {left: "left"}[Qt.AlignmentFlag(1)] == "left"
    assert copy.deepcopy(left) is left
    assert pickle.loads(pickle.dumps(Qt.Key.Key_A)) is Qt.Key.Key_A
    assert Qt.Key(0x1234567) == Qt.Key(0x1234567)  # a key that Qt has no name for
    with pytest.raises(AttributeError):
        Qt.Key.Key_A = 1
    with pytest.raises(TypeError):
        new_class("More", (Qt.Key,))


def test_where_python_makes_other_classes_it_goes_on_making_them(monkeypatch):
    def newer(*given, **named):
        made = python(*given, **named)
        type.__setattr__(made, "_hashable_values_", [1])
        return made

    python = enums._python
    monkeypatch.setattr(enums, "_python", newer)
    monkeypatch.setattr(enums, "_patterns", dict.fromkeys(enums._patterns))
    made = Flag("Made", [("ONE", 1)], boundary=KEEP)
    assert made._hashable_values_ == [1]
    assert vars(made)["ONE"].name == "ONE"


def test_other_enums_are_python_s_and_belong_to_who_makes_them():
    assert Enum("Word", "ONE TWO").TWO.value == 2
    assert Enum("Word", "ONE TWO").__module__ == __name__
    assert Enum("Word", [("ONE", 1)], boundary=KEEP).__module__ == __name__
    assert IntEnum("Word", {"ONE": 1}, module="there").__module__ == "there"
