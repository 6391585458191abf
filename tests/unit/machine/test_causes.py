"""The reason why a program of set-up failed, from what it printed."""

import subprocess
import sys
from pathlib import Path

import pytest

from maskproof.machine import causes
from maskproof.machine.causes import PROXY_VARIABLES, cause_of


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("output", "what", "remedy"),
    [
        (
            "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file",
            "libatomic.so.1 is missing",
            "apt-get install libatomic1",
        ),
        (
            "chrome: error while loading shared libraries: libnss3.so: cannot open shared object file",
            "libnss3.so is missing",
            "apt-file search libnss3.so",
        ),
        ("./node: /lib/libc.so.6: version `GLIBC_2.38' not found", "GLIBC_2.38 is needed", "newer"),
        ("npm error code ENOSPC\nnpm error network request failed", "disk is full", "Make room"),
        ("OSError: [Errno 28] No space left on device", "disk is full", "Make room"),
        ("npm error code ENOTFOUND", "registry cannot be reached", "network"),
        ("error: dns error: failed to lookup address information", "registry cannot be reached", "network"),
        ("ConnectionRefusedError: [Errno 111] Connection refused", "registry cannot be reached", "network"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "certificate is not trusted", "NODE_EXTRA_CA_CERTS"),
        ("invalid peer certificate: UnknownIssuer", "certificate is not trusted", "SSL_CERT_FILE"),
        ("npm error code EACCES\nnpm error syscall mkdir", "may not be written", "MASKPROOF_CACHE"),
    ],
)
def test_a_known_sign_gives_reason_and_remedy(output: str, what: str, remedy: str) -> None:
    """The output of a known failure gives the reason and the remedy, each on one line."""
    cause = cause_of(f"some\nlines before\n{output}\nand after")
    assert cause is not None
    assert what in cause.what
    assert remedy in cause.remedy
    assert "\n" not in "".join(cause)


@pytest.mark.parametrize("output", ["", "SyntaxError: Unexpected token", "Error: expected 200, got 500"])
def test_what_has_no_sign_has_no_cause(output: str) -> None:
    """Output without a known sign gives no cause, so that the output itself is shown."""
    assert cause_of(output) is None


def test_a_proxy_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cause names the variable of the proxy, and not its value, which can hold a password."""
    monkeypatch.setenv("HTTPS_PROXY", "http://someone:secret-word@127.0.0.1:1")
    for output in ("connect ECONNREFUSED 127.0.0.1:1", "407 Proxy Authentication Required"):
        cause = cause_of(output)
        assert cause is not None
        assert "HTTPS_PROXY" in cause.what
        assert "secret-word" not in "".join(cause)


def test_it_is_a_program_on_the_standard_library_alone(tmp_path: Path) -> None:
    """The module runs without site-packages, as set-up calls it before anything is installed."""
    log = tmp_path / "log"
    log.write_text("x" * 100_000 + "\nNo space left on device\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", causes.__file__, str(log)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[0] == "the disk is full"
    assert len(done.stdout.splitlines()) == 2


def test_a_log_that_is_not_there_has_no_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing log prints nothing and is not an error."""
    assert causes.main([str(tmp_path / "none")]) == 0
    assert capsys.readouterr().out == ""
