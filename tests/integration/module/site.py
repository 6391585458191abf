"""A small site with the tracking module's bundle, and an analytics service that keeps what it is sent."""

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from maskproof.machine.node import node, node_environment
from maskproof.machine.packages import ensure_packages
from maskproof.openreplay.collector import CollectorAddresses
from maskproof.umami.build import ensure_umami_build

ROOT = Path(__file__).parents[3]
APP = ROOT / "fixtures" / "app"
TRACKING = APP / "src" / "lib" / "tracking"
WEBSITE = "5cbb1d2e-6d0f-4c3b-9f56-3f1d6a0f2c11"
BUNDLE = """
import { pathToFileURL } from 'node:url'
const [packages, entry, replaced, alias] = process.argv.slice(1)
const { build } = await import(pathToFileURL(`${packages}/rolldown/dist/index.mjs`))
const contents = Object.entries(JSON.parse(replaced))
const load = (id) => contents.find(([name]) => id.endsWith(`/${name}`))?.[1] ?? null
const { output } = await build({
  input: 'entry',
  write: false,
  plugins: [{
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : null),
    load: (id) => (id === 'entry' ? entry : load(id)),
  }],
  resolve: { modules: [packages], alias: JSON.parse(alias) },
  transform: { target: 'es2022', define: { 'import.meta.env.DEV': 'false' } },
  output: { format: 'esm', codeSplitting: false, minify: true },
})
process.stdout.write(output[0].code)
"""
# Starts the module, and keeps what it reports.
ENTRY = """
import * as tracking from %s
window.problems = []
tracking.startTracking({ onError: (problem) => window.problems.push(problem) })
"""
PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
    "<body>{body}{script}</body></html>"
)


def bundled(replaced: Mapping[str, Path] | None = None, *, entry: str = "", tracker: Path | None = None) -> bytes:
    """
    The module's folder as one script that starts it.

    Args:
        replaced: Files that take the place of some of the module's, by name.
        entry: The source of another script to bundle.
        tracker: The file of a tracker that takes the place of the application's.

    """
    contents = json.dumps({name: file.read_text(encoding="utf-8") for name, file in (replaced or {}).items()})
    packages = ensure_packages(APP, kind="app")
    alias = json.dumps({} if tracker is None else {"@openreplay/tracker": str(tracker)})
    given = [str(packages), entry or ENTRY % json.dumps(str(TRACKING / "index.ts")), contents, alias]
    command = [str(node()), "--input-type=module", "--eval", BUNDLE, *given]
    done = subprocess.run(command, env=node_environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@dataclass
class Site:
    """The server of the pages and of the analytics service."""

    url: str = ""
    analytics: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    script: bytes = b""
    events: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[str, bytes]:
        """The content type and body of a path."""
        name = urlsplit(path).path
        if name == "/tracking.js":
            return "text/javascript", self.script
        if name == "/tracking-config.json":
            return "application/json", json.dumps(self.config).encode()
        if name == "/script.js":
            return "text/javascript", (ensure_umami_build().folder / "public/script.js").read_bytes()
        kind = "text/css" if name.endswith(".css") else "text/html"
        return kind, self.pages.get(name, b"<!doctype html><title>Other</title><h1>Other page</h1>")


def serve(site: Site) -> ThreadingHTTPServer:
    """Serve the site on a free port of loopback, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = site.answer(self.path)
            self._reply(kind, body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            if WEBSITE in body or self.path.startswith("/api/"):
                site.events.append(f"{self.path} {body}")
            self._reply("text/plain", b"ok")

        def do_OPTIONS(self) -> None:
            self._reply("text/plain", b"")

        def _reply(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name in ("Origin", "Headers", "Methods"):
                self.send_header(
                    f"Access-Control-Allow-{name}", "*" if name != "Headers" else "content-type,x-umami-cache"
                )
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@contextlib.contextmanager
def running_site(addresses: CollectorAddresses, script: bytes) -> Iterator[Site]:
    """
    A site that records to a collector; the analytics service is another origin of it.

    Args:
        addresses: The running collector's addresses.
        script: What `/tracking.js` holds.

    """
    site = Site(script=script)
    servers = [serve(site), serve(site)]
    site.url, site.analytics = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    site.config = {
        "openreplay": {"ingestPoint": addresses.ingest, "projectKey": addresses.project_key},
        "umami": {"hostUrl": site.analytics, "scriptUrl": f"{site.analytics}/script.js", "websiteId": WEBSITE},
        "test": {"disableSecureMode": True},
    }
    try:
        yield site
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
