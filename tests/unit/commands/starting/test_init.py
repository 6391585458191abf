"""What `maskproof init` refuses before a browser starts."""

from pathlib import Path

import pytest

from maskproof import cli
from maskproof.errors import EXIT_USAGE

Capture = pytest.CaptureFixture[str]


def build(folder: Path, name: str = "dist") -> None:
    """A build with one page."""
    (folder / name).mkdir()
    (folder / name / "index.html").write_text("<p>Home</p>")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "has no build: none of dist"),
        (("web",), "web is not there"),
        (("site", "--page", "orders"), "--page orders: is no path"),
        (("site", "--page", "/a b", "--page", "/a-b"), "forms/a-b.yaml is there already"),
        ((".",), "has no index.html"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, words: tuple[str, ...], message: str
) -> None:
    """With status 2 and what to do; nothing is written."""
    build(tmp_path, "site")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", *words]) == EXIT_USAGE
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_project_that_is_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Its configuration is not overwritten."""
    build(tmp_path)
    (tmp_path / "maskproof.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init"]) == EXIT_USAGE
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "maskproof.toml").read_text() == ""
