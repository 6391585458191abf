"""The error of a wrong parameter; it ends a command with status 2, before anything is synthesised."""


class ParameterError(Exception):
    """
    A parameter is missing, wrong, or contradicts another.

    Args:
        message: File, parameter, what was expected and what came.
        hint: What to do.

    """

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The message, with the hint on a line of its own."""
        return f"{self.message}\n  {self.hint}" if self.hint else self.message
