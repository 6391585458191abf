"""`maskproof export`: adds the last run to a history for dashboards: one row a run and one a finding, never a value."""

import argparse
from pathlib import Path

from maskproof.commands import Subparsers
from maskproof.commands.common import add_config_option, add_json_option, print_json
from maskproof.commands.extras import lacking
from maskproof.errors import EXIT_PASS, ConfigurationError, UsageError
from maskproof.history import History, read_history
from maskproof.machine.progress import note
from maskproof.settings import load_settings

SCHEMES = ("postgresql://", "postgres://")
PARQUET = ".parquet"
EXPECTED = "Expected: postgresql://USER@HOST:PORT/DATABASE, or FILE.parquet."


def add_to(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("export", help="add the last run to a history for dashboards", description=__doc__)
    add_config_option(parser)
    add_json_option(parser)
    parser.add_argument(
        "--to",
        required=True,
        metavar="TARGET",
        help="postgresql://..., whose password may be in PGPASSWORD, or FILE.parquet",
    )
    parser.add_argument("--reports", type=Path, metavar="DIR", help="the reports of the run (default: as configured)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Add the run; that it is there already is no fault."""
    where = arguments.to
    is_database = where.startswith(SCHEMES)
    if not is_database and not where.endswith(PARQUET):
        raise UsageError("--to: neither a database nor a Parquet file.", hint=EXPECTED)
    reports = arguments.reports or load_settings(arguments.config).paths.reports
    history = read_history(reports)
    added = _to_postgres(where, history) if is_database else _to_parquet(Path(where), history)
    if arguments.json:
        print_json({"run_id": str(history.run.run_id), "added": added, "findings": len(history.findings)})
    else:
        what = f"with {len(history.findings)} findings" if added else "which is there already"
        note(f"run {history.run.run_id} ({history.run.verdict}), {what}")
    return EXIT_PASS


def _to_postgres(address: str, history: History) -> bool:
    try:
        from maskproof.history.postgres import write_postgres
    except ModuleNotFoundError as error:
        raise lacking("psycopg") from error
    return write_postgres(address, history)


def _to_parquet(file: Path, history: History) -> bool:
    try:
        from maskproof.history.parquet import write_parquet
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "--to: Parquet needs pyarrow, which is not installed.", hint="pip install 'maskproof[dashboards]'"
        ) from error
    return write_parquet(file, history)
