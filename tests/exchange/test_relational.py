from __future__ import annotations

import csv
import io
import zipfile

from cypp_desktop.domain.change import begun, edit
from cypp_desktop.domain.plan import Action, Lead, Plan
from cypp_desktop.exchange import relational, samples
from tests import strategies

COUNTY = begun(samples.load("county"))


def tables(plan):
    with zipfile.ZipFile(io.BytesIO(relational.write(plan))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        files = {name[:-4]: archive.read(name).decode("utf-8-sig") for name in names}
    return {name: list(csv.DictReader(io.StringIO(words, newline=""))) for name, words in files.items()}


def test_the_tables_hold_every_record_and_their_keys_fit():
    found = tables(COUNTY)
    for kind in ("action", "outcome", "measure", "reading", "lead"):
        ids = {one["id"] for one in found[kind]}
        assert ids == {one.id for one in COUNTY if one.kind == kind}
    leads = {one["id"] for one in found["lead"]}
    assert {one["lead_id"] for one in found["action_lead"]} <= leads
    assert len(found["action_lead"]) == sum(len(one.leads) for one in COUNTY if isinstance(one, Action))
    assert {one["status"] for one in found["progress"]} <= {one.label for one in COUNTY.statuses}


def test_no_cell_of_the_tables_is_a_formula():
    lead = COUNTY.leads[0]
    records = {one.id: one for one in COUNTY}
    plan = Plan(strategies.done(records, edit(COUNTY, lead.id, {"name": "=HYPERLINK(1)"})).values())
    assert next(one.name for one in plan.of(Lead)).startswith("=")
    assert [one["name"] for one in tables(plan)["lead"] if "HYPER" in one["name"]] == ["'=HYPERLINK(1)"]
