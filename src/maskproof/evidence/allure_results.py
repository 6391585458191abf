"""
The results of a run as Allure's own files: one test result a check, those of the whole run and those not done too.

They are made from the results of the run, so that Allure counts what every other report counts.
"""

import json
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Attachment, Label, Link, Parameter, Status, StatusDetails, TestResult, TestStepResult

from maskproof.evidence.places import Places
from maskproof.evidence.summary import Summary
from maskproof.settings_schema import CHROMIUM
from maskproof.verdicts.checks import DESCRIPTIONS, SEVERITIES, TITLES
from maskproof.verdicts.outcome import describe_findings
from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER, TYPES
from maskproof.verdicts.results import NO_CASE, Result, case_id, in_browser

FOLDER = "allure-results"  # below the reports
STATUS = {"pass": Status.PASSED, "fail": Status.FAILED, "inconclusive": Status.BROKEN}
NOT_DONE = "the check was not done"
TEXT = "text/plain"
# Megabytes of pictures, so that the report, where they are base64, stays under fifteen.
PICTURE_BYTES = 7_000_000
# What a result is named by over all runs, so that its history is found.
NAMESPACE = uuid.UUID("5c3ad3a8-6f0f-4b0e-9a2b-5d8a0c1c2f11")


def write_allure_results(reports: Path, summary: Summary, places: Places, *, facts: Mapping[str, str]) -> None:
    """
    Write `allure-results/` anew.

    Args:
        reports: The folder of the reports; its pictures go into the results.
        summary: The run.
        places: Where fixtures and rules are, for titles and links.
        facts: What is shown as the environment of the run, by name.

    """
    _Writer(reports, summary, places).write(facts)


class _Case(NamedTuple):
    """What a result is of; of the whole run, `protocol` is 0."""

    form: str
    protocol: int
    browser: str = CHROMIUM

    @classmethod
    def of(cls, name: str) -> "_Case":
        """The case that the name of a missing check ends with."""
        if name == NO_CASE:
            return cls(name, 0)
        form, _, rest = name.rpartition("-v")
        protocol, _, browser = rest.partition("-")
        return cls(form, int(protocol), browser or CHROMIUM)


class _Writer:
    def __init__(self, reports: Path, summary: Summary, places: Places) -> None:
        self._reports, self._summary, self._places = reports, summary, places
        self._folder = reports / FOLDER
        self._room = PICTURE_BYTES

    def write(self, facts: Mapping[str, str]) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        logger = AllureFileLogger(str(self._folder))
        # The pictures of the newest protocol version first, if there is no room for all.
        for result in sorted(self._summary.results, key=lambda result: -result.protocol):
            logger.report_result(self._result(result))
        for name in self._summary.missing:
            logger.report_result(self._missing(name))
        lines = (f"{name} = {value}\n" for name, value in facts.items() if value)
        (self._folder / "environment.properties").write_text("".join(lines), encoding="utf-8")

    def _result(self, result: Result) -> TestResult:
        case = _Case(result.form, result.protocol, result.browser)
        made = self._named(result.check, case, requirement=result.requirement)
        made.status, made.start = STATUS[result.verdict], result.started_ms
        made.stop = result.started_ms + round(result.seconds * 1000)
        made.links = [Link("link", url, name) for name, url in self._links(result)]
        made.steps = [*self._steps(result), *self._moments(result)]
        if result.verdict != "pass":
            first, _, more = result.explanation.partition("\n")
            made.statusDetails = StatusDetails(message=first, trace=more)
        for name, findings in (("findings", result.findings), ("advisory findings", result.advisory)):
            if findings:
                text = "\n".join(describe_findings(findings)).encode()
                made.attachments.append(self._attached(f"{result.name}-{name}.txt", text, name, TEXT))
        return made

    def _missing(self, name: str) -> TestResult:
        check, _, case = name.partition(" ")
        made = self._named(check, _Case.of(case), requirement=TITLES[check])
        made.status, made.statusDetails = Status.BROKEN, StatusDetails(message=NOT_DONE)
        return made

    def _named(self, check: str, of: "_Case", *, requirement: str) -> TestResult:
        """What a result has whatever came of it."""
        fixture = self._places.form(of.form)
        title = fixture.title if fixture else "All forms"
        case = case_id(of.form, of.protocol, of.browser) if of.protocol else of.form
        circumstances = f" (protocol {of.protocol}{in_browser(of.browser)})" if of.protocol else ""
        made_id = uuid.uuid5(NAMESPACE, f"{check} {case}").hex
        made = TestResult(
            uuid=str(uuid.uuid5(NAMESPACE, f"{check} {case}")),
            name=f"{title}: {TITLES[check]}{circumstances}",
            fullName=f"maskproof.{check}#{case}",
            historyId=made_id,
            testCaseId=made_id,
            description=DESCRIPTIONS[check],
        )
        labels = {
            "epic": requirement,
            "feature": title,
            "story": TITLES[check],
            "severity": SEVERITIES[check],
            "tag": check,
            "parentSuite": "Maskproof",
            "suite": title,
            "framework": "maskproof",
            "language": "python",
        }
        made.labels = [Label(name, value) for name, value in labels.items()]
        if of.protocol:
            made.parameters = [Parameter("protocol", str(of.protocol))]
            if of.browser != CHROMIUM:
                made.parameters.append(Parameter("browser", of.browser))
        return made

    def _links(self, result: Result) -> Iterator[tuple[str, str]]:
        """The fixture of a form and the rules of its categories; of a check of the whole run, the configuration."""
        form = self._places.form(result.form)
        place = self._places.of_form(result.form) if form else self._places.of_check(result.check)
        yield f"{'form fixture' if form else 'configuration'} {place.file.name}", self._places.url(place, self._reports)
        categories = [field.category for field in form.pii_fields] if form else []
        for rule in self._places.rules_of(categories):
            yield f"masking rules {rule.file.name}", self._places.url(rule, self._reports)

    def _steps(self, result: Result) -> Iterator[TestStepResult]:
        for line in result.seen:
            yield TestStepResult(name=f"saw: {line}", status=Status.PASSED)
        if result.verdict != "pass":
            found = "found" if result.verdict == "fail" else "missing"
            for line in result.explanation.splitlines():
                yield TestStepResult(name=f"{found}: {line.strip()}", status=STATUS[result.verdict])

    def _moments(self, result: Result) -> Iterator[TestStepResult]:
        """The pictures of a journey, at the check that draws them."""
        folder = self._reports / PICTURES_FOLDER / result.case
        if result.check != "replay" or not (folder / INDEX).is_file():
            return
        for moment in json.loads((folder / INDEX).read_text(encoding="utf-8"))["moments"]:
            step = TestStepResult(name=moment["title"], status=Status.PASSED)
            for name in moment["pictures"]:
                picture = (folder / name).read_bytes()
                if len(picture) > self._room:
                    step.name = f"{moment['title']} (its pictures are in report.html)"
                    break
                self._room -= len(picture)
                side = "what the recording shows" if Path(name).stem.endswith("-recorded") else "what the person saw"
                step.attachments.append(
                    self._attached(f"{result.name}-{name}", picture, side, TYPES[Path(name).suffix])
                )
            yield step

    def _attached(self, key: str, data: bytes, name: str, kind: str) -> Attachment:
        """Write what a result shows besides its texts."""
        file = f"{uuid.uuid5(NAMESPACE, key)}-attachment{Path(key).suffix}"
        (self._folder / file).write_bytes(data)
        return Attachment(name=name, source=file, type=kind)
