"""Where results come from: lines of fixtures and rules, as a checkout and a CI server name them."""

from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT

from maskproof.evidence.places import Place, Places
from maskproof.settings import load_settings

SETTINGS = load_settings(ROOT / "maskproof.toml")
GITHUB = {"GITHUB_SERVER_URL": "https://git.example", "GITHUB_REPOSITORY": "a/b", "GITHUB_SHA": "c0ffee"}
GITLAB = {"CI_PROJECT_URL": "https://git.example/a/b", "CI_COMMIT_SHA": "c0ffee"}


def line_of(place: Place) -> str:
    """The line of a place, as its file has it."""
    return place.file.read_text(encoding="utf-8").splitlines()[place.line - 1]


def test_a_value_leads_to_the_field_that_it_is_typed_into() -> None:
    """A value that no field holds leads to the form fixture, and a form that is not there to the configuration."""
    places = Places(SETTINGS, {})
    assert "email" in line_of(places.of_value("contact", "user.email"))
    assert places.of_value("contact", "user.nothing") == places.of_form("contact")
    assert places.of_form("all").file == SETTINGS.file


def test_words_lead_to_the_rules_and_fields_that_they_name() -> None:
    """Each once; other words lead nowhere."""
    places = Places(SETTINGS, {})
    rule = places.rules_of(["email"])[0]
    identifier = line_of(rule).split("id:")[1].split(",")[0].strip()
    assert places.named_in("contact", ["rule", identifier, identifier]) == [rule]


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        (GITHUB, "https://git.example/a/b/blob/c0ffee/maskproof.toml#L3"),
        (GITLAB, "https://git.example/a/b/-/blob/c0ffee/maskproof.toml#L3"),
        ({}, "../maskproof.toml"),
    ],
    ids=["GitHub", "GitLab", "disk"],
)
def test_a_link_leads_to_the_server_of_the_job_or_to_the_file(environment: dict[str, str], url: str) -> None:
    """Without a server, a report that is opened from disk finds the file beside it."""
    assert Places(SETTINGS, environment).url(Place(SETTINGS.file, 3), ROOT / "reports") == url


def test_a_checkout_within_a_checkout_names_files_from_its_own_root() -> None:
    """A CI job says where its checkout is."""
    places = Places(SETTINGS, {"GITHUB_WORKSPACE": str(ROOT.parent)})
    assert places.path(Place(SETTINGS.file)) == f"{ROOT.name}/maskproof.toml"
    assert Places(SETTINGS, {"GITHUB_WORKSPACE": "/nowhere"}).path(Place(Path("/x/y.yaml"))) == "y.yaml"
