"""The moments of a journey that are looked at: the form filled in, a validation message, the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from maskproof.forms.model import Step

MomentName = Literal["filled", "message", "end"]
MESSAGES = 2
CLICK, MESSAGE, PRESS, ENTER = "click", "expect_message", "press", "Enter"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a journey, by its name and number, its time in ms since 1970, and the number of its tab."""

    name: MomentName
    number: int
    time_ms: int
    tab: int = 1

    @property
    def id(self) -> str:
        """What files are called after it, e.g. `message-2`."""
        return f"{self.name}-{self.number}"


def planned(steps: Sequence[Step]) -> dict[int, MomentName]:
    """
    The moments of a journey, each before the step with that index; the end is after the last.

    A form counts as filled in before the last click that follows a field, or if none does, before Enter is pressed;
    at most `MESSAGES` validation messages are looked at.
    """
    filled = _after_fields(steps, lambda step: step.kind == CLICK) or _after_fields(steps, _is_enter)
    plan: dict[int, MomentName] = {}
    messages = [index + 1 for index, step in enumerate(steps) if step.kind == MESSAGE]
    plan.update({index: "message" for index in messages[:MESSAGES] if index < len(steps)})
    if filled:
        last = max((index for index in filled if steps[index - 1].fields), default=filled[0])
        plan[last] = "filled"
    plan[len(steps)] = "end"
    return plan


def _after_fields(steps: Sequence[Step], ends: Callable[[Step], bool]) -> list[int]:
    """The steps of a kind that follow a field."""
    return [index for index, step in enumerate(steps) if ends(step) and any(before.fields for before in steps[:index])]


def _is_enter(step: Step) -> bool:
    return step.kind == PRESS and step.arguments["key"] == ENTER
