"""The part of the configuration for a static build that Maskproof serves itself: `[app.static]`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OK = 200
NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class StaticAnswer:
    """
    A seeded answer: what a request is answered with.

    `name` is its method and path as configured; a step `*` of the path stands for any one. Without `file`, the body is
    empty. With `keep`, what the request carries is kept for its visitor, and shown where answers have `{{name}}`.
    """

    name: str
    file: Path | None = None
    status: int = OK
    type: str = ""
    keep: bool = False

    @property
    def method(self) -> str:
        """The request's method."""
        return self.name.partition(" ")[0]

    @property
    def path(self) -> str:
        """The path, with `*` for any one step."""
        return self.name.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class StaticProxy:
    """
    The team's API: requests to `paths` (and below) are passed on to `url`.

    A `command` is started first and stopped at the end. Without `url`, it is given a free port.
    """

    paths: tuple[str, ...]
    url: str
    command: tuple[str, ...]
    cwd: Path


@dataclass(frozen=True, slots=True)
class StaticSettings:
    """
    A static build, served by Maskproof.

    Without `bare_dir`, the same build with its tracking configuration withheld stands for the bare one. `ports` are
    those of the instrumented and the bare build, or none for free ones. `fallback` is the page of the build that is
    sent for pages without a file; empty if there is none.
    """

    instrumented_dir: Path
    bare_dir: Path | None
    fallback: str
    ports: tuple[int, ...]
    answers: tuple[StaticAnswer, ...]
    proxy: StaticProxy | None


def static_settings(folder: Path, data: Mapping[str, Any]) -> StaticSettings:
    """
    The table as a value.

    Args:
        folder: The folder of the configuration, which paths are relative to.
        data: The table, which fits the schema.

    """
    proxy = data.get("proxy")
    return StaticSettings(
        instrumented_dir=folder / data["instrumented_dir"],
        bare_dir=folder / data["bare_dir"] if "bare_dir" in data else None,
        fallback=data.get("fallback", ""),
        ports=tuple(data.get("ports", ())),
        answers=tuple(_answer(folder, name, answer) for name, answer in data.get("answers", {}).items()),
        proxy=None if proxy is None else _proxy(folder, proxy),
    )


def _answer(folder: Path, name: str, answer: str | Mapping[str, Any]) -> StaticAnswer:
    given: Mapping[str, Any] = {"file": answer} if isinstance(answer, str) else answer
    file = folder / given["file"] if "file" in given else None
    return StaticAnswer(
        name=name,
        file=file,
        status=given.get("status", OK if file else NO_CONTENT),
        type=given.get("type", ""),
        keep=given.get("keep", False),
    )


def _proxy(folder: Path, proxy: Mapping[str, Any]) -> StaticProxy:
    return StaticProxy(
        paths=tuple(proxy["paths"]),
        url=proxy.get("url", "").rstrip("/"),
        command=tuple(proxy.get("command", ())),
        cwd=folder / proxy.get("cwd", "."),
    )
