"""Whether a PII value is on the wire, in a stored session or in Umami, and whether the search would find it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from maskproof.forms.model import FormFixture
from maskproof.leaks import Finding, ScanOptions, ScanReport, Searcher, scan_fields, values_of
from maskproof.leaks.channels import CHANNELS
from maskproof.leaks.judging.configured import configured_judge, configured_net
from maskproof.leaks.search.scan import scan_texts, scan_view
from maskproof.leaks.texts import Text
from maskproof.openreplay.session import SessionView
from maskproof.recording.field_nodes import nodes_of, nodes_within
from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.recorder import Recorded
from maskproof.secrets import Secret
from maskproof.settings import LeaksSettings
from maskproof.suite.canvases import with_canvases
from maskproof.suite.judged import judged_outcome
from maskproof.verdicts.outcome import Outcome

HEADER, QUERY = "request header", "request query"
STRAY, ASKED = "unknown request", "known request"
EXPECTED_KINDS = ("CreateDocument", "CreateElementNode", "SetNodeData", "SetPageLocation")


def check_masking(recorded: Recorded, settings: LeaksSettings) -> Outcome:
    """
    Scan all recordings of a case, those of both personas.

    Args:
        recorded: The recordings of the case.
        settings: Which findings count.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    form = recorded.case.form
    outcomes = [check_journey(form, journey, settings) for journey in (recorded.user, recorded.twin)]
    total = sum((report for _, report in outcomes), ScanReport())
    seen = (
        f"{total.messages} messages and texts, {total.bytes} bytes, of {total.files} parts searched",
        *(line for lines, _ in outcomes for line in lines.seen),
    )
    unseen = (*total.unscanned, *(line for lines, _ in outcomes for line in lines.unseen))
    judge = configured_judge(settings)
    outcome = judged_outcome(judge, total.findings, seen=seen, unseen=unseen)
    people = (recorded.user.personas, recorded.twin.personas)
    values = {secret.reveal() for personas in people for secret in personas.pii_of(form)}
    outcome = replace(outcome, figures={"values": len(values), "texts": total.messages})
    return with_canvases(outcome, judge.baseline, form.id, (recorded.user, recorded.twin))


def check_journey(form: FormFixture, journey: JourneyRecord, settings: LeaksSettings) -> tuple[Outcome, ScanReport]:
    """
    Scan the recording of one persona's journey.

    Args:
        form: The form fixture of the journey.
        journey: The recording of the journey.
        settings: Which findings count.

    Returns:
        Evidence and missing evidence as an outcome without findings; and a report of every finding, not judged yet.

    """
    secrets = journey.personas.pii_of(form)
    values = values_of(secrets)
    searcher = Searcher(values, options=ScanOptions(second_net=configured_net(settings, values)))
    report = scan_journey(journey, searcher)
    report = replace(report, findings=tuple(_with_owners(form, journey, report.findings)))
    report += ScanReport(tuple(_short_at_their_nodes(form, journey)))
    short = sum(1 for secret in secrets if secret.is_short)
    seen = f"{len(secrets)} PII values: {len(secrets) - short} searched for, {short} held against their own nodes"
    return Outcome(seen=(seen,), unseen=tuple(_unseen(form, journey, searcher, secrets))), report


