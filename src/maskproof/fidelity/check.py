"""Looks for the non-PII values, clicks, navigations and plain texts of a journey in its stored session."""

from collections.abc import Iterator, Sequence

from maskproof.fidelity.clicks import describe_missing, missing_clicks
from maskproof.fidelity.leaving import without_chance
from maskproof.fidelity.outlines import Comparison, compare_outline
from maskproof.fidelity.values import looked_for_values
from maskproof.forms.model import FormFixture
from maskproof.journey.failure import first_of
from maskproof.journey.redact import Redactor
from maskproof.journey.routes import is_at, route_of
from maskproof.openreplay.session import SessionView
from maskproof.recording.journey_record import JourneyRecord
from maskproof.rules.coverage import FieldCoverage
from maskproof.verdicts.outcome import Outcome

EXPECTED_KINDS = ("CreateDocument", "SetPageLocation", "CreateElementNode", "SetNodeData")
SHOWN = 8


def check_fidelity(form: FormFixture, journey: JourneyRecord, fields: Sequence[FieldCoverage] = ()) -> Outcome:
    """
    Check that the stored session shows all of the journey except its PII.

    Args:
        form: Names the plain fields, the navigations, and the texts of the page that must be found.
        journey: The recording of the journey; its ledger has the clicks.
        fields: What kind of control the page has for each field that a step uses.

    """
    view = journey.stored
    final = _final_document(journey, view)
    redactor = Redactor(form, journey.personas)
    text = "\n".join(string.text for string in view.strings if string.message == "SetNodeData")
    clicks = [click for click in journey.ledger.clicks if click.label and not click.before_recording]
    values = looked_for_values(form, journey, {field.field: field.type for field in fields})
    recorded = [str(click["Label"]) for click in view.fields("MouseClick")]
    missing = missing_clicks(clicks, recorded)
    excused = list(without_chance(missing, journey.ledger, view))
    faults = [click for click in missing if click not in excused]
    problems = [
        *values.problems,
        *(f"{line}{_cut_off(journey)}" for line in describe_missing(faults, recorded, redactor)),
        *_missing_pages(form, view, redactor),
        *(f"text {control!r} of the page is not in the recording" for control in form.controls if control not in text),
        *(final.problems if final else ()),
    ]
    expected = len(form.plain_fields) + len(clicks) + len(form.navigations) + len(form.controls) + (final is not None)
    # Whatever differs of the final page is one thing that is not there.
    lost = len(problems) + len(excused) - (max(0, len(final.problems) - 1) if final else 0)
    return Outcome(
        figures={
            "expected": expected,
            "recorded": max(0, expected - lost),
            **({"share": final.share} if final else {}),
        },
        seen=(
            f"looked for {len(form.plain_fields)} plain fields and {len(form.controls)} texts of the page",
            f"looked for {len(clicks)} clicks and {len(form.navigations)} navigations",
            *(
                f"click on {click.label!r} led away from its page, and the end of that page was never sent: no browser "
                "guarantees that it is"
                for click in excused
            ),
            *(
                [final.seen, f"fidelity: {final.share:.4g} % of {final.compared} parts of the final page"]
                if final
                else ()
            ),
            *values.seen,
        ),
        problems=tuple(problems),
        unseen=tuple(_unseen(form, journey, view)),
    )


def _final_document(journey: JourneyRecord, view: SessionView) -> Comparison | None:
    """The comparison with the final page, before or after the last upload: a page may change meanwhile."""
    if not view.message_count or not journey.ledger.outlines:
        return None
    documents = list(view.tabs.values())
    if len(documents) < journey.ledger.tab:
        return None
    document = documents[journey.ledger.tab - 1]
    compared = [compare_outline(outline, document) for outline in journey.ledger.outlines]
    return min(compared, key=lambda comparison: len(comparison.problems))


def _unseen(form: FormFixture, journey: JourneyRecord, view: SessionView) -> Iterator[str]:
    """Missing evidence: without it, a session that shows everything proves nothing."""
    kinds = {message.name for message in view.messages}
    yield from (f"no {kind} message is stored" for kind in EXPECTED_KINDS if kind not in kinds)
    if not journey.ledger.outlines:
        yield "the outline of the final page was not taken"
    elif view.message_count and len(view.tabs) < journey.ledger.tab:
        yield f"the session has {len(view.tabs)} tabs, and the journey ended in tab {journey.ledger.tab}"
    if not form.controls:
        yield "the fixture names no text that must be found (controls)"
    for click in journey.ledger.clicks:
        if click.label and click.before_recording:
            yield f"click on {click.label!r} came before the recording began"


def _cut_off(journey: JourneyRecord) -> str:
    """Why a click may be lost, as the end of a line: the browser ended uploads as their page was left."""
    arrived = {file.batch for file in journey.wire if file.is_accepted}
    lost = [batch for batch in dict.fromkeys(journey.ledger.batches_cut_off) if journey.wire and batch not in arrived]
    if not lost:
        return ""
    return f"; the browser cut off uploads as their page was left, which may have held it: {', '.join(lost)}"


def _missing_pages(form: FormFixture, view: SessionView, redactor: Redactor) -> Iterator[str]:
    pages = [str(fields["URL"]) for fields in view.fields("SetPageLocation")]
    missing = [path for path in form.navigations if not any(is_at(page, path) for page in pages)]
    if missing:
        routes = map(route_of, pages)
        recorded = first_of((redactor.message(redactor.path(route)) for route in routes), most=SHOWN) or "none"
        yield from (f"navigation to {path} is not in the recording; recorded: {recorded}" for path in missing)
