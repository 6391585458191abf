"""
The errors that Maskproof raises on purpose, each with the exit status it ends a command with.

The statuses are a contract with scripts that call `maskproof`: 0 pass, 1 a leak or a
failed assertion, 2 wrong usage or configuration, 3 inconclusive, 4 internal error, 130 interrupted.
"""

EXIT_PASS = 0
EXIT_FAIL = 1
EXIT_USAGE = 2
EXIT_INCONCLUSIVE = 3
EXIT_INTERNAL = 4
EXIT_INTERRUPTED = 130


class MaskproofError(Exception):
    """
    An error with a message for the user: where, what was expected, what came.

    Args:
        message: One plain sentence. Never holds a PII value.
        hint: What to do next.

    """

    exit_code = EXIT_INTERNAL

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The message, with the hint on a line of its own."""
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UsageError(MaskproofError):
    """A command was called with wrong options or arguments."""

    exit_code = EXIT_USAGE


class ConfigurationError(MaskproofError):
    """A file or a setting is wrong."""

    exit_code = EXIT_USAGE


class Inconclusive(MaskproofError):  # noqa: N818 - a verdict's name, not a fault
    """Nothing can be said: a check saw nothing, or not enough."""

    exit_code = EXIT_INCONCLUSIVE


class InternalError(MaskproofError):
    """Maskproof itself is at fault."""


def see_page(title: str) -> str:
    """A hint at a page of the documentation, by its title: whoever installed the wheel has no `docs/`."""
    return f'See the page "{title}" of the documentation.'
