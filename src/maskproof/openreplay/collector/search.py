"""Searches sessions: checks a request as the server does, filters, sorts and pages (5.2)."""

from collections.abc import Callable, Mapping
from typing import Any

from maskproof.openreplay.collector.model import JsonObject

MAXIMUM_LIMIT = 200
FIELDS = {
    "userId",
    "userAnonymousId",
    "userUuid",
    "userBrowser",
    "userOs",
    "userDevice",
    "userDeviceType",
    "userCountry",
    "userCity",
    "userState",
    "platform",
    "timezone",
}
SORTS = {"startTs": "startTs", "datetime": "startTs", "eventsCount": "eventsCount"}
OPERATORS: Mapping[str, Callable[[str, list[str]], bool]] = {
    "is": lambda text, values: text in values,
    "isNot": lambda text, values: text not in values,
    "isAny": lambda _text, _values: True,
    "contains": lambda text, values: any(value in text for value in values),
    "notContains": lambda text, values: all(value not in text for value in values),
    "startsWith": lambda text, values: any(text.startswith(value) for value in values),
    "endsWith": lambda text, values: any(text.endswith(value) for value in values),
}


class BadSearch(Exception):  # noqa: N818 - answered with 400
    """A search request that is not valid. The text says why."""


def search(request: Any, records: list[JsonObject]) -> JsonObject:  # noqa: ANN401 - JSON
    """
    Answer a search.

    Args:
        request: The JSON of the request.
        records: The rows of all stored sessions.

    Returns:
        `{"total", "sessions"}`: the number of matches, and the rows of one page.

    Raises:
        BadSearch: The request is not valid.

    """
    if not isinstance(request, dict):
        raise BadSearch("the body is not an object")
    start, end = _integer(request, "startTimestamp", 0), _integer(request, "endTimestamp", 0)
    limit, page = _integer(request, "limit", 1), _integer(request, "page", 1)
    if limit > MAXIMUM_LIMIT:
        raise BadSearch(f"limit is above {MAXIMUM_LIMIT}")
    found = [record for record in records if start <= record["startTs"] <= end]
    for condition in request.get("filters") or []:
        found = [record for record in found if _matches(condition, record)]
    found.sort(key=_sort_key(request), reverse=request.get("order", "desc") != "asc")
    return {"total": len(found), "sessions": found[(page - 1) * limit : page * limit]}


def _integer(request: JsonObject, name: str, least: int) -> int:
    value = request.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadSearch(f"{name} is required and must be at least {least}")
    return value


def _sort_key(request: JsonObject) -> Callable[[JsonObject], Any]:
    field = SORTS.get(request.get("sort", "startTs"))
    if field is None:
        raise BadSearch("sort is not known")
    return lambda record: record[field]


def _matches(condition: Any, record: JsonObject) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(condition, dict) or not isinstance(condition.get("value", []), list):
        raise BadSearch("a filter is no object with a list of values")
    name, operator = str(condition.get("name")), OPERATORS.get(condition.get("operator", "is"))
    if operator is None:
        raise BadSearch("a filter's operator is not known")
    if name in FIELDS:
        text = record[name]
    elif name in record["metadata"] or name.startswith("metadata"):
        text = record["metadata"].get(name)
    else:
        raise BadSearch(f"filter {name[:40]} is not known")
    return text is not None and operator(str(text), [str(value) for value in condition.get("value", [])])
