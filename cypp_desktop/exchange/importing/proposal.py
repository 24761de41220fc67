"""What an import would bring into a plan, to be looked at before it comes; and the one step that brings it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan, Value
from cypp_desktop.exchange.importing import fields
from cypp_desktop.exchange.importing.fields import LEVELS, SKIP, line
from cypp_desktop.exchange.importing.levels import Levels
from cypp_desktop.exchange.importing.mapping import Mapping, is_measure_table, is_scale
from cypp_desktop.exchange.importing.prose import Prose
from cypp_desktop.exchange.importing.remarks import LEFT, OPEN, Remark, Remarks
from cypp_desktop.exchange.importing.rows import Rows
from cypp_desktop.exchange.importing.tables import Table, laid_out, own
from cypp_desktop.exchange.importing.tree import Tree
from cypp_desktop.exchange.tables.grid import Passage, Source

LABEL = "import"
_WORD = re.compile(r"\w+")
_COLUMNS = {
    "measure": "measures",
    "action": "actions",
    "leads": "leads",
    "plans": "plans",
    "due": "due",
    "note": "note",
    "status": "status",
}


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column went: its table, its heading and its field."""

    table: str
    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The branches that will come, with the id of the record that they hang on ("" for the plan itself).

    ``details`` are fields of the plan itself that get a value; ``columns``, ``statuses`` and
    ``remarks`` are the report; ``found`` are the names of what the plan has already and the source names too.
    """

    additions: tuple[tuple[str, tuple[Branch, ...]], ...]
    details: tuple[tuple[str, Value], ...]
    columns: tuple[Column, ...]
    statuses: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]
    found: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Remark, ...]:
        """What was not understood."""
        return tuple(remark for remark in self.remarks if remark.kind == OPEN)

    def branches(self) -> Iterator[Branch]:
        """Every record that will come, parents first."""
        for _, branches in self.additions:
            for branch in branches:
                yield from _walk(branch)

    def counts(self) -> dict[str, int]:
        """How many records of each kind will come."""
        return dict(Counter(branch.kind for branch in self.branches()))


def propose(source: Source, mapping: Mapping, plan: Plan) -> Proposal:
    """What a mapping makes of a source for a plan, which may be empty; Refused where they do not fit each other."""
    parts = laid_out(source)
    found = [part for part in parts if isinstance(part, Table)]
    if len(found) != len(mapping.columns) or any(
        row and len(row) != table.width for table, row in zip(found, mapping.columns, strict=False)
    ):
        raise Refused("The columns were chosen for another table.")
    tree, remarks = Tree(plan), Remarks()
    levels = _take(parts, source, mapping, tree, remarks)
    for words in source.beside:
        remarks.add(LEFT, "Beside the text", "left out:", text.plain(words))
    details = dict(tree.top.fields) | ({} if plan.root else _details(tree, levels, source, found, mapping))
    proposal = Proposal(
        additions=tuple(_additions(tree, plan)),
        details=tuple(details.items()),
        columns=_columns_of(found, mapping),
        statuses=mapping.statuses,
        remarks=tuple(remarks.found),
        found=tuple(tree.found()),
    )
    missing = lost(source, proposal)
    if not missing:
        return proposal
    remark = Remark(OPEN, "", "words that found no place:", " ".join(missing))
    return replace(proposal, remarks=(*proposal.remarks, remark))


def _additions(tree: Tree, plan: Plan) -> list[tuple[str, tuple[Branch, ...]]]:
    if plan.root:
        return tree.additions()
    return [("", tuple(child.branch() for child in tree.top.children))] if tree.top.children else []


def _take(parts: list[Table | Passage], source: Source, mapping: Mapping, tree: Tree, remarks: Remarks) -> Levels:
    """All parts of a source, in order; the scale first, so that the statuses stand in its order."""
    levels = Levels(tree, remarks)
    prose = Prose(tree, levels, mapping, remarks)
    tables = [part for part in parts if isinstance(part, Table)]
    for table, columns in zip(tables, mapping.columns, strict=True):
        if columns and is_scale(columns):
            Rows(tree, levels, table, columns, mapping, remarks).take()
            for words in (box.words for row in table.above for box in own(row) if box.words):
                remarks.add(LEFT, table.name, "above the headings:", text.plain(words))
    waiting = iter(zip(tables, mapping.columns, strict=True))
    for part in parts:
        if isinstance(part, Passage):
            prose.passage(part)
            continue
        table, columns = next(waiting)
        if not columns:
            _leave(table, remarks)
        elif not is_scale(columns):
            levels.unnamed = table.sheet or Path(source.name).stem
            prose.before(table, columns)
            Rows(tree, levels, table, columns, mapping, remarks).take()
            prose.after()
    prose.end()
    return levels


def _leave(table: Table, remarks: Remarks) -> None:
    for row in (*table.above, *table.head, *table.lines):
        words = " · ".join(text.plain(box.words) for box in own(row) if box.words)
        if words:
            remarks.add(LEFT if table.hidden else OPEN, table.name, "this table was not taken:", words)


def _columns_of(found: list[Table], mapping: Mapping) -> tuple[Column, ...]:
    return tuple(
        Column(table.name, heading, field)
        for table, row in zip(found, mapping.columns, strict=True)
        for heading, field in zip(table.headings, row, strict=False)
        if heading or field != SKIP
    )


# --- the plan's own fields -------------------------------------------------------------------------------------------


def _details(tree: Tree, levels: Levels, source: Source, found: list[Table], mapping: Mapping) -> dict[str, Value]:
    """The fields of a new plan: its title, its words and its columns, as the source has them."""
    headings: dict[str, str] = {}
    for table, row in zip(found, mapping.columns, strict=True):
        for heading, field in zip(table.headings, row, strict=False):
            headings.setdefault(field, heading)
    words = [levels.words.get(0) or _one(headings.get("priority", "")) or "Priority"]
    words += [_one(headings.get(name, "")) or "Outcome" for name in LEVELS[1 : levels.deepest + 1]]
    values: dict[str, Value] = {
        "title": line(tree.top.words("title")) or Path(source.name).stem or "Imported plan",
        "levels": tuple(dict.fromkeys(words)) if len(set(words)) == len(words) else tuple(words),
        "columns": _table_columns(tree, found, mapping),
        "measures_title": levels.measures_title,
    }
    for name in ("action", "measure"):
        if one := _one(headings.get(name, "")):
            values[f"{name}_word"] = one
    return values


def _table_columns(tree: Tree, found: list[Table], mapping: Mapping) -> tuple[str, ...]:
    """The columns of the action table, in the source's order and words."""
    made: dict[str, str] = {}
    for table, row in zip(found, mapping.columns, strict=True):
        if not row or is_measure_table(row) or is_scale(row):
            continue
        for heading, field in zip(table.headings, row, strict=True):
            key = "outcome" if field in LEVELS[1:] else _COLUMNS.get(field, "")
            if field.startswith("custom:") and any(
                node.kind == "field" and node.words("name") == field[7:] for node in tree.top.children
            ):
                key = f"custom:{tree.field(field[7:], 'action')}"
            if key:
                made.setdefault(key, heading)
    if made and "outcome" not in made:
        made = {"outcome": "Outcome", **made}
    return tuple(f"{key}={heading or key.partition(':')[0].capitalize()}" for key, heading in made.items())


