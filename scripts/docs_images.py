"""Renews the pictures of the docs from the last run's report: `make docs-images`, after a whole `make verify`."""

import argparse
import json
import sys
from pathlib import Path

from maskproof.recording.browser import running_browser

ROOT = Path(__file__).parent.parent
WINDOW = (1200, 1000)


def main() -> int:
    """Draw the first screen of the report, in light colours; 2 without a run that ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=ROOT / "reports", help="the folder of the reports")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images", help="where to write")
    arguments = parser.parse_args()
    report = arguments.reports / "report.html"
    if not _is_finished(arguments.reports) or not report.is_file():
        print(f"docs-images: error: {arguments.reports} holds no run that ended.", file=sys.stderr)
        print("  Run make verify first.", file=sys.stderr)
        return 2
    with running_browser() as browser:
        width, height = WINDOW
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.goto(report.absolute().as_uri())
        page.screenshot(path=arguments.to / "report.png")
    print(arguments.to / "report.png")
    return 0


def _is_finished(reports: Path) -> bool:
    try:
        return bool(json.loads((reports / "summary.json").read_text(encoding="utf-8"))["finished"])
    except (OSError, ValueError, KeyError):
        return False


if __name__ == "__main__":
    sys.exit(main())