def _with_owners(form: FormFixture, journey: JourneyRecord, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings, with the owner of each length of an input: the field that the form fixture has at its node."""
    owners = owners_of_nodes(form, journey)
    for finding in findings:
        is_length_of_input = finding.kind == "length" and finding.message == "SetInputValue"
        secret = owners.get(finding.node) if is_length_of_input else None
        yield replace(finding, value_id=secret.value_id, category=secret.category) if secret else finding


def owners_of_nodes(form: FormFixture, journey: JourneyRecord) -> dict[str, Secret]:
    """
    What is typed into each PII field, by the path of the field's node.

    Args:
        form: Names the fields and their selectors.
        journey: The recording whose documents are searched for the fields.

    """
    return {
        document.path(node): journey.personas.value(field.value)
        for view in (journey.stored, journey.sent)
        for document in view.documents
        for field in form.pii_fields
        for node in nodes_of(field, document, journey.ledger)
    }


def scan_journey(journey: JourneyRecord, searcher: Searcher) -> ScanReport:
    """
    Scan the stored session, the wire and the analytics of one journey.

    Args:
        journey: The recording of the journey.
        searcher: Searches for the values of its personas.

    """
    session, budget = journey.session_id, searcher.budget()
    report = scan_view(journey.stored, searcher, session_id=session, budget=budget)
    if journey.batches:
        report += scan_view(journey.sent, searcher, session_id=session, budget=budget)
        wire = list(wire_texts(journey))
        report += scan_texts(wire, searcher, session_id=session, system="openreplay", budget=budget)
    for system, fields in (("openreplay", database_texts(journey)), ("umami", analytics_texts(journey))):
        report += scan_fields(fields, searcher, session_id=session, system=system, budget=budget)
    return report


def wire_texts(journey: JourneyRecord) -> Iterator[Text]:
    """
    Requests as they were sent: bodies, headers, and whole requests that nobody reads.

    Batches have no message name here: they are searched as bytes.
    """
    for file in journey.wire:
        yield Text(file.name, "" if file.endpoint == "i" else file.endpoint, "body", file.data)
        yield Text(file.name, QUERY, file.endpoint, file.query)
        yield from (Text(file.name, HEADER, name, value) for name, value in file.headers.items())
    for source, message, part, content in _whole_requests(journey, "openreplay"):
        yield Text(source, message, part, content)


def _whole_requests(journey: JourneyRecord, system: str) -> Iterator[tuple[str, str, str, str | bytes]]:
    """What is in requests that nobody reads, and in those that every page makes before it sends."""
    for message, requests in ((STRAY, journey.stray), (ASKED, journey.asked)):
        for request in requests:
            if request.system == system:
                yield from ((request.source, message, part, content) for part, content in request.parts)


def database_texts(journey: JourneyRecord) -> Iterator[tuple[str, str, str, str]]:
    """What OpenReplay's database gives back of a session: source, message, field and text of each."""
    yield from (("database", *text) for text in journey.database.texts())


def analytics_texts(journey: JourneyRecord) -> Iterator[tuple[str, str, str, str]]:
    """What Umami gave back and was sent: source, message, field and text of each."""
    yield from stored_analytics(journey)
    for number, line in enumerate(journey.umami_wire, 1):
        for field in ("body", "answer"):
            yield f"wire.jsonl:{number}", "send", field, str(line[field])
        yield f"wire.jsonl:{number}", QUERY, "send", str(line.get("query_string", ""))
        for name, value in line.get("headers", {}).items():
            yield f"wire.jsonl:{number}", HEADER, name, value
    for source, message, part, content in _whole_requests(journey, "umami"):
        yield source, message, part, _text(content)


def stored_analytics(journey: JourneyRecord) -> Iterator[tuple[str, str, str, str]]:
    """What Umami gave back: source, message, field and text of each."""
    for event in journey.umami_events:
        for field, text in event.texts().items():
            if text:
                yield f"event {event.id}", event.kind, field, text
    for datum in journey.umami_data:
        yield "event data", "event data", datum.event_name, f"{datum.key}\n{datum.value}"


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")


def _short_at_their_nodes(form: FormFixture, journey: JourneyRecord) -> Iterator[Finding]:
    """
    Findings of values too short to search for, each at the node of its own field.

    A value has to stand by itself there: the tracker writes the size of a hidden field to its node, in as many digits.
    """
    for view in (journey.stored, journey.sent):
        for field in form.pii_fields:
            if not journey.personas.value(field.value).is_short:
                continue
            secret = journey.personas.value(field.value)
            alone = re.compile(rf"(?<![^\W_]){re.escape(secret.reveal())}(?![^\W_])")
            nodes = {id(document): nodes_within(field, document, journey.ledger) for document in view.documents}
            for string in view.strings:
                if string.node in nodes[id(string.document)] and alone.search(string.text):
                    yield Finding(
                        kind="value",
                        value_id=secret.value_id,
                        category=secret.category,
                        system="openreplay",
                        session_id=journey.session_id,
                        channel=CHANNELS.get((string.message, string.field), "attribute"),
                        message=string.message,
                        field=string.field,
                        node=str(field.selector),
                        match="exact",
                        source=string.source,
                        offset=string.offset,
                    )


def _unseen(
    form: FormFixture, journey: JourneyRecord, searcher: Searcher, secrets: tuple[Secret, ...]
) -> Iterator[str]:
    """Missing evidence: without it, having found no PII proves nothing."""
    for name, view in (("stored session", journey.stored), ("wire", journey.sent)):
        if name == "wire" and not journey.wire:
            continue
        kinds = {message.name for message in view.messages}
        yield from (f"{name}: no {kind} message" for kind in EXPECTED_KINDS if kind not in kinds)
        text = "\n".join(string.text for string in view.strings)
        yield from (f"{name}: {control!r} is not there" for control in form.controls if control not in text)
        yield from (f"{name}: {line}" for line in _unheld(form, journey, view))
    if journey.database.gap:
        yield f"database: {journey.database.gap}"
    if form.page_views and not journey.umami_events:
        yield "Umami: no event of this session"
    yield from _blind_spots(searcher, secrets)


def _unheld(form: FormFixture, journey: JourneyRecord, view: SessionView) -> Iterator[str]:
    """Values that are too short to search for and have no node, so that nothing was compared with them."""
    fields = {field.value: field for field in reversed(form.pii_fields)}
    for reference in form.value_ids:
        if not journey.personas.value(reference).is_short:
            continue
        field = fields.get(reference)
        if field is None:
            yield f"{reference} is too short to search for and belongs to no field"
        elif not any(nodes_of(field, document, journey.ledger) for document in view.documents):
            yield f"{reference} is too short to search for and {field.selector} is not there"


def _blind_spots(searcher: Searcher, secrets: tuple[Secret, ...]) -> Iterator[str]:
    """Values that the searcher does not find in a text that holds them."""
    for secret in secrets:
        if not secret.is_short:
            text = json.dumps({"a text that holds": secret.reveal()})
            if not any(match.value_id == secret.value_id for match in searcher.scan_text(text)):
                yield f"the search does not find {secret.value_id} where it is"
