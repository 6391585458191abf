"""Writes runs to Parquet: `FILE.parquet` has one row a run, `FILE-findings.parquet` one a finding."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from maskproof.errors import ConfigurationError
from maskproof.history.rows import FindingRow, History, RunRow

VERSION = 1  # of the columns; kept in the file
VERSION_KEY = b"maskproof_schema"
TYPES = {
    "run_id": pa.string(),
    "finished_at": pa.timestamp("us", tz="UTC"),
    "captured_lower": pa.float64(),
    "overhead_ms_upper": pa.float64(),
    "seconds": pa.float64(),
    "gating": pa.bool_(),
}
TEXTS = frozenset({"str"})


def write_parquet(file: Path, history: History) -> bool:
    """
    Add a run to a pair of files; one that is there already is left as it is.

    Args:
        file: The file of runs; made if it is not there.
        history: The run.

    Returns:
        Whether it was added.

    Raises:
        ConfigurationError: A file is there that is none of ours, or of a newer version; or the folder is missing.

    """
    if not file.parent.is_dir():
        raise ConfigurationError(f"--to {file}: there is no folder {file.parent}.", hint="Make it first.")
    findings = file.with_name(f"{file.stem}-findings{file.suffix}")
    runs = _read(file, RunRow)
    if any(row["run_id"] == str(history.run.run_id) for row in runs):
        return False
    # The findings first: a run is there once its row is.
    kept = [row for row in _read(findings, FindingRow) if row["run_id"] != str(history.run.run_id)]
    _write(findings, FindingRow, [*kept, *(_row(finding) for finding in history.findings)])
    _write(file, RunRow, [*runs, _row(history.run)])
    return True


def _row(row: RunRow | FindingRow) -> dict[str, Any]:
    return {**asdict(row), "run_id": str(row.run_id)}


def _schema(row: type[RunRow] | type[FindingRow]) -> Any:  # noqa: ANN401 - pyarrow has no annotations
    columns = []
    for field in fields(row):
        kind = str(getattr(field.type, "__name__", field.type))
        default = pa.string() if kind in TEXTS else pa.int64()
        columns.append(pa.field(field.name, TYPES.get(field.name, default)))
    return pa.schema(columns, metadata={VERSION_KEY: str(VERSION).encode()})


def _read(file: Path, row: type[RunRow] | type[FindingRow]) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    try:
        table = pq.read_table(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise ConfigurationError(f"--to {file}: not a Parquet file.", hint="Name another one, or remove it.") from error
    version = (table.schema.metadata or {}).get(VERSION_KEY)
    if version != str(VERSION).encode() or table.schema.names != _schema(row).names:
        raise ConfigurationError(
            f"--to {file}: a Parquet file that is not a history of version {VERSION}.", hint="Name another one."
        )
    return list(table.to_pylist())


def _write(file: Path, row: type[RunRow] | type[FindingRow], rows: list[dict[str, Any]]) -> None:
    """Write beside the file and move it there: a reader never sees half of it."""
    new = file.with_name(f".{file.name}.new")
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema(row)), new)
    new.replace(file)
