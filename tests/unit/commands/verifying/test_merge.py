"""Shards put together are the run that was not split: the same results, one verdict, one report."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT

from maskproof import cli
from maskproof.commands.verifying import concluding
from maskproof.commands.verifying.merge import merge_shards
from maskproof.errors import EXIT_FAIL, EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE, Inconclusive, UsageError
from maskproof.evidence import reports as reports_module
from maskproof.evidence.shards import FILE_NAME, seed_of_shards, write_shard
from maskproof.recording.cases import expected_checks, selected_cases
from maskproof.recording.shards import Shard
from maskproof.rules import load_rules
from maskproof.settings import Settings, load_settings
from maskproof.suite.whole_run import conclude_run
from maskproof.verdicts.checks import SEARCHED
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER
from maskproof.verdicts.results import NO_CASE, RESULTS_FOLDER, Result, read_results

COUNT = 3
# The index of a session without pictures.
INDEX_OF_NOTHING = {
    "form_id": "",
    "session": "7",
    "moments": [],
    "categories": [],
    "versions": {},
    "texts": {"session": [], "database": [], "analytics": []},
    "static": 0,
    "looked_at": {},
}
FORMS = ("contact.yaml", "log-in.yaml", "settings.yaml", "sign-up.yaml")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page of Allure, nothing printed, and a search of the reports that only counts them."""
    monkeypatch.setattr(reports_module, "write_allure_report", lambda *_, **__: None)
    monkeypatch.setattr(reports_module, "write_pdf", lambda *_, **__: None)
    found = Outcome(seen=("searched",))
    monkeypatch.setattr(reports_module, "scan_evidence", lambda *_: found)


def settings_of(reports: Path) -> Settings:
    """The configuration of this repository with a few of its forms, and reports of its own."""
    forms = reports.parent / "forms"
    if not forms.is_dir():
        forms.mkdir(parents=True)
        for name in FORMS:
            shutil.copy(ROOT / "fixtures/forms" / name, forms)
    overrides = {"paths.reports": str(reports), "paths.forms": str(forms), "overhead.form": "sign-up"}
    return load_settings(ROOT / "maskproof.toml", overrides=overrides)


def outcomes(settings: Settings, bad: dict[str, Outcome]) -> dict[str, Outcome]:
    """The outcome of every check that a run makes before its end."""
    used = tuple(rule.id for rule in load_rules(settings.paths.rules))
    good = Outcome(seen=("something",), used=used)
    names = [name for name in expected_checks(settings) if name != f"{SEARCHED} {NO_CASE}"]
    return {name: bad.get(name, good) for name in names}


def record(settings: Settings, wanted: dict[str, Outcome]) -> None:
    """Write results, as checks do, and a picture for each case."""
    folder = settings.paths.reports / RESULTS_FOLDER
    for name, outcome in wanted.items():
        check, _, case = name.partition(" ")
        form, _, protocol = (case, "", "0") if case == NO_CASE else case.rpartition("-v")
        Result.of(check, outcome, form=form, protocol=int(protocol), started=time.monotonic()).write(folder)
        if check == "replay":
            pictures = settings.paths.reports / PICTURES_FOLDER / case
            pictures.mkdir(parents=True)
            (pictures / INDEX).write_text(json.dumps(INDEX_OF_NOTHING | {"form": form, "protocol": int(protocol)}))


def shards_of(tmp_path: Path, bad: dict[str, Outcome], *, tests_failed: int = 0) -> list[Path]:
    """The folders of the shards of a run."""
    made = []
    for number in range(1, COUNT + 1):
        settings, shard = settings_of(tmp_path / f"shard-{number}"), Shard(number, COUNT)
        cases = {case.id for case in selected_cases(settings, shard)} | ({NO_CASE} if shard.is_alone else set())
        mine = {name: one for name, one in outcomes(settings, bad).items() if name.partition(" ")[2] in cases}
        record(settings, mine)
        made.append(write_shard(settings, shard, seed="seed", tests_failed=number == tests_failed))
    return made


def summary_of(settings: Settings) -> dict[str, Any]:
    """The summary that was written, without times."""
    data: dict[str, Any] = json.loads((settings.paths.reports / "summary.json").read_text())
    for result in data["results"]:
        result.update(seconds=0, started_ms=0)
    return {**data, "finished": ""}


LEAK = {"masking sign-up-v1": Outcome(problems=("a value is on the wire",))}
UNSURE = {"capture contact-v2": Outcome(unseen=("nothing was stored",))}
UNUSED = {"rules": Outcome(seen=("something",), used=())}


@pytest.mark.parametrize(
    ("bad", "tests_failed", "status"),
    [({}, 0, EXIT_PASS), (LEAK, 1, EXIT_FAIL), (UNSURE, 0, EXIT_INCONCLUSIVE), ({}, 2, EXIT_FAIL)],
    ids=["pass", "leak", "inconclusive", "own tests"],
)
def test_shards_give_what_the_whole_run_gives(
    tmp_path: Path, bad: dict[str, Outcome], tests_failed: int, status: int
) -> None:
    """Results, counts, whole-run checks, criteria and verdict are the same."""
    whole, merged = settings_of(tmp_path / "whole"), settings_of(tmp_path / "merged")
    record(whole, outcomes(whole, bad))
    results = conclude_run(whole, whole.paths.reports / RESULTS_FOLDER, tests_failed=bool(tests_failed))
    expected = concluding.conclude(whole, results, seed="seed", started=0)
    assert merge_shards(merged, shards_of(tmp_path, bad, tests_failed=tests_failed)) == expected == status
    assert summary_of(merged) == summary_of(whole)
    drawn = sorted(path.name for path in (merged.paths.reports / PICTURES_FOLDER).iterdir())
    assert drawn == sorted(path.name for path in (whole.paths.reports / PICTURES_FOLDER).iterdir())


