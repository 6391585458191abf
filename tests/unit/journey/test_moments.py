"""Which moments of a journey are looked at."""

import pytest

from maskproof.forms.model import Step
from maskproof.journey.moments import Moment, planned

FILL = Step("fill", {"field": "email"}, 1)
CLICK = Step("click", {"selector": "button"}, 2)
MESSAGE = Step("expect_message", {"selector": "p", "text": "no"}, 3)
ENTER, ESCAPE = (Step("press", {"key": key}, 5) for key in ("Enter", "Escape"))
GO = Step("goto", {"path": "/"}, 4)

PLANS = {
    "a form": ([FILL, CLICK], {1: "filled", 2: "end"}),
    "no field": ([CLICK, GO], {2: "end"}),
    "no step": ([], {0: "end"}),
    "a message": ([FILL, CLICK, MESSAGE, FILL, CLICK], {3: "message", 4: "filled", 5: "end"}),
    "a message at the end": ([FILL, CLICK, MESSAGE], {1: "filled", 3: "end"}),
    "many messages": ([FILL, CLICK, *[MESSAGE, GO] * 4], {1: "filled", 3: "message", 5: "message", 10: "end"}),
    "sent by a key": ([FILL, ESCAPE, FILL, ENTER], {3: "filled", 4: "end"}),
    "a key and a click": ([FILL, ENTER, FILL, CLICK], {3: "filled", 4: "end"}),
    "clicks behind each other": ([FILL, CLICK, CLICK, CLICK], {1: "filled", 4: "end"}),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_moments_are_those_that_matter(name: str) -> None:
    """The form filled in before it is sent, validation messages, and the end."""
    steps, expected = PLANS[name]
    assert planned(steps) == expected


def test_a_moment_has_an_id_for_files() -> None:
    """Moments of one name are numbered."""
    assert Moment("message", 2, 900).id == "message-2"
