"""
Allure's single-file report, without any network connection.

Allure 3 puts Google Analytics into every report and has no switch for it. The tag is removed, and a
Content-Security-Policy forbids every connection.
"""

import json
import re
from pathlib import Path

from maskproof.evidence.files import write_whole
from maskproof.machine.node import run_logged
from maskproof.machine.packages import ensure_packages

FILE_NAME = "allure.html"
TOOL_FOLDER = Path(__file__).parent / "allure_tool"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data:; "
    "img-src data: blob:; font-src data:; connect-src data: blob:; frame-src blob: data:; worker-src blob:"
)
ANALYTICS = re.compile(
    r"<script[^>]*googletagmanager[^>]*>\s*</script>|<script[^>]*>(?:(?!</script>).)*gtag\((?:(?!</script>).)*</script>",
    re.DOTALL,
)
CATEGORIES = [
    {"name": "Leaks and broken expectations", "matchedStatuses": ["failed"]},
    {"name": "Inconclusive: evidence is missing", "matchedStatuses": ["broken"]},
]


def write_allure_report(reports: Path, *, log: Path) -> None:
    """
    Make `allure.html` from `allure-results/`.

    Args:
        reports: The folder of the reports; has `allure-results/` already.
        log: Gets the output of Allure's command line.

    Raises:
        SetupFailed: Allure cannot be fetched or does not run.

    """
    work = (reports / "run" / "allure").resolve()
    work.mkdir(parents=True, exist_ok=True)
    configuration = {
        "name": "Maskproof",
        "output": str(work / "report"),
        "plugins": {
            "awesome": {"options": {"singleFile": True, "reportName": "Maskproof", "groupBy": ["epic", "feature"]}}
        },
        "categories": CATEGORIES,
    }
    (work / "allurerc.json").write_text(json.dumps(configuration), encoding="utf-8")
    results = (reports / "allure-results").resolve()
    program = ensure_packages(TOOL_FOLDER, kind="allure") / "allure" / "cli.js"
    run_logged(
        ["node", program, "generate", str(results), "--config", str(work / "allurerc.json")],
        what="make the Allure report",
        cwd=work,
        log=log,
    )
    (html,) = (work / "report").rglob("index.html")
    write_whole(reports / FILE_NAME, without_analytics(html.read_text(encoding="utf-8")))


def without_analytics(html: str) -> str:
    """Remove Allure's analytics from a report, and add a policy that forbids connections."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    return ANALYTICS.sub("", html).replace("<head>", f"<head>{policy}", 1)
