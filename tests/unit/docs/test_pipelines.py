"""The pipelines of docs/ci: each parses, runs every shard, gates on the status of merge, and publishes nothing raw."""

import re
from typing import Any

import pytest
import yaml
from tests.unit.docs.pages import DOCS, page, text_of

from maskproof.cli import build_parser
from maskproof.recording.shards import Shard

FOLDER = DOCS / "ci"
PIPELINES = ("github-actions.yml", "gitlab-ci.yml", "Jenkinsfile")
SHARDS = 4
OPENING, CLOSING = "({[", ")}]"
LITERAL = re.compile(r"//[^\n]*|'[^'\n]*'|\"[^\"\n]*\"")


def parsed(name: str) -> Any:
    """A pipeline of YAML; its key `on` is read as true."""
    return yaml.safe_load(text_of(FOLDER / name))


def test_there_are_no_other_pipelines() -> None:
    """Each is held to what these tests ask, and the guide links to each."""
    assert {path.name for path in FOLDER.iterdir()} == set(PIPELINES)
    assert all(f"](../ci/{name})" in page("guides/ci.md") for name in PIPELINES)


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_gates_on_the_status_of_maskproof(name: str) -> None:
    """Of maskproof itself: make ends every failure with 2. It keeps a cache and a history, and no raw data."""
    text = text_of(FOLDER / name)
    assert ".venv/bin/maskproof merge shards/*" in text
    assert "make verify" not in text
    assert "MASKPROOF_CACHE" in text
    assert "allure-history.jsonl" in text
    assert "reports/run/" in text
    assert "://" not in text


@pytest.mark.parametrize("name", PIPELINES)
def test_what_a_pipeline_calls_is_there(name: str) -> None:
    """Each call of maskproof is one that the command line takes."""
    calls = re.findall(r"\.venv/bin/maskproof ([^|'\n]+)", text_of(FOLDER / name))
    assert len(calls) == 2
    for call in calls:
        words = re.sub(r"\$\{\{.*?\}\}|\$\w+", "4", call).split()
        assert build_parser().parse_args(words).command in {"verify", "merge"}


def test_github_runs_every_shard_and_then_the_gate() -> None:
    """The gate runs although a shard found something, and its last word is the status of merge."""
    data = parsed("github-actions.yml")
    shard, gate = data["jobs"]["shard"], data["jobs"]["gate"]
    assert shard["strategy"] == {"fail-fast": False, "matrix": {"shard": list(range(1, SHARDS + 1))}}
    assert gate["needs"] == "shard"
    assert "cancelled" in gate["if"]
    assert [step["run"] for step in gate["steps"] if "run" in step][-1] == ".venv/bin/maskproof merge shards/*"
    assert {"schedule", "workflow_dispatch", "push"} == set(data[True])


def test_gitlab_runs_every_shard_and_then_the_gate() -> None:
    """Its reports are those that GitLab shows."""
    data = parsed("gitlab-ci.yml")
    assert data["shard"]["parallel"] == SHARDS
    assert data["shard"]["allow_failure"] == {"exit_codes": [1, 3]}
    assert data["gate"]["script"] == [".venv/bin/maskproof merge shards/*"]
    assert "allow_failure" not in data["gate"]
    assert set(data["gate"]["artifacts"]["reports"]) == {"junit", "codequality"}
    assert data["stages"] == [data["shard"]["stage"], data["gate"]["stage"]]


def test_jenkins_runs_every_shard_and_then_the_gate() -> None:
    """Brackets are balanced, and the sections are those of a declarative pipeline."""
    text = text_of(FOLDER / "Jenkinsfile")
    open_ones: list[str] = []
    for sign in LITERAL.sub("", text):
        if sign in OPENING:
            open_ones.append(sign)
        elif sign in CLOSING:
            assert open_ones.pop() == OPENING[CLOSING.index(sign)]
    assert open_ones == []
    for section in ("pipeline {", "agent none", "stages {", "matrix {", "axes {", "post {", "stage('Gate') {"):
        assert section in text
    assert re.findall(r"'(\d)'", text) == [str(number) for number in range(1, SHARDS + 1)] * 2
    assert [Shard.of(f"{number}/{SHARDS}").number for number in (1, SHARDS)] == [1, SHARDS]
