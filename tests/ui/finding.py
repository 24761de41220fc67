"""Where things are on a page and in a plan."""

from __future__ import annotations

from cypp_desktop.domain.plan import Outcome


def outcome(plan, reference):
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == reference)


def action(plan, number=0):
    """An action of the plan's first outcome."""
    outcome = plan.outcomes(plan.priorities[0].id)[0]
    return plan.actions(outcome.id)[number]


def at(page, row, key):
    """Make a cell the current one, as a click on it does."""
    table = page.table
    index = table.cell_index(row, table.page.column_of(key))
    table.scrollTo(index)
    table.go(index)
    return index


def shown(page, row, key):
    return page.table.page.cell(row, page.table.page.column_of(key)).plain


def field(page):
    return page.table.editing.field


def refs(page):
    return [row.action.ref for row in page.table.page.rows if row.action]
