"""The names that are written over values in pictures."""

from collections import Counter
from collections.abc import Iterable

from maskproof.secrets import Secret


def labels_of(secrets: Iterable[Secret]) -> dict[str, Secret]:
    """The values, by the name that a picture shows instead: the category and a number."""
    numbers: Counter[str] = Counter()
    labels = {}
    for secret in secrets:
        numbers[secret.category] += 1
        labels[f"[{secret.category} #{numbers[secret.category]}]"] = secret
    return labels
