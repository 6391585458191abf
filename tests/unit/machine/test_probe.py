"""Each part of the machine is started once; a failure is an error to report, not a traceback."""

from pathlib import Path

import pytest

from maskproof.errors import Inconclusive
from maskproof.machine import node, probe
from maskproof.machine.chromium import Chromium
from maskproof.machine.failures import SetupFailed
from maskproof.machine.node import start_node
from maskproof.machine.probe import Probed, described, probe_machine, probed, start_postgres


def fail() -> str:
    """A part that does not start."""
    raise Inconclusive("it does not start")


def test_what_starts_is_described() -> None:
    """A part that starts is described by what was seen."""
    assert probed("Node.js", lambda: "v24") == Probed("Node.js", "v24")


def test_what_does_not_start_is_reported() -> None:
    """A part that does not start has the error that was raised."""
    found = probed("Node.js", fail)
    assert found.seen == ""
    assert str(found.error) == "it does not start"


def test_every_part_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """If one part fails, the other parts are still tried."""
    monkeypatch.setattr(probe, "start_node", fail)
    monkeypatch.setattr(probe, "start_postgres", lambda: "version 18")
    monkeypatch.setattr(probe, "launch_options", lambda **_: {})
    monkeypatch.setattr(probe, "working_chromium", lambda: Chromium(Path("/usr/bin/chromium")))
    assert [(part.what, bool(part.error)) for part in probe_machine()] == [
        ("Node.js", True),
        ("PostgreSQL", False),
        ("Chromium", False),
    ]


def test_node_starts() -> None:
    """The Node.js of this environment starts and prints its version."""
    assert start_node().startswith("v")


def test_a_node_that_lacks_a_library_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Node.js that lacks a library gives an error that names the library."""
    broken = tmp_path / "node"
    broken.write_text(
        "#!/bin/sh\necho 'node: error while loading shared libraries: libatomic.so.1: cannot open' >&2\nexit 127\n",
        encoding="utf-8",
    )
    broken.chmod(0o755)
    monkeypatch.setattr(node, "node", lambda: broken)
    with pytest.raises(SetupFailed, match=r"Node\.js does not start: the system library libatomic\.so\.1 is missing"):
        start_node()


def test_postgres_starts_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL starts, and its data are removed afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    tmp_path.chmod(0o755)
    assert start_postgres().startswith("version 18")
    assert list(tmp_path.iterdir()) == []


def test_a_browser_is_described_with_its_sandbox() -> None:
    """The description says that the sandbox is on, or why there is none."""
    path = Path("/usr/bin/chromium")
    assert described(Chromium(path, "", "130")) == "/usr/bin/chromium, version 130, in its sandbox"
    assert described(Chromium(path, "no namespaces", "130")).endswith("without its sandbox: no namespaces")
    assert described(Chromium(path)) == "/usr/bin/chromium"
