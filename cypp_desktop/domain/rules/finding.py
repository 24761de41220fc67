"""What a check of a plan finds, and the kinds of findings that there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RULES: Mapping[str, str] = {
    "no-update": "No progress note this period",
    "no-status": "No status this period",
    "contradiction": "The note says another status",
    "worse": "Worse than last period, without a reason",
    "overdue": "The due date has gone by",
    "ongoing": "Due “ongoing”",
    "no-lead": "No lead",
    "no-text": "No words yet",
    "undecided": "Not decided yet (TBC, placeholder)",
    "no-target": "A measure without a target",
    "no-reading": "A measure without a latest value",
    "same-reference": "A reference used more than once",
    "no-reference": "No reference",
    "unplaced": "Has lost its place",
    "long-sentence": "A very long sentence",
    "abbreviation": "An abbreviation that is never explained",
}
"""Every rule with its name in plain words, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before the plan goes to the board: the rule, the record's id, and a sentence.

    ``field`` is the record's cell that it is about, "" for none; ``fix`` the value that the plan's own words suggest
    for that cell, "" for none.
    """

    rule: str
    record: str
    sentence: str
    field: str = ""
    fix: str = ""
