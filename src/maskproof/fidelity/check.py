"""Looks for the non-PII values, clicks, navigations and plain texts of a journey in its stored session."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from maskproof.fidelity.outlines import Comparison, compare_outline
from maskproof.forms.model import Field, FormFixture
from maskproof.journey.model import Click
from maskproof.openreplay.session import SessionView
from maskproof.recording.journey_record import JourneyRecord
from maskproof.verdicts.outcome import Outcome

EXPECTED_KINDS = ("CreateDocument", "SetPageLocation", "CreateElementNode", "SetNodeData")
TYPED = frozenset({"fill", "type", "select", "autofill"})
# The session is read to its end, whatever the clock of the server says.
LATER_MS = 86_400_000
TICKED = frozenset({"check", "uncheck"})


def check_fidelity(form: FormFixture, journey: JourneyRecord) -> Outcome:
    """
    Check that the stored session shows all of the journey except its PII.

    Args:
        form: Names the plain fields, the navigations, and the texts of the page that must be found.
        journey: The recording of the journey; its ledger has the clicks.

    """
    view = journey.stored
    final = _final_document(journey, view)
    text = "\n".join(string.text for string in view.strings if string.message == "SetNodeData")
    clicks = [click for click in journey.ledger.clicks if click.label and not click.before_recording]
    problems = [
        *_missing_values(form, view),
        *_missing_clicks(clicks, view),
        *_missing_pages(form, view),
        *(f"text {control!r} of the page is not in the recording" for control in form.controls if control not in text),
        *(final.problems if final else ()),
    ]
    return Outcome(
        seen=(
            f"looked for {len(form.plain_fields)} plain fields and {len(form.controls)} texts of the page",
            f"looked for {len(clicks)} clicks and {len(form.navigations)} navigations",
            *([final.seen] if final else ()),
        ),
        problems=tuple(problems),
        unseen=tuple(_unseen(form, journey, view)),
    )


def _final_document(journey: JourneyRecord, view: SessionView) -> Comparison | None:
    """The comparison with the final page, before or after the last upload: a page may change meanwhile."""
    if not view.message_count or not journey.ledger.outlines:
        return None
    document = next(iter(view.documents_at(journey.ledger.ended_ms + LATER_MS).values()))
    compared = [compare_outline(outline, document) for outline in journey.ledger.outlines]
    return min(compared, key=lambda comparison: len(comparison.problems))


def _unseen(form: FormFixture, journey: JourneyRecord, view: SessionView) -> Iterator[str]:
    """Missing evidence: without it, a session that shows everything proves nothing."""
    kinds = {message.name for message in view.messages}
    yield from (f"no {kind} message is stored" for kind in EXPECTED_KINDS if kind not in kinds)
    if not journey.ledger.outlines:
        yield "the outline of the final page was not taken"
    if not form.controls:
        yield "the fixture names no text that must be found (controls)"
    for click in journey.ledger.clicks:
        if click.label and click.before_recording:
            yield f"click on {click.label!r} came before the recording began"


def _missing_values(form: FormFixture, view: SessionView) -> Iterator[str]:
    """Plain fields whose value or tick is not recorded. A field that only a script uses is looked for by its value."""
    used = _used_by(form)
    for field in form.plain_fields:
        kinds = used.get(field.id, set())
        is_ticked = bool(kinds & TICKED)
        if is_ticked and not _nodes_at(field, view, "SetInputChecked"):
            yield f"{field.label} ({field.id}): that it was ticked is not in the recording"
        if (kinds & TYPED or not is_ticked) and field.fixed not in _values_at(field, view):
            yield f"{field.label} ({field.id}): its value {field.fixed!r} is not in the recording"


def _used_by(form: FormFixture) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for step in form.steps:
        for name in step.fields:
            used.setdefault(name, set()).add(step.kind)
    return used


def _values_at(field: Field, view: SessionView) -> set[str]:
    """Every value that was recorded at the node of a field; at any node if the selector is too complex to find one."""
    strings = [string for string in view.strings if (string.message, string.field) == ("SetInputValue", "Value")]
    at_field = {string.text for string in strings if string.node in string.document.find(field.selector)}
    is_known = any(document.find(field.selector) for document in view.documents)
    return at_field if is_known else {string.text for string in strings}


def _nodes_at(field: Field, view: SessionView, message: str) -> list[int]:
    known: set[int] = set()
    for document in view.documents:
        known.update(document.find(field.selector))
    nodes = [fields["ID"] for fields in view.fields(message)]
    return [node for node in nodes if isinstance(node, int) and (node in known or not known)]


def _missing_clicks(clicks: Iterable[Click], view: SessionView) -> Iterator[str]:
    recorded = [str(fields["Label"]) for fields in view.fields("MouseClick")]
    for click in clicks:
        found = next((label for label in recorded if click.label in label), None)
        if found is None:
            yield f"click on {click.label!r} ({click.selector}) is not in the recording"
        else:
            recorded.remove(found)


def _missing_pages(form: FormFixture, view: SessionView) -> Iterator[str]:
    pages = [urlsplit(str(fields["URL"])).path for fields in view.fields("SetPageLocation")]
    for path in form.navigations:
        if path not in pages:
            yield f"navigation to {path} is not in the recording"
