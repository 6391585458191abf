"""The state of a scan: read back if nothing has changed, and without values."""

import json
from pathlib import Path

import pytest
from tests.unit.leaks.samples import VALUE, finding

from maskproof.errors import ConfigurationError
from maskproof.leaks.files.resume import Done, ResumeState, digests_of
from maskproof.leaks.findings import ScanReport

FINDING = finding(encoding=("base64",))
GROUP = [Path("a"), Path("b")]


def test_results_are_read_back(tmp_path: Path, values: Path) -> None:
    """Findings, counts, unscanned parts and digests of the files are read back."""
    done = Done(("1", "2"), ScanReport((FINDING,), 2, 30, 400, ("a: cut",)))
    state = ResumeState(tmp_path / "state", values=values, options=("x",))
    state.add(GROUP, done)
    state.close()
    again = ResumeState(tmp_path / "state", values=values, options=("x",))
    assert again.known(GROUP) == done
    assert again.known([Path("a")]) is None
    again.close()


@pytest.mark.parametrize("change", ["values", "options"])
def test_other_values_or_options_drop_the_results(tmp_path: Path, values: Path, change: str) -> None:
    """Results for other values say nothing about these."""
    state = ResumeState(tmp_path / "state", values=values, options=("x",))
    state.add(GROUP, Done((), ScanReport()))
    state.close()
    if change == "values":
        values.write_text("{}")
    again = ResumeState(tmp_path / "state", values=values, options=("y" if change == "options" else "x",))
    assert again.known(GROUP) is None
    again.close()


def test_a_cut_line_is_dropped(tmp_path: Path, values: Path) -> None:
    """An interruption may cut a line while it is written; the next result begins a new line."""
    state = ResumeState(tmp_path / "state", values=values, options=())
    state.add(GROUP, Done((), ScanReport()))
    state.close()
    path = tmp_path / "state"
    path.write_text(path.read_text() + '{"files": ["c"], "dig')
    again = ResumeState(path, values=values, options=())
    assert again.known(GROUP) is not None
    again.add([Path("d")], Done((), ScanReport()))
    again.close()
    assert all(json.loads(line) for line in path.read_text().splitlines())


def test_the_state_holds_no_value(tmp_path: Path, values: Path) -> None:
    """The state holds no plain digest of a value either: digests are keyed."""
    state = ResumeState(tmp_path / "state", values=values, options=())
    path = tmp_path / "a"
    path.write_text(VALUE)
    state.add([path], Done(digests_of([path], state.salt), ScanReport((FINDING,))))
    state.close()
    text = (tmp_path / "state").read_text()
    assert VALUE not in text
    assert digests_of([path], b"other salt")[0] not in text
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0


def test_a_digest_follows_the_content(tmp_path: Path) -> None:
    """A changed file has another digest."""
    path = tmp_path / "a"
    path.write_text("one")
    before = digests_of([path], b"salt")
    path.write_text("two")
    assert digests_of([path], b"salt") != before


@pytest.mark.parametrize(
    "text",
    [
        "values",
        '{"other": 1}\n',
        "[1]\n",
        '{"maskproof_scan": 1}\n',
        '{"maskproof_scan": 1, "salt": "no hexadecimal", "fingerprint": ""}\n',
        '{"maskproof_scan": 1, "salt": 7, "fingerprint": ""}\n',
    ],
)
def test_another_file_is_not_overwritten(tmp_path: Path, values: Path, text: str) -> None:
    """A file that is no state is an error, and stays as it is."""
    path = tmp_path / "state"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match="is not the state of a scan"):
        ResumeState(path, values=values, options=())
    assert path.read_text() == text
