"""Reports are unfinished until they are finished."""

import json
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence import reports
from maskproof.evidence.reports import write_reports, write_unfinished
from maskproof.machine.failures import SetupFailed
from maskproof.settings import load_settings
from maskproof.verdicts.checks import SEARCHED
from maskproof.verdicts.outcome import Outcome


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are printed; no browser prints them."""
    pages: list[str] = []
    monkeypatch.setattr(reports, "write_pdf", lambda _folder, page, **_: pages.append(page))
    return pages


def test_a_run_first_removes_an_old_pass(tmp_path: Path) -> None:
    """All three reports are overwritten, and none is a pass."""
    (tmp_path / "summary.json").write_text('{"verdict": "pass"}')
    write_unfinished(tmp_path, "It has not finished.")
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary == {"verdict": "inconclusive", "finished": None, "reason": "It has not finished."}
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "report.html", "allure.html"}


def test_the_folder_is_made(tmp_path: Path) -> None:
    """The first run has no folder of reports yet."""
    write_unfinished(tmp_path / "new" / "reports", "reason")
    assert (tmp_path / "new" / "reports" / "summary.json").is_file()


def test_no_green_page_stands_beside_an_unfinished_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed between two files: the pages of the run before go first."""
    written: list[str] = []
    for module in ("html", "reports"):
        monkeypatch.setattr(f"maskproof.evidence.{module}.write_whole", lambda path, _: written.append(path.name))
    write_unfinished(tmp_path, "It has not finished.")
    assert written == ["report.html", "allure.html", "summary.json"]


def test_the_summary_is_finished_before_the_page_is_green(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The page is the last that may say pass."""
    written: list[str] = []
    for name in ("write_allure_results", "write_allure_report", "write_summary", "write_report"):
        monkeypatch.setattr(reports, name, lambda *_, called=name, **__: written.append(called))
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})
    write_reports(settings, whole_run(), seed="seed")
    texts = ["write_allure_results", "write_summary", "write_report"]
    assert written == [*texts, "write_allure_results", "write_allure_report", *texts]


def test_no_page_is_green_before_the_reports_were_searched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """While they are searched, that check is missing; a value in one of them fails the run."""
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})
    monkeypatch.setattr(reports, "write_allure_report", lambda *_, **__: None)
    monkeypatch.setattr(reports, "expected_checks", lambda _: (f"{SEARCHED} all",))
    before: list[str] = []

    def found(*_: object) -> Outcome:
        before.append(json.loads((tmp_path / "summary.json").read_text())["verdict"])
        return Outcome(problems=("report.html holds user.email",))

    monkeypatch.setattr(reports, "scan_evidence", found)
    results = [result for result in whole_run() if result.check != SEARCHED]
    assert write_reports(settings, results, seed="seed").verdict == "fail"
    assert before == ["inconclusive"]
    assert json.loads((tmp_path / "summary.json").read_text())["verdict"] == "fail"


def test_the_audit_pack_is_printed_with_the_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, printed: list[str]
) -> None:
    """Once, from what was searched; then it is searched itself."""
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})
    monkeypatch.setattr(reports, "write_allure_report", lambda *_, **__: None)
    monkeypatch.setattr(reports, "expected_checks", lambda _: (f"{SEARCHED} all",))
    monkeypatch.setattr(reports, "scan_evidence", lambda *_: Outcome(seen=("all",)))
    results = [result for result in whole_run() if result.check != SEARCHED]
    write_reports(settings, results, seed="seed")
    (page,) = printed
    assert "Yes" in page
    assert "<script" not in page


def test_a_value_in_what_is_made_last_fails_the_run_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, printed: list[str]
) -> None:
    """It is made again with that verdict, and nothing else has said pass before."""
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})
    monkeypatch.setattr(reports, "write_allure_report", lambda *_, **__: None)
    monkeypatch.setattr(reports, "expected_checks", lambda _: (f"{SEARCHED} all",))
    monkeypatch.setattr(reports, "scan_evidence", lambda *_: Outcome(seen=("all",)))
    before: list[str] = []

    def found(*_: object, only: frozenset[str]) -> Outcome:
        before.append(json.loads((tmp_path / "summary.json").read_text())["verdict"])
        return Outcome(problems=tuple(f"{name} holds user.email" for name in sorted(only)))

    monkeypatch.setattr(reports, "scan_reports", found)
    results = [result for result in whole_run() if result.check != SEARCHED]
    summary = write_reports(settings, results, seed="seed")
    assert (summary.verdict, before) == ("fail", ["inconclusive"])
    assert "allure.html holds user.email\naudit.pdf holds user.email" in summary.results[-1].explanation
    first, last = printed
    assert "Yes" in first
    assert "No" in last


def test_a_pack_that_cannot_be_printed_changes_no_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is another view of the same results; what is missing is said."""
    settings = load_settings(ROOT / "maskproof.toml", overrides={"paths.reports": str(tmp_path)})

    def fails(*_: object, **__: object) -> None:
        raise SetupFailed("There is no Chromium.", hint="")

    monkeypatch.setattr(reports, "write_pdf", fails)
    monkeypatch.setattr(reports, "write_allure_report", lambda *_, **__: None)
    monkeypatch.setattr(reports, "scan_evidence", lambda *_: Outcome(seen=("all",)))
    monkeypatch.setattr(reports, "expected_checks", lambda _: ())
    assert write_reports(settings, [result("masking")], seed="seed").verdict == "pass"
    assert "no audit.pdf: There is no Chromium." in capsys.readouterr().err
