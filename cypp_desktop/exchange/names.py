"""Where people are still named in a clean copy: one part of a lead's name, somebody by their title, an address.

Roles take the place of whole names only (:mod:`cypp_desktop.domain.roles`); what is left is shown before it goes out,
because no program can tell who else is meant. Days and months that are names too are told only by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cypp_desktop.domain import naming, text
from cypp_desktop.domain.clean import PRIVATE
from cypp_desktop.domain.plan import Lead, Plan, Record, cell, fields_of
from cypp_desktop.domain.roles import IDS, with_roles
from cypp_desktop.domain.values import dataclass
from cypp_desktop.exchange.importing.leads import is_person

_TITLED = r"(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Prof|Rev)\.? [^\W\d_][\w’'-]*"
_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_SHORTEST, _AROUND = 3, 40
_PEOPLE = ("governance_officer", "direct_dial")
"""Fields that name somebody whatever they say."""


@dataclass(frozen=True, slots=True)
class Named:
    """One place: the record and field as one says them, and the words with some around them."""

    record: str
    field: str
    words: str


def left(plan: Plan, *, roles: bool) -> Iterator[Named]:
    """The places where a clean copy of a plan names people, in the order in which one reads it."""
    found = re.compile("|".join((*_parts(plan.leads), _TITLED, _ADDRESS)))
    plan = with_roles(plan) if roles else plan
    read = {record.id: record for record in (*plan.walk(), *plan.branch(plan.root))}
    for record in read.values():
        if not isinstance(record, (Lead, *PRIVATE)):
            for field, words in _texts(record):
                match = found.search(words)
                if match is None and field in _PEOPLE:
                    match = re.match(".*", words)
                if match:
                    yield Named(naming.record_name(plan, record), naming.field_name(plan, field), _cut(words, match))


def _parts(leads: Iterable[Lead]) -> list[str]:
    parts = {part for lead in leads if is_person(lead.name) for part in lead.name.split()}
    kept = (part for part in parts if len(part) >= _SHORTEST and part[0].isupper() and not part.endswith("."))
    return [rf"(?<!\w){re.escape(part)}(?!\w)" for part in sorted(kept, key=len, reverse=True)]


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for field in fields_of(record):
        value = cell(record, field)
        if field.partition("@")[0] not in IDS:
            if isinstance(value, tuple):
                yield field, ", ".join(value)
            elif isinstance(value, str) and value:
                yield field, text.plain(value)


def _cut(words: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), min(len(words), match.end() + _AROUND)
    cut = " ".join(words[start:end].split())
    return f"{'…' if start else ''}{cut}{'…' if end < len(words) else ''}"
