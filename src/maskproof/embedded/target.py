"""
The embedded target: application, Umami on PostgreSQL behind a tap, and the OpenReplay collector.

One controller process starts it; everything listens on loopback only and ends with `stop`, each
process by its own id. Recordings are kept in the work folder.
"""

import contextlib
import shutil
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from maskproof.embedded.app_build import AppBuild, ensure_app_build
from maskproof.embedded.app_check import check_app
from maskproof.embedded.app_server import AppServer
from maskproof.embedded.bundle_check import check_bundle
from maskproof.embedded.static import StaticServer
from maskproof.embedded.static.api_command import ApiCommand
from maskproof.embedded.weakening import WEAKENINGS, weakened
from maskproof.errors import InternalError, UsageError
from maskproof.machine.postgres import Postgres
from maskproof.machine.progress import note, step
from maskproof.machine.run_lock import only_run_in
from maskproof.machine.temporary import ensure_room
from maskproof.openreplay.collector import Collector, CollectorAddresses, Faults
from maskproof.recording.addresses import AppAddresses, OpenReplayAddresses, StackAddresses, UmamiAddresses
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import AppServerSettings, Settings
from maskproof.static_settings import StaticSettings
from maskproof.umami.build import ensure_umami_build
from maskproof.umami.client import UmamiClient
from maskproof.umami.server import UmamiServer, make_database
from maskproof.umami.tap import Tap