def test_a_rule_that_only_another_shard_uses_is_used(tmp_path: Path) -> None:
    """Whole-run checks see all shards."""
    merged = settings_of(tmp_path / "merged")
    first = {f"rules {case.id}": Outcome(seen=("x",)) for case in selected_cases(merged, Shard(1, COUNT))}
    assert merge_shards(merged, shards_of(tmp_path, first)) == EXIT_PASS
    every = {f"rules {case.id}": Outcome(seen=("x",)) for case in selected_cases(merged)}
    shutil.rmtree(tmp_path)
    assert merge_shards(merged, shards_of(tmp_path, every)) == EXIT_FAIL


@pytest.mark.parametrize(("bad", "status"), [({}, EXIT_INCONCLUSIVE), (LEAK, EXIT_FAIL)], ids=["no leak", "leak"])
def test_a_missing_shard_is_no_pass_and_hides_no_leak(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: dict[str, Outcome], status: int
) -> None:
    """Its checks are listed as not done, and it is named."""
    merged, shards = settings_of(tmp_path / "merged"), shards_of(tmp_path, bad)
    leaking = next((number for number in range(COUNT) if _has(shards[number], "masking", "fail")), COUNT)
    left = [shard for number, shard in enumerate(shards) if number == leaking or number != (leaking + 1) % COUNT]
    gone = (leaking + 1) % COUNT + 1
    assert merge_shards(merged, left[: COUNT - 1]) == status
    assert f"shard {gone}/{COUNT} is missing" in capsys.readouterr().err
    assert summary_of(merged)["missing"]


def _has(shard: Path, check: str, verdict: str) -> bool:
    return any(result.check == check and result.verdict == verdict for result in read_results(shard / "results"))


def change(name: str, value: object, within: str = "") -> Callable[[list[Path]], list[Path]]:
    """Change what the second shard says of itself."""

    def changed(shards: list[Path]) -> list[Path]:
        file = shards[1] / FILE_NAME
        data = json.loads(file.read_text())
        (data[within] if within else data)[name] = value
        file.write_text(json.dumps(data))
        return shards

    return changed


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda shards: [*shards, shards[0]], r"shard 1/3 is there twice"),
        (change("shard", "2/4"), "differ in count: 1/3, and 2/4"),
        (change("seed", "other"), "differ in seed"),
        (change("commit", "other", "provenance"), "differ in commit"),
        (change("rules", "other", "provenance"), "differ in rules"),
        (change("target", "live", "provenance"), "differ in target"),
        (change("maskproof", "9", "provenance"), "differ in maskproof"),
        (change("tracker", "1.0.0", "provenance"), "differ in tracker"),
        (change("version", 2), "not what a shard of this version"),
        (change("shard", 7), "not what a shard of this version"),
        (lambda shards: [*shards, Path("nowhere")], "nowhere is not a folder"),
    ],
    ids=["twice", "count", "seed", "commit", "rules", "target", "version", "tracker", "format", "kind", "no folder"],
)
def test_what_is_no_part_of_one_run_is_wrong_usage(
    tmp_path: Path, spoil: Callable[[list[Path]], list[Path]], says: str
) -> None:
    """The message names both folders and what to do, and no old pass is left."""
    merged, shards = settings_of(tmp_path / "merged"), spoil(shards_of(tmp_path, {}))
    merged.paths.reports.mkdir()
    (merged.paths.reports / "summary.json").write_text('{"verdict": "pass"}')
    with pytest.raises(UsageError, match=says):
        merge_shards(merged, shards)
    assert summary_of_unfinished(merged) == "inconclusive"


def summary_of_unfinished(settings: Settings) -> str:
    """The verdict of a run that did not end."""
    return str(json.loads((settings.paths.reports / "summary.json").read_text())["verdict"])


def test_shards_of_another_checkout_are_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules that the report names would not be those that were checked."""
    shards = shards_of(tmp_path, {})
    monkeypatch.setattr("maskproof.evidence.shards.provenance_of", lambda _: {"commit": "another"})
    with pytest.raises(UsageError, match="of another commit than this checkout"):
        merge_shards(settings_of(tmp_path / "merged"), shards)


def test_a_shard_that_was_killed_has_no_verdict(tmp_path: Path) -> None:
    """Its folder has no file that says what it is."""
    shards = shards_of(tmp_path, {})
    (shards[2] / FILE_NAME).unlink()
    with pytest.raises(Inconclusive, match="no shard ended there"):
        merge_shards(settings_of(tmp_path / "merged"), shards)


def test_shards_agree_on_a_seed_without_talking(tmp_path: Path) -> None:
    """It is that of the commit and of the run of the CI."""
    settings = settings_of(tmp_path / "reports")
    run = {"GITHUB_RUN_ID": "7"}
    assert seed_of_shards(settings, run) == seed_of_shards(settings, run)
    assert seed_of_shards(settings, run) != seed_of_shards(settings, {"GITHUB_RUN_ID": "8"})
    assert seed_of_shards(replace(settings, target="live"), run) != seed_of_shards(settings, run)


def test_a_shard_that_cannot_be_is_refused_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 2."""
    assert cli.main(["verify", "--shard", "5/4"]) == EXIT_USAGE
    assert "--shard: expected NUMBER/COUNT" in capsys.readouterr().err
