"""What the tests of pages that nobody made for this module share."""

# ruff: noqa: E501 - a page is read as one line.
from typing import NamedTuple

from tests.integration.module.actions import Action, click, nothing, then, typed, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.test_entries import FIRST, LAST, NAME

FIELD = "<input id=in><button id=go>Go</button><p id=out></p>"


class Row(NamedTuple):
    """A page, what is done on it, texts of which no part may leave, and texts that must."""

    body: str
    drive: Action = nothing
    gone: tuple[str, ...] = (FIRST, LAST)
    stays: tuple[str, ...] = ()
    before: str = ""


def on_click(script: str) -> str:
    """A field, and a script that does something with its `value` at a click."""
    return (
        FIELD
        + f"<script>go.addEventListener('click', async () => {{ const value = document.querySelector('#in').value; {script} }})</script>"
    )


def after(script: str, *stays: str, late: Action = nothing, gone: tuple[str, ...] = (FIRST, LAST)) -> Row:
    """The name is typed, then a click does something with it."""
    return Row(on_click(script), then(typed("#in", NAME), click(), late, wait()), gone, stays)


def shown(body: str, *stays: str, gone: tuple[str, ...] = (), drive: Action = nothing) -> Row:
    """A page whose own texts stay."""
    return Row(body, drive, gone, stays)


def check(visit: Visit, row: Row) -> None:
    """Nothing that is to be gone leaves; what is to stay does, and nothing went wrong."""
    left = visit(row.body, row.drive, before=row.before)
    assert {text: left.holding(text) for text in row.gone if left.holding(text)} == {}
    assert [text for text in row.stays if not any(text in line for line in left.lines())] == []
    assert left.problems == ()
