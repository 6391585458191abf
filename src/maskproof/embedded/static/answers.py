"""Seeded answers: what a request is answered with from files, and what of it earlier requests filled in."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from maskproof.embedded.static.files import UNKNOWN, content_type
from maskproof.forms.polls import ANY_STEP, fits_path
from maskproof.static_settings import StaticAnswer

PLACE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def fits(answer: StaticAnswer, method: str, path: str) -> bool:
    """
    Whether an answer is for a request.

    Args:
        answer: The answer.
        method: The request's method; HEAD is answered as GET, without the body.
        path: Its path.

    """
    return answer.method == ("GET" if method == "HEAD" else method) and fits_path(answer.path, path)


class Answers:
    """
    The answers of a project, and what was kept for each visitor.

    Visitors are distinguished by their user agent, which differs from journey to journey.

    Args:
        answers: The answers; one without `*` comes first.

    """

    def __init__(self, answers: Iterable[StaticAnswer]) -> None:
        self._answers = sorted(answers, key=lambda answer: answer.path.split("/").count(ANY_STEP))
        self._kept: dict[str, dict[str, Any]] = {}

    async def answer(self, request: web.Request) -> web.Response | None:
        """The answer to a request; None if none is seeded."""
        found = next((one for one in self._answers if fits(one, request.method, request.path)), None)
        if found is None:
            return None
        kept = self._kept.setdefault(request.headers.get(hdrs.USER_AGENT, ""), {})
        if found.keep:
            kept.update(await _carried(request))
        headers = {hdrs.CACHE_CONTROL: "no-store"}
        if found.file is None:
            return web.Response(status=found.status, headers=headers)
        headers[hdrs.CONTENT_TYPE] = found.type or content_type(found.file)
        return web.Response(status=found.status, headers=headers, body=_filled(found, headers[hdrs.CONTENT_TYPE], kept))


async def _carried(request: web.Request) -> Mapping[str, Any]:
    """The fields of a form, or of the object that a request carries; nothing if it carries something else."""
    if request.content_type == "multipart/form-data":
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    text = (await request.read()).decode("utf-8", "replace")
    if request.content_type in FORMS:
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _filled(answer: StaticAnswer, kind: str, kept: Mapping[str, Any]) -> bytes:
    """The body of an answer, with what was kept where it has `{{name}}`."""
    data = answer.file.read_bytes() if answer.file else b""
    if kind == UNKNOWN or b"{{" not in data:
        return data
    text = data.decode("utf-8", "surrogateescape")
    if "json" in kind:
        try:
            return json.dumps(_in_json(json.loads(text), kept), ensure_ascii=False).encode()
        except ValueError:
            return data
    quoted = html.escape if "html" in kind or "xml" in kind else str
    return PLACE.sub(lambda found: quoted(_as_text(_value(kept, found[1]))), text).encode("utf-8", "surrogateescape")


def _in_json(node: Any, kept: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """JSON whose texts are filled in; a text that is nothing but one place becomes the value that it names."""
    if isinstance(node, dict):
        return {key: _in_json(value, kept) for key, value in node.items()}
    if isinstance(node, list):
        return [_in_json(value, kept) for value in node]
    if not isinstance(node, str):
        return node
    whole = PLACE.fullmatch(node)
    if whole:
        return _value(kept, whole[1])
    return PLACE.sub(lambda found: _as_text(_value(kept, found[1])), node)


def _value(kept: Any, path: str) -> Any:  # noqa: ANN401 - JSON
    """What a dotted path names, e.g. `customers.0.name`; None if it is not there."""
    for step in path.split("."):
        if isinstance(kept, list) and step.isdecimal() and int(step) < len(kept):
            kept = kept[int(step)]
        elif isinstance(kept, Mapping) and step in kept:
            kept = kept[step]
        else:
            return None
    return kept


def _as_text(value: Any) -> str:  # noqa: ANN401 - JSON
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
