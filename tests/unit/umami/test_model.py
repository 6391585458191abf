"""Reading the records of Umami's responses."""

import pytest

from maskproof.http import ApiError
from maskproof.umami.model import UmamiDatum, UmamiEvent, UmamiResponse

ROW = {"id": "e1", "sessionId": "s1", "eventType": 1, "createdAt": "2026-11-23T01:50:50.055Z"}


def _event(**changes: object) -> UmamiEvent:
    return UmamiEvent.read(UmamiResponse({**ROW, **changes}, "GET /events"))


@pytest.mark.parametrize(("number", "kind"), [(1, "pageview"), (2, "event"), (5, "other")])
def test_the_kind_of_a_row_is_known_by_its_number(number: int, kind: str) -> None:
    """Kinds of newer versions are neither page views nor custom events."""
    assert _event(eventType=number).kind == kind


def test_fields_that_are_missing_or_null_are_empty() -> None:
    """A missing or null field is an empty text, because 2.10 and v3 leave out different ones."""
    assert set(_event(urlPath=None).texts().values()) == {""}


def test_every_text_of_an_event_is_searched() -> None:
    """Name, URL, referrer, title and the visitor's own id are given as stored."""
    row = {"eventName": "n", "urlPath": "/p", "urlQuery": "q", "pageTitle": "t", "distinctId": "i"}
    event = _event(**row, referrerDomain="d", referrerPath="/r", referrerQuery="q")
    assert event.texts() == {**row, "referrer": "d/r?q"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"stringValue": "", "numberValue": None}, ""),
        ({"stringValue": None, "numberValue": "0"}, "0"),
        ({"stringValue": None, "dateValue": "2024-01-02"}, "2024-01-02"),
    ],
)
def test_a_datum_is_read_from_where_its_value_stands(values: dict[str, object], expected: str) -> None:
    """The value is the text, the date or the number; an empty text stays empty."""
    assert UmamiDatum.read(UmamiResponse({"dataKey": "key", **values}, "GET /event-data")).value == expected


@pytest.mark.parametrize(("given", "expected"), [(7, 7), ("15", 15), ("0", 0)])
def test_a_count_may_be_a_text(given: object, expected: int) -> None:
    """A count is read from a number or a text, as servers send both."""
    assert UmamiResponse({"count": given}, "GET /events").count("count") == expected


@pytest.mark.parametrize("given", [None, "many", True, -1, 1.5])
def test_what_is_no_count_is_an_error(given: object) -> None:
    """The error names the field and the request."""
    with pytest.raises(ApiError, match="GET /events: expected count as a count"):
        UmamiResponse({"count": given}, "GET /events").count("count")