def _one(heading: str) -> str:
    """A heading for many as the word for one: "Key activities" is "Key activity"; a long one is no word."""
    words = " ".join(heading.split())
    if not words or len(words) > 30 or re.search(r"[?:/(]", words):  # noqa: PLR2004 - letters
        return ""
    words = words[0].upper() + words[1:]
    one = re.sub(r"ies$", "y", words)
    return one if one != words else re.sub(r"(?<![su])s$", "", words)


# --- no word is lost -------------------------------------------------------------------------------------------------


def lost(source: Source, proposal: Proposal) -> list[str]:
    """The words of a source that neither the records to come nor the report have."""
    kept = set(_WORD.findall(" ".join(_kept(proposal)).casefold()))
    return list(
        dict.fromkeys(word for words in _said(source) for word in _WORD.findall(words.casefold()) if word not in kept)
    )


def _said(source: Source) -> Iterator[str]:
    yield from map(text.plain, source.beside)
    for part in source.parts:
        if isinstance(part, Passage):
            yield text.plain(part.words)
        else:
            yield from (text.plain(words) for words in {box.words for row in part.lines for box in row})


def _kept(proposal: Proposal) -> Iterator[str]:
    for branch in proposal.branches():
        for value in branch.fields.values():
            if isinstance(value, str):
                yield text.plain(value) + " " + value
            elif isinstance(value, tuple):
                yield " ".join(value)
            elif value:
                yield "provisional"
    for _, value in proposal.details:
        yield " ".join(value) if isinstance(value, tuple) else str(value)
    for column in proposal.columns:
        yield f"{column.table} {column.heading} {column.field}"
    yield from map(str, proposal.remarks)
    yield from (f"{seen} {label}" for seen, label in proposal.statuses)
    yield from proposal.found


# --- the step --------------------------------------------------------------------------------------------------------


def step(plan: Plan, proposal: Proposal, keys: Keys | None = None) -> Step:
    """The one step that brings a proposal into the plan that it was made for, or begins a new plan with it."""
    keys = keys or Keys()
    details = dict(proposal.details)
    if not plan.root:
        children = [branch for _, branches in proposal.additions for branch in branches]
        return add_branches(plan, "", [Branch("plan", details, children)], keys=keys, label=LABEL)
    steps = [add_branches(plan, parent, branches, keys=keys) for parent, branches in proposal.additions]
    if details:
        steps.append(edit(plan, plan.root, details))
    return joined(LABEL, steps)


def _walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.children:
        yield from _walk(child)


def summary(proposal: Proposal) -> Iterator[str]:
    """The report in lines: what came, where each column went, and what is to be looked at."""
    counts = proposal.counts()
    said = [
        f"{counts[kind]} {fields.KIND_WORDS[kind][counts[kind] != 1]}" for kind in fields.KIND_WORDS if kind in counts
    ]
    yield f"{', '.join(said) or 'nothing'} to come"
    for column in proposal.columns:
        yield f"  {column.table}: “{column.heading or '(no heading)'}” → {fields.name_of(column.field)}"
    for seen, label in proposal.statuses:
        if seen != label.casefold():
            yield f"  status “{seen}” → {label or 'no status'}"
    for remark in proposal.remarks:
        yield f"! {remark}" if remark.kind == OPEN else f"  {remark}"


def as_json(proposal: Proposal) -> dict[str, Any]:
    """The same report as JSON values."""
    return {
        "counts": proposal.counts(),
        "columns": [{"table": one.table, "heading": one.heading, "field": one.field} for one in proposal.columns],
        "remarks": [
            {"kind": one.kind, "place": one.place, "sentence": one.sentence, "words": one.words}
            for one in proposal.remarks
        ],
    }
