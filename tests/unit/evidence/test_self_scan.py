"""The reports of a run are searched for its own values."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.samples import FORM

from maskproof.evidence.self_scan import scan_reports, searcher_of_run
from maskproof.recording.recorder import Case, personas_of

CASE = Case(FORM, 2)


def _mail(role: str) -> str:
    return personas_of(CASE, "seed", role).value("user.email").reveal()


@pytest.mark.parametrize("role", ["user", "twin"])
@pytest.mark.parametrize("name", ["report.html", "summary.json", "allure-results/1-result.json"])
def test_a_value_in_any_report_is_a_fail(tmp_path: Path, name: str, role: str) -> None:
    """The problem names the file and the value, and does not show it."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(f"<p>{_mail(role)}</p>", encoding="utf-8")
    outcome = scan_reports(tmp_path, searcher_of_run([CASE], "seed"))
    assert outcome.problems == (f"{name} holds user.email of demo-v2, {role}",)


CODED: dict[str, Callable[[str], str]] = {
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "escapes": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "the local part": lambda text: text.partition("@")[0],
}


@pytest.mark.parametrize("coding", CODED)
def test_a_value_in_another_form_is_found_too(tmp_path: Path, coding: str) -> None:
    """The search is the one that looks for leaks."""
    (tmp_path / "report.html").write_text(f"<p>{CODED[coding](_mail('user'))}</p>", encoding="utf-8")
    assert scan_reports(tmp_path, searcher_of_run([CASE], "seed")).verdict == "fail"


def test_reports_without_a_value_pass(tmp_path: Path) -> None:
    """The evidence says how much was searched; what the run keeps for itself, and pictures, are left out."""
    (tmp_path / "report.html").write_text('<p>user.email</p><img src="data:image/png;base64,iVBORw0K">', "utf-8")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "wire.bin").write_text(_mail("user"), "utf-8")
    outcome = scan_reports(tmp_path, searcher_of_run([CASE], "seed"))
    assert outcome.verdict == "pass"
    assert outcome.seen == ("2 values looked for in 1 files of reports, 29 characters",)


@pytest.mark.parametrize("picture", ["iVBORw0KGgo{}", "/9j/4AAQ{}"])
def test_pictures_within_allure_s_page_are_no_text(tmp_path: Path, picture: str) -> None:
    """They are known by how they begin; what begins otherwise is decoded and searched."""
    hidden = base64.b64encode(_mail("user").encode()).decode()
    (tmp_path / "allure.html").write_text(f'd("data/1.png","{picture.format("A" * 40)}")')
    assert scan_reports(tmp_path, searcher_of_run([CASE], "seed")).verdict == "pass"
    (tmp_path / "allure.html").write_text(f'd("data/1.txt","{hidden}")')
    assert scan_reports(tmp_path, searcher_of_run([CASE], "seed")).verdict == "fail"


def test_without_a_report_nothing_was_seen(tmp_path: Path) -> None:
    """An empty folder is missing evidence."""
    assert scan_reports(tmp_path, searcher_of_run([CASE], "seed")).verdict == "inconclusive"


def test_a_pdf_that_cannot_be_read_is_missing_evidence(tmp_path: Path) -> None:
    """It is not taken for one that holds nothing."""
    (tmp_path / "audit.pdf").write_bytes(b"no PDF")
    outcome = scan_reports(tmp_path, searcher_of_run([CASE], "seed"))
    assert outcome.verdict == "inconclusive"
    assert outcome.unseen[0].startswith("audit.pdf cannot be read: ")
