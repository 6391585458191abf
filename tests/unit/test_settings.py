"""Reading the configuration."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.settings import load_settings, settings_of_run

LIVE = """
[target]
kind = "live"
[app]
instrumented = "https://app.example.com/"
bare = "https://bare.example.com"
[live.openreplay]
ingest = "https://or.example.com/ingest"
api = "https://or.example.com"
project_id = 7
project_key_env = "OR_KEY"
[live.umami]
url = "https://umami.example.com"
website_id = "w"
user_env = "UM_USER"
password_env = "UM_PASSWORD"
"""
KEYS = {"OR_KEY": "key-of-or", "UM_USER": "user-of-um", "UM_PASSWORD": "password-of-um"}


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "maskproof.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_gives_the_default_values(tmp_path: Path) -> None:
    """Every name has a default value, and paths are relative to the file."""
    settings = load_settings(_file(tmp_path, ""))
    assert settings.target == "embedded"
    assert settings.paths.forms == tmp_path / "fixtures/forms"
    assert settings.run.protocols == (1, 2)
    assert settings.run.browsers == ("chromium",)
    assert settings.overhead.margin_ms == 50


def test_the_leak_settings_have_default_values(tmp_path: Path) -> None:
    """Pattern-based detection is advisory, without test ranges; only the shipped policy accepts findings."""
    leaks = load_settings(_file(tmp_path, "")).leaks
    assert (leaks.second_net, leaks.test_ranges, leaks.phone_regions) == ("advisory", False, ("US",))
    assert (leaks.baseline, leaks.policy) == (None, None)


def test_baseline_and_policy_are_beside_the_file(tmp_path: Path) -> None:
    """The paths of baseline and policy are relative to the configuration."""
    leaks = load_settings(_file(tmp_path, '[leaks]\nbaseline = "accepted.yaml"\npolicy = "p/policy.yaml"')).leaks
    assert (leaks.baseline, leaks.policy) == (tmp_path / "accepted.yaml", tmp_path / "p/policy.yaml")


def test_the_file_is_found_in_a_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The configuration of a folder above is used, so that a command works from any folder of a project."""
    file = _file(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert load_settings().file == file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[run]\nworkers = 0", "run.workers"),
        ("[run]\nprotocols = [3]", "run.protocols"),
        ("[run]\nbrowsers = ['chromium', 'safari']", "maskproof.toml:2: run.browsers.1: 'safari'"),
        ("[run]\nbrowsers = ['firefox']", "It has to name chromium"),
        ("[app]\ninstrumented = 'ftp://x'", "app.instrumented"),
        ("[paths]\nform = 'x'", "'form' was unexpected"),
        ("[run", "not TOML"),
        ("[leaks]\nsecond_net = 'on'", "leaks.second_net"),
        ("[leaks]\nphone_regions = ['us']", "leaks.phone_regions.0"),
        ("[leaks]\nphone_regions = ['US', 'XX']", "leaks.phone_regions: XX"),
    ],
)
def test_a_fault_names_file_and_place(tmp_path: Path, text: str, expected: str) -> None:
    """A wrong value is reported with the file and its dotted name."""
    with pytest.raises(ConfigurationError) as caught:
        load_settings(_file(tmp_path, text))
    assert "maskproof.toml" in str(caught.value)
    assert expected in str(caught.value)


def test_live_keys_come_from_the_environment_and_do_not_print(tmp_path: Path) -> None:
    """Keys are read from the named variables, and no representation shows them."""
    settings = load_settings(_file(tmp_path, LIVE), environment=KEYS)
    assert settings.live_openreplay is not None
    assert settings.live_openreplay.project_key == KEYS["OR_KEY"]
    assert not any(key in repr(settings) for key in KEYS.values())


