"""Work timed in seconds of the processor, each beside its limit."""

from __future__ import annotations

import time
from collections.abc import Callable

over: list[str] = []
"""What took longer than its limit."""


def timed(name: str, work: Callable[[], object], limit: float = 0.0) -> float:
    """Do some work and print its time."""
    start = time.process_time()
    work()
    return shown(name, time.process_time() - start, limit)


def shown(name: str, took: float, limit: float = 0.0) -> float:
    """Print a time, and remember where it is over its limit."""
    if limit and took > limit:
        over.append(name)
    print(f"{name:58} {took * 1000:9.1f} ms" + (f"   limit {limit * 1000:.0f} ms" if limit else ""), flush=True)
    return took
