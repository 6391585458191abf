"""
One typed configuration: `maskproof.toml`, the environment for keys, and command-line overrides.

Paths in the file are relative to the file. Keys are never in the file: it names the environment
variables that hold them, and no message prints them.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import phonenumbers

from maskproof.bundles import locked_tracker, read_bundle, spoken_protocols
from maskproof.environment import BROWSERS_VARIABLE, CATALOGUE_VARIABLE, CONFIG_VARIABLE, TARGET_VARIABLE
from maskproof.errors import ConfigurationError, see_page
from maskproof.project_settings import ProjectSettings, read_project
from maskproof.settings_file import check_file, error_at, place_of, read_file
from maskproof.settings_schema import AUTO, BROWSERS, CHROMIUM
from maskproof.static_settings import StaticSettings, static_settings

FILE_NAME = "maskproof.toml"
SecondNetMode = Literal["advisory", "gate", "off"]


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of form fixtures, rules and reports; files of criteria, of the launch checklist and of signatures."""

    forms: Path
    rules: Path
    reports: Path
    criteria: Path | None
    launch: Path | None
    signatures: Path | None


@dataclass(frozen=True, slots=True)
class AppServerSettings:
    """A server that serves both builds: its command, the folder it runs in, the npm source to build."""

    command: tuple[str, ...]
    cwd: Path
    source: Path | None
    instrumented_dir: Path | None
    bare_dir: Path | None

    @property
    def trackers(self) -> tuple[str, ...]:
        """Versions of the OpenReplay tracker in the build with tracking, as far as they can be seen."""
        if self.source is not None:
            return locked_tracker(self.source)
        return read_bundle(self.instrumented_dir).trackers if self.instrumented_dir else ()


@dataclass(frozen=True, slots=True)
class AppSettings:
    """
    The application under test: base URLs of what already runs, a server to start, or a static build to serve.

    `guard` says whether its tracking has a second layer, which reports what it had to redact.
    """

    instrumented: str
    bare: str
    server: AppServerSettings | None
    rules_file: Path | None
    guard: bool
    static: StaticSettings | None = None

    @property
    def is_started(self) -> bool:
        """Whether an embedded target starts the application, rather than to find it at its URLs."""
        return self.server is not None or self.static is not None

    @property
    def trackers(self) -> tuple[str, ...]:
        """Versions of the OpenReplay tracker in the build that is started, as far as they can be seen."""
        if self.static is not None:
            return read_bundle(self.static.instrumented_dir).trackers
        return self.server.trackers if self.server is not None else ()


