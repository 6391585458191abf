"""`maskproof merge`: puts the shards of a run together, for one verdict and one report."""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, report_error
from maskproof.commands.extras import require_verify
from maskproof.settings import Settings, load_settings


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("merge", help="put the shards of a run together", description=__doc__)
    add_config_option(parser)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="the folder reports/shard of each shard")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Put shards together, and return the status of the verdict."""
    require_verify()
    settings = load_settings(arguments.config, without=("openreplay", "umami"))
    return merge_shards(settings, arguments.folders)


def merge_shards(settings: Settings, folders: Sequence[Path]) -> int:
    """
    Make the verdict and the reports of a run from its shards.

    Args:
        settings: The configuration of the checkout that the shards ran with.
        folders: The folders of the shards.

    Returns:
        The exit status of the verdict. A missing shard leaves its checks undone, so that there is no pass.

    Raises:
        UsageError: The shards are no parts of one run of this checkout, or one is there twice.
        Inconclusive: A folder has no shard that ended.

    """
    from maskproof.commands.verifying.concluding import conclude  # seconds
    from maskproof.evidence.reports import write_unfinished
    from maskproof.evidence.shards import check_fit, read_shard, take_over
    from maskproof.machine.run_lock import only_run_in
    from maskproof.suite.whole_run import conclude_run
    from maskproof.verdicts.results import RESULTS_FOLDER

    reports, started = settings.paths.reports, time.monotonic()
    with only_run_in(reports, reports / ".verify.lock"), tempfile.TemporaryDirectory(prefix="maskproof-") as kept:
        write_unfinished(reports, "Shards are being put together, and this has not finished.")
        shards = [read_shard(folder) for folder in folders]
        settings = replace(settings, target=shards[0].provenance.get("target", settings.target))
        missing = check_fit(shards, settings)
        # The folder of a shard may be one that is about to be replaced.
        shards = [shard.moved_to(Path(kept) / str(shard.shard.number)) for shard in shards]
        take_over(shards, reports)
        results = conclude_run(settings, reports / RESULTS_FOLDER, tests_failed=any(one.tests_failed for one in shards))
        status = conclude(settings, results, seed=shards[0].seed, started=started)
        for shard in missing:
            report_error(f"shard {shard} is missing, so its checks were not done.", "Find out why, and run it again.")
    return status
