"""
Allure's single-file report, without any network connection.

Allure 3 puts Google Analytics into every report and has no switch for it. The tag is removed, and a
Content-Security-Policy forbids every connection.

Trends come from a small file, one line a run, that is kept from run to run.
"""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from maskproof.evidence.allure_results import FOLDER, NOT_DONE
from maskproof.evidence.files import write_whole
from maskproof.machine.node import run_logged
from maskproof.machine.packages import ensure_packages
from maskproof.verdicts.checks import LEAKS

FILE_NAME = "allure.html"
TOOL_FOLDER = Path(__file__).parent / "allure_tool"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data:; "
    "img-src data: blob:; font-src data:; connect-src data: blob:; frame-src blob: data:; worker-src blob:"
)
# A script within the page.
PROGRAM = re.compile(r"data:text/javascript;base64,([A-Za-z0-9+/]+=*)")
ANALYTICS = re.compile(
    r"<script[^>]*googletagmanager[^>]*>\s*</script>|<script[^>]*>(?:(?!</script>).)*gtag\((?:(?!</script>).)*</script>",
    re.DOTALL,
)
AWESOME = {
    "singleFile": True,
    "reportName": "Maskproof",
    "groupBy": ["epic", "feature"],
    "sections": ["charts", "timeline"],
}
HISTORY = "allure-history.jsonl"  # below the reports
HISTORY_RUNS = 20
# The first category that fits is that of a result.
CATEGORIES = [
    {"name": "Leaks", "matchers": [{"statuses": ["failed"], "labels": {"tag": f"^({'|'.join(LEAKS)})$"}}]},
    {"name": "Broken expectations", "matchers": [{"statuses": ["failed"]}]},
    {"name": "Not done", "matchers": [{"statuses": ["broken"], "message": f"^{NOT_DONE}$"}]},
    {"name": "Inconclusive: evidence is missing", "matchers": [{"statuses": ["broken"]}]},
]


def write_allure_report(reports: Path, *, log: Path, into_history: bool = False) -> None:
    """
    Make `allure.html` from `allure-results/` and the history of earlier runs.

    Args:
        reports: The folder of the reports; has `allure-results/` already.
        log: Gets the output of Allure's command line.
        into_history: Whether the run is added to the history: once a run, and only if all of it was done.

    Raises:
        SetupFailed: Allure cannot be fetched or does not run.

    """
    work = (reports / "run" / "allure").resolve()
    work.mkdir(parents=True, exist_ok=True)
    configuration = {
        "name": "Maskproof",
        "output": str(work / "report"),
        "plugins": {"awesome": {"options": AWESOME}},
        "categories": CATEGORIES,
        "historyPath": str((reports / HISTORY).resolve()),
        "historyLimit": HISTORY_RUNS,
        "appendHistory": into_history,
    }
    (work / "allurerc.json").write_text(json.dumps(configuration), encoding="utf-8")
    results = (reports / FOLDER).resolve()
    program = ensure_packages(TOOL_FOLDER, kind="allure") / "allure" / "cli.js"
    run_logged(
        ["node", program, "generate", str(results), "--config", str(work / "allurerc.json")],
        what="make the Allure report",
        cwd=work,
        log=log,
    )
    (html,) = (work / "report").rglob("index.html")
    write_whole(reports / FILE_NAME, without_analytics(html.read_text(encoding="utf-8")))


def without_program(html: str) -> str:
    """
    Allure's page without Allure's own program, which is the same in every report. Any other script stays.

    Args:
        html: The page, which has its scripts as data URLs.

    """
    if PROGRAM.search(html) is None:
        return html
    own = _digests_of_scripts(ensure_packages(TOOL_FOLDER, kind="allure") / "@allurereport")
    return PROGRAM.sub(lambda found: "" if _digest(base64.b64decode(found[1])) in own else found[0], html)


@cache
def _digests_of_scripts(folder: Path) -> frozenset[str]:
    """Digests of what a package serves to browsers."""
    return frozenset(_digest(path.read_bytes()) for path in folder.glob("*/dist/**/*.js"))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def without_analytics(html: str) -> str:
    """Remove Allure's analytics from a report, and add a policy that forbids connections."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return ANALYTICS.sub("", html).replace("<head>", f"<head>{policy}", 1)
