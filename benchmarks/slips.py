"""Return slips of a plan with 1,000 actions: 30 are written, written in, and taken in again.

python -m benchmarks.slips [ACTIONS] [SLIPS]

Limit: the look at all files and the taking in together take 5 s, with progress after each file. Times are of the
processor, so that what else the machine does counts for little.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks import generate
from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import Action
from cypp_desktop.exchange import sending

LIMIT = 5.0


def main(actions: int, slips: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.cypp")
        Document.create(path, "Olu", generate.step(actions)).close()
        with closing(Document.open(path, "Olu")) as document:
            leads = led(document, slips)
            start = time.process_time()
            made = []
            for lead in leads:
                made.append(sending.named(document.plan, sending.slip(document.plan, [lead]), Path(folder)))
                sending.write(document, made[-1])
            print(f"{f'write {slips} return slips':58} {1000 * (time.process_time() - start):9.1f} ms")
            document.commit(sending.remember(document.plan, made, document.keys))
            new = sum(written(one.path) for one in made)
            rows = len(document.known())
            start, worst, incoming = time.process_time(), 0.0, []
            last = start
            for one in merge.previews(document, [one.path for one in made]):
                incoming.append(one)
                now = time.process_time()
                worst, last = max(worst, now - last), now
            looked = time.process_time()
            taken = merge.take_in(document, incoming)
            took = time.process_time() - start
    print(f"{f'look at {slips} slips of {rows:,} changes each':58} {1000 * (looked - start):9.1f} ms")
    print(f"{'the longest of them, after which progress is told':58} {1000 * worst:9.1f} ms")
    print(f"{f'look and take in, {taken:,} new changes':58} {1000 * took:9.1f} ms   limit {1000 * LIMIT:.0f} ms")
    if taken != new:
        print(f"but {new} were written")
    print("over the limit" if took > LIMIT else "within the limit")
    return int(took > LIMIT or taken != new)


def led(document: Document, slips: int) -> list[str]:
    """Give each lead its share of the actions; the leads' ids."""
    leads = [Branch("lead", {"name": f"Lead {number}"}) for number in range(slips)]
    root = document.plan.root
    document.commit(change.add_branches(document.plan, root, leads, keys=document.keys))
    own = [one.id for one in document.plan if isinstance(one, Action)]
    for number, lead in enumerate(leads):
        document.commit(change.edit_all(document.plan, own[number::slips], {"leads": (lead.id,)}, "leads"))
    return [lead.id for lead in leads]


def written(path: Path) -> int:
    """Write progress and status into every action of a slip, as its lead would; how many changes that is."""
    with closing(Document.open(path, path.stem)) as slip:
        period = slip.slip.period
        status = slip.plan.statuses[0].id
        own = [one.id for one in slip.plan if isinstance(one, Action) and slip.slip.leads[0] in one.leads]
        for one in own:
            values = {f"note@{period}": f"Written for {one}: all is on its way.", f"status@{period}": status}
            slip.commit(change.edit(slip.plan, one, values))
        return sum(entry.author == path.stem for entry in slip.history(limit=100_000))


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [1000, 30][len(given) :])))
