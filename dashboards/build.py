"""`make dashboards`: writes the JSON files, what each panel is held against, and the page of the documentation."""

import json
from collections.abc import Mapping
from pathlib import Path

from dashboards.catalogue import DASHBOARDS
from dashboards.grafana import as_json
from dashboards.guide import guide

ROOT = Path(__file__).parent.parent
JSON = Path("dashboards/json")
FACTS = Path("dashboards/facts.json")
GUIDE = Path("docs/reference/dashboards.md")


def made() -> Mapping[Path, str]:
    """Every file that is made, with its text; paths are relative to the root."""
    facts = {
        dashboard.uid: {
            "databases": {source.uid: list(names) for source, names in dashboard.databases},
            "panels": {str(number): panel.shows for number, panel in enumerate(dashboard.panels, 1) if panel.shows},
        }
        for dashboard in DASHBOARDS
    }
    return {
        **{JSON / f"{dashboard.uid}.json": as_json(dashboard) for dashboard in DASHBOARDS},
        FACTS: json.dumps(facts, indent=2) + "\n",
        GUIDE: guide(DASHBOARDS),
    }


def main() -> None:
    """Write them all, and remove the file of a dashboard that is no longer there."""
    files = made()
    for old in (ROOT / JSON).glob("*.json"):
        if old.relative_to(ROOT) not in files:
            old.unlink()
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
