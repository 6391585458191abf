"""Starting a Chromium once: the result, in one line."""

from pathlib import Path

import pytest

from maskproof.machine.browser_start import NO_NAMESPACES, judged, start_once

ZYGOTE = """BrowserType.launch: Target page, context or browser has been closed
Browser logs:
<launching> /usr/bin/chromium --headless
<launched> pid=77
[pid=77][err] [77:77:1126/183000.1:FATAL:content/browser/zygote_host/zygote_host_impl_linux.cc:128] No usable sandbox!
"""
LIBRARY = """BrowserType.launch: Target page, context or browser has been closed
[pid=9][err] /home/a/chrome: error while loading shared libraries: libgbm.so.1: cannot open shared object file
"""
OTHER = """BrowserType.launch: Target page, context or browser has been closed
[pid=9][err] [9:9:1126/183000.1:ERROR:main.cc(1)] The profile is in use by another computer
"""


def program(folder: Path, text: str) -> Path:
    """A shell script in place of Chromium."""
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_missing_sandbox_is_distinguished_from_other_faults() -> None:
    """Only a missing sandbox is marked so, because some pages can be shown without one."""
    start = judged(ZYGOTE)
    assert (start.lacks_sandbox, start.why, start.version) == (True, NO_NAMESPACES, "")


def test_a_missing_library_is_named() -> None:
    """The result names the missing library and the remedy."""
    start = judged(LIBRARY)
    assert (start.lacks_sandbox, start.why) == (False, "the system library libgbm.so.1 is missing")
    assert "libgbm.so.1" in start.remedy


def test_what_else_it_printed_is_one_line() -> None:
    """Any other output is shortened to one line, without process ids and times."""
    assert judged(OTHER).why == "The profile is in use by another computer"


@pytest.mark.parametrize("output", ["", "\n"])
def test_a_silent_end_has_words(output: str) -> None:
    """A start that prints nothing has a reason too."""
    assert judged(output).why == "it ended at once"


def test_a_program_that_ends_is_no_browser(tmp_path: Path) -> None:
    """If the program ends, the reason is what it printed last."""
    start = start_once(program(tmp_path, "echo 'no such display' >&2; exit 1"), sandbox=True)
    assert (start.version, start.why) == ("", "no such display")
