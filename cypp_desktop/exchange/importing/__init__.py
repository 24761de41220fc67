"""Taking over existing plans: a source's tables, a mapping of their columns, a proposal, one step.

``source = reading.read(path)``; ``mapping = guess(source, plan)``, which a person may change; ``proposal =
propose(source, mapping, plan)``, which is shown; ``document.commit(step(plan, proposal))``. An import only adds, and no
word of the source is lost: it is in a record to come or in the report.
"""

from cypp_desktop.exchange.importing.kept import Kept, keep, kept, put
from cypp_desktop.exchange.importing.mapping import Mapping, checked, guess, remembered, tables
from cypp_desktop.exchange.importing.proposal import Proposal, as_json, propose, step, summary

__all__ = [
    "Kept",
    "Mapping",
    "Proposal",
    "as_json",
    "checked",
    "guess",
    "keep",
    "kept",
    "propose",
    "put",
    "remembered",
    "step",
    "summary",
    "tables",
]
