"""The text in pictures is searched, if it can be read."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from maskproof.evidence import picture_scan
from maskproof.evidence.picture_scan import NOT_CHECKED, folded, scan_pictures
from maskproof.leaks import Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.machine.failures import SetupFailed
from maskproof.secrets import Secret
from maskproof.verdicts.pictures import CONTROL, CONTROL_TEXTS, PICTURES_FOLDER

TYPED = {"email": "olive.brimmond@example.com", "payment": "4111 1111 1111 1111"}
SEARCHER = Searcher([Value(name, name, Secret(text, category=name, value_id=name)) for name, text in TYPED.items()])
ALL = " ".join(CONTROL_TEXTS)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of reports with two different pictures, one of them twice, and the control picture."""
    folder = tmp_path / PICTURES_FOLDER
    for name in ("demo-v1", "demo-v2"):
        (folder / name).mkdir(parents=True)
        (folder / name / "end-seen.png").write_bytes(b"same")
    (folder / "demo-v1/end-recorded.png").write_bytes(b"other")
    (folder / CONTROL).write_bytes(b"control")
    return tmp_path


def reading(monkeypatch: pytest.MonkeyPatch, control: str, *texts: str) -> list[list[str]]:
    """Let the engine read these texts; the names of the pictures that it was asked to read."""
    asked: list[list[str]] = []

    def read(files: Sequence[Path], *, log: Path) -> list[str]:
        asked.append([file.name for file in files])
        assert log.name == "ocr.log"
        return [control, *texts]

    monkeypatch.setattr(picture_scan, "read_texts", read)
    return asked


def test_pictures_without_a_value_pass(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal pictures are read once; the evidence says how many there were."""
    asked = reading(monkeypatch, ALL, "Thanks [email #1]", "Write to us")
    outcome = scan_pictures(pictures, SEARCHER)
    assert outcome.problems == ()
    assert outcome.seen == ("2 pictures read; 4 of 4 texts of a control picture were found",)
    assert asked == [[CONTROL, "end-recorded.png", "end-seen.png"]]


@pytest.mark.parametrize(
    "text",
    [
        "We wrote to olive.brimmond@example.com",
        "We wrote to 0live.brirnmond @ exarnple.c0m",
        "We wrote to\nolive.brimmond\n@example.com",
        "0LIVE.BR1MM0ND@EXAMPLE.COM",
    ],
)
def test_a_value_that_can_be_read_is_a_problem(pictures: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Misread letters, spaces and line ends hide nothing; the value is named and not shown."""
    reading(monkeypatch, ALL, "Thanks", text)
    assert scan_pictures(pictures, SEARCHER).problems == ("the picture demo-v1/end-seen.png shows email",)


def test_digits_that_look_like_letters_are_digits(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card number of ones is easily read as letters."""
    reading(monkeypatch, ALL, "4lll llll IIII 1111", "Thanks")
    assert scan_pictures(pictures, SEARCHER).problems == ("the picture demo-v1/end-recorded.png shows payment",)


@pytest.mark.parametrize("control", ["", "nothing of it", CONTROL_TEXTS[0]])
def test_what_cannot_read_its_control_says_nothing(
    pictures: Path, monkeypatch: pytest.MonkeyPatch, control: str
) -> None:
    """The search is void, whatever it did not find; it says so, and fails nothing."""
    reading(monkeypatch, control, "Thanks", "Thanks")
    outcome = scan_pictures(pictures, SEARCHER)
    assert outcome.seen[0].startswith(NOT_CHECKED)
    assert (outcome.problems, outcome.unseen) == ((), ())


def test_without_an_engine_pictures_are_not_checked(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The evidence says why."""

    def fail(*_: object, **__: object) -> list[str]:
        raise SetupFailed("Could not install the packages of ocr.")

    monkeypatch.setattr(picture_scan, "read_texts", fail)
    assert scan_pictures(pictures, SEARCHER).seen == (f"{NOT_CHECKED}: Could not install the packages of ocr.",)


def test_without_pictures_or_their_control_nothing_is_read(tmp_path: Path, pictures: Path) -> None:
    """A run of a check that draws none has none."""
    assert scan_pictures(tmp_path / "other", SEARCHER).seen == ("there are no pictures",)
    (pictures / PICTURES_FOLDER / CONTROL).unlink()
    assert scan_pictures(pictures, SEARCHER).seen == (f"{NOT_CHECKED}: there is no control picture",)


def test_folding_keeps_different_texts_apart() -> None:
    """Only what is easily misread is one."""
    assert folded("Jo Bloggs") == folded("J0 BI0ggs")
    assert folded("modern") == folded("rnodern") == folded("modem")
    assert folded("Ada Lovelace") != folded("Ida Lovelace")
