"""Parts of a run that several machines share: which forms each of them records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maskproof.errors import UsageError
from maskproof.forms.model import FormFixture

WRITTEN = re.compile(r"([1-9]\d*)/([1-9]\d*)")
# What a journey costs beside its steps: page, log-in, waiting for the stored session. In steps.
JOURNEY_COST = 8
# The measurements and the application's own tests, which the first shard does alone. In steps.
ALONE_COST = 120


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of a run, counted from 1."""

    number: int
    count: int

    @classmethod
    def of(cls, text: str) -> "Shard":
        """
        The shard that a text such as `2/4` names.

        Raises:
            UsageError: It names none.

        """
        found = WRITTEN.fullmatch(text)
        if not found or int(found[1]) > int(found[2]):
            raise UsageError(
                f"--shard: expected NUMBER/COUNT, from 1/COUNT to COUNT/COUNT, got {text!r}.",
                hint="Example: --shard 2/4, for the second of four.",
            )
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        """As the option writes it."""
        return f"{self.number}/{self.count}"

    @property
    def is_alone(self) -> bool:
        """Whether it makes what is made once a run, beside no other worker."""
        return self.number == 1


def forms_of(shard: Shard, forms: Sequence[FormFixture], *, has_alone: bool) -> frozenset[str]:
    """
    The ids of the forms of a shard: the costly ones first, each to the shard that has least so far.

    A form stays together with all its journeys and protocol versions. The same forms give the same shards on every
    machine, whatever order they are in.

    Args:
        shard: The part of the run.
        forms: Every form of the run.
        has_alone: Whether something is made once a run, which is the first shard's.

    Raises:
        UsageError: There are more shards than forms.

    """
    if shard.count > len(forms):
        raise UsageError(
            f"--shard {shard}: there are {len(forms)} forms, and a form is not split.",
            hint=f"Use at most {len(forms)} shards.",
        )
    costs = [ALONE_COST if has_alone else 0, *[0] * (shard.count - 1)]
    parts: list[list[str]] = [[] for _ in costs]
    by_cost = sorted(forms, key=lambda form: (-_cost(form), form.id))
    for place, form in enumerate(by_cost):
        left = len(by_cost) - place
        empty = [number for number, part in enumerate(parts) if not part]
        # No shard is without a form, however costly what the first one does alone.
        open_to = empty if len(empty) == left else range(shard.count)
        least = min(open_to, key=lambda number: (costs[number], number))
        costs[least] += _cost(form)
        parts[least].append(form.id)
    return frozenset(parts[shard.number - 1])


def _cost(form: FormFixture) -> int:
    return len(form.protocols) * (JOURNEY_COST + len(form.steps))
