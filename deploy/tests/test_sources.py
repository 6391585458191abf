"""What stands in the sources: no registry's host, no secret, and no package under a licence that spreads."""

import re
from importlib import metadata
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1]
LOCK = DEPLOY / "requirements.lock"
# Hosts of public registries of images, and of the account's own.
REGISTRY = re.compile(
    r"\b(?:docker\.io|quay\.io|ghcr\.io|gcr\.io|cgr\.dev|registry\.[a-z0-9-]+\.[a-z]+|[a-z0-9.-]*ecr[a-z0-9.-]*\.(?:aws|amazonaws\.com))\b"
)
SOURCES = [
    path
    for path in sorted(DEPLOY.rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts and path != Path(__file__)
]


def test_no_registry_is_named() -> None:
    """Images are named by product and version; where they are kept is the account's affair."""
    assert len(SOURCES) > 50
    found = {str(path.relative_to(DEPLOY)): REGISTRY.findall(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


@pytest.mark.parametrize(
    "text", ["FROM ghcr.io/x/y:1", "quay.io/x", "public.ecr.aws/x/y", "1.dkr.ecr.us-east-1.amazonaws.com/x"]
)
def test_a_registry_would_be_seen(text: str) -> None:
    """The pattern knows the hosts of registries."""
    assert REGISTRY.search(text)


def test_the_lock_names_no_place() -> None:
    """Versions and hashes, and no address to download from."""
    text = LOCK.read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--index|--find-links", text)


def test_no_package_is_under_the_affero_licence() -> None:
    """No installed package of the lock says AGPL in its metadata, and every package of the lock is looked at."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) > 40
    spreading = []
    for name in names:
        data = metadata.metadata(name)
        said = " ".join(
            text for key in ("License", "License-Expression", "Classifier") for text in data.get_all(key) or ()
        )
        if re.search(r"affero|agpl", said, re.IGNORECASE):
            spreading.append(name)
    assert spreading == []
