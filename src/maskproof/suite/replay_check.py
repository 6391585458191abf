"""Puts what the stored session shows beside what the person saw, moment by moment; a value that it shows is a leak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from maskproof.forms.model import Field, FormFixture, Personas
from maskproof.journey.moments import Moment
from maskproof.journey.redact import pattern_of
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.openreplay.dom import ROOT, DomDocument, Element
from maskproof.openreplay.session import SessionView, Window
from maskproof.recording.field_nodes import nodes_of, selectors_of
from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.recorder import Recorded
from maskproof.replay import Picture, Place, draw, rebuilt
from maskproof.replay.draw import picture_of, suffix_of
from maskproof.replay.kept_styles import keep_style
from maskproof.replay.labels import labels_of
from maskproof.secrets import Secret
from maskproof.suite.app_files import AppFiles
from maskproof.suite.recorded_texts import recorded_texts
from maskproof.suite.session_index import write_index
from maskproof.suite.static_content import static_content
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.pictures import CONTROL, CONTROL_TEXTS, PICTURES_FOLDER, STYLES_FOLDER, TITLES

NO_MOMENT = "no moment of the journey was looked at"
ABSENT, NOTHING, MASKED, LEAK = "the field is not on the page", "nothing", "a mask", "a value: a leak"
NO_SELECTOR = "not looked for: nothing of the field is its own"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the recording holds at the place of one PII field."""

    field: Field
    number: int
    holds: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """One moment: what the person saw, what the recording shows, and what it holds at each place."""

    moment: Moment
    seen: bytes | None
    recorded: Picture | None = None
    held: tuple[_Held, ...] = ()
    short: frozenset[str] = frozenset()

    def leaks(self) -> Iterator[str]:
        """What the recording shows and must not; a short value counts in its own field alone, as in masking."""
        if self.recorded is None:
            return
        count = sum(number for name, number in self.recorded.values.items() if name not in self.short)
        count += sum(1 for held in self.held if held.holds == LEAK and held.is_short)
        if count:
            yield f"the stored session shows {count} values at the moment {self.moment.id}"

    def gaps(self) -> Iterator[str]:
        """Missing evidence."""
        if self.recorded is None:
            yield f"the stored session shows no page at the moment {self.moment.id}"
        if self.seen is None:
            yield f"no picture of what the person saw at the moment {self.moment.id}"

    def pictures(self) -> dict[str, bytes]:
        """The pictures of both sides, by the name of their file."""
        sides = {"seen": self.seen, "recorded": self.recorded.image if self.recorded else None}
        return {f"{self.moment.id}-{side}{suffix_of(data)}": data for side, data in sides.items() if data is not None}

    def entry(self, rules: Mapping[str, Sequence[str]]) -> dict[str, object]:
        """What the report says of the moment; `rules` are those that match each field."""
        number = f" ({self.moment.number})" if self.moment.number > 1 else ""
        places = [
            {
                "number": held.number,
                "label": held.field.label,
                "category": held.field.category,
                "rules": list(rules.get(held.field.id, ())),
                "holds": held.holds,
            }
            for held in self.held
        ]
        return {
            "title": TITLES[self.moment.name] + number,
            "pictures": list(self.pictures()),
            "time_ms": self.moment.time_ms,
            "places": places,
        }


def look(page: Page, form: FormFixture, personas: Personas) -> bytes:
    """
    A picture of a page of a journey, its PII fields framed and every value covered.

    Args:
        page: The page; it is left as it was.
        form: Names the fields.
        personas: The values.

    """
    places = [Place(personas.spoken(field.selector), number) for number, field in _fields(form)]
    return picture_of(page, places=places, values=_patterns(labels_of(personas.pii_of(form)))).image


