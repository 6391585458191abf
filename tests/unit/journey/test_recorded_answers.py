"""The journey reads each recorded answer to the tracker: sessions that began, uploads that were accepted."""

from typing import Any

import pytest
from tests.unit.journey.test_observe import INGEST, Context, context, observer, send
from tests.unit.openreplay.recorded import NAMES, body_of, document

from maskproof.journey.observe import Observer

__all__ = ["context", "observer"]  # fixtures


def answer_of(name: str) -> dict[str, Any]:
    """A recorded answer; one that broke off has status 0."""
    answer: dict[str, Any] = document(name)["response"]
    return answer | {"status": answer["status"] or 0, "text": body_of(name, answer["body"]).decode()}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("start") and name != "start-get"])
def test_a_start_is_read_as_the_real_server_answers(name: str, context: Context, observer: Observer) -> None:
    """A session that began has its id; one that was refused says why."""
    answer = answer_of(name)
    send(context, f"{INGEST}/start", {}, answer["status"], answer["text"])
    observer.drain()
    (start,) = observer.starts()
    assert (start.status, start.session_id) == (answer["status"], answer["body"].get("sessionID", ""))
    assert bool(start.reason) == bool("error" in answer["body"])


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("i-")])
def test_an_upload_is_accepted_as_the_real_server_answers(name: str, context: Context, observer: Observer) -> None:
    """An upload that was refused is unanswered: nothing says that it arrived."""
    answer = answer_of(name)
    send(context, f"{INGEST}/i?batch=0_1_1_kyes", status=answer["status"], answer=answer["text"])
    assert observer.batches_unanswered() == (() if answer["status"] < 400 else ("0_1",))
