"""Checks what the configuration says about the application, before anything is built or started."""

from pathlib import Path

from maskproof.embedded.app_build import BUILDS
from maskproof.embedded.build_check import SEE, WHY_BARE, check_builds
from maskproof.embedded.command_check import check_command, check_scripts
from maskproof.embedded.project_check import check_project
from maskproof.embedded.static.check import check_static
from maskproof.settings import AppServerSettings, Settings


def check_app(settings: Settings) -> None:
    """
    Check URLs or server of the application, and its own source: folders, commands, npm scripts.

    Raises:
        ConfigurationError: One of them cannot work; names file and line.

    """
    _check_served(settings)
    if settings.project is not None:
        check_project(settings, settings.project)


def _check_served(settings: Settings) -> None:
    app = settings.app
    if app.static is not None and settings.target == "embedded":
        check_static(settings, app.static)
        return
    if app.server is not None and settings.target == "embedded":
        _check_server(settings, app.server)
        return
    if not app.instrumented or not app.bare:
        raise settings.error(
            "app",
            "there is no application: expected [app.static] with the folder of a build, [app.server] with a command, "
            "or the base URLs instrumented and bare.",
            hint=SEE,
        )
    if app.instrumented == app.bare and settings.target == "embedded":
        raise settings.error("app.bare", f"is the same URL as instrumented: {app.bare}.", hint=WHY_BARE)


def _check_server(settings: Settings, server: AppServerSettings) -> None:
    check_command(settings, "app.server.command", server.command, server.cwd)
    if server.source is not None:
        _check_source(settings, server.source)
        return
    if server.instrumented_dir is None or server.bare_dir is None:
        raise settings.error(
            "app.server",
            "names no builds: expected source (an npm project), or instrumented_dir and bare_dir.",
            hint=SEE,
        )
    check_builds(settings, "app.server", server.instrumented_dir, server.bare_dir)


def _check_source(settings: Settings, source: Path) -> None:
    for name, hint in (
        ("package.json", "source is the folder of an npm project."),
        ("package-lock.json", "npm install writes it; it pins what is installed."),
    ):
        if not (source / name).is_file():
            fault = f"the folder {source} has no {name}." if source.is_dir() else f"{source} is not there."
            raise settings.error("app.server.source", fault, hint=hint)
    check_scripts(settings, "app.server.source", source, [f"build:{build}" for build in BUILDS])
