"""What is known to be left out, in reports: what a form fixture declares, and what a comparison cannot show."""

from collections.abc import Iterable, Iterator

# What is declared, the reason, and how often it applied.
Declared = tuple[str, str, int]
PREFIX = "declared"


def declared_lines(declarations: Iterable[Declared]) -> Iterator[str]:
    """One line for each declared nondeterminism; one that never applied is named, so that it can be taken away."""
    for what, why, count in declarations:
        reason = f" ({why})" if why else ""
        applied = f"left out in {count} places" if count else "never applied; take it away if it never does"
        yield f"{PREFIX} volatile: {what}{reason}: {applied}"


def declared_not_recorded(what: str, why: str, *, applied: bool) -> str:
    """
    The line of a field that the tracker is known not to record.

    Args:
        what: The field.
        why: The reason.
        applied: Whether it was not recorded indeed.

    """
    return f"{PREFIX} not recorded: {what} ({why})" + (
        "" if applied else ": never applied, it is recorded; take it away"
    )


def declared_second_layer(channel: str, why: str, count: int) -> str:
    """
    The line of a channel that a fixture leaves to the guard.

    Args:
        channel: The channel.
        why: The reason.
        count: How often the guard redacted there.

    """
    applied = f"redacted {count} times" if count else "never applied; take it away if it never does"
    return f"{PREFIX} second layer: {channel} ({why}): {applied}"


def is_declared(line: str) -> bool:
    """Whether a line of evidence is a declaration, which a report shows of passing checks too."""
    return line.startswith(PREFIX)


# With tracking off in place of a bare build, by check.
TRACKING_OFF = "tracking off stands for the bare build: the same build, its tracking configuration withheld"
LIMITS = {
    "behaviour": f"cannot be shown: what the tracking code changes by being loaded without recording ({TRACKING_OFF})",
    "overhead": f"cannot be shown: what loading the tracking code costs ({TRACKING_OFF})",
}
LIMIT = "cannot be shown"


def is_limit(line: str) -> bool:
    """Whether a line of evidence says what a check could not show."""
    return line.startswith(LIMIT)