def check_replay(recorded: Recorded, browser: Browser, folder: Path, *, safe: SafeTexts, umami: str) -> Outcome:
    """
    Draw the stored session at each moment of its journey; keep the pictures of both sides, and the recorded texts.

    Args:
        recorded: The recordings of the case, and the pictures of what the person saw.
        browser: Draws the rebuilt pages.
        folder: The folder of the reports.
        safe: Redacts the texts by the values of the case.
        umami: The version of Umami.

    """
    journey = recorded.user
    styles = AppFiles(journey.ledger.base_url)
    shown = [_shown(recorded, moment, browser, styles) for moment in journey.ledger.moments]
    kept = folder / PICTURES_FOLDER / recorded.case.id
    _keep(kept, shown)
    _keep_control(folder / PICTURES_FOLDER / CONTROL, browser)
    for address, text in styles.known.items():
        keep_style(folder / STYLES_FOLDER, address, text)
    texts = recorded_texts(journey, static_content(journey.stored, AppFiles(journey.ledger.base_url)), safe)
    rules = {coverage.field: coverage.rules for coverage in recorded.fields}
    entries = [moment.entry(rules) for moment in shown if moment.recorded is not None]
    write_index(kept, recorded, moments=entries, texts=texts, umami=umami)
    drawn = [moment for moment in shown if moment.recorded is not None]
    without = f"; {len(styles.missing)} linked style sheets could not be read" if styles.missing else ""
    seen = f"{len(drawn)} moments drawn from the stored session, each beside what the person saw{without}"
    return Outcome(
        seen=(seen,) if drawn else (),
        problems=tuple(line for moment in shown for line in moment.leaks()),
        unseen=tuple(line for moment in shown for line in moment.gaps()) or (() if shown else (NO_MOMENT,)),
    )


def _shown(recorded: Recorded, moment: Moment, browser: Browser, styles: AppFiles) -> _Shown:
    """Draw the stored session at a moment."""
    journey, form = recorded.user, recorded.case.form
    seen = recorded.seen.get(moment.id)
    document = _document_at(journey.stored, moment)
    if document is None:
        return _Shown(moment, seen)
    held = tuple(_held(form, journey, document))
    page = rebuilt(document, lambda address: styles.text_of(urljoin(document.url, address)))
    places = [
        Place(selector, place.number, place.holds == LEAK)
        for place in held
        for selector in selectors_of(place.field, journey.ledger) or (journey.personas.spoken(place.field.selector),)
    ]
    labels = labels_of(journey.personas.pii_of(form))
    window = journey.stored.window_at(moment.time_ms)
    picture = draw(browser, page, window=window, places=places, values=_patterns(labels))
    short = frozenset(name for name, secret in labels.items() if secret.is_short)
    return _Shown(moment, seen, picture, held, short)


def _keep(folder: Path, shown: Sequence[_Shown]) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for moment in shown:
        for name, picture in moment.pictures().items():
            (folder / name).write_bytes(picture)


def _keep_control(path: Path, browser: Browser) -> None:
    """Draw the texts that nobody covers, in the browser and at the size of the others; once a run is enough."""
    if not path.is_file():
        lines = "".join(f"<p>{text}</p>" for text in CONTROL_TEXTS)
        path.write_bytes(draw(browser, f"<!doctype html><body>{lines}</body>", window=Window(1280, 720)).image)


def _fields(form: FormFixture) -> Iterator[tuple[int, Field]]:
    return enumerate(form.pii_fields, 1)


def _patterns(labels: Mapping[str, Secret]) -> dict[str, str]:
    return {name: pattern_of(secret).pattern for name, secret in labels.items()}


def _document_at(view: SessionView, moment: Moment) -> DomDocument | None:
    """The page that the tab of a moment shows at it."""
    documents = list(view.documents_at(moment.time_ms).values())
    document = documents[moment.tab - 1] if len(documents) >= moment.tab else None
    return None if document is None or document.is_empty else document


def _held(form: FormFixture, journey: JourneyRecord, document: DomDocument) -> Iterator[_Held]:
    on_page = {node.id for node in document.descendants(ROOT)}  # a node that was removed is still known
    for number, field in _fields(form):
        nodes = [document.element(node) for node in nodes_of(field, document, journey.ledger) if node in on_page]
        secret = journey.personas.value(field.value)
        pattern = pattern_of(secret)
        holds = NOTHING if nodes else ABSENT if selectors_of(field, journey.ledger) else NO_SELECTOR
        for node in filter(None, nodes):
            shown = node.value or document.text_of(node.id)
            if pattern.search(shown):
                holds = LEAK
            elif holds == NOTHING and _is_masked(node, shown):
                holds = MASKED
        yield _Held(field, number, holds, secret.is_short)


def _is_masked(node: Element, shown: str) -> bool:
    return node.mask > 0 or "*" in shown
