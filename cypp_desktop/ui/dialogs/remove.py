"""Removing recorded values from the history for good."""

from __future__ import annotations

from collections.abc import Collection

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.ui.bridge import Bridge


def remove(bridge: Bridge, ids: Collection[bytes]) -> bool:
    """Make a backup and empty recorded values; False, with a sentence in ``failed``, where that was refused."""
    try:
        bridge.document.back_up("before-removal")
        bridge.document.redact(ids)
    except (Refused, CannotSave, OSError) as problem:
        bridge.failed.emit(str(problem))
        return False
    bridge.saved.emit()
    return True