class EmbeddedStack:
    """
    The embedded target as one thing that starts and stops.

    Args:
        settings: Where the application and its builds come from.
        switches: Test-only switches: those of `weakening` change a copy of the application, `block_ingest` is the
            collector's, and the application is given any other.
        work_dir: Where wire, stored sessions and logs are kept; default is `<reports>/run`.

    """

    def __init__(
        self,
        settings: Settings,
        *,
        switches: Mapping[str, object] | None = None,
        work_dir: Path | None = None,
    ) -> None:
        given = dict(switches or {})
        self._settings = settings
        self._faults = Faults(block_ingest=bool(given.pop("block_ingest", False)))
        self._switches = given
        self._work_dir = work_dir or settings.paths.reports / "run"
        self._closing = contextlib.ExitStack()
        self._database = ""

    @property
    def database(self) -> str:
        """The connection string of Umami's database; it holds a password, and is never printed or handed to workers."""
        return self._database

    def start(self) -> StackAddresses:
        """
        Start every part and wait until each answers.

        Raises:
            MaskproofError: A part does not start; what was started before it is stopped again.

        """
        try:
            return self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop everything that was started, last first."""
        self._closing.close()

    def _start(self) -> StackAddresses:
        ensure_room()
        self._closing.enter_context(
            only_run_in(self._work_dir, self._work_dir.with_name(f".{self._work_dir.name}.lock"))
        )
        if self._work_dir.exists():
            shutil.rmtree(self._work_dir)
        self._work_dir.mkdir(parents=True)
        # The application first: it is the part that a user may have wrong, and the others take seconds.
        tap, website = self._start_tap(), str(uuid.uuid4())
        collector = self._start_collector()
        app = self._start_app(tap, website, collector)
        return StackAddresses(
            app=app,
            openreplay=OpenReplayAddresses(
                ingest=collector.ingest,
                api=collector.api,
                project_id=str(collector.project_id),
                project_key=collector.project_key,
                user=collector.user,
                password=collector.password,
                api_key=collector.api_key,
            ),
            umami=self._start_umami(tap, website),
            work_dir=self._work_dir,
        )

    def _later(self, stop: Callable[[], object]) -> None:
        self._closing.callback(stop)

    def _start_tap(self) -> Tap:
        """The address that pages send to is known before Umami is there."""
        tap = Tap("", self._work_dir / "umami")
        self._later(tap.stop)
        tap.start()
        return tap

    def _start_umami(self, tap: Tap, website: str) -> UmamiAddresses:
        build = ensure_umami_build()
        with step("start PostgreSQL"):
            postgres = Postgres(self._work_dir / "postgres")
            self._later(postgres.stop)
            postgres.start()
        with step("start Umami"):
            self._database = make_database(build, postgres, website=website)
            server = UmamiServer(build, self._database, self._work_dir / "umami")
            self._later(server.stop)
            addresses = server.start()
            # Its first answers take longer than a page waits; and the website has to be there.
            UmamiClient(addresses.url, user=addresses.user, password=addresses.password).website(website)
            tap.forward_to(addresses.url)
        return UmamiAddresses(
            url=tap.url,
            server=addresses.url,
            script=_script(tap),
            user=addresses.user,
            password=addresses.password,
            website_id=website,
        )

    def _start_collector(self) -> CollectorAddresses:
        with step("start the OpenReplay collector"):
            collector = Collector(self._work_dir, faults=self._faults)
            self._later(collector.stop)
            return collector.start()

    def _start_app(self, tap: Tap, website: str, collector: CollectorAddresses) -> AppAddresses:
        app = self._settings.app
        check_app(self._settings)
        if not app.is_started and self._weakens:
            raise UsageError(
                "--switch: the application is not started by the suite, so that no copy of it can be weakened.",
                hint="Name its builds in maskproof.toml: [app.static], or [app.server] with a command.",
            )
        config = self._tracking_config(tap, website, collector)
        if app.static is not None:
            build = AppBuild(app.static.instrumented_dir, app.static.bare_dir or app.static.instrumented_dir)
            return self._start_static(app.static, self._weakened(build), config)
        if app.server is not None:
            return self._start_server(app.server, self._weakened(self._build_of(app.server)), config)
        return AppAddresses(instrumented=app.instrumented, bare=app.bare)

    def _start_server(self, server: AppServerSettings, build: AppBuild, config: Mapping[str, object]) -> AppAddresses:
        running = AppServer(
            server.command,
            cwd=server.cwd,
            folder=self._work_dir / "app",
            place=self._settings.place("app.server.command"),
        )
        self._later(running.stop)
        with step("start the application"):
            return running.start(instrumented=build.instrumented, bare=build.bare, config=config)

    def _start_static(self, static: StaticSettings, build: AppBuild, config: Mapping[str, object]) -> AppAddresses:
        api = static.proxy.url if static.proxy else ""
        if static.proxy and static.proxy.command:
            command = ApiCommand(
                static.proxy,
                folder=self._work_dir / "app",
                place=self._settings.place("app.static.proxy.command"),
            )
            self._later(command.stop)
            with step("start the application's API"):
                api = command.start()
        server = StaticServer(static, instrumented=build.instrumented, api=api)
        self._later(server.stop)
        try:
            return server.start(config)
        except OSError as error:
            raise self._settings.error(
                "app.static.ports", f"cannot be used: {error.strerror}.", hint="Leave out ports for free ones."
            ) from error

    def _weakened(self, build: AppBuild) -> AppBuild:
        rules = compile_rules(load_rules(self._settings.paths.rules))["rules"] if self._weakens else []
        return weakened(build, self._switches, rules, self._work_dir / "app")

    def _build_of(self, server: AppServerSettings) -> AppBuild:
        """The two builds; what is built now is held against the rules now."""
        if server.source is not None:
            build = ensure_app_build(server.source)
            rules = load_rules(self._settings.paths.rules)
            for line in check_bundle(self._settings, "app.server.source", build.instrumented, rules):
                note(line)
            return build
        if server.instrumented_dir is None or server.bare_dir is None:
            raise InternalError("An application without builds was not refused.")
        return AppBuild(instrumented=server.instrumented_dir, bare=server.bare_dir)

    def _tracking_config(self, tap: Tap, website: str, collector: CollectorAddresses) -> dict[str, object]:
        return {
            "openreplay": {"ingestPoint": collector.ingest, "projectKey": collector.project_key},
            "umami": {"hostUrl": tap.url, "scriptUrl": _script(tap), "websiteId": website},
            "test": {"disableSecureMode": True, **self._own_switches},
        }

    @property
    def _weakens(self) -> bool:
        return any(name in WEAKENINGS for name in self._switches)

    @property
    def _own_switches(self) -> dict[str, object]:
        """Switches that the application under test knows itself."""
        return {name: value for name, value in self._switches.items() if name not in WEAKENINGS}


def _script(tap: Tap) -> str:
    return f"{tap.url}/script.js"
