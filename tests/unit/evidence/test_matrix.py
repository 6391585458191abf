"""Forms by channels."""

from tests.unit.evidence.conftest import result

from maskproof.evidence.audit.sessions import Session
from maskproof.evidence.matrix import Cell, matrix


def test_a_clean_run_shows_what_was_looked_at() -> None:
    """Texts of both protocol versions of a form are one row."""
    sessions = [Session("Demo", protocol, form_id="demo", looked_at={"url": 2, "title": 1}) for protocol in (1, 2)]
    found = matrix(sessions, [result("masking")])
    assert found.channels == ("title", "url")
    assert found.rows == (("demo", (Cell(2, 0), Cell(4, 0))),)


def test_findings_stand_in_their_channel() -> None:
    """Also in a channel of a form of which no session was kept."""
    found = matrix([], [result("masking", "fail")])
    assert found.rows == (("demo", (Cell(0, 1),)),)
    assert found.channels == ("console",)
