"""The server of the pages: both builds, a seed for each visitor, and answers that nobody may keep."""

import argparse
import functools
import json
import signal
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SEEDS: dict[str, dict[str, str]] = {}


class Handler(SimpleHTTPRequestHandler):
    """Serves pages with what was seeded in them, and takes whatever is submitted."""

    def __init__(self, *arguments: Any, config: Path, **options: Any) -> None:
        self._config = config
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send the tracking configuration, a page, or another file."""
        name = self.path.partition("?")[0]
        if name == "/tracking-config.json":
            self._answer("application/json", self._config.read_bytes())
        elif name.endswith(".html"):
            text = (Path(self.directory) / name.lstrip("/")).read_text(encoding="utf-8")
            for key, value in SEEDS.get(self._visitor, {}).items():
                text = text.replace(f"[{key}]", value)
            self._answer("text/html; charset=utf-8", text.encode())
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Keep a seed for its visitor; accept everything else."""
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        if self.path == "/api/seed":
            SEEDS[self._visitor] = json.loads(body)
        self._answer("application/json", b"{}")

    @property
    def _visitor(self) -> str:
        return self.headers["user-agent"]

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("cache-control", "no-store")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing: requests hold what was typed."""


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser()
    for name in ("--instrumented-dir", "--bare-dir", "--config"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    addresses = {}
    for name in ("instrumented", "bare"):
        folder = getattr(options, f"{name}_dir")
        handler = functools.partial(Handler, config=options.config, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        addresses[name] = f"http://127.0.0.1:{server.server_address[1]}"
    print(json.dumps(addresses), flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
