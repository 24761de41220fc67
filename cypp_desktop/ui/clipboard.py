"""Records and cells on the clipboard: for this program as JSON, for others as words and as a table for Word."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, joined, new_id
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import (
    KINDS,
    UPDATE_FIELDS,
    Action,
    Lead,
    Period,
    Plan,
    Record,
    Status,
    Value,
    cell,
    fields_of,
)
from cypp_desktop.ui.models.tree import RECORDS

__all__ = ["BRANCHES", "RECORDS", "cell_mime", "dragged", "paste", "records_mime", "source", "table", "texts"]

OWN_FORMAT = "application/x-cypp-text"
"""The kind of data that a rich text is copied as: its source."""
BRANCHES = "application/x-cypp-branches+json"
"""The kind of data that is copied: records with all that hangs on them, and the names of what they refer to."""
COPIED = ("priority", "outcome", "measure", "action", "section")
"""The kinds of records that can be copied and pasted."""


# --- copying ---------------------------------------------------------------------------------------------------------


def records_mime(
    plan: Plan, records: Sequence[str], headings: Sequence[str], lines: Sequence[Sequence[str]]
) -> QMimeData:
    """Records for this program, and their rows as words and as an HTML table for others."""
    mime = QMimeData()
    tops = [one for one in records if not any(above.id in records for above in plan.ancestors(one))]
    branches = [_written(plan, plan[one]) for one in tops if plan[one].kind in COPIED]
    content = {"records": branches, "names": _names(plan, tops)}
    mime.setData(BRANCHES, QByteArray(json.dumps(content, ensure_ascii=False).encode("utf-8")))
    mime.setText(_tabbed(lines))
    mime.setHtml(_html([headings, *lines]))
    return mime


def cell_mime(source: str, words: str) -> QMimeData:
    """A cell's text, with its formats for this program's own fields."""
    mime = QMimeData()
    mime.setData(OWN_FORMAT, QByteArray(source.encode("utf-8")))
    mime.setText(words)
    return mime


def _written(plan: Plan, record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "id": record.id,
        "fields": {name: cell(record, name) for name in fields_of(record)},
        "children": [_written(plan, child) for child in plan.children(record.id)],
    }


def _names(plan: Plan, records: Iterable[str]) -> dict[str, list[str]]:
    """What the ids of leads, statuses and periods stand for, so that another plan understands them."""
    found: dict[str, list[str]] = {}
    for one in (below for record in records for below in plan.branch(record)):
        if isinstance(one, Action):
            ids = [*one.leads, *(update.status for update in one.updates), *(update.period for update in one.updates)]
            for named in (plan.get(other) for other in ids):
                if named:
                    found[named.id] = [named.kind, str(getattr(named, "name", "") or getattr(named, "label", ""))]
    return found


def _tabbed(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    from csv import writer

    writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue().rstrip("\n")


def _html(lines: Sequence[Sequence[str]]) -> str:
    from html import escape  # slow to load

    rows = []
    for place, line in enumerate(lines):
        tag = "td" if place else "th"
        cells = (f"<{tag}>{'<br>'.join(map(escape, one.splitlines()))}</{tag}>" for one in line)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<meta charset="utf-8"><table border="1" cellspacing="0">{"".join(rows)}</table>'


# --- pasting ---------------------------------------------------------------------------------------------------------


def paste(plan: Plan, mime: QMimeData, at: str, keys: Keys) -> Step:
    """The step that puts copied records where ``at`` is, after their like or below; Refused where there is no place."""
    content = _content(mime)
    if not content:
        raise Refused("What was copied cannot be read.")
    ids: dict[str, str] = {}
    _draw_ids(content["records"], ids)
    fresh = _known(plan, content.get("names", {}), ids)
    branches = [_branch(one, ids, plan) for one in content["records"]]
    steps = [add_branches(plan, plan.root, fresh)] if fresh else []
    for kind in dict.fromkeys(branch.kind for branch in branches):
        parent, after = _place(plan, kind, at)
        alike = [branch for branch in branches if branch.kind == kind]
        steps.append(add_branches(plan, parent, alike, after=after, keys=keys))
    return joined("paste", steps)


def _content(mime: QMimeData) -> dict[str, Any]:
    """What was copied, checked; the clipboard is anybody's."""
    if not mime.hasFormat(BRANCHES):
        return {}
    try:
        content = json.loads(bytes(mime.data(BRANCHES).data()).decode("utf-8"))
        sound = isinstance(content, dict) and all(map(_sound, content["records"])) and bool(content["records"])
        sound = sound and all(map(_is_name, content.get("names", {}).values()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return content if sound else {}


def _sound(one: object) -> bool:
    if not isinstance(one, dict) or one.get("kind") not in KINDS or not isinstance(one.get("id"), str):
        return False
    fields, children = one.get("fields"), one.get("children")
    if not isinstance(fields, dict) or not isinstance(children, list):
        return False
    return all(isinstance(value, str | bool | list) for value in fields.values()) and all(map(_sound, children))


def _is_name(one: object) -> bool:
    """Whether it is the kind and the name of a record."""
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one)


def _draw_ids(records: Iterable[Mapping[str, Any]], ids: dict[str, str]) -> None:
    for one in records:
        ids[one["id"]] = new_id()
        _draw_ids(one["children"], ids)


def _known(plan: Plan, names: Mapping[str, Sequence[str]], ids: dict[str, str]) -> list[Branch]:
    """Find what is referred to by id, else by name; leads that this plan does not have are made."""
    fresh = []
    by_name = {(one.kind, _name(one)): one.id for one in plan if isinstance(one, Lead | Status | Period)}
    for old, (kind, name) in names.items():
        if old in plan:
            ids[old] = old
        elif (kind, name) in by_name:
            ids[old] = by_name[kind, name]
        elif kind == "lead":
            fresh.append(Branch("lead", {"name": name}))
            ids[old] = fresh[-1].id
    return fresh


def _name(one: Lead | Status | Period) -> str:
    return one.label if isinstance(one, Status) else one.name


def _branch(one: Mapping[str, Any], ids: Mapping[str, str], plan: Plan) -> Branch:
    blank = KINDS[one["kind"]](id="")
    fields: dict[str, Value] = {}
    for field, value in one["fields"].items():
        name, _, key = field.partition("@")
        place = f"{name}@{ids.get(key, key)}" if name in UPDATE_FIELDS else field
        if name in UPDATE_FIELDS and ids.get(key, key) not in plan:
            continue
        found = _referred(field, value, ids, plan)
        try:
            fits = isinstance(found, type(cell(blank, place)))
        except KeyError:
            continue
        if fits:
            fields[place] = found
    children = [_branch(child, ids, plan) for child in one["children"]]
    return Branch(one["kind"], fields, children, ids[one["id"]])


def _referred(field: str, value: object, ids: Mapping[str, str], plan: Plan) -> Value:
    """A value with the ids that it names as they are in this plan."""
    if isinstance(value, list):
        words = [str(one) for one in value]
        if field in {"leads", "measures"}:
            words = [ids.get(one, one) for one in words if one in ids or one in plan]
        return tuple(words)
    if field.partition("@")[0] == "status" and isinstance(value, str):
        return ids.get(value, value if value in plan else "")
    return value if isinstance(value, str | bool) else ""


def _place(plan: Plan, kind: str, at: str) -> tuple[str, str | None]:
    """Where a record of a kind goes, seen from another: its parent, and the sibling that it follows."""
    one = plan.get(at)
    while one:
        if one.kind == kind and one.parent in plan:
            return one.parent, one.id
        if one.kind in KINDS[kind].hangs_on:
            return one.id, None
        one = plan.get(one.parent)
    if "plan" in KINDS[kind].hangs_on:
        return plan.root, None
    raise Refused(f"There is no place here for what was copied ({plan.level_word(KINDS[kind](id=''))}).")


# --- words from elsewhere --------------------------------------------------------------------------------------------


def source(mime: QMimeData) -> str:
    """Copied words as the source of one text, with the formats that Word, web pages or this program gave them."""
    if mime.hasFormat(OWN_FORMAT):
        return bytes(mime.data(OWN_FORMAT).data()).decode("utf-8", "replace")
    if mime.hasHtml():
        from cypp_desktop.exchange.pasted import from_html

        return text.write(from_html(mime.html()))
    return text.from_plain(mime.text())


def texts(mime: QMimeData) -> list[str]:
    """Copied words as the sources of several texts: one for each paragraph or list item, with the items below it."""
    found: list[list[text.Block]] = []
    for block in text.parse(source(mime)).blocks:
        if isinstance(block, text.Item) and block.level and found:
            found[-1].append(text.Item(block.runs, 0, block.number))
        else:
            found.append([text.Paragraph(block.runs)])
    return [text.write(text.Rich(tuple(blocks))) for blocks in found]


def table(mime: QMimeData) -> list[list[str]]:
    """Copied cells of Excel or Word, row by row; empty where it was no table."""
    words = mime.text().rstrip("\r\n")
    lines = "\t" in words or (mime.hasHtml() and "<table" in mime.html().lower())
    from csv import Error, reader

    try:
        return list(reader(io.StringIO(words, newline=""), delimiter="\t")) if lines and words else []
    except Error:  # a cell that is longer than any of a table
        return []


def has_records(mime: QMimeData) -> bool:
    """Whether records of a plan are on the clipboard, to be pasted as such."""
    return mime.hasFormat(BRANCHES)


def dragged(mime: QMimeData) -> list[str]:
    """The ids of records that are dragged."""
    return bytes(mime.data(RECORDS).data()).decode("utf-8", "replace").split("\n") if mime.hasFormat(RECORDS) else []
