"""One run a folder: a second one would empty or mix what the first is writing."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from maskproof.errors import ConfigurationError


@contextmanager
def only_run_in(folder: Path, lock_file: Path) -> Generator[None]:
    """
    Hold a folder for this run; the hold ends with the process.

    Args:
        folder: The folder that the run writes to.
        lock_file: The file that stands for it, where no run removes it.

    Raises:
        ConfigurationError: Another run holds it.

    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"Another run is writing to {folder}.",
                hint="Wait until it has ended, or give this one another folder: [paths] reports in maskproof.toml.",
            ) from None
        yield
