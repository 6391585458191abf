"""The results of a run as JUnit XML, which CI servers read: one test case a check, those of the whole run too."""

from xml.etree import ElementTree as ET

from maskproof.evidence.summary import Summary
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.results import Result

FILE_NAME = "junit.xml"


def junit_xml(summary: Summary) -> str:
    """
    The results as XML.

    A failed check is a failure, an inconclusive one an error, and one that was not done an error, too: a server that
    counts neither as skipped shows no green run that is none.
    """
    inconclusive = [result for result in summary.results if result.verdict == "inconclusive"]
    failed = [result for result in summary.results if result.verdict == "fail"]
    suite = ET.Element(
        "testsuite",
        name="maskproof",
        tests=str(len(summary.results) + len(summary.missing)),
        failures=str(len(failed)),
        errors=str(len(inconclusive) + len(summary.missing)),
        skipped="0",
        time=f"{sum(result.seconds for result in summary.results):.3f}",
    )
    for result in summary.results:
        _add(suite, result)
    for name in summary.missing:
        check, _, form = name.partition(" ")
        case = ET.SubElement(suite, "testcase", classname=f"maskproof.{form}", name=TITLES[check], time="0")
        ET.SubElement(case, "error", message="the check was not done")
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _add(suite: ET.Element, result: Result) -> None:
    form = result.case
    case = ET.SubElement(
        suite, "testcase", classname=f"maskproof.{form}", name=TITLES[result.check], time=f"{result.seconds:.3f}"
    )
    if result.verdict != "pass":
        kind = "failure" if result.verdict == "fail" else "error"
        first = result.explanation.partition("\n")[0]
        ET.SubElement(case, kind, message=_printable(first)).text = _printable(result.explanation)


def _printable(text: str) -> str:
    """A text without the control characters that XML cannot hold."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)
