"""Replaces a persona's values in the ledger by their ids."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from maskproof.forms.model import FormFixture, Personas
from maskproof.journey.model import Submission
from maskproof.secrets import Secret

# A beginning of a value, or a word of a name or address, counts from so many letters on; of free text, from more.
LEAST, LEAST_OF_TEXT = 6, 20
LONGEST = 60
# A sign may stand there percent-encoded, as in an address.
BETWEEN = r"(?:%[0-9A-Fa-f]{2}|[^A-Za-z0-9\n<>\"\[\]]{0,2})"
WORD = re.compile(r"[^\W\d_]+")
WITH_WORDS = frozenset({"name", "email", "address"})


class Redactor:
    """
    Replaces every value of a journey's personas by `[value id]`.

    Args:
        form: The form fixture.
        personas: The session's personas.

    """

    def __init__(self, form: FormFixture, personas: Personas) -> None:
        secrets = sorted(personas.pii_of(form), key=lambda secret: -len(secret.reveal()))
        self._secrets = secrets
        self._patterns = [(secret, pattern_of(secret)) for secret in secrets]

    def text(self, text: str) -> str:
        """A text with every value replaced, whatever separates its letters and digits."""
        for secret, pattern in self._patterns:
            text = pattern.sub(f"[{secret.value_id}]", text)
        return text

    def message(self, text: str) -> str:
        """A message of the browser with every value replaced, and every part of one: messages cut long texts off."""
        text = self.text(text)
        for secret, pattern in self._parts:
            text = pattern.sub(f"[part of {secret.value_id}]", text)
        return text

    @cached_property
    def _parts(self) -> list[tuple[Secret, re.Pattern[str]]]:
        return [(secret, pattern) for secret in self._secrets for pattern in _parts(secret)]

    def path(self, path: str) -> str:
        """The path of a URL, decoded if it holds a value."""
        decoded = unquote(path)
        redacted = self.text(decoded)
        return path if redacted == decoded else redacted

    def submission(self, submission: Submission) -> Submission:
        """A submission with its path and body redacted."""
        return replace(submission, path=self.path(submission.path), body=self.json(submission.body))

    def json(self, value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
        """A JSON value with every key, string and number in it redacted."""
        if isinstance(value, dict):
            return {self.text(key): self.json(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.json(item) for item in value]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        redacted = self.text(str(value))
        return value if redacted == str(value) else redacted


def pattern_of(secret: Secret) -> re.Pattern[str]:
    """What finds a value, whatever separates its letters and digits; JavaScript reads the pattern alike."""
    value = secret.reveal()
    parts = [re.escape(character) for character in value if character.isalnum()]
    loose = BETWEEN.join(parts)
    behind = value[len(value.rstrip(".,;:!?")) :]
    loose += f"(?:{re.escape(behind)})?" if behind else ""
    if not secret.is_short:
        return re.compile(loose, re.IGNORECASE)
    return re.compile(rf"(?<![A-Za-z0-9]){loose}(?![A-Za-z0-9])", re.IGNORECASE)


def _parts(secret: Secret) -> Iterator[re.Pattern[str]]:
    """Patterns of the beginnings of a value, and of the words of a name, a mail address or a street."""
    letters = [character for character in secret.reveal() if character.isalnum()][:LONGEST]
    least = LEAST_OF_TEXT if secret.category == "free_text" else LEAST
    if len(letters) < least or secret.is_short:
        return
    rest = ""
    for letter in reversed(letters[least:]):
        rest = f"(?:{BETWEEN}{re.escape(letter)}{rest})?"
    yield re.compile(BETWEEN.join(map(re.escape, letters[:least])) + rest, re.IGNORECASE)
    words = WORD.findall(secret.reveal()) if secret.category in WITH_WORDS else []
    yield from (re.compile(re.escape(word), re.IGNORECASE) for word in words if len(word) >= LEAST)
