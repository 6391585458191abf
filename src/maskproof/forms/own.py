"""A team's own values, such as a test account's password: named by environment variables, and never printed."""

import os
from dataclasses import dataclass
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.secrets import Secret

# References to them: `env.SHOP_PASSWORD`. Names of people have small letters behind the dot.
PERSON = "env"


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value of a team's own: its environment variable, its category, and where a fixture names it."""

    variable: str
    category: str
    source: Path
    line: int

    @property
    def reference(self) -> str:
        """What fixtures and findings call it."""
        return f"{PERSON}.{self.variable}"

    def read(self) -> Secret:
        """
        The value.

        Raises:
            ConfigurationError: The variable is not set, or empty; names file and line.

        """
        value = os.environ.get(self.variable, "")
        if not value:
            raise ConfigurationError(
                f"{self.source}:{self.line}: the environment variable {self.variable} is not set, or empty.",
                hint="Set it to the value that the journey uses. It is never printed.",
            )
        return Secret(value, category=self.category, value_id=self.reference)


def variable_of(reference: str) -> str:
    """The environment variable that a reference names; empty if it is a value of a persona."""
    person, _, name = reference.partition(".")
    return name if person == PERSON and name.isupper() else ""
