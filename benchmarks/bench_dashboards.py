"""
What the panels of dashboards cost: all queries of a whole smoke, on what a run leaves, and on a hundred times as much.

The bar is that of a run, 5 s; the larger one shows how the queries grow.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.integration.panels.stages import ROOT, staged

from benchmarks.figures import Figure
from maskproof.panels.check import check_dashboards

SECONDS_BAR, PANELS_BAR = 5.0, 30
A_RUN, MANY = 60, 6_000  # buyers: three events each


def figures() -> Iterator[Figure]:
    """Seconds of all queries, and how many panels they are."""
    for name, buyers, bar in (("a_run", A_RUN, SECONDS_BAR), ("many", MANY, None)):
        with tempfile.TemporaryDirectory() as folder, staged(Path(folder), buyers) as stage:
            outcome = check_dashboards(ROOT / "dashboards", stage.address, stage.driven)
            if outcome.verdict != "pass":
                raise AssertionError(outcome.explanation)
            yield Figure(f"dashboards.queries_{name}_s", outcome.figures["seconds"], "s", bar)
    yield Figure("dashboards.panels", outcome.figures["panels"], "panels", PANELS_BAR, "more")
