"""The files of a static build: which one a path names, of which type it is, and when a page stands for all others."""

import mimetypes
from pathlib import Path, PurePosixPath

from aiohttp import hdrs, web

INDEX = "index.html"
PAGES = frozenset({"document", "iframe", "frame"})
# The library's own table, not the machine's: a build has the same types everywhere.
TYPES = mimetypes.MimeTypes(filenames=())
for _kind, _suffix in (
    ("text/javascript", ".js"),
    ("text/javascript", ".mjs"),
    ("application/json", ".map"),
    ("application/manifest+json", ".webmanifest"),
    ("application/wasm", ".wasm"),
    ("image/avif", ".avif"),
    ("image/webp", ".webp"),
    ("image/x-icon", ".ico"),
    ("font/otf", ".otf"),
    ("font/ttf", ".ttf"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
):
    TYPES.add_type(_kind, _suffix)
OF_TEXT = frozenset({"application/json", "application/manifest+json", "application/xml", "image/svg+xml"})
UNKNOWN = "application/octet-stream"


def content_type(file: Path) -> str:
    """The content type of a file by its name; text is UTF-8."""
    kind, packed = TYPES.guess_type(file.name)
    if kind is None or packed is not None:
        return UNKNOWN
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in OF_TEXT else kind


class BuildFiles:
    """
    The files of one build.

    Args:
        folder: The build.
        fallback: The page that is sent for pages without a file of their own; empty if there is none.

    """

    def __init__(self, folder: Path, fallback: str = "") -> None:
        self._folder = folder.resolve()
        self._fallback = fallback

    def answer(self, request: web.Request) -> web.StreamResponse | None:
        """
        The answer to a GET or HEAD; None if no file is asked for.

        Raises:
            HTTPForbidden: The path leads out of the build.
            HTTPPermanentRedirect: A folder was named without a slash at its end.

        """
        place = self._place(request.path)
        if place.is_dir() and (place / INDEX).is_file():
            if not request.path.endswith("/"):
                path, mark, query = request.raw_path.partition("?")
                raise web.HTTPPermanentRedirect(f"/{path.strip('/')}/{mark}{query}")
            return _sent(place / INDEX)
        if place.is_file() and not request.path.endswith("/"):
            return _sent(place)
        page = place.with_name(f"{place.name}.html")
        if place != self._folder and page.is_file():
            return _sent(page)
        if self._fallback and _wants_page(request):
            return _sent(self._folder / self._fallback)
        return None

    def _place(self, path: str) -> Path:
        """The file or folder that a path names, with every link and `..` in it followed."""
        try:
            place = (self._folder / path.lstrip("/")).resolve()
        except (OSError, ValueError) as error:  # too long, or with a zero byte
            raise web.HTTPForbidden(text="No such path.") from error
        if not place.is_relative_to(self._folder):
            raise web.HTTPForbidden(text="This path leads out of the build.")
        return place


def _wants_page(request: web.Request) -> bool:
    """Whether a browser asks for a page to show, and not for a part of one or for data."""
    purpose = request.headers.get("Sec-Fetch-Dest")
    if purpose is not None:
        return purpose in PAGES
    accepted = request.headers.get(hdrs.ACCEPT, "*/*")
    return "text/html" in accepted or ("*/*" in accepted and not PurePosixPath(request.path).suffix)


def _sent(file: Path) -> web.FileResponse:
    headers = {hdrs.CONTENT_TYPE: content_type(file), hdrs.CACHE_CONTROL: "no-cache"}
    return web.FileResponse(file, headers=headers)
