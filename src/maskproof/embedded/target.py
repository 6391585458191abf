"""
The embedded target: application, Umami on PostgreSQL behind a tap, and the OpenReplay collector.

One controller process starts it; everything listens on loopback only and ends with `stop`, each
process by its own id. Recordings are kept in the work folder.
"""

import contextlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from maskproof.embedded.app_build import AppBuild, ensure_app_build
from maskproof.embedded.app_server import AppServer
from maskproof.errors import ConfigurationError
from maskproof.machine.postgres import Postgres
from maskproof.machine.progress import step
from maskproof.machine.run_lock import only_run_in
from maskproof.machine.temporary import ensure_room
from maskproof.openreplay.collector import Collector, CollectorAddresses, Faults
from maskproof.recording.addresses import AppAddresses, OpenReplayAddresses, StackAddresses, UmamiAddresses
from maskproof.settings import AppServerSettings, Settings
from maskproof.umami.build import ensure_umami_build
from maskproof.umami.client import UmamiClient
from maskproof.umami.server import UmamiServer
from maskproof.umami.tap import Tap

WEBSITE_NAME = "Maskproof"


class EmbeddedStack:
    """
    The embedded target as one thing that starts and stops.

    Args:
        settings: Where the application and its builds come from.
        switches: The application's test-only switches; `block_ingest` is the collector's.
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
        umami = self._start_umami()
        collector = self._start_collector()
        return StackAddresses(
            app=self._start_app(umami, collector),
            openreplay=OpenReplayAddresses(
                ingest=collector.ingest,
                api=collector.api,
                project_id=str(collector.project_id),
                project_key=collector.project_key,
                user=collector.user,
                password=collector.password,
                api_key=collector.api_key,
            ),
            umami=umami,
            work_dir=self._work_dir,
        )

    def _later(self, stop: Callable[[], object]) -> None:
        self._closing.callback(stop)

    def _start_umami(self) -> UmamiAddresses:
        build = ensure_umami_build()
        with step("start PostgreSQL"):
            postgres = Postgres(self._work_dir / "postgres")
            self._later(postgres.stop)
            postgres.start()
        with step("start Umami"):
            server = UmamiServer(build, postgres, self._work_dir / "umami")
            self._later(server.stop)
            addresses = server.start()
            client = UmamiClient(addresses.url, user=addresses.user, password=addresses.password)
            website = client.create_website(name=WEBSITE_NAME, domain="127.0.0.1")
            tap = Tap(addresses.url, self._work_dir / "umami")
            self._later(tap.stop)
            tap.start()
        return UmamiAddresses(
            url=tap.url,
            server=addresses.url,
            script=f"{tap.url}/script.js",
            user=addresses.user,
            password=addresses.password,
            website_id=website,
        )

    def _start_collector(self) -> CollectorAddresses:
        with step("start the OpenReplay collector"):
            collector = Collector(self._work_dir, faults=self._faults)
            self._later(collector.stop)
            return collector.start()

    def _start_app(self, umami: UmamiAddresses, collector: CollectorAddresses) -> AppAddresses:
        app = self._settings.app
        if app.server is None:
            if not app.instrumented or not app.bare:
                raise ConfigurationError(
                    "maskproof.toml names no application: expected [app] instrumented and bare base URLs, "
                    "or [app.server] with a command.",
                    hint="See docs/guides/your-own-application.md.",
                )
            return AppAddresses(instrumented=app.instrumented, bare=app.bare)
        build = _build_of(app.server)
        with step("start the application"):
            server = AppServer(app.server.command, cwd=app.server.cwd, folder=self._work_dir / "app")
            self._later(server.stop)
            return server.start(
                instrumented=build.instrumented,
                bare=build.bare,
                config=self._tracking_config(umami, collector),
            )

    def _tracking_config(self, umami: UmamiAddresses, collector: CollectorAddresses) -> dict[str, object]:
        return {
            "openreplay": {"ingestPoint": collector.ingest, "projectKey": collector.project_key},
            "umami": {"hostUrl": umami.url, "scriptUrl": umami.script, "websiteId": umami.website_id},
            "test": {"disableSecureMode": True, "guard": True, **self._switches},
        }


def _build_of(server: AppServerSettings) -> AppBuild:
    if server.source is not None:
        return ensure_app_build(server.source)
    if server.instrumented_dir is None or server.bare_dir is None:
        raise ConfigurationError(
            "[app.server] names no builds: expected source (an npm project), or instrumented_dir and bare_dir.",
            hint="See docs/guides/your-own-application.md.",
        )
    return AppBuild(instrumented=server.instrumented_dir, bare=server.bare_dir)