@pytest.mark.parametrize(("chosen", "target"), [("embedded", "embedded"), ("live", "live"), ("", "live")])
def test_a_worker_takes_the_target_that_the_run_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, target: str
) -> None:
    """`--target` is no line of the file, so the controller hands it over; alone, the file counts."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MASKPROOF_TARGET", chosen)
    assert settings_of_run(_file(tmp_path, LIVE)).target == target


def test_a_worker_takes_the_browsers_that_the_run_chose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of `--browser` are no line of the file either; Chromium comes first."""
    monkeypatch.setenv("MASKPROOF_BROWSERS", "firefox chromium")
    assert settings_of_run(_file(tmp_path, "")).run.browsers == ("chromium", "firefox")


@pytest.mark.parametrize(("target", "protocols"), [("embedded", (1,)), ("live", (1, 2))])
def test_a_local_build_says_nothing_of_a_live_target(tmp_path: Path, target: str, protocols: tuple[int, ...]) -> None:
    """What the deployed application speaks is not seen here, so both versions are tried."""
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "app.js").write_text('var t = {trackerVersion: "17.0.0"}', encoding="utf-8")
    server = '[app.server]\ncommand = ["serve"]\ninstrumented_dir = "build"\nbare_dir = "build"\n'
    live = LIVE.replace('[target]\nkind = "live"\n', "")
    file = _file(tmp_path, live + server)
    settings = load_settings(file, overrides={"target.kind": target}, environment=KEYS)
    assert settings.run.protocols == protocols


def test_a_missing_key_names_the_variable(tmp_path: Path) -> None:
    """The error names the variable that is not set and says what to do."""
    with pytest.raises(ConfigurationError, match="UM_PASSWORD") as caught:
        load_settings(_file(tmp_path, LIVE), environment={**KEYS, "UM_PASSWORD": ""})
    assert "export UM_PASSWORD" in caught.value.hint


ACCOUNTS = """
accounts = [{user_env = "USER_1", password_env = "PASSWORD_1"}, {user_env = "USER_2", password_env = "PASSWORD_2"}]
"""
TWO = {f"{name}_{number}": f"{name.lower()}-{number}" for name in ("USER", "PASSWORD") for number in (1, 2)}


@pytest.mark.parametrize(
    ("more", "users"),
    [
        ("", [""]),
        ('user_env = "UM_USER"\npassword_env = "UM_PASSWORD"\n', ["user-of-um"]),
        (ACCOUNTS, ["user-1", "user-2"]),
        (f'user_env = "UM_USER"\npassword_env = "UM_PASSWORD"{ACCOUNTS}', ["user-of-um", "user-1", "user-2"]),
    ],
    ids=["none", "one", "several", "one-and-more"],
)
def test_accounts_of_openreplay(tmp_path: Path, more: str, users: list[str]) -> None:
    """One account, several, or none; all come from the environment, and none is printed."""
    text = LIVE.replace('project_key_env = "OR_KEY"\n', f'project_key_env = "OR_KEY"\n{more}')
    live = load_settings(_file(tmp_path, text), environment=KEYS | TWO).live_openreplay
    assert live is not None
    assert [account.user for account in live.accounts] == users
    assert not any(value in repr(live) for value in (KEYS | TWO).values())


def test_an_account_without_a_password_is_a_fault(tmp_path: Path) -> None:
    """The message names the entry."""
    text = LIVE.replace(
        'project_key_env = "OR_KEY"\n', 'project_key_env = "OR_KEY"\naccounts = [{user_env = "USER_1"}]\n'
    )
    with pytest.raises(ConfigurationError, match=r"live\.openreplay\.accounts\.0: 'password_env' is a required"):
        load_settings(_file(tmp_path, text), environment=KEYS | TWO)


@pytest.mark.parametrize(
    ("text", "wanted"), [("", 1000), ("[run]\nrecording_begins_ms = 250", 250), (LIVE, 3000)], ids=["", "given", "live"]
)
def test_how_late_a_recording_may_begin(tmp_path: Path, text: str, wanted: int) -> None:
    """A live target has a network in between."""
    settings = load_settings(_file(tmp_path, text), environment=KEYS)
    assert settings.run.recording_begins_ms == wanted