@dataclass(frozen=True, slots=True)
class LiveAccount:
    """An account of a deployed OpenReplay."""

    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LiveOpenReplay:
    """A deployed OpenReplay; a run of several workers shares its accounts among them, as a server limits each."""

    ingest: str
    api: str
    project_id: str
    project_key: str = field(repr=False)
    api_key: str = field(repr=False)
    accounts: tuple[LiveAccount, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LiveUmami:
    """A deployed Umami."""

    url: str
    website_id: str
    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LiveGrafana:
    """A deployed Grafana; the token is that of a service account."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """
    How a run goes.

    `allow_submit` names the forms that may send data to a live target. `recording_begins_ms` is how long after its page
    a recording may begin. `chosen_protocols` says whether the file names the protocol versions, rather than to leave
    them to the tracker. `umami_pages` asks for the check of Umami's own web pages. `browsers` begins with Chromium, in
    which every check is made.
    """

    protocols: tuple[int, ...]
    chosen_protocols: bool
    workers: int
    session_deadline_s: float
    recording_begins_ms: int
    allow_submit: tuple[str, ...]
    allow_idle_rules: bool
    catalogue: str
    umami_pages: bool
    browsers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverheadSettings:
    """The overhead verdict: margin in milliseconds, pairs, the form that is measured."""

    margin_ms: float
    pairs: int
    form: str


@dataclass(frozen=True, slots=True)
class LeaksSettings:
    """
    Which findings count.

    `second_net` is the mode of pattern-based detection, `test_ranges` whether it reports values of test ranges too,
    `phone_regions` the countries whose phone numbers it knows. `baseline` is the file of accepted findings: None
    accepts nothing. `policy` is the file of the leak policy: None is the default policy.
    """

    second_net: SecondNetMode
    test_ranges: bool
    phone_regions: tuple[str, ...]
    baseline: Path | None
    policy: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration of a run; `file` is where it was read, `dashboards` the folder of dashboards, if any."""

    file: Path
    target: str
    paths: Paths
    app: AppSettings
    project: ProjectSettings | None
    run: RunSettings
    overhead: OverheadSettings
    leaks: LeaksSettings
    live_openreplay: LiveOpenReplay | None
    live_umami: LiveUmami | None
    live_grafana: LiveGrafana | None = None
    dashboards: Path | None = None

    @property
    def is_off_for_bare(self) -> bool:
        """Whether the same build with tracking off stands for the bare one."""
        return self.target == "embedded" and self.app.static is not None and self.app.static.bare_dir is None

    @property
    def asks_dashboards(self) -> bool:
        """Whether a run has the check of dashboards: where there are some, and a live target names a Grafana."""
        return self.dashboards is not None and (self.target == "embedded" or self.live_grafana is not None)

    @property
    def asks_umami_pages(self) -> bool:
        """Whether a run has the check of Umami's web pages: where it is asked for, and Umami is the embedded one."""
        return self.run.umami_pages and self.target == "embedded"

    def place(self, name: str) -> str:
        """File, line and dotted name of a value, e.g. of `app.server.command`."""
        return place_of(self.file, name.split("."))

    def error(self, name: str, message: str, *, hint: str = "") -> ConfigurationError:
        """
        An error that names file and line of a value.

        Args:
            name: The value's dotted name, e.g. `app.server.command`.
            message: What is wrong with it.
            hint: What to do next.

        """
        return self.error_at(name.split("."), message, hint=hint)

    def error_at(self, names: Sequence[str], message: str, *, hint: str = "") -> ConfigurationError:
        """
        An error that names file and line of a value whose name may hold dots.

        Args:
            names: The names that lead to the value.
            message: What is wrong with it.
            hint: What to do next.

        """
        return error_at(self.file, names, message, hint=hint)


def load_settings(
    path: Path | None = None,
    *,
    overrides: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> Settings:
    """
    Read the configuration.

    Args:
        path: The file; default is `maskproof.toml` here or in a folder above.
        overrides: Values by dotted name, e.g. `{"target.kind": "live"}`; they win over the file.
        environment: Environment variables by name; default is those of the process.
        without: Parts of a live target that are not needed, `umami` for an audit: their keys need not be set.

    Raises:
        ConfigurationError: There is no file, it is invalid, or the environment lacks a live key.

    """
    file = (path or find_file(Path.cwd())).resolve()
    data = read_file(file)
    for name, value in (overrides or {}).items():
        table, _, key = name.partition(".")
        data.setdefault(table, {})[key] = value
    check_file(file, data)
    for name in without:
        data.get("live", {}).pop(name, None)
    return _build(file, data, os.environ if environment is None else environment)


def settings_of_run(file: Path | None) -> Settings:
    """
    The configuration of a run, with the target, the catalogue and the browsers that the controller of the run chose.

    Args:
        file: The configuration; None for the one of the current folder.

    Raises:
        ConfigurationError: There is no file, it is invalid, or the environment lacks a live key.

    """
    handed: dict[str, object] = {
        "target.kind": os.environ.get(TARGET_VARIABLE),
        "run.catalogue": os.environ.get(CATALOGUE_VARIABLE),
        "run.browsers": os.environ.get(BROWSERS_VARIABLE, "").split(),
    }
    return load_settings(file, overrides={name: value for name, value in handed.items() if value})


def find_file(folder: Path) -> Path:
    """
    The configuration of a folder: in it, or in the nearest folder above.

    Raises:
        ConfigurationError: There is none.

    """
    found = _file_at_or_above(folder)
    if found is None:
        raise ConfigurationError(
            f"No {FILE_NAME} in {folder} or above.",
            hint=f"maskproof init writes one; --config FILE names another. {see_page('Verify your own application')}",
        )
    return found


def configured_file() -> Path | None:
    """The configuration that `MASKPROOF_CONFIG` names, or the one of the current folder; None if there is none."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else _file_at_or_above(Path.cwd())


def _file_at_or_above(folder: Path) -> Path | None:
    return next((path / FILE_NAME for path in (folder, *folder.parents) if (path / FILE_NAME).is_file()), None)


def _build(file: Path, data: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    folder = file.parent
    target = data.get("target", {}).get("kind", "embedded")
    paths, run, overhead = data.get("paths", {}), data.get("run", {}), data.get("overhead", {})
    live = data.get("live", {}) if target == "live" else {}
    app = _app(folder, data.get("app", {}))
    chosen = run.get("protocols", AUTO)
    # A live target serves a build of its own.
    trackers = app.trackers if target == "embedded" and chosen == AUTO else ()
    return Settings(
        file=file,
        target=target,
        paths=Paths(
            forms=folder / paths.get("forms", "fixtures/forms"),
            rules=folder / paths.get("rules", "masking_rules"),
            reports=folder / paths.get("reports", "reports"),
            criteria=folder / paths["criteria"] if "criteria" in paths else None,
            launch=folder / paths["launch"] if "launch" in paths else None,
            signatures=folder / paths["signatures"] if "signatures" in paths else None,
        ),
        app=app,
        project=read_project(folder, data.get("project")),
        run=RunSettings(
            protocols=spoken_protocols(trackers) if chosen == AUTO else tuple(chosen),
            chosen_protocols=chosen != AUTO,
            workers=run.get("workers", 2),
            session_deadline_s=float(run.get("session_deadline_s", 480 if target == "live" else 20)),
            recording_begins_ms=run.get("recording_begins_ms", 3000 if target == "live" else 1000),
            allow_submit=tuple(run.get("allow_submit", ())),
            allow_idle_rules=run.get("allow_idle_rules", False),
            catalogue=run.get("catalogue", "core"),
            umami_pages=run.get("umami_pages", False),
            browsers=tuple(sorted(run.get("browsers", (CHROMIUM,)), key=BROWSERS.index)),
        ),
        overhead=OverheadSettings(
            margin_ms=float(overhead.get("margin_ms", 50)),
            pairs=overhead.get("pairs", 20),
            form=overhead.get("form", ""),
        ),
        leaks=_leaks(file, data.get("leaks", {})),
        live_openreplay=_live_openreplay(file, live.get("openreplay"), environment),
        live_umami=_live_umami(file, live.get("umami"), environment),
        live_grafana=_live_grafana(file, live.get("grafana"), environment),
        dashboards=folder / data["dashboards"]["folder"] if "dashboards" in data else None,
    )


def known_regions(names: Sequence[str], where: str) -> tuple[str, ...]:
    """
    Countries (ISO 3166) whose phone numbers are known.

    Args:
        names: Country codes of two capital letters.
        where: Where they were given, for the error.

    Raises:
        ConfigurationError: A name is no country that has phone numbers.

    """
    for name in names:
        if name not in phonenumbers.SUPPORTED_REGIONS:
            raise ConfigurationError(
                f"{where}: {name} is no country that has phone numbers.",
                hint="Give two capital letters (ISO 3166): US, GB, DE.",
            )
    return tuple(names)


def _leaks(file: Path, leaks: Mapping[str, Any]) -> LeaksSettings:
    folder = file.parent
    return LeaksSettings(
        second_net=leaks.get("second_net", "advisory"),
        test_ranges=leaks.get("test_ranges", False),
        phone_regions=known_regions(leaks.get("phone_regions", ("US",)), f"{file}: leaks.phone_regions"),
        baseline=folder / leaks["baseline"] if "baseline" in leaks else None,
        policy=folder / leaks["policy"] if "policy" in leaks else None,
    )


def _app(folder: Path, app: Mapping[str, Any]) -> AppSettings:
    server, static = app.get("server"), app.get("static")
    return AppSettings(
        instrumented=app.get("instrumented", "").rstrip("/"),
        bare=app.get("bare", "").rstrip("/"),
        server=None if server is None else _app_server(folder, server),
        rules_file=folder / app["rules_file"] if "rules_file" in app else None,
        guard=app.get("guard", True),
        static=None if static is None else static_settings(folder, static),
    )


def _app_server(folder: Path, server: Mapping[str, Any]) -> AppServerSettings:
    def optional(name: str) -> Path | None:
        return folder / server[name] if name in server else None

    return AppServerSettings(
        command=tuple(server["command"]),
        cwd=folder / server.get("cwd", "."),
        source=optional("source"),
        instrumented_dir=optional("instrumented_dir"),
        bare_dir=optional("bare_dir"),
    )


def _keys(
    file: Path, system: str, table: Mapping[str, Any], names: Sequence[str], environment: Mapping[str, str]
) -> dict[str, str]:
    """The keys of a system, each from the environment variable that the file names; empty where it names none."""
    keys = dict.fromkeys(names, "")
    for name in names:
        variable = table.get(f"{name}_env")
        if variable is None:
            continue
        if not environment.get(variable):
            raise error_at(
                file,
                ("live", system, f"{name}_env"),
                f"{name}_env names {variable}, which is not set.",
                hint=f"export {variable}=...",
            )
        keys[name] = environment[variable]
    return keys


def _live_openreplay(
    file: Path, table: Mapping[str, Any] | None, environment: Mapping[str, str]
) -> LiveOpenReplay | None:
    if table is None:
        return None
    keys = _keys(file, "openreplay", table, ("project_key", "api_key"), environment)
    named = [table, *table.get("accounts", ())] if "user_env" in table or "accounts" not in table else table["accounts"]
    accounts = [_keys(file, "openreplay", account, ("user", "password"), environment) for account in named]
    return LiveOpenReplay(
        ingest=table["ingest"].rstrip("/"),
        api=table["api"].rstrip("/"),
        project_id=str(table["project_id"]),
        accounts=tuple(LiveAccount(**account) for account in accounts),
        **keys,
    )


def _live_umami(file: Path, table: Mapping[str, Any] | None, environment: Mapping[str, str]) -> LiveUmami | None:
    if table is None:
        return None
    keys = _keys(file, "umami", table, ("user", "password"), environment)
    return LiveUmami(url=table["url"].rstrip("/"), website_id=table["website_id"], **keys)


def _live_grafana(file: Path, table: Mapping[str, Any] | None, environment: Mapping[str, str]) -> LiveGrafana | None:
    if table is None:
        return None
    return LiveGrafana(url=table["url"].rstrip("/"), **_keys(file, "grafana", table, ("token",), environment))
