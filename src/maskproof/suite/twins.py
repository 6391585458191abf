"""The differential test: whether two personas on the same journey leave the same recording."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maskproof.errors import MaskproofError
from maskproof.forms.model import FormFixture
from maskproof.leaks import Finding
from maskproof.leaks.judging.configured import configured_judge
from maskproof.leaks.twin.comparison import NOTHING, Volatile, compare_facts, compare_fields
from maskproof.leaks.twin.facts import SessionFacts, facts_of, merged
from maskproof.openreplay.client.database import CUSTOM, ERROR, INCIDENT, ISSUE
from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.recorder import Recorded, Retake
from maskproof.secrets import Secret
from maskproof.settings import LeaksSettings
from maskproof.suite.judged import judged_outcome
from maskproof.suite.lost_clicks import leave_to_chance, leaving_names
from maskproof.suite.masking import owners_of_nodes
from maskproof.suite.polls import Polled
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
# How often both people are recorded again, at most.
RETAKES = 2
# The journeys of the two people.
Take = tuple[JourneyRecord, JourneyRecord]
# Message, field and text of each.
Texts = list[tuple[str, str, str]]


def check_twins(recorded: Recorded, settings: LeaksSettings, retake: Retake | None = None) -> Outcome:
    """
    Compare the recordings of the two personas: stored sessions, wire and analytics.

    States that come and go (a hovered row, a step of a transition) are recorded or missed by the clock. So where all
    that differs is what only one person left, both are recorded again, and a text that each of them left once is no
    difference: what says something about one person, another one never leaves.

    Args:
        recorded: The recordings of the case.
        settings: Which findings count.
        retake: Records both people again; None compares the recordings as they are.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    takes = [(recorded.user, recorded.twin)]
    outcome = _compared(recorded.case.form, takes, settings)
    while retake is not None and len(takes) <= RETAKES and _is_one_sided(outcome):
        try:
            takes.append(retake())
        except MaskproofError:
            break
        outcome = _compared(recorded.case.form, takes, settings)
    return outcome


def _is_one_sided(outcome: Outcome) -> bool:
    """Whether recordings differ, and only in what one person left and the other did not."""
    return bool(outcome.findings) and all(
        finding["kind"] == "difference" and NOTHING in finding["shapes"] for finding in outcome.findings
    )


def _compared(form: FormFixture, takes: Sequence[Take], settings: LeaksSettings) -> Outcome:
    user, twin = takes[0]
    findings: dict[Finding, None] = {}
    sizes = [f"both people were recorded {len(takes)} times, and what each left once is shared"] * (len(takes) > 1)
    sides: list[SessionFacts] = []
    polled = Polled(form.polls)
    owners = owners_of_nodes(form, user)
    leaving = leaving_names(*(journey.ledger for take in takes for journey in take))
    for name in ("stored", "sent"):
        views = [(getattr(one, name), getattr(other, name)) for one, other in takes]
        if not all(view.parts for view in views[0]):
            continue
        sizes.append(f"{len(views[0][0].strings)} and {len(views[0][1].strings)} texts compared")
        facts = (
            merged(facts_of(first, polled) for first, _ in views),
            merged(facts_of(second, polled) for _, second in views),
        )
        leave_to_chance(*facts, leaving)
        sides += facts
        found = compare_facts(*facts, session_id=user.session_id, volatile=form.volatile)
        findings.update(dict.fromkeys(_with_categories(owners, found)))
    if not user.batches:
        facts = (merged(_database(one) for one, _ in takes), merged(_database(other) for _, other in takes))
        sides += facts
        found = compare_facts(*facts, session_id=user.session_id, volatile=form.volatile)
        findings.update(dict.fromkeys(found))
    for system, pairs in _beside(takes):
        both = [[text for pair in pairs for text in pair[side]] for side in (0, 1)]
        sizes.append(f"{len(pairs[0][0])} and {len(pairs[0][1])} texts beside the stream compared ({system})")
        findings.update(dict.fromkeys(compare_fields(*both, session_id=user.session_id, system=system)))
    declared = [Volatile(**declaration) for declaration in form.volatile]
    sizes += declared_lines((str(one), one.why, one.count(*sides)) for one in declared)
    sizes += declared_lines((str(poll), poll.why, polled.counts[poll]) for poll in form.polls)
    return judged_outcome(configured_judge(settings), findings, seen=sizes, unseen=_missing(user, twin))


def _missing(user: JourneyRecord, twin: JourneyRecord) -> list[str]:
    """The missing evidence, one line each."""
    people = (("first", user), ("second", twin))
    missing = [f"the {name} person's session is not stored" for name, journey in people if not journey.recordings]
    if not user.batches:
        missing += [f"database: {journey.database.gap}" for journey in (user, twin) if journey.database.gap]
    return missing


def _beside(takes: Sequence[Take]) -> tuple[tuple[str, list[tuple[Texts, Texts]]], ...]:
    """By system, the texts beside the stream of each take: start requests and analytics."""
    starts = [(_starts(one), _starts(other)) for one, other in takes]
    return ("openreplay", starts), ("umami", [analytics_of(one, other) for one, other in takes])


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
