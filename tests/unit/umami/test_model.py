"""What is read of Umami's answers."""

import pytest

from maskproof.http import ApiError
from maskproof.umami.model import Answer, UmamiDatum, UmamiEvent

ROW = {"id": "e1", "sessionId": "s1", "eventType": 1, "createdAt": "2026-11-23T01:50:50.055Z"}


def _event(**changes: object) -> UmamiEvent:
    return UmamiEvent.read(Answer({**ROW, **changes}, "GET /events"))


@pytest.mark.parametrize(("number", "kind"), [(1, "pageview"), (2, "event"), (5, "other")])
def test_the_kind_of_a_row_is_told_by_its_number(number: int, kind: str) -> None:
    """Kinds that newer versions have are neither page views nor custom events."""
    assert _event(eventType=number).kind == kind


def test_fields_that_are_missing_or_null_are_empty() -> None:
    """2.10 and v3 leave out different ones."""
    assert set(_event(urlPath=None).texts().values()) == {""}


def test_every_text_of_a_page_is_given_for_the_search() -> None:
    """Name, address, referrer, title and the visitor's own id, as stored."""
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
    """An empty text stays one."""
    assert UmamiDatum.read(Answer({"dataKey": "key", **values}, "GET /event-data")).value == expected


@pytest.mark.parametrize(("given", "expected"), [(7, 7), ("15", 15), ("0", 0)])
def test_a_count_may_be_a_text(given: object, expected: int) -> None:
    """`"records":"15"` is what servers answer."""
    assert Answer({"count": given}, "GET /events").count("count") == expected


@pytest.mark.parametrize("given", [None, "many", True, -1, 1.5])
def test_what_is_no_count_is_an_error(given: object) -> None:
    """It is named with its source."""
    with pytest.raises(ApiError, match="GET /events: expected count as a count"):
        Answer({"count": given}, "GET /events").count("count")
