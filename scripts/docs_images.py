"""Renews the pictures of the docs from the last run's report: `make docs-images`, after a whole `make verify`."""

import argparse
import json
import shutil
import sys
from pathlib import Path

from maskproof.recording.browser import running_browser
from maskproof.verdicts.pictures import PICTURES_FOLDER, UMAMI_PAGES

ROOT = Path(__file__).parent.parent
WINDOW = (1200, 1000)
OVERHEAD = "svg.chart"
# Pictures of the docs that the run itself took, by their names.
TAKEN = {
    "replay.png": f"{PICTURES_FOLDER}/sign-up-v2/filled-1-recorded.png",
    "umami.jpg": f"{PICTURES_FOLDER}/{UMAMI_PAGES}/1.jpg",
}


def main() -> int:
    """Draw parts of the report in light colours, and take pictures of the run; 2 without a run that ended."""
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
        page.locator(OVERHEAD).screenshot(path=arguments.to / "overhead.png")
    for name, source in TAKEN.items():
        if (arguments.reports / source).is_file():
            shutil.copyfile(arguments.reports / source, arguments.to / name)
        else:
            print(f"docs-images: {name} stays as it is: the run left no {source}", file=sys.stderr)
    return 0


def _is_finished(reports: Path) -> bool:
    try:
        return bool(json.loads((reports / "summary.json").read_text(encoding="utf-8"))["finished"])
    except (OSError, ValueError, KeyError):
        return False


if __name__ == "__main__":
    sys.exit(main())
