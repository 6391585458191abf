"""The server of the plain application, with the standard library only: both builds, each with one form."""

import argparse
import functools
import json
import signal
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SHORTEST = 4


class Handler(SimpleHTTPRequestHandler):
    """Serves a build, the tracking configuration, and the subscription."""

    def __init__(self, *arguments: Any, config: Path, **options: Any) -> None:
        self._config = config
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send a file of the build, or the tracking configuration."""
        if self.path == "/tracking-config.json":
            self._answer(200, self._config.read_bytes())
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Accept a subscription; refuse a name that is too short."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if len(body["who"]) < SHORTEST:
            self._answer(422, json.dumps({"who": "Tell us who you are"}).encode())
        else:
            self._answer(200, b"{}")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
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
