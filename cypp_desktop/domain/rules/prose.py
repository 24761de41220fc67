"""How what will be published reads: very long sentences, and abbreviations that are explained nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cypp_desktop.domain.naming import record_name, short
from cypp_desktop.domain.plan import Action, Plan, Record
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.rules.records import name
from cypp_desktop.domain.rules.words import look
from cypp_desktop.domain.values import dataclass

_NOT_ASKED = frozenset({"TBC", "TBA", "RAG", "III", "VII", "VIII", "XII"})
_SURE = 4  # letters from which on an abbreviation may be written out in small letters: fewer would be found by chance


@dataclass(frozen=True, slots=True)
class Said:
    """Of one text: the first letters of its words, its abbreviations, and those of them that stand in brackets."""

    initials: str
    capitals: tuple[str, ...]
    bracketed: tuple[str, ...]


class Prose:
    """Reads the texts of a plan one by one, and remembers their abbreviations."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._first: dict[str, str] = {}  # abbreviation -> the record where it stands first
        self._times: dict[str, int] = {}
        self._explained: set[str] = set(_NOT_ASKED)
        self._initials: list[str] = []

    def read(self, record: Record, fields: Iterable[tuple[str, str]]) -> tuple[list[Finding], list[Said]]:
        """The long sentences in what a record says in print, cell by cell; and what is to be remembered of it."""
        found, said = [], []
        for field, source in fields:
            words = look(source)
            said.append(Said(words.initials, words.capitals, words.bracketed))
            if words.long:
                found.append(self._long(record, field, words.long))
        return found, said

    def remember(self, record: Record, said: Iterable[Said]) -> None:
        """Take up what a record says, in the order of the plan."""
        for one in said:
            self._initials.append(one.initials)
            if one.capitals:
                self._explained.update(one.bracketed)
                for capitals in one.capitals:
                    self._first.setdefault(capitals, record.id)
                    self._times[capitals] = self._times.get(capitals, 0) + 1

    def _long(self, record: Record, field: str, sentence: str) -> Finding:
        where = f"The progress note of {self._name(record)}" if field.startswith("note@") else self._name(record)
        said = f"{where} has a sentence of {len(sentence.split())} words: “{short(sentence)}”."
        return Finding("long-sentence", record.id, said, field)

    def unexplained(self) -> list[Finding]:
        """The abbreviations that stand nowhere in brackets, and whose words stand nowhere, once each."""
        initials = "\n".join(self._initials)
        asked = (one for one in self._first if one not in self._explained)
        return [self._unknown(one) for one in asked if not _written_out(one, initials)]

    def _unknown(self, abbreviation: str) -> Finding:
        record, times = self._plan[self._first[abbreviation]], self._times[abbreviation]
        where = f"in {self._name(record)}" if times == 1 else f"{times} times, first in {self._name(record)}"
        return Finding("abbreviation", record.id, f"“{abbreviation}” is never written out; it stands {where}.")

    def _name(self, record: Record) -> str:
        return name(self._plan, record) if isinstance(record, Action) else record_name(self._plan, record)


def _written_out(abbreviation: str, initials: str) -> bool:
    """Whether words with these initials follow one another: "Multi Agency Safeguarding Hub" is MASH."""
    if len(abbreviation) < _SURE:
        return abbreviation in initials
    return re.search(f"{abbreviation[0]}(?i:{abbreviation[1:]})", initials) is not None
