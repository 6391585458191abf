"""Searches sessions: checks a request as the server does, filters, sorts and pages (5.2)."""

from collections.abc import Callable, Mapping
from typing import Any

from maskproof.openreplay.collector.database import seconds
from maskproof.openreplay.collector.model import JsonObject

MAXIMUM_LIMIT = 200
# What a filter with `autoCaptured` can ask for. Without it, a filter is about custom events.
FIELDS = {
    "userId",
    "userAnonymousId",
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
SORTS = {"eventsCount": "eventsCount"}
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
        raise BadSearch("unexpected end of JSON input")
    start, end = _integer(request, "startTimestamp", "StartDate"), _integer(request, "endTimestamp", "EndDate")
    limit, page = _integer(request, "limit", "Limit"), _integer(request, "page", "Page")
    if limit > MAXIMUM_LIMIT:
        raise _invalid("Limit", "max")
    found = [record for record in records if seconds(start) <= record["startTs"] <= end]
    for number, condition in enumerate(request.get("filters") or []):
        found = [record for record in found if _matches(condition, _operator(condition, number), record)]
    field = SORTS.get(request.get("sort", ""), "startTs")
    found.sort(key=lambda record: record[field], reverse=request.get("order", "desc") != "asc")
    shown = [] if request.get("bookmarked") else found[(page - 1) * limit : page * limit]
    # Matches are counted by the rows of the page: beyond the last one there is none.
    return {"total": len(found) if shown else 0, "sessions": shown}


def invalid(request: str, field: str, rule: str) -> str:
    """
    What the server's validation says.

    Args:
        request: Name of the request's type.
        field: Path to the field in it.
        rule: The rule that the field broke.

    """
    return (
        f"Key: '{request}.{field}' Error:Field validation for '{field.rpartition('.')[2]}' failed on the '{rule}' tag"
    )


def _invalid(field: str, rule: str) -> BadSearch:
    return BadSearch(invalid("SessionsSearchRequest", field, rule))


def _integer(request: JsonObject, name: str, field: str) -> int:
    """A number that has to be there; zero counts as none, as the server's validation has it."""
    value = request.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _invalid(field, "required")
    return value


def _operator(condition: Any, number: int) -> Callable[[str, list[str]], bool]:  # noqa: ANN401 - JSON
    if not isinstance(condition, dict) or not isinstance(condition.get("value", []), list):
        raise BadSearch("a filter is no object with a list of values")
    operator = OPERATORS.get(condition.get("operator", "is"))
    if operator is None:
        raise _invalid(f"Filters[{number}].Operator", "oneof")
    return operator


def _matches(condition: JsonObject, operator: Callable[[str, list[str]], bool], record: JsonObject) -> bool:
    name, values = str(condition.get("name")), [str(value) for value in condition.get("value", [])]
    if not condition.get("autoCaptured"):
        # No custom event has a property of a session's.
        return condition.get("operator") == "isAny"
    text = record[name] if name in FIELDS else record["metadata"].get(name)
    return bool(text) and operator(str(text), values)
