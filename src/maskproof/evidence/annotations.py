"""
What did not pass, on the lines that it is about: for GitHub's annotations and GitLab's report of code quality.

Each text goes through the choke point of texts before it leaves the run.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maskproof.evidence.files import write_whole
from maskproof.evidence.places import Place, Places
from maskproof.journey.model import REFERENCE
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.verdicts.checks import SEVERITIES, TITLES
from maskproof.verdicts.outcome import counted, describe_finding, grouped_findings
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict

CODE_QUALITY = "gl-code-quality-report.json"  # below the reports
GITHUB, STEP_SUMMARY = "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"
LEVELS = {"fail": "error", "inconclusive": "warning"}
QUALITY = {"blocker": "blocker", "critical": "critical", "normal": "major"}
AT_LINE = re.compile(r"([\w.-]+\.ya?ml):(\d+)")
WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One text on one line of a file."""

    path: str
    line: int
    check: str
    verdict: Verdict
    text: str


def annotations(results: Sequence[Result], places: Places, safe: SafeTexts) -> list[Annotation]:
    """
    What did not pass, failures first; what both protocol versions say alike is there once.

    Args:
        results: Every result of the run.
        places: Where fixtures and rules are.
        safe: Redacts by the values of the run.

    """
    found = dict.fromkeys(
        Annotation(places.path(place), place.line, result.check, result.verdict, safe.text(text))
        for result in results
        if result.verdict != "pass" and not result.explanation.startswith(REFERENCE)
        for place, text in _of(result, places)
    )
    return sorted(found, key=lambda one: one.verdict != "fail")


def github_lines(found: Sequence[Annotation]) -> Iterator[str]:
    """Annotations as the workflow commands that GitHub reads from the output of a step."""
    for one in found:
        where = f"file={_property(one.path)},line={one.line},title={_property(f'Maskproof: {TITLES[one.check]}')}"
        yield f"::{LEVELS[one.verdict]} {where}::{_message(one.text)}"


def code_quality(found: Sequence[Annotation]) -> str:
    """Annotations as GitLab's report of code quality; an empty list of a run that passed."""
    entries = [
        {
            "description": f"{TITLES[one.check]}: {one.text}",
            "check_name": one.check,
            "fingerprint": hashlib.sha256(f"{one.path} {one.check} {one.text}".encode()).hexdigest(),
            "severity": QUALITY[SEVERITIES[one.check]] if one.verdict == "fail" else "minor",
            "location": {"path": one.path, "lines": {"begin": one.line}},
        }
        for one in found
    ]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def write_annotations(
    reports: Path, found: Sequence[Annotation], page: str, *, environment: Mapping[str, str] | None = None
) -> None:
    """
    Write GitLab's report and, in a job of GitHub, print annotations and add a page to the summary of the job.

    Args:
        reports: The folder of the reports.
        found: The annotations.
        page: The run as Markdown.
        environment: Environment variables by name; default is those of the process.

    """
    known = os.environ if environment is None else environment
    write_whole(reports / CODE_QUALITY, code_quality(found))
    if known.get(GITHUB):
        for line in github_lines(found):
            print(line, flush=True)
    if summary := known.get(STEP_SUMMARY):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(page)


def _of(result: Result, places: Places) -> Iterator[tuple[Place, str]]:
    """The places of a result, each with what is said there."""
    for finding, count in grouped_findings(result.findings):
        text = counted(describe_finding(finding, with_source=False), count)
        yield places.of_value(result.form, finding["value_id"]), text
        for rule in places.rules_of([finding["category"]]):
            yield rule, f"no rule of {finding['category']} kept this from being recorded in {result.form}: {text}"
    if not result.findings:
        for line in result.explanation.splitlines():
            if not line.startswith(" "):  # a hint belongs to the line above it
                yield from ((place, line) for place in _places(result, line, places))


def _places(result: Result, line: str, places: Places) -> list[Place]:
    named = places.named_in(result.form, WORD.findall(line)) if result.check.startswith("rules") else []
    whole = places.of_form(result.form) if places.form(result.form) else places.of_check(result.check)
    lines = [int(found[2]) for found in AT_LINE.finditer(line) if found[1] == whole.file.name]
    return named or [replace(whole, line=lines[0]) if lines else whole]


def _message(text: str) -> str:
    """A text that ends no workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
