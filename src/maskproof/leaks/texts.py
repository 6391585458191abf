"""What is scanned: texts that know where they stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text of anything: where it stands, and which message and field it is of."""

    source: str
    message: str
    field: str
    text: str | bytes
    node: str = ""
    offset: int = 0
