"""Why events and uploads did not arrive, as far as the browser knows: what was refused, and what a policy stopped."""

from collections import Counter
from collections.abc import Iterable, Iterator

from maskproof.journey.failure import first_of
from maskproof.journey.model import Ledger, RefusedSend

# Umami's limit of an event's name in characters, and its status for what passes a limit.
LONGEST_NAME, BAD = 50, 400
SHOWN = 3


def refused_events(refused: Iterable[RefusedSend]) -> Iterator[str]:
    """Each event that Umami refused, with the reason, once and with how often."""
    for line, count in Counter(map(_refusal, refused)).items():
        yield line + (f" ({count} times)" if count > 1 else "")


def _refusal(send: RefusedSend) -> str:
    """What was refused, and why as far as Umami's limits tell."""
    what = f"Umami {send.kind} {send.name}".rstrip()
    reason = ""
    if send.length > LONGEST_NAME:
        reason = f": its name has {send.length} characters, and Umami takes {LONGEST_NAME}"
    elif send.status == BAD:
        reason = ": an address or title over 500 characters, or data that Umami does not take"
    said = f"; it said: {send.reason}" if send.reason else ""
    return f"{what} was refused with status {send.status}{reason}{said}"


def refused_uploads(ledger: Ledger, batches: Iterable[str]) -> Iterator[str]:
    """
    The uploads that were not accepted, together where the reason is the same.

    Args:
        ledger: What the browser sent, and how it was answered.
        batches: Ids of the uploads that were not accepted.

    """
    answers = {upload.batch: upload for upload in ledger.batches_refused}
    reasons: dict[str, list[str]] = {}
    for batch in batches:
        answer = answers.get(batch)
        said = f": {answer.reason}" if answer and answer.reason else ""
        reasons.setdefault(f"refused with status {answer.status}{said}" if answer else "not answered", []).append(batch)
    for reason, each in reasons.items():
        verb = "batch {} (page_sequence) was" if len(each) == 1 else "batches {} (page_sequence) were"
        yield f"{verb.format(', '.join(each))} sent to OpenReplay and not accepted; {reason}"


def blocked_by_policy(ledger: Ledger) -> str:
    """What a content security policy of the page stopped, as the end of a line; empty if nothing."""
    blocked = first_of(ledger.blocked, most=SHOWN)
    return f"; a content security policy of the page stopped requests: {blocked}" if blocked else ""
