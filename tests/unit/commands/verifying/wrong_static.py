"""Ways to get a static build wrong, which Maskproof serves itself: each with what its user must read."""

import socket
from collections.abc import Callable
from pathlib import Path

from tests.unit.commands.verifying.wrong_configurations import CONFIGURATION, TOML, Wrong, all_of, edit, remove, write

from maskproof.errors import EXIT_INCONCLUSIVE

SERVER = CONFIGURATION[CONFIGURATION.index("[app.server]") : CONFIGURATION.index("[run]")]
FOLDER = 'instrumented_dir = "dist/instrumented"\n'
PAGE = "dist/instrumented/index.html"
ANSWERS, PROXY = "[app.static.answers]\n", '[app.static.proxy]\npaths = ["/api"]\n'


def static(more: str = "", folder: str = FOLDER) -> Callable[[Path], None]:
    """The project with a static build in place of its server, and more about it; the table is in line 9."""
    return edit(TOML, SERVER, f"[app.static]\n{folder}{more}\n")


def _taken(name: str) -> Callable[[Path], None]:
    """A port that another program has; it is let go with the project's folder."""

    def change(folder: Path) -> None:
        TAKEN[name] = socket.create_server(("127.0.0.1", 0))
        port = TAKEN[name].getsockname()[1]
        static(MORE[name].replace("PORT", str(port)))(folder)

    return change


TAKEN: dict[str, socket.socket] = {}
MORE = {
    "ports": "ports = [PORT, 65535]\n",
    "proxy": f'{PROXY}url = "http://127.0.0.1:PORT"\ncommand = ["{{python}}", "serve.py"]\n',
}

WRONG_STATIC = (
    Wrong("no folder of a static build", static(folder=""), f"{TOML}:9", "instrumented_dir", ""),
    Wrong(
        "folder of a static build",
        static(folder='instrumented_dir = "build"\n'),
        f"{TOML}:10",
        "build is not there",
        "Build the application",
    ),
    Wrong(
        "file in place of a folder",
        static(folder='instrumented_dir = "serve.py"\n'),
        f"{TOML}:10",
        "serve.py is not a folder",
        "name its folder",
    ),
    Wrong("no page", all_of(static(), remove(PAGE)), f"{TOML}:10", "has no index.html", "Build the application"),
    Wrong(
        "folder above the build",
        static(folder='instrumented_dir = "dist"\n'),
        f"{TOML}:10",
        "has no index.html",
        "dist/bare?",
    ),
    Wrong("no bare page", static('bare_dir = "forms"\n'), f"{TOML}:11", "forms has no index.html", "Build"),
    Wrong(
        "one static build twice",
        static('bare_dir = "dist/instrumented"\n'),
        f"{TOML}:11",
        "same folder",
        "without tracking",
    ),
    Wrong("fallback", static('fallback = "200.html"\n'), f"{TOML}:11", "has no 200.html", "index.html"),
    Wrong(
        "fallback outside",
        static('fallback = "../bare/index.html"\n'),
        f"{TOML}:11",
        "has no ../bare/index.html",
        "page of the build",
    ),
    Wrong("two servers", edit(TOML, "[run]", f"[app.static]\n{FOLDER}[run]"), f"{TOML}:14", "[app.server]", "Take out"),
    Wrong("file of an answer", static(f'{ANSWERS}"GET /a" = "a.json"\n'), f"{TOML}:12", "a.json is not there", "path"),
    Wrong("name of an answer", static(f'{ANSWERS}"get /a" = "serve.py"\n'), f"{TOML}:12", "'get /a'", "POST /api"),
    Wrong("query of an answer", static(f'{ANSWERS}"GET /a?b=1" = "serve.py"\n'), f"{TOML}:12", "'GET /a?b=1'", "query"),
    Wrong("key of an answer", static(f'{ANSWERS}"GET /a" = {{body = "x"}}\n'), f"{TOML}:12", "'body'", "file, status"),
    Wrong("status of an answer", static(f'{ANSWERS}"GET /a" = {{status = 99}}\n'), f"{TOML}:12", "99", ""),
    Wrong(
        "body of an empty answer",
        static(f'{ANSWERS}"GET /a" = {{file = "serve.py", status = 204}}\n'),
        f"{TOML}:12",
        "no body",
        "file",
    ),
    Wrong(
        "answer to the configuration",
        static(f'{ANSWERS}"GET /tracking-config.json" = "serve.py"\n'),
        f"{TOML}:12",
        "Maskproof itself",
        "Take it out",
    ),
    Wrong("port taken", _taken("ports"), f"{TOML}:11", "is taken by another program", "free ones"),
    Wrong("one port twice", static("ports = [8101, 8101]\n"), f"{TOML}:11", "8101", ""),
    Wrong("API without an address", static(PROXY), f"{TOML}:11", "names no API", "{port}"),
    Wrong(
        "API elsewhere",
        static(f'{PROXY}url = "https://api.shop.example"\n'),
        f"{TOML}:13",
        "not on this machine",
        "[app.static.answers]",
    ),
    Wrong(
        "silent API",
        static(f'{PROXY}url = "http://127.0.0.1:1"\n'),
        f"{TOML}:13",
        "nothing answers",
        "command",
        status=EXIT_INCONCLUSIVE,
    ),
    Wrong("API that runs already", _taken("proxy"), f"{TOML}:13", "answers at", "take out command"),
    Wrong(
        "program of the API",
        static(f'{PROXY}command = ["no-such-program"]\n'),
        f"{TOML}:13",
        "no-such-program",
        "{python}",
    ),
    Wrong(
        "folder of the API",
        static(f'{PROXY}command = ["{{python}}", "serve.py"]\ncwd = "api"\n'),
        f"{TOML}:14",
        "api is not there",
        "cwd",
    ),
    Wrong(
        "npm script of the API",
        all_of(
            static(f'{PROXY}command = ["npm", "run", "api"]\n'),
            write("package.json", '{\n"scripts": {"test": "true"}}'),
        ),
        "package.json:2",
        "api",
        "test",
    ),
    Wrong(
        "API that ends",
        all_of(
            static(f'{PROXY}command = ["{{python}}", "api.py"]\n'),
            write("api.py", "import sys; sys.exit('no database')"),
        ),
        f"{TOML}:13",
        "ended with status 1: no database",
        "api-server.log",
        starts_server=True,
    ),
)
