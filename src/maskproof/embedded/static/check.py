"""Checks a static build, its answers and its API before anything is started."""

import errno
import re
import socket

from maskproof.embedded.build_check import SEE, check_builds
from maskproof.embedded.command_check import check_command
from maskproof.embedded.static.answers import fits
from maskproof.embedded.static.api_command import is_answering
from maskproof.embedded.static.files import INDEX
from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.journey.observe import CONFIG_PATH
from maskproof.machine.waiting import LOOPBACK, is_loopback
from maskproof.settings import Settings
from maskproof.static_settings import StaticAnswer, StaticProxy, StaticSettings

NAME = re.compile(r"(GET|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s?#]*)")
EXAMPLE = '"POST /api/orders" = {file = "answers/order.json", status = 201}'
BODILESS = frozenset({204, 304})


def check_static(settings: Settings, static: StaticSettings) -> None:
    """
    Check everything that `[app.static]` names.

    Args:
        settings: The configuration.
        static: The table.

    Raises:
        ConfigurationError: A part of it cannot work; names file and line.
        Inconclusive: The API that should be there does not answer.

    """
    if settings.app.server is not None:
        raise settings.error(
            "app.static",
            "there is [app.server], too: an application has one server.",
            hint=f"Take out the one that you do not need. {SEE}",
        )
    check_builds(settings, "app.static", static.instrumented_dir, static.bare_dir)
    _check_pages(settings, static)
    for answer in static.answers:
        _check_answer(settings, answer)
    for port in static.ports:
        _check_port(settings, port)
    if static.proxy is not None:
        _check_proxy(settings, static.proxy)


def _check_pages(settings: Settings, static: StaticSettings) -> None:
    for name, folder in (("instrumented_dir", static.instrumented_dir), ("bare_dir", static.bare_dir)):
        if folder is None:
            continue
        if not (folder / INDEX).is_file():
            below = sorted(folder.glob(f"*/{INDEX}"))
            hint = f"Is it {below[0].parent}?" if below else "Build the application first, or name its folder."
            raise settings.error(f"app.static.{name}", f"{folder} has no {INDEX}.", hint=hint)
        page = (folder / static.fallback).resolve()
        if static.fallback and (not page.is_file() or not page.is_relative_to(folder.resolve())):
            raise settings.error(
                "app.static.fallback",
                f"{folder} has no {static.fallback}.",
                hint=f'It is the page of the build that is sent for every other page, as a rule "{INDEX}".',
            )


def _check_answer(settings: Settings, answer: StaticAnswer) -> None:
    if not NAME.fullmatch(answer.name):
        raise _error(
            settings,
            answer,
            f"{answer.name!r} is no method and path.",
            f"For example: {EXAMPLE}. A query does not count.",
        )
    if fits(answer, "GET", CONFIG_PATH) and "*" not in answer.path:
        raise _error(settings, answer, "Maskproof itself answers it.", "Take it out.")
    if answer.file is not None and not answer.file.is_file():
        raise _error(
            settings, answer, f"{answer.file} is not there.", "The path is relative to the folder of maskproof.toml."
        )
    if answer.file is not None and answer.status in BODILESS:
        raise _error(settings, answer, f"an answer of status {answer.status} has no body.", "Take out file, or status.")


def _error(settings: Settings, answer: StaticAnswer, message: str, hint: str) -> ConfigurationError:
    return settings.error_at(("app", "static", "answers", answer.name), message, hint=hint)


def _check_port(settings: Settings, port: int) -> None:
    try:
        with socket.create_server((LOOPBACK, port)):
            pass
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message, hint = f"port {port} is taken by another program.", "End that, or leave out ports for free ones."
        else:
            message, hint = f"port {port} cannot be used: {error.strerror}.", "Leave out ports for free ones."
        raise settings.error("app.static.ports", message, hint=hint) from error


def _check_proxy(settings: Settings, proxy: StaticProxy) -> None:
    if not proxy.url and not proxy.command:
        raise settings.error(
            "app.static.proxy",
            "names no API: expected the url that it answers at, or the command that starts it.",
            hint='For example: command = ["npm", "run", "api", "--", "--port", "{port}"]',
        )
    if proxy.url and not is_loopback(proxy.url):
        raise settings.error(
            "app.static.proxy.url",
            f"{proxy.url} is not on this machine: an embedded target sends nothing outside.",
            hint="Start the API here, or seed its answers: [app.static.answers].",
        )
    if proxy.command:
        check_command(settings, "app.static.proxy.command", proxy.command, proxy.cwd)
    if proxy.url and proxy.command and is_answering(proxy.url):
        raise settings.error(
            "app.static.proxy.url",
            f"something answers at {proxy.url} already, before the command is started.",
            hint="End it, or take out command to use it.",
        )
    if not proxy.command and not is_answering(proxy.url):
        raise Inconclusive(
            f"{settings.place('app.static.proxy.url')}: nothing answers at {proxy.url}.",
            hint="Start the API there, or name the command that starts it: command.",
        )
