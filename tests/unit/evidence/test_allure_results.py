"""Allure's results are those of the run: as many, with the same verdicts, and links to where they come from."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence import allure_results
from maskproof.evidence.allure_results import FOLDER, write_allure_results
from maskproof.evidence.places import Places
from maskproof.evidence.summary import summarise
from maskproof.settings import load_settings
from maskproof.verdicts.checks import DESCRIPTIONS, TITLES, WHOLE_RUN
from maskproof.verdicts.pictures import INDEX, PICTURES_FOLDER
from maskproof.verdicts.results import Result

PLACES = Places(load_settings(ROOT / "maskproof.toml"), {})


def written(reports: Path, results: list[Result], *expected: str) -> dict[str, dict[str, Any]]:
    """The results that Allure gets, by their full name."""
    summary = summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v")
    write_allure_results(reports, summary, PLACES, facts={"target": "embedded", "commit": ""})
    read = (json.loads(path.read_text()) for path in (reports / FOLDER).glob("*-result.json"))
    return {data["fullName"]: data for data in read}


def test_every_check_has_a_description() -> None:
    """One sentence or two, for those who do not know the suite."""
    assert set(DESCRIPTIONS) == set(TITLES)


def test_there_are_as_many_results_as_in_the_run(tmp_path: Path) -> None:
    """Checks of the whole run and checks that were not done are among them."""
    found = written(tmp_path, whole_run(), "masking gone-v2", "overhead all")
    assert len(found) == len(whole_run()) + 1
    assert {f"maskproof.{check}#all" for check in WHOLE_RUN} <= set(found)
    assert found["maskproof.masking#gone-v2"]["statusDetails"]["message"] == allure_results.NOT_DONE


@pytest.mark.parametrize(("verdict", "status"), [("pass", "passed"), ("fail", "failed"), ("inconclusive", "broken")])
def test_a_verdict_has_its_status(tmp_path: Path, verdict: str, status: str) -> None:
    """The steps show what was seen, found and missed."""
    (found,) = written(tmp_path, [result("twin", verdict)]).values()
    assert found["status"] == status
    assert found["steps"][-1]["status"] == status


def test_a_result_says_what_it_is_in_plain_words_and_where_it_comes_from(tmp_path: Path) -> None:
    """Title, description, severity, and links to the fixture and the rules of its categories."""
    (found,) = written(tmp_path, [result("masking", form="contact")]).values()
    assert (found["name"], found["description"]) == (
        "Contact with a long text: No PII is recorded (protocol 1)",
        DESCRIPTIONS["masking"],
    )
    assert {"name": "severity", "value": "blocker"} in found["labels"]
    names = [link["name"] for link in found["links"]]
    assert names[0] == "form fixture contact.yaml"
    assert "masking rules email.yaml" in names


def test_a_result_of_another_browser_says_so(tmp_path: Path) -> None:
    """Also one that was not done; its history is not that of Chromium."""
    found = written(tmp_path, [result("masking", browser="firefox"), result("masking")], "twin demo-v2-firefox")
    assert set(found) == {
        "maskproof.masking#demo-v1-firefox",
        "maskproof.masking#demo-v1",
        "maskproof.twin#demo-v2-firefox",
    }
    assert len({one["historyId"] for one in found.values()}) == len(found)
    missing = found["maskproof.twin#demo-v2-firefox"]
    assert "(protocol 2 in Firefox)" in missing["name"]
    assert {one["name"]: one["value"] for one in missing["parameters"]} == {"protocol": "2", "browser": "firefox"}


def test_an_older_run_is_not_mixed_in(tmp_path: Path) -> None:
    """The folder is written anew, and the name of a result is the same in each run, so that its history is found."""
    first = written(tmp_path, whole_run())
    second = written(tmp_path, [result("masking")])
    assert len(second) == 1
    name = "maskproof.masking#demo-v1"
    assert second[name]["historyId"] == first[name]["historyId"]


@pytest.mark.parametrize("room", [1000, 5], ids=["room", "full"])
def test_pictures_are_steps_as_long_as_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """Without room, the step says where the pictures are."""
    monkeypatch.setattr(allure_results, "PICTURE_BYTES", room)
    folder = tmp_path / PICTURES_FOLDER / "demo-v1"
    folder.mkdir(parents=True)
    pictures = ["end-seen.png", "end-recorded.png"]
    for name in pictures:
        (folder / name).write_bytes(b"12345678")
    (folder / INDEX).write_text(json.dumps({"moments": [{"title": "The end", "pictures": pictures}]}))
    (found,) = written(tmp_path, [result("replay")]).values()
    last = found["steps"][-1]
    shown = [attachment["name"] for attachment in last.get("attachments", ())]
    if room == 5:
        assert (last["name"], shown) == ("The end (its pictures are in report.html)", [])
    else:
        assert (last["name"], shown) == ("The end", ["what the person saw", "what the recording shows"])


def test_what_is_not_known_is_no_environment(tmp_path: Path) -> None:
    """An empty value would look like one."""
    written(tmp_path, [result("masking")])
    assert (tmp_path / FOLDER / "environment.properties").read_text() == "target = embedded\n"
