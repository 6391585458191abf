"""Finds the clicks of a journey among those that were recorded, by any name that the page has for the element."""

from collections.abc import Iterable, Iterator, Sequence

from maskproof.journey.clicks import LONGEST, plain
from maskproof.journey.failure import first_of
from maskproof.journey.model import Click
from maskproof.journey.redact import Redactor

SHOWN = 8


def missing_clicks(clicks: Sequence[Click], recorded: Sequence[str]) -> list[Click]:
    """
    The clicks that were not recorded.

    Args:
        clicks: What was clicked, with the label that a fixture expects.
        recorded: Labels of the recorded clicks; each stands for one click.

    """
    left = [plain(label) for label in recorded]
    missing = []
    for click in clicks:
        found = _recorded_as(click, left)
        if found is None:
            missing.append(click)
        else:
            left.remove(found)
    return missing


def describe_missing(missing: Iterable[Click], recorded: Sequence[str], redactor: Redactor) -> Iterator[str]:
    """
    Name the clicks that were not recorded, each with what was.

    Args:
        missing: The clicks.
        recorded: Labels of the recorded clicks.
        redactor: Takes the values out of what is shown.

    """
    shown = first_of((repr(redactor.message(label)) for label in recorded), most=SHOWN) or "none"
    for click in missing:
        names = f", which the page calls {first_of(map(repr, click.names), most=SHOWN)}" if click.names else ""
        yield f"click on {click.label!r} ({click.selector}{names}) is not in the recording; recorded clicks: {shown}"


def _recorded_as(click: Click, left: Sequence[str]) -> str | None:
    """
    The recorded label that is the click's, the most exact first.

    The tracker takes an element's text as it is shown, or else one of its labels, and a fixture may name it by another.
    """
    expected = plain(click.label)
    others = [plain(name) for name in click.names if plain(name)]
    if not any(expected in name for name in others):
        others = []
    exact = (label for label in left if label == expected)
    part = (label for label in left if expected in label)
    other = (label for label in left if any(label == name[:LONGEST] for name in others))
    return next(exact, None) or next(part, None) or next(other, None)
