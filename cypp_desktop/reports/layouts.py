"""Named report layouts: those that a plan keeps, and the tables of the two published plans, for any plan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cypp_desktop.domain.plan import Layout, Plan, Value
from cypp_desktop.reports.options import PARTS, TEXT_SIZES, Options

BUILT_IN: Mapping[str, Options] = MappingProxyType(
    {
        "city": Options(
            columns=(
                "outcome=Outcomes",
                "measures=Performance measures",
                "actions=Key actions suggested to date",
                "leads=Lead organisation",
            )
        ),
        "county": Options(
            columns=(
                "outcome=Key Activities",
                "plans=Plan",
                "actions=Key Actions",
                "leads=Lead",
                "note=Progress to Date",
                "status=RAG Rating",
            )
        ),
        "editing": Options(parts=frozenset({"front", "sections", "legend", "actions", "measures"})),
    }
)
"""The action tables of the two published plans; and the plan alone, to be edited in Word and imported again."""


def of(layout: Layout) -> Options:
    """What a layout asks for; a value that means nothing is as if it were not there."""
    return Options(
        parts=frozenset(PARTS) - set(layout.left_out),
        priorities=layout.priorities,
        leads=layout.leads,
        period=layout.period,
        columns=layout.columns,
        paper="A3" if layout.paper == "A3" else "A4",
        people="roles" if layout.people == "roles" else "names",
        watermark=layout.watermark,
        text_size=layout.text_size if layout.text_size in TEXT_SIZES else "",
    )


def fields(options: Options) -> dict[str, Value]:
    """Options as the fields of a layout, to be kept in the plan."""
    return {
        "columns": options.columns,
        "left_out": tuple(part for part in PARTS if part not in options.parts),
        "paper": options.paper,
        "priorities": options.priorities,
        "leads": options.leads,
        "period": options.period,
        "people": options.people,
        "watermark": options.watermark,
        "text_size": options.text_size,
    }


def kept(plan: Plan) -> tuple[Layout, ...]:
    """The plan's own layouts, in order."""
    return plan.of(Layout)


def chosen(plan: Plan) -> Options:
    """What the layout asks for that was chosen last, one of the plan's or one that is built in; else the whole plan."""
    found = plan.get(plan.details.layout)
    return of(found) if isinstance(found, Layout) else BUILT_IN.get(plan.details.layout, Options())


def find(plan: Plan, name: str) -> Options | None:
    """The layout of a name: the plan's own before one that is built in; None where there is none."""
    wanted = " ".join(name.split()).casefold()
    for layout in kept(plan):
        if wanted in (layout.id, " ".join(layout.name.split()).casefold()):
            return of(layout)
    return BUILT_IN.get(wanted)
