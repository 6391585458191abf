"""The state of a scan is read back if nothing has changed, and holds no value."""

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
    """Findings, counts, what was not scanned, and the digests of the files."""
    done = Done(("1", "2"), ScanReport((FINDING,), 2, 30, 400, ("a: cut",)))
    state = ResumeState(tmp_path / "state", values=values, options=("x",))
    state.add(GROUP, done)
    state.close()
    again = ResumeState(tmp_path / "state", values=values, options=("x",))
    assert again.known(GROUP) == done
    assert again.known([Path("a")]) is None
    again.close()


@pytest.mark.parametrize("change", ["values", "options"])
def test_other_values_or_options_start_anew(tmp_path: Path, values: Path, change: str) -> None:
    """What was found for other values says nothing."""
    state = ResumeState(tmp_path / "state", values=values, options=("x",))
    state.add(GROUP, Done((), ScanReport()))
    state.close()
    if change == "values":
        values.write_text("{}")
    again = ResumeState(tmp_path / "state", values=values, options=("y" if change == "options" else "x",))
    assert again.known(GROUP) is None
    again.close()


def test_a_line_that_was_cut_is_left_out(tmp_path: Path, values: Path) -> None:
    """An interruption may come while a line is written; what is written next begins a line."""
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
    """Nor a plain digest of one: digests are keyed, and the fingerprint is slow."""
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
    """A changed file has another, whatever its time and size."""
    path = tmp_path / "a"
    path.write_text("one")
    before = digests_of([path], b"salt")
    path.write_text("two")
    assert digests_of([path], b"salt") != before


@pytest.mark.parametrize("text", ["values", '{"other": 1}\n', "[1]\n"])
def test_another_file_is_not_overwritten(tmp_path: Path, values: Path, text: str) -> None:
    """Who names the wrong file keeps it."""
    path = tmp_path / "state"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match="is not the state of a scan"):
        ResumeState(path, values=values, options=())
    assert path.read_text() == text
