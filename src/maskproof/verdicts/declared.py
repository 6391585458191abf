"""What a form fixture declares to be known, in reports: why, and whether it applied."""

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


def is_declared(line: str) -> bool:
    """Whether a line of evidence is a declaration, which a report shows of passing checks too."""
    return line.startswith(PREFIX)
