"""The check `development`: a development server is not tracked, and shows a change of its source without a reload."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests
from playwright.sync_api import Browser, Error, Page

from maskproof.bundles import PACKAGES
from maskproof.errors import ConfigurationError
from maskproof.journey import Trackers
from maskproof.journey.observe import CONFIG_PATH
from maskproof.machine.app_environment import outside_a_run
from maskproof.machine.failures import last_lines
from maskproof.machine.node import node_environment
from maskproof.machine.packages import ensure_packages
from maskproof.machine.process import filled_in, start_command, stop_process
from maskproof.machine.waiting import LOOPBACK, free_port, wait_until
from maskproof.project_settings import DevelopmentSettings, ProjectSettings
from maskproof.verdicts.outcome import Outcome

DEADLINE_S = 30.0
STOP_DEADLINE_S = 5.0
# A watcher drops a change that comes within so many ms of the page's own load.
SETTLED_MS = 300
SKIPPED = shutil.ignore_patterns(PACKAGES, "dist", ".git", ".vite")
CHANGED = "{} (changed)"


def check_development(project: ProjectSettings, browser: Browser, trackers: Trackers, log: Path) -> Outcome:
    """
    Run the development server on a copy of the source, open a page and change its source.

    Args:
        project: The source, and its development server.
        browser: Opens the page.
        trackers: The target's base URLs, which an untracked page asks for nothing.
        log: File for what the server says.

    Raises:
        ConfigurationError: The server does not start or answer, or the text is not in its file or on the page.

    """
    development = project.development
    if development is None:
        return Outcome(unseen=("no development server is configured",))
    seen, problems = [], []
    rounds = ({}, development.tracked) if development.tracked else ({},)
    for variables in rounds:
        with tempfile.TemporaryDirectory(prefix="maskproof-app-") as place:
            copy = _copy(project.source, Path(place) / "app")
            with _server(development, copy, variables, log) as site, browser.new_context() as context:
                name = "with tracking on" if variables else "without being asked"
                found = _visit(context.new_page(), site, development, copy, trackers, is_tracked=bool(variables))
        problems += [f"{name}: {line}" for line in found]
        if not found:
            seen.append(f"{name}, the page showed a change of {development.file} without a reload")
    return Outcome(seen=tuple(seen), problems=tuple(problems))


def _copy(source: Path, copy: Path) -> Path:
    """A copy of the source, since its files are changed; its packages are those that are installed, or the cache's."""
    shutil.copytree(source, copy, ignore=SKIPPED, ignore_dangling_symlinks=True)
    installed = source / PACKAGES
    packages = installed if installed.is_dir() else ensure_packages(source, kind="app")
    (copy / PACKAGES).mkdir()
    for package in packages.iterdir():
        if package.name != ".vite":
            (copy / PACKAGES / package.name).symlink_to(package)
    return copy


@contextlib.contextmanager
def _server(development: DevelopmentSettings, copy: Path, variables: Mapping[str, str], log: Path) -> Iterator[str]:
    """The URL of a running development server; it is stopped at the end."""
    port = free_port()
    environment = {name: value for name, value in node_environment().items() if name not in development.tracked}
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        server = start_command(
            filled_in(development.command, port),
            place="[project.development] command",
            cwd=copy,
            env=outside_a_run(environment) | dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    site = f"http://{LOOPBACK}:{port}"
    try:
        wait_until(lambda: server.poll() is not None or _answers(site + development.path), deadline_s=DEADLINE_S)
        if server.poll() is not None or not _answers(site + development.path):
            raise ConfigurationError(
                f"[project.development] command does not answer at port {port}. Its last line: {last_lines(log, 1)}",
                hint=f"{{port}} stands for the port it has to use. Its messages are in {log}.",
            )
        yield site
    finally:
        stop_process(server, deadline_s=STOP_DEADLINE_S)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=DEADLINE_S, headers={"Accept": "text/html"}).ok
    except requests.RequestException:
        return False


def _visit(
    page: Page, site: str, development: DevelopmentSettings, copy: Path, trackers: Trackers, *, is_tracked: bool
) -> list[str]:
    """What is wrong with a page of the development server."""
    asked: list[str] = []
    loads: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    _open(page, site, development)
    page.wait_for_timeout(SETTLED_MS)
    changed = CHANGED.format(development.text)
    _change(copy / development.file, development.text, changed)
    problems = []
    try:
        page.get_by_text(changed).first.wait_for(timeout=DEADLINE_S * 1000)
    except Error:
        problems.append(f"the page did not show a change of {development.file} within {DEADLINE_S:.0f} s")
    if len(loads) > 1:
        problems.append("the page was reloaded, and lost what was typed")
    tracking = (site + CONFIG_PATH, *(base for base in (trackers.ingest, trackers.umami) if base))
    contacts = [url for url in asked if url.startswith(tracking)]
    if contacts and not is_tracked:
        problems.append(f"it is tracked: the page asked for {contacts[0].partition('?')[0]}")
    if is_tracked and not contacts:
        problems.append("it is not tracked, although its environment says so")
    return problems


def _open(page: Page, site: str, development: DevelopmentSettings) -> None:
    try:
        page.goto(site + development.path)
        page.get_by_text(development.text).first.wait_for(timeout=DEADLINE_S * 1000)
    except Error as error:
        raise ConfigurationError(
            f"[project.development] text: {development.text!r} is not on the page {development.path}: "
            f"{error.message.splitlines()[0]}",
            hint="It has to be on the page at path, and in file.",
        ) from None


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    if old not in text:
        raise ConfigurationError(
            f"[project.development] text: {old!r} is not in {file.name}.",
            hint="It has to be in that source file, and on the page.",
        )
    file.write_text(text.replace(old, new), encoding="utf-8")
