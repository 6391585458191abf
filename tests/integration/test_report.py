"""The report in a real browser: who can read it, where, and that opening it asks nobody; and the printed pack."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize
from pypdf import PdfReader
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import FINDING, result, whole_run
from tests.unit.samples import FORM

from maskproof.evidence.audit.pdf import FILE_NAME, printed
from maskproof.evidence.audit.sessions import Pair, Session, TextRow
from maskproof.evidence.html import PRINTED, Project, render_report
from maskproof.evidence.self_scan import scan_reports, searcher_of_run
from maskproof.evidence.summary import Summary, summarise
from maskproof.forms import load_forms
from maskproof.recording.recorder import Case, personas_of
from maskproof.rules import load_rules
from maskproof.verdicts.criteria import load_criteria
from maskproof.verdicts.results import Result

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
    "rkJggg=="
)
PLACE = {"number": 1, "label": "E-mail", "category": "email", "rules": ["email-inputs"], "holds": "a value: a leak"}
FOCUSED = "document.activeElement.tagName + (document.activeElement.getAttribute('role') ?? '')"
PHONE: ViewportSize = {"width": 390, "height": 844}
FIGURES = {f"typing.{name}": value for name, value in (("median_ms", 4.0), ("lower_ms", -2.0), ("upper_ms", 9.0))}
MAIL = personas_of(Case(FORM, 2), "seed", "user").value("user.email").reveal()


def _session(form: str, *said: str) -> Session:
    rows = tuple(TextRow("url", "SetPageLocation.URL", "", (text,), 1) for text in ("/demo", "[redacted]", *said))
    pair = Pair("The form is filled in", PIXEL, PIXEL, (PLACE,))
    return Session(
        form, 1, (pair,), form_id=form, id="7", texts=rows, database=rows, looked_at={"url": 2, "console": 1}
    )


def _failing() -> list[Result]:
    declared = ("declared volatile: a clock: left out in 2 places", "accepted by known: Ticket 17. (Pat)")
    return [
        result("masking", "fail"),
        result("capture", "inconclusive"),
        replace(result("fidelity"), seen=declared, advisory=({**FINDING, "accepted_by": "known"},)),
        replace(result("overhead", form="all", protocol=0), figures=FIGURES),
    ]


RUNS = {"green": whole_run(), "failing": _failing(), "empty": []}


def _summary(results: list[Result]) -> Summary:
    expected = [*(one.name for one in results), *(["twin demo-v1"] if results != whole_run() else [])]
    criteria = load_criteria(ROOT / "criteria.yaml")
    return summarise(results, expected=expected, target="embedded", seed="s", rules_version="v", criteria=criteria)


def _page(run: str, *said: str, name: str = "report.html") -> str:
    project = Project(
        load_forms(ROOT / "fixtures/forms"), rules=load_rules(ROOT / "masking_rules"), root=ROOT, commit="abc"
    )
    sessions = [_session("demo", *said), _session("other")] if RUNS[run] else []
    return render_report(_summary(RUNS[run]), margin_ms=50, sessions=sessions, project=project, name=name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("run", RUNS)
def test_axe_finds_nothing(browser: Browser, run: str, scheme: Literal["light", "dark"]) -> None:
    """Structure, names and contrast, with everything unfolded; on a phone nothing is wider than the screen."""
    context = browser.new_context(color_scheme=scheme, viewport=PHONE)
    page = context.new_page()
    page.set_content(_page(run))
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
    found = Axe().run(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert width <= PHONE["width"]


def test_axe_finds_a_picture_without_a_text(browser: Browser) -> None:
    """The control: a page with a fault has one."""
    page = browser.new_page()
    page.set_content(_page("failing").replace(" alt=", " data-alt="))
    found = Axe().run(page)
    page.close()
    assert "image-alt" in {violation["id"] for violation in found.response["violations"]}


def test_opening_it_asks_nobody(browser: Browser, tmp_path: Path) -> None:
    """It is opened from a disk, and its pictures are part of it."""
    (tmp_path / "report.html").write_text(_page("failing"), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/report.html")
    loaded = page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    page.close()
    assert loaded
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_the_keyboard_reaches_what_is_folded_and_what_scrolls(browser: Browser) -> None:
    """The first stop leads to the findings, which is what a reader wants."""
    page = browser.new_page()
    page.set_content(_page("failing"))
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.tagName + (document.activeElement.getAttribute('role') ?? '')")
        )
    page.close()
    assert first == "To the findings"
    assert {"SUMMARY", "DIVregion", "A"} <= reached


def test_the_pack_is_printed_with_pictures_and_searched(browser: Browser, tmp_path: Path) -> None:
    """On sheets of A4; the search of the reports reads its text, also where a line is broken."""
    searcher = searcher_of_run([Case(FORM, 2)], "seed")
    file = tmp_path / FILE_NAME
    file.write_bytes(printed(browser, _page("green", name=PRINTED), footer="<run> of today"))
    reader = PdfReader(file)
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Sign-off sheet" in text
    assert "<run> of today" in text
    assert "Every text of the recording" in text
    assert any(page.images.keys() for page in reader.pages)
    assert abs(float(reader.pages[0].mediabox.width) - 595) < 2
    assert scan_reports(tmp_path, searcher).verdict == "pass"
    file.write_bytes(printed(browser, _page("green", f"{'x' * 70}-{MAIL}", name=PRINTED), footer="run"))
    assert scan_reports(tmp_path, searcher).problems == ("audit.pdf holds user.email of demo-v2, user",)
