"""After a damaged plan was rescued: what is in the new file, and what the damaged one shows that is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cypp_desktop.document.rescue import Rescued
from cypp_desktop.domain.naming import several
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui.dialogs.listed import ListedDialog, listed
from cypp_desktop.ui.help import guide

_KINDS = ("priority", "outcome", "action", "measure", "section")
_SHOWN = "The damaged file shows what follows, and the new one lacks it. Nothing vouches for it: type in what is right."
_UNKNOWN = "What it was cannot be told from the damaged file. A copy of the plan that somebody has may still bring it."


def rescued(found: Rescued, plan: Plan, path: Path, parent: QWidget | None = None) -> ListedDialog:
    """What became of a damaged plan, whose sound part is ``plan`` and lies at ``path``."""
    words = listed((one.record, one.field, one.words) for one in found.missing)
    sentences = (f"{found.sentence} {kept(plan)}", _SHOWN if words else _UNKNOWN)
    target = path.with_name(f"{path.stem} – what it lacks.txt")
    dialog = ListedDialog("What was rescued", sentences, words, target, parent)
    guide.on_f1(dialog, "When something goes wrong")
    return dialog


def kept(plan: Plan) -> str:
    """What a plan holds, in one sentence."""
    number = Counter(record.kind for record in plan)
    words = {record.kind: plan.level_word(record) for record in plan if record.kind in _KINDS}
    *first, last = [several(number[kind], words[kind]) for kind in _KINDS if kind in words] or ["nothing"]
    return f"It holds {', '.join(first)} and {last}." if first else f"It holds {last}."
