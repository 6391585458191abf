"""What Umami's own web pages showed in a run, for the report: numbers beside those that were sent, and pictures."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.verdicts.pictures import PICTURES_FOLDER, UMAMI_PAGES, UMAMI_PAGES_INDEX, data_url


@dataclass(frozen=True, slots=True)
class SeenPages:
    """
    The pages of a run: the time that they show, and a picture of each as a data URL, by its title.

    Each of `numbers` says `what` it counts, how much was `sent` of it, and how much is `shown`.
    """

    range: str
    numbers: tuple[dict[str, Any], ...]
    pictures: tuple[tuple[str, str], ...]


def read_pages(reports: Path) -> SeenPages | None:
    """What a run kept of Umami's pages; None if they were not read."""
    folder = reports / PICTURES_FOLDER / UMAMI_PAGES
    file = folder / UMAMI_PAGES_INDEX
    if not file.is_file():
        return None
    data = json.loads(file.read_text(encoding="utf-8"))
    paths = [(picture["title"], folder / picture["file"]) for picture in data["pictures"]]
    return SeenPages(
        range=data["range"],
        numbers=tuple(data["rows"]),
        pictures=tuple((title, data_url(path.suffix, path.read_bytes())) for title, path in paths),
    )
