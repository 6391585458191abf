"""Allure's page in a browser, opened from disk: what it shows, and that it asks nobody for anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence.allure import FILE_NAME, HISTORY, write_allure_report
from maskproof.evidence.allure_results import write_allure_results
from maskproof.evidence.places import Places
from maskproof.evidence.summary import summarise
from maskproof.settings import load_settings

INSIDE = ("data:", "blob:")
pytestmark = pytest.mark.nightly  # Allure's generator and a browser: ten seconds


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of two runs, of which the second found a leak."""
    reports = tmp_path_factory.mktemp("reports")
    places = Places(load_settings(ROOT / "maskproof.toml"), {})
    for verdict in ("pass", "fail"):
        results = [*whole_run(), result("masking", verdict, form="contact")]
        summary = summarise(results, expected=(), target="embedded", seed="seed", rules_version="v")
        write_allure_results(reports, summary, places, facts={"target": "embedded"})
        write_allure_report(reports, log=reports / "allure.log", into_history=True)
    return reports


@pytest.fixture
def asked() -> list[str]:
    """What the page asked for outside of itself."""
    return []


@pytest.fixture
def page(browser: Browser, reports: Path, asked: list[str]) -> Iterator[Page]:
    """The page, once it shows its results."""
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: None if request.url.startswith(INSIDE) else asked.append(request.url))
    page.goto((reports / FILE_NAME).as_uri())
    expect(page.get_by_test_id("test-result-tree-item").or_(page.get_by_text("Passed")).first).to_be_visible()
    yield page
    context.close()


def test_every_result_is_counted_and_nothing_is_asked_for(page: Page, asked: list[str]) -> None:
    """The totals are those of the run, whole-run checks among them."""
    total = len(whole_run()) + 1
    text = page.inner_text("body")
    assert f"Total\n{total}" in text
    assert f"Passed\n{total - 1}" in text
    assert [url for url in asked if not url.endswith(FILE_NAME)] == []


def test_a_result_shows_its_category_links_and_history(page: Page, asked: list[str]) -> None:
    """The one that failed passed in the run before."""
    page.get_by_text("Contact with a long text: No PII is recorded (protocol 1)").first.click()
    expect(page.get_by_text("Category: Leaks")).to_be_visible()
    expect(page.get_by_role("button", name="History 1")).to_be_visible()
    expect(page.get_by_text("form fixture contact.yaml").first).to_be_attached()
    assert [url for url in asked if not url.endswith(FILE_NAME)] == []


def test_the_history_is_small_and_has_a_line_a_run(reports: Path) -> None:
    """A few hundred bytes a check and run."""
    lines = (reports / HISTORY).read_text().splitlines()
    assert len(lines) == 2
    assert len(lines[0]) < 1000 * (len(whole_run()) + 1)
