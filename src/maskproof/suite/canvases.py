"""Recorded canvases: nobody can search pixels, so somebody has to answer for them."""

from collections.abc import Iterable
from dataclasses import replace

from maskproof.leaks.judging.accepted import Baseline
from maskproof.recording.journey_record import JourneyRecord
from maskproof.suite.judged import ACCEPTED
from maskproof.verdicts.outcome import Outcome

IMAGES = "images"


def with_canvases(outcome: Outcome, baseline: Baseline, form: str, journeys: Iterable[JourneyRecord]) -> Outcome:
    """
    The outcome of a check, with the canvases that were recorded: no pass until the baseline accepts those of the form.

    Args:
        outcome: The outcome without them.
        baseline: The accepted findings.
        form: Id of the form.
        journeys: Its recordings.

    """
    count = sum(map(canvases_of, journeys))
    if not count:
        return outcome
    entry = baseline.canvas_entry(form)
    if entry is None:
        line = f"{count} recorded canvases: pixels are not searched, and no entry of a baseline accepts those of {form}"
        return replace(outcome, unseen=(*outcome.unseen, line))
    line = f"{ACCEPTED}{entry.id}: {entry.reason} ({entry.owner}); {count} recorded canvases, not searched"
    return replace(outcome, seen=(*outcome.seen, line), used=(*outcome.used, entry.id))


def canvases_of(journey: JourneyRecord) -> int:
    """How many canvases were stored of a journey; frames that were sent and are in no file count as one."""
    stored = sum(len(replay.canvas_urls) for replay in journey.database.replays)
    return stored or int(any(file.endpoint == IMAGES for file in journey.wire))
