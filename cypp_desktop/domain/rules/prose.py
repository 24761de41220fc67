"""How what will be published reads: very long sentences, and abbreviations that are explained nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cypp_desktop.domain.naming import record_name, short
from cypp_desktop.domain.plan import Action, Plan, Record
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.rules.records import name
from cypp_desktop.domain.rules.words import look

_NOT_ASKED = frozenset({"TBC", "TBA", "RAG", "III", "VII", "VIII", "XII"})
_SURE = 4  # letters from which on an abbreviation may be written out in small letters: fewer would be found by chance


class Prose:
    """Reads the texts of a plan one by one, and remembers their abbreviations."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._first: dict[str, str] = {}  # abbreviation -> the record where it stands first
        self._times: dict[str, int] = {}
        self._explained: set[str] = set(_NOT_ASKED)
        self._initials: list[str] = []

    def read(self, record: Record, fields: Iterable[tuple[str, str]]) -> list[Finding]:
        """Remember what a record says in print, cell by cell; long sentences are told at once."""
        found = []
        for field, source in fields:
            words = look(source)
            self._initials.append(words.initials)
            if not words.notable:
                continue
            self._explained.update(words.bracketed)
            for one in words.capitals:
                self._first.setdefault(one, record.id)
                self._times[one] = self._times.get(one, 0) + 1
            if words.long:
                found.append(self._long(record, field, words.long))
        return found

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
