"""One running target outside pytest, for commands that work without the suite."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from maskproof.embedded.target import EmbeddedStack
from maskproof.errors import UsageError
from maskproof.recording.target import Target, target_of
from maskproof.settings import Settings


@contextlib.contextmanager
def running_target(
    settings: Settings, *, switches: Mapping[str, object] | None = None, work_dir: Path | None = None
) -> Iterator[Target]:
    """
    The configured target; an embedded one is started, and stopped at the end.

    Args:
        settings: The configuration.
        switches: Test-only switches of an embedded target, by name.
        work_dir: Where an embedded target keeps wire, stored sessions and logs; default is `<reports>/run`.

    Raises:
        UsageError: Switches are given for a live target.
        MaskproofError: The target cannot be started.

    """
    if settings.target == "live":
        refuse_switches(switches)
        yield target_of(settings, None)
        return
    stack = EmbeddedStack(settings, switches=switches, work_dir=work_dir)
    try:
        yield target_of(settings, stack.start())
    finally:
        stack.stop()


def refuse_switches(switches: Mapping[str, object] | None) -> None:
    """
    Refuse test-only switches on a live target.

    Raises:
        UsageError: There are any.

    """
    if switches:
        raise UsageError("--switch: a live target refuses sabotage and faults.")
