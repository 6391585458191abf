"""Serves the two builds of a static application, each at an origin of its own on loopback."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web

from maskproof.embedded.static.answers import Answers
from maskproof.embedded.static.files import BuildFiles
from maskproof.embedded.static.proxy import Proxy
from maskproof.journey.observe import CONFIG_PATH
from maskproof.machine.server_thread import ServerThread, listen, runner_of
from maskproof.machine.waiting import LOOPBACK
from maskproof.recording.addresses import AppAddresses
from maskproof.static_settings import StaticSettings

READS = frozenset({"GET", "HEAD"})
BODY_LIMIT = 64 << 20


class StaticServer:
    """
    One running server of two builds.

    Args:
        settings: What is served beside the files.
        instrumented: Folder of the build with tracking.
        api: Base URL of the team's API; empty if there is none.

    """

    def __init__(self, settings: StaticSettings, *, instrumented: Path, api: str = "") -> None:
        self._settings = settings
        self._instrumented = instrumented
        self._answers = Answers(settings.answers)
        self._proxy = Proxy(settings.proxy.paths, api) if settings.proxy and api else None
        self._thread = ServerThread("application", "The server of the application")
        self._runners: list[web.AppRunner] = []

    def start(self, config: Mapping[str, Any]) -> AppAddresses:
        """
        Listen on two ports of loopback.

        Args:
            config: What pages get as `/tracking-config.json`; withheld from the build that stands for the bare one.

        Raises:
            OSError: A configured port is taken.
            Inconclusive: It does not come up within 10 s.

        """
        return self._thread.start(self._start(config))

    def stop(self) -> None:
        """Stop listening and end the thread."""
        self._thread.stop(self._stop())

    async def _start(self, config: Mapping[str, Any]) -> AppAddresses:
        if self._proxy is not None:
            await self._proxy.start()
        bare = self._settings.bare_dir
        sites = (
            (self._instrumented, config),
            (bare, config) if bare is not None else (self._settings.instrumented_dir, {}),
        )
        urls = []
        for (folder, given), port in zip(sites, self._settings.ports or (0, 0), strict=True):
            site = _Site(BuildFiles(folder, self._settings.fallback), given, self._answers, self._proxy)
            application = web.Application(client_max_size=BODY_LIMIT)
            application.router.add_route("*", "/{path:.*}", site.answer)
            runner = runner_of(application)
            self._runners.append(runner)
            urls.append(f"http://{LOOPBACK}:{await listen(runner, port)}")
        return AppAddresses(instrumented=urls[0], bare=urls[1])

    async def _stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()
        if self._proxy is not None:
            await self._proxy.stop()


class _Site:
    """What one origin answers: the tracking configuration, a seeded answer, the API, a file; in this order."""

    def __init__(self, files: BuildFiles, config: Mapping[str, Any], answers: Answers, proxy: Proxy | None) -> None:
        self._files = files
        self._config = json.dumps(config)
        self._answers = answers
        self._proxy = proxy

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        reads = request.method in READS
        if request.path == CONFIG_PATH and reads:
            headers = {hdrs.CACHE_CONTROL: "no-store"}
            return web.Response(text=self._config, content_type="application/json", headers=headers)
        seeded = await self._answers.answer(request)
        if seeded is not None:
            return seeded
        if self._proxy is not None and self._proxy.takes(request.path):
            return await self._proxy.answer(request)
        sent = self._files.answer(request) if reads else None
        if sent is not None:
            return sent
        raise web.HTTPNotFound(
            text=f"The build has no such file, and [app.static] no answer to it: {request.method} {request.path}\n"
        )
