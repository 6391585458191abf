"""`--keep-values`: the values of a run in files, for whoever debugs it. Never where reports are, and never in CI."""

import json
import os
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from maskproof.errors import UsageError
from maskproof.recording.recorder import ROLES, Case, personas_of
from maskproof.recording.refused_options import PII_OPTIONS, PII_REASON

CI_VARIABLE = "CI"
PYTEST_OPTIONS = "PYTEST_ADDOPTS"
OFF = "off"


def refuse_in_ci(environment: Mapping[str, str] | None = None) -> None:
    """
    Refuse to keep values on a CI server, whose jobs keep and publish what they leave.

    Args:
        environment: Environment variables by name; default is those of the process.

    Raises:
        UsageError: `CI` is set.

    """
    known = os.environ if environment is None else environment
    if known.get(CI_VARIABLE):
        raise UsageError(
            f"--keep-values is refused where {CI_VARIABLE} is set: a job may publish what it leaves.",
            hint="MASKPROOF_SEED repeats the run on a machine of your own: give --keep-values there.",
        )


def refuse_pictures(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """
    Refuse options of pytest-playwright that keep what is typed, before anything is started.

    Args:
        arguments: The arguments for pytest.
        environment: Environment variables by name; default is those of the process.

    Raises:
        UsageError: One of the options is there and is not `off`.

    """
    known = os.environ if environment is None else environment
    for option, value in _options([*shlex.split(known.get(PYTEST_OPTIONS, "")), *arguments]):
        if option in PII_OPTIONS and value != OFF:
            raise UsageError(f"--{option} {PII_REASON}")


def keep_values(cases: Sequence[Case], seed: str, reports: Path) -> Path:
    """
    Write the values of every person of a run to a new folder that only this user can read.

    Args:
        cases: The cases of the run.
        seed: The seed of its personas.
        reports: The folder of the reports.

    Returns:
        The folder: for each case and person a values file, as `maskproof scan --values` takes it.

    Raises:
        UsageError: Temporary files would be within the reports.

    """
    if Path(tempfile.gettempdir()).resolve().is_relative_to(reports.resolve()):
        raise UsageError(
            f"--keep-values: temporary files are within {reports}, which is published.",
            hint="Let TMPDIR name another folder.",
        )
    folder = Path(tempfile.mkdtemp(prefix="maskproof-values-"))
    for case in cases:
        for role in ROLES:
            secrets = personas_of(case, seed, role).pii_of(case.form)
            values = [{"id": one.value_id, "category": one.category, "value": one.reveal()} for one in secrets]
            (folder / f"{case.id}-{role}.json").write_text(json.dumps({"values": values}), encoding="utf-8")
    return folder


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The long options of a command line, each with its value."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--"):
            name, _, value = argument.removeprefix("--").partition("=")
            after = arguments[place + 1] if place + 1 < len(arguments) else ""
            yield name, value or after
