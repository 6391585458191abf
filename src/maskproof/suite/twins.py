"""The differential test: whether two personas on the same journey leave the same recording."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from maskproof.leaks import Finding
from maskproof.leaks.judging.configured import configured_judge
from maskproof.leaks.twin.comparison import Volatile, compare_facts, compare_fields
from maskproof.leaks.twin.facts import SessionFacts, facts_of
from maskproof.openreplay.client.database import CUSTOM, ERROR, INCIDENT, ISSUE
from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.recorder import Recorded
from maskproof.secrets import Secret
from maskproof.settings import LeaksSettings
from maskproof.suite.judged import judged_outcome
from maskproof.suite.lost_clicks import leave_to_chance, leaving_names
from maskproof.suite.masking import owners_of_nodes
from maskproof.suite.twin_analytics import analytics_of, leaves
from maskproof.verdicts.declared import declared_lines
from maskproof.verdicts.outcome import Outcome

# The message that a row came by, as declarations of nondeterminism name it, and its field for each of the row's texts.
DATABASE_MESSAGES = {
    CUSTOM: ("CustomEvent", {"name": "Name", "properties": "Payload"}),
    ISSUE: ("IssueEvent", {"issueType": "Type", "contextString": "ContextString"}),
    INCIDENT: ("Incident", {"label": "Label"}),
    ERROR: ("JSException", {"name": "Name", "message": "Message"}),
}
CLICKS = ("MouseClick", "MouseClickDeprecated")


def check_twins(recorded: Recorded, settings: LeaksSettings) -> Outcome:
    """
    Compare the recordings of the two personas: stored sessions, wire and analytics.

    Args:
        recorded: The recordings of the case.
        settings: Which findings count.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    user, twin, form = recorded.user, recorded.twin, recorded.case.form
    findings: dict[Finding, None] = {}
    sizes = []
    sides: list[SessionFacts] = []
    owners = owners_of_nodes(form, user)
    leaving = leaving_names(user.ledger, twin.ledger)
    for first, second in ((user.stored, twin.stored), (user.sent, twin.sent)):
        if not first.parts or not second.parts:
            continue
        sizes.append(f"{len(first.strings)} and {len(second.strings)} texts compared")
        facts = (facts_of(first), facts_of(second))
        leave_to_chance(*facts, leaving)
        sides += facts
        found = compare_facts(*facts, session_id=user.session_id, volatile=form.volatile)
        findings.update(dict.fromkeys(_with_categories(owners, found)))
    if not user.batches:
        facts = (_database(user), _database(twin))
        sides += facts
        found = compare_facts(*facts, session_id=user.session_id, volatile=form.volatile)
        findings.update(dict.fromkeys(found))
    for system, both in (("openreplay", (_starts(user), _starts(twin))), ("umami", analytics_of(user, twin))):
        sizes.append(f"{len(both[0])} and {len(both[1])} texts beside the stream compared ({system})")
        findings.update(dict.fromkeys(compare_fields(*both, session_id=user.session_id, system=system)))
    people = (("first", user), ("second", twin))
    unseen = [f"the {name} person's session is not stored" for name, journey in people if not journey.recordings]
    if not user.batches:
        unseen += [f"database: {journey.database.gap}" for journey in (user, twin) if journey.database.gap]
    declared = [Volatile(**declaration) for declaration in form.volatile]
    sizes += declared_lines((str(one), one.why, one.count(*sides)) for one in declared)
    return judged_outcome(configured_judge(settings), findings, seen=sizes, unseen=unseen)


def _with_categories(owners: Mapping[str, Secret], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings, with the category of the PII field that the form fixture has at their node."""
    for finding in findings:
        yield replace(finding, category=owners[finding.node].category) if finding.node in owners else finding


def _database(journey: JourneyRecord) -> SessionFacts:
    """
    What only the database keeps, under the names of the messages that it came by; on the wire it is compared as such.

    Clicks and inputs are left out: the server keeps one of each kind a second. So is an issue's repetition of the label
    of a click, which is compared in the stored session: whether three clicks are an issue depends on the clock.
    """
    facts = SessionFacts()
    labels = {str(click["Label"]) for kind in CLICKS for click in journey.stored.fields(kind)}
    for message, rows in journey.database.grouped():
        name, fields = DATABASE_MESSAGES[message]
        for row in rows:
            for column, field in fields.items():
                value = row.get(column)
                text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
                if message != ISSUE or text not in labels:
                    facts.add(name, field, "", text)
    for replay in journey.database.replays:
        facts.add("UserID", "ID", "", replay.session.user_id)
        for value in replay.session.metadata.values():
            facts.add("Metadata", "Value", "", str(value))
    return facts


def _starts(journey: JourneyRecord) -> list[tuple[str, str, str]]:
    starts = [json.loads(file.data) for file in journey.wire if file.endpoint == "start"]
    return [text for start in starts for text in leaves("start", "", start)]
