"""No line of an outcome shows a value, whichever way it came there."""

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.unit.samples import FORM

from maskproof.errors import Inconclusive
from maskproof.recording.recorder import ROLES, Case, personas_of
from maskproof.suite.reporting import Reporter
from maskproof.suite.safe_outcome import CaseRedaction
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import RESULTS_FOLDER, CheckCrashed, CheckFailed

CASE = Case(FORM, 2)
SEED = "seed"
REDACTION = CaseRedaction(SEED)
FINDING = {
    "kind": "value", "gating": True, "accepted_by": None, "value_id": "user.email", "category": "email",
    "system": "openreplay", "session_id": "7", "channel": "console", "message": "ConsoleLog", "field": "Value",
    "node": "", "encoding": [], "match": "exact", "source": "002.bin", "offset": 10,
}  # fmt: skip


def _mail(role: str) -> str:
    return personas_of(CASE, SEED, role).value("user.email").reveal()


FORMS: dict[str, Callable[[str], str]] = {
    "as typed": str,
    "in capitals": str.upper,
    "percent-encoded": lambda mail: quote(mail, safe=""),
    "base64": lambda mail: base64.b64encode(mail.encode()).decode(),
    "hexadecimal": lambda mail: mail.encode().hex(),
    "a hash": lambda mail: hashlib.sha256(mail.encode()).hexdigest(),
    "its local part": lambda mail: mail.partition("@")[0],
    "its beginning": lambda mail: mail.partition("@")[0][:-1],
    "JSON escapes": lambda mail: "".join(f"\\u{ord(letter):04x}" for letter in mail),
}
SENTENCES = {
    "a word": "upload {} was refused",
    "a label": 'button "Welcome, {}" is not in the recording',
    "a path": "export.zip/{}/basket.json: is broken",
    "an attribute": "step click [title='{}'] cannot be done",
}


def _failed(text: str) -> Outcome:
    return Outcome(
        seen=(text,),
        problems=(text,),
        unseen=(text,),
        findings=(FINDING | {"node": text, "field": text, "source": text},),
        advisory=(FINDING | {"shapes": [text, text]},),
    )


def _inconclusive(text: str) -> Outcome:
    raise Inconclusive(text, hint=f"The page was at {text}.")


def _crashed(text: str) -> Outcome:
    raise ZeroDivisionError(text)


WAYS: dict[str, Callable[[str], Outcome]] = {"an outcome": _failed, "an error": _inconclusive, "a crash": _crashed}


def _written(folder: Path, check: Callable[[], Outcome]) -> Iterator[str]:
    """Everything that a check leaves: its result file, and the error that ends its test."""
    reporter = Reporter("masking", CASE, folder=folder / RESULTS_FOLDER, started=time.monotonic(), redaction=REDACTION)
    with pytest.raises((CheckFailed, CheckCrashed, Inconclusive)) as raised:
        reporter.conclude(check)
    reporter.close()
    yield str(raised.value)
    for path in folder.rglob("*.json"):
        yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", ROLES)
def test_no_form_of_a_value_leaves_by_any_way(tmp_path: Path, role: str, form: str, way: str) -> None:
    """Both people's values are redacted in every field of every outcome and error, encoded or in part."""
    written = FORMS[form](_mail(role))
    for sentence in SENTENCES.values():
        for text in _written(tmp_path, lambda sentence=sentence: WAYS[way](sentence.format(written))):  # type: ignore[misc]
            assert written not in text
            assert written.replace("\\", "\\\\") not in text


def test_a_line_keeps_what_is_no_value(tmp_path: Path) -> None:
    """The words around a value stay, so that the reader learns what happened."""
    shown = list(_written(tmp_path, lambda: Outcome(problems=(f"upload {_mail('user')} was refused",))))
    assert shown[0] == "upload [redacted] was refused"


def test_lines_without_a_value_stay_as_they_are(tmp_path: Path) -> None:
    """Ids of values, of sessions and of batches are shown."""
    line = "user.email of 7100000000000000001: batch 1_2 of eae08ac9-184b-517a-8080-5c8eb4fa21ef"
    assert next(_written(tmp_path, lambda: Outcome(problems=(line,)))) == line


def test_the_redaction_of_a_case_is_made_once() -> None:
    """All checks of a case share it; another case has its own."""
    redaction = CaseRedaction(SEED)
    assert redaction.of(CASE) is redaction.of(Case(FORM, 2))
    assert redaction.of(Case(FORM, 1)).text(_mail("user")) == _mail("user")


@pytest.mark.parametrize("role", ROLES)
def test_a_check_of_the_whole_run_shows_no_value_of_any_case(tmp_path: Path, role: str) -> None:
    """What a program of the application says, or a page, may hold what was typed in any journey."""
    redaction = CaseRedaction(SEED, [CASE])
    reporter = Reporter("regression", None, folder=tmp_path, started=time.monotonic(), redaction=redaction)
    with pytest.raises(CheckFailed) as caught:
        reporter.conclude(lambda: Outcome(seen=("3 passed",), problems=(f"ended with 1: {_mail(role)}",)))
    reporter.close()
    (file,) = tmp_path.rglob("*.json")
    written = file.read_text(encoding="utf-8")
    assert _mail(role) not in f"{caught.value}{written}"
    assert "ended with 1: [redacted]" in written
    assert "3 passed" in written
