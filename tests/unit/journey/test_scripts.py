"""A function of the project is called, and its own faults are the project's."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.journey.scripts import run_script


def called(folder: Path, code: str, call: str = "own.py::act") -> SimpleNamespace:
    """A page after the function was called with it."""
    (folder / "own.py").write_text(code)
    page = SimpleNamespace(seen=[])
    run_script(folder / "demo.yaml", call, cast("Any", page), cast("Any", None))
    return page


def test_a_function_gets_the_page(tmp_path: Path) -> None:
    """Its file is beside the form fixture."""
    page = called(tmp_path, "def act(page, personas):\n    page.seen.append(personas)\n")
    assert page.seen == [None]


@pytest.mark.parametrize(
    ("code", "call", "message"),
    [
        ("", "other.py::act", "script other.py cannot be read"),
        ("act = 7", "own.py::act", "script own.py has no function act"),
        ("", "own.py::act", "script own.py has no function act"),
        ("def act(page, _):\n    page.nothing", "own.py::act", "own.py::act ended with AttributeError in line 2"),
        ("def act(:", "own.py::act", "own.py::act ended with SyntaxError"),
        ("def act(*_):\n    raise ValueError('ada@example.com')", "own.py::act", "ended with ValueError in line 2"),
    ],
)
def test_a_fault_of_the_project_names_its_place(tmp_path: Path, code: str, call: str, message: str) -> None:
    """It is wrong configuration, and shows no message that may hold a value."""
    with pytest.raises(ConfigurationError, match=message) as caught:
        called(tmp_path, code, call)
    assert "ada" not in str(caught.value)
    assert str(tmp_path / "demo.yaml") in str(caught.value)


@pytest.mark.parametrize("raised", ["AssertionError('not there')", "Inconclusive('no answer')"])
def test_what_says_why_a_journey_ends_stays(tmp_path: Path, raised: str) -> None:
    """An expectation of the script that is not met is one of the journey's."""
    code = f"from maskproof.errors import Inconclusive\ndef act(*_):\n    raise {raised}\n"
    with pytest.raises((AssertionError, Inconclusive)):
        called(tmp_path, code)
