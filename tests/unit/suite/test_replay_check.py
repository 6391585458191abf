"""What the stored session shows at each moment, and what is said of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser
from tests.unit.samples import FORM, LEDGER, MESSAGES, Sent, journey_record, recording

from maskproof.forms.model import Field
from maskproof.journey.moments import Moment
from maskproof.leaks import Searcher, values_of
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.openreplay.encode import message
from maskproof.recording.recorder import Case, Recorded
from maskproof.replay import Picture, Place
from maskproof.rules.coverage import FieldCoverage
from maskproof.suite import replay_check
from maskproof.suite.replay_check import check_replay
from maskproof.verdicts.outcome import Outcome

MOMENT = Moment("end", 1, 9_000)
EMAIL = "tests.quelmorn@example.com"
FIELD: tuple[Sent, ...] = (
    message("CreateElementNode", 9, 4, 0, "INPUT", False),
    message("SetNodeAttribute", 9, "id", "email"),
)


def _recorded(*more: Sent, moments: tuple[Moment, ...] = (MOMENT,), seen: bytes | None = b"seen") -> Recorded:
    record = journey_record(
        recordings=(recording((*MESSAGES, *FIELD, *more)),), ledger=replace(LEDGER, moments=moments)
    )
    pictures = {MOMENT.id: seen} if seen else {}
    fields = (FieldCoverage("demo", "email", is_pii=True, rules=("email-inputs",)),)
    return Recorded(Case(FORM, 2), record, record, LEDGER, fields, frozenset(), seen=pictures)


def _email() -> str:
    return journey_record().personas.value("user.email").reveal()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """The places that are framed; drawing needs no browser, and covers each value that the page holds."""
    places: list[Place] = []

    def draw(_browser: object, html: str, **options: object) -> Picture:
        places.extend(cast("list[Place]", options.get("places", ())))
        return Picture(b"recorded", {"[email #1]": html.count(_email())})

    monkeypatch.setattr(replay_check, "draw", draw)
    return places


def _check(recorded: Recorded, folder: Path) -> Outcome:
    safe = SafeTexts(Searcher(values_of(recorded.user.personas.pii_of(recorded.case.form))))
    return check_replay(recorded, cast("Browser", None), folder, safe=safe, umami="2.10.0")


def _index(folder: Path) -> dict[str, object]:
    index: dict[str, object] = json.loads((folder / "run/pictures/demo-v2/index.json").read_text(encoding="utf-8"))
    return index


@pytest.mark.usefixtures("drawn")
def test_a_session_without_a_value_passes_and_is_kept_in_pictures(tmp_path: Path) -> None:
    """Both pictures are beside each other, with what the recording holds at each place."""
    outcome = _check(_recorded(), tmp_path)
    assert outcome.verdict == "pass", outcome.explanation
    assert outcome.seen == ("1 moments drawn from the stored session, each beside what the person saw",)
    place = {"number": 1, "label": "E-mail", "category": "email", "rules": ["email-inputs"], "holds": "nothing"}
    index = _index(tmp_path)
    assert index["moments"] == [
        {
            "title": "The end of the journey",
            "pictures": ["end-1-seen.jpg", "end-1-recorded.jpg"],
            "time_ms": MOMENT.time_ms,
            "places": [place],
        }
    ]
    assert (index["form_id"], index["protocol"], index["categories"]) == ("demo", 2, ["email"])
    assert index["versions"] == {"tracker": "", "umami": "2.10.0", "browser": ""}
    folder = tmp_path / "run/pictures/demo-v2"
    assert [(folder / f"end-1-{side}.jpg").read_bytes() for side in ("seen", "recorded")] == [b"seen", b"recorded"]


def test_a_value_that_a_replay_shows_is_a_fail(tmp_path: Path, drawn: list[Place]) -> None:
    """The place is framed as a leak, and the table says so."""
    outcome = _check(_recorded(message("SetInputValue", 9, _email(), 0)), tmp_path)
    assert outcome.problems == ("the stored session shows 1 values at the moment end-1",)
    assert drawn == [Place("#email", 1, is_leak=True)]
    assert "a value: a leak" in json.dumps(_index(tmp_path))
    assert _email() not in json.dumps(_index(tmp_path))


HELD = {
    "a mask": (message("SetInputValue", 9, "", 12),),
    "nothing": (message("SetInputValue", 9, "", -1),),
    "the field is not on the page": (message("SetInputValue", 9, "", 12), message("RemoveNode", 9)),
}


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("holds", HELD)
def test_the_table_says_what_the_recording_holds(tmp_path: Path, holds: str) -> None:
    """A mask, nothing at all, and a field that is not there are different things."""
    _check(_recorded(*HELD[holds]), tmp_path)
    assert f'"holds": "{holds}"' in json.dumps(_index(tmp_path))


def test_every_value_of_every_person_is_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values of one category of several people have names of their own: none takes another's place."""
    covered: dict[str, str] = {}

    def draw(_browser: object, _html: str, **options: object) -> Picture:
        covered.update(cast("dict[str, str]", options.get("values", {})))
        return Picture(b"", {})

    monkeypatch.setattr(replay_check, "draw", draw)
    form = replace(FORM, planted=("guest.email", "other.email", "guest.first_name"))
    recorded = _recorded()
    user = replace(recorded.user, personas=form.personas("seed"))
    _check(replace(recorded, case=Case(form, 2), user=user), tmp_path)
    assert list(covered) == ["[email #1]", "[email #2]", "[email #3]", "[name #1]"]
    assert len(set(covered.values())) == 4


def test_a_short_value_counts_in_its_own_field_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three digits stand in a price by chance; they are covered all the same."""
    monkeypatch.setattr(replay_check, "draw", lambda *_, **__: Picture(b"", {"[payment #1]": 2}))
    field = Field("cvc", "#email", "CVC", "payment", value="user.card_cvc")
    form = replace(FORM, fields={"cvc": field})
    cvc = form.personas("seed").value("user.card_cvc").reveal()
    for value, verdict in (("", "pass"), (cvc, "fail")):
        recorded = _recorded(message("SetInputValue", 9, value, 0))
        user = replace(recorded.user, personas=form.personas("seed"))
        assert _check(replace(recorded, case=Case(form, 2), user=user), tmp_path).verdict == verdict


def test_a_selector_that_is_not_simple_is_not_taken_for_a_field_that_is_gone(
    tmp_path: Path, drawn: list[Place]
) -> None:
    """The browser still frames the field."""
    form = replace(FORM, fields={"email": Field("email", "form :text >> nth=0", "E-mail", "email", value="user.email")})
    _check(replace(_recorded(), case=Case(form, 2)), tmp_path)
    assert "not looked for" in json.dumps(_index(tmp_path))
    assert [place.selector for place in drawn] == ["form :text >> nth=0"]


@pytest.mark.usefixtures("drawn")
def test_missing_pictures_are_missing_evidence(tmp_path: Path) -> None:
    """Without a page, a picture of what the person saw, or a moment, the check is inconclusive."""
    early = replace(MOMENT, time_ms=1)
    assert _check(_recorded(seen=None), tmp_path).verdict == "inconclusive"
    assert _check(_recorded(moments=(early,)), tmp_path).unseen == (
        "the stored session shows no page at the moment end-1",
    )
    assert _check(_recorded(moments=()), tmp_path).unseen == ("no moment of the journey was looked at",)
