"""Holds what Umami's own web pages show against what the browsers sent, and keeps pictures of them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Page

from maskproof.clock import HOUR_MS, now_ms
from maskproof.journey.redact import pattern_of
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.panels.traffic import EVENT, VIEW, Hit, sent_hits
from maskproof.recording.addresses import StackAddresses
from maskproof.recording.browser import running_browser
from maskproof.recording.cases import selected_cases
from maskproof.replay.draw import picture_of, suffix_of
from maskproof.replay.labels import labels_of
from maskproof.secrets import Secret
from maskproof.settings import Settings
from maskproof.suite.safe_outcome import secrets_of
from maskproof.suite.whole_run import conclude_after_journeys
from maskproof.umami.build import ensure_umami_pages
from maskproof.umami.pages import RANGE, VIEWS, VISITORS, UmamiPages, opened
from maskproof.umami.server import UmamiServer
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.pictures import PICTURES_FOLDER, UMAMI_PAGES, UMAMI_PAGES_INDEX

CHECK = "umami-pages"
# The last 24 hours begin with an hour, so that this much of them is sure.
RANGE_MS = 23 * HOUR_MS
OVERVIEW, EVENTS = "The website", "Its events"


@dataclass(frozen=True, slots=True)
class Account:
    """The website that is looked at, and the account that may."""

    website: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Row:
    """One number: what it counts, how much the browsers sent of it, and how much the page shows."""

    what: str
    sent: int
    shown: int

    @property
    def problem(self) -> str:
        """What is wrong with it; empty if nothing is."""
        return "" if self.sent == self.shown else f"Umami's page shows {self.shown} {self.what}; {self.sent} were sent"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of the pages: their numbers, and a picture of each by its title."""

    numbers: Mapping[str, int]
    events: Mapping[str, int]
    pictures: Mapping[str, bytes]


def conclude_umami_pages(settings: Settings, addresses: StackAddresses, database: str, *, seed: str) -> None:
    """
    Read the pages of the embedded Umami, write the result and keep pictures.

    Args:
        settings: The configuration.
        addresses: Those of the embedded target.
        database: The connection string of Umami's database.
        seed: The seed of the run's personas, whose values are covered in pictures.

    """

    def ask(safe: SafeTexts) -> Outcome:
        umami, folder = addresses.umami, addresses.work_dir
        hits = sent_hits(folder, umami.website_id)
        account = Account(umami.website_id, umami.user, umami.password)
        people = secrets_of(selected_cases(settings), seed)
        look = look_at_pages(database, account, folder / UMAMI_PAGES, people)
        rows = tuple(compared(hits, look))
        _keep(settings.paths.reports / PICTURES_FOLDER / UMAMI_PAGES, rows, look.pictures, safe)
        return outcome_of(rows, hits)

    conclude_after_journeys(settings, CHECK, ask, seed=seed)


def look_at_pages(database: str, account: Account, folder: Path, people: Iterable[Secret]) -> Look:
    """
    Start Umami with its web interface on the database, log in, and look at the pages of the website.

    Args:
        database: The connection string.
        account: The website, and who looks.
        folder: Where the server's log is kept.
        people: The values to cover in pictures; short ones stand in any text, and are not.

    Raises:
        Inconclusive: The interface cannot be built or started, or its pages cannot be read.

    """
    values = {
        name: pattern_of(one).pattern for name, one in labels_of(dict.fromkeys(people)).items() if not one.is_short
    }
    server = UmamiServer(ensure_umami_pages(), database, folder)
    try:
        url = server.start().url
        with running_browser() as browser, opened(browser, url) as page:
            pages = UmamiPages(page, url)
            pages.log_in(account.user, account.password)
            numbers = pages.numbers(account.website)
            overview = _picture(page, values)
            events = pages.events(account.website)
            return Look(numbers, events, {OVERVIEW: overview, EVENTS: _picture(page, values)})
    finally:
        server.stop()


def _picture(page: Page, values: Mapping[str, str]) -> bytes:
    return picture_of(page, places=(), values=values).image


def compared(hits: Sequence[Hit], look: Look) -> Iterator[Row]:
    """
    What was sent beside what is shown: views, visitors, and each event by its name.

    Args:
        hits: What the browsers sent and Umami took.
        look: What its pages show.

    """
    views = [hit for hit in hits if hit.kind == VIEW]
    yield Row("views", len(views), look.numbers[VIEWS])
    yield Row("visitors", len({hit.session for hit in views}), look.numbers[VISITORS])
    sent = Counter(hit.name for hit in hits if hit.kind == EVENT)
    for name in sorted({*sent, *look.events}):
        yield Row(f'events "{name}"', sent[name], look.events.get(name, 0))


def outcome_of(rows: Sequence[Row], hits: Sequence[Hit]) -> Outcome:
    """
    The outcome of the comparison.

    Args:
        rows: Every number.
        hits: What the browsers sent and Umami took.

    """
    views, visitors, *events = rows
    unseen = []
    if not views.sent:
        unseen.append("no page view was sent")
    elif min(hit.at_ms for hit in hits) < now_ms() - RANGE_MS:
        unseen.append(f"the run is longer than the {RANGE.lower()} that Umami's pages show")
    total = sum(row.shown for row in events)
    shown = f"{views.shown} views, {visitors.shown} visitors and {total} events of {len(events)} names"
    return Outcome(
        seen=(f"Umami's own pages show {shown} in the {RANGE.lower()}",),
        problems=tuple(filter(None, (row.problem for row in rows))),
        unseen=tuple(unseen),
        figures={"numbers": float(len(rows))},
    )


def _keep(folder: Path, rows: Sequence[Row], pictures: Mapping[str, bytes], safe: SafeTexts) -> None:
    """Write the pictures, and what the report says beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    named = []
    for number, (title, picture) in enumerate(pictures.items(), 1):
        name = f"{number}{suffix_of(picture)}"
        (folder / name).write_bytes(picture)
        named.append({"title": title, "file": name})
    safe_names = safe.texts([row.what for row in rows])
    said = [{**asdict(row), "what": what} for row, what in zip(rows, safe_names, strict=True)]
    index = {"range": RANGE, "rows": said, "pictures": named}
    (folder / UMAMI_PAGES_INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
