"""One live line on a terminal; a line now and then elsewhere."""

import io
from types import SimpleNamespace

import pytest

from maskproof.machine import progress
from maskproof.machine.progress import LiveLine, duration, live, note, step
from maskproof.machine.waiting import wait_until

Capture = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        """It is one."""
        return True

    def lines(self) -> list[str]:
        """What is left on the screen when lines that were written over are gone."""
        rows = [row.rpartition(progress.CLEAR_LINE)[2] for row in self.getvalue().split("\n")]
        return [row for row in rows if row]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Standard error is a terminal."""
    terminal = Terminal()
    monkeypatch.setattr(progress, "_stream", lambda: terminal)
    return terminal


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes, however slow the machine is."""
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: 100.0))


@pytest.mark.usefixtures("stopped_clock")
def test_a_step_on_a_terminal_is_one_line_that_goes_away(terminal: Terminal) -> None:
    """What was noted in between stays above it."""
    with step("build Umami"):
        assert terminal.lines() == ["maskproof: build Umami ... 0 s"]
        note("something to know")
        assert terminal.lines() == ["maskproof: something to know", "maskproof: build Umami ... 0 s"]
    assert terminal.lines() == ["maskproof: something to know"]


def test_the_live_line_is_kept_up_to_date(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to happen for it."""
    monkeypatch.setattr(progress, "TICK_S", 0.01)
    counted = iter(range(10_000))
    with live(lambda: f"{next(counted)} done"):
        assert wait_until(lambda: any("3 done" in line for line in terminal.lines()), deadline_s=10)


def test_a_line_is_never_longer_than_the_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that wraps could not be written over."""
    monkeypatch.setenv("COLUMNS", "20")
    with live(lambda: "x" * 100):
        assert [len(line) for line in terminal.lines()] == [19]


def test_of_two_things_at_once_the_last_is_shown(terminal: Terminal) -> None:
    """When it is done, the other one is shown again."""
    with live(lambda: "one"):
        with live(lambda: "two"):
            assert terminal.lines() == ["maskproof: two"]
        assert terminal.lines() == ["maskproof: one"]
    assert terminal.lines() == []


def test_without_a_terminal_a_short_step_says_nothing(capsys: Capture) -> None:
    """The log of a CI is not filled with seconds."""
    with step("start Umami"):
        pass
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("stopped_clock")
def test_without_a_terminal_a_long_step_prints_a_line_now_and_then(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one at its end."""
    monkeypatch.setattr(progress, "QUIET_S", 0.0)
    line = LiveLine()
    monkeypatch.setattr(progress, "_LINE", line)
    with step("build Umami"):
        pass
    printed = capsys.readouterr().err.splitlines()
    assert printed == ["maskproof: build Umami ... 0 s", "maskproof: build Umami: 0 s"]


@pytest.mark.usefixtures("stopped_clock")
def test_a_step_that_fails_stays_on_the_screen(terminal: Terminal) -> None:
    """With the time after which it failed."""
    with pytest.raises(ZeroDivisionError), step("build Umami"):
        raise ZeroDivisionError
    assert terminal.lines() == ["maskproof: build Umami: failed after 0 s"]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s")]
)
def test_times_are_for_people(seconds: float, shown: str) -> None:
    """Minutes and seconds."""
    assert duration(seconds) == shown
