"""A plan's data as plain relational tables, for analysts: CSV files in one ZIP file, with a text that explains them.

There is a table for each kind of record, and one for each thing that there may be several of: ``progress``,
``action_lead``, ``action_measure``, ``action_plan``, ``priority_lead``, ``custom_value``.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence

from cypp_desktop.domain.plan import KINDS, Action, Measure, Plan, Priority, Record, Value, cell, field_defaults
from cypp_desktop.reports.csv import safe

_LINKS = {  # a table: its columns
    "progress": ("action_id", "period_id", "note", "status_id", "status", "reason"),
    "action_lead": ("action_id", "lead_id", "place"),
    "action_measure": ("action_id", "measure_id"),
    "action_plan": ("action_id", "related_plan"),
    "priority_lead": ("priority_id", "lead_id", "place"),
    "custom_value": ("record_id", "field_id", "field", "value"),
}
_LINKED = {"action": ("leads", "measures", "plans"), "priority": ("leads",)}
_READ_ME = """The data of a plan as tables: {title}

Each file is a table in UTF-8 with commas; its first row names the columns. "id" is the permanent key of a record,
"parent_id" the key of what it hangs on, "position" its place among its siblings, from 1.
Rich text is written with Markdown's marks (**bold**, "- " for bullets). Several values in a cell have " | " between.
Words that a spreadsheet would take for a formula have an apostrophe before them.

{tables}
"""


def write(plan: Plan) -> bytes:
    """The whole plan as a ZIP file of CSV tables, with a ``README.txt`` that names each table and its columns."""
    tables: dict[str, tuple[Sequence[str], list[Sequence[str]]]] = {
        kind: (("id", "parent_id", "position", *_own(kind)), []) for kind in KINDS
    }
    tables |= {name: (columns, []) for name, columns in _LINKS.items()}
    places: dict[tuple[str, str], int] = {}
    for record in plan.branch(plan.root):
        key = (record.parent, record.kind)
        places[key] = places.get(key, 0) + 1
        values = (_flat(cell(record, name)) for name in _own(record.kind))
        tables[record.kind][1].append((record.id, record.parent, str(places[key]), *values))
        for name, row in _linked(plan, record):
            tables[name][1].append(row)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "\n".join(f"{name}.csv: {', '.join(columns)}" for name, (columns, rows) in tables.items() if rows)
        archive.writestr("README.txt", _READ_ME.format(title=plan.details.title, tables=listed))
        for name, (columns, rows) in tables.items():
            if rows:
                archive.writestr(f"{name}.csv", _csv([columns, *rows]))
    return out.getvalue()


def _own(kind: str) -> list[str]:
    return [name for name in field_defaults(kind) if name not in _LINKED.get(kind, ())]


def _linked(plan: Plan, record: Record) -> Iterator[tuple[str, Sequence[str]]]:
    if isinstance(record, Action):
        for update in record.updates:
            label = str(getattr(plan.get(update.status), "label", ""))
            yield "progress", (record.id, update.period, update.note, update.status, label, update.reason)
        yield from (("action_measure", (record.id, one)) for one in record.measures)
        yield from (("action_plan", (record.id, one)) for one in record.plans)
    if isinstance(record, Action | Priority):
        for place, lead in enumerate(record.leads, 1):
            yield f"{record.kind}_lead", (record.id, lead, str(place))
    if isinstance(record, Action | Measure):
        for field, words in record.custom:
            yield "custom_value", (record.id, field, str(getattr(plan.get(field), "name", "")), words)


def _flat(value: Value) -> str:
    if isinstance(value, tuple):
        return " | ".join(value)
    return value if isinstance(value, str) else "yes" if value else "no"


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe(words) for words in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
