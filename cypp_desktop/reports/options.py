"""What a board pack holds: its parts, and whose, of which period, in which columns, on which paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from cypp_desktop.reports.model import Paper

People = Literal["names", "roles"]

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "front": "Front page",
        "contents": "Contents",
        "overview": "Plan on a page",
        "exceptions": "Exceptions: late, no update, worse",
        "sections": "Sections",
        "legend": "Legend of the statuses",
        "actions": "Action tables",
        "last": "Last period’s status",
        "measures": "Indicator tables",
        "charts": "Charts of the indicators",
        "leads": "List of leads",
        "undecided": "Undecided cells, marked and listed",
    }
)
"""The parts by the key that a layout leaves them out with, in words."""

TEXT_SIZES: Mapping[str, float] = MappingProxyType({"": 1.0, "large": 1.15, "larger": 1.3})
"""How much larger than usual the text is set."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a board pack holds: ``priorities``, ``leads`` and ``period`` are ids, and none of them means all.

    ``columns`` are ``key=Heading`` as in the plan's details, or ``key=Heading|width`` in points of a page of A4;
    without any the plan's own are taken. With the people's "roles" no name is printed of a lead that has a role.
    ``text_size`` is one of :data:`TEXT_SIZES`. Actions are late beside ``today``, or beside the meeting where that is
    None.
    """

    parts: frozenset[str] = frozenset(PARTS)
    priorities: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    period: str = ""
    columns: tuple[str, ...] = ()
    paper: Paper = "A4"
    people: People = "names"
    watermark: str = ""
    text_size: str = ""
    today: date | None = None

    def has(self, part: str) -> bool:
        """Whether a part is printed."""
        return part in self.parts
