"""The client against what real servers of 2.10 and 3.1 answered."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.unit.conftest import Server
from tests.unit.umami.conftest import (
    FOLDER_2,
    FOLDER_3,
    SPAN_2,
    SPAN_3,
    UNKNOWN,
    WEBSITE_2,
    WEBSITE_3,
    client_of,
    recorded,
)

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.http import ApiError
from maskproof.umami.client import UmamiClient

CHECKOUT = "24d6b965-34a9-4928-be6a-6fc71d756c44"
IDENTIFIED = "e44ca851-34cc-5752-adfd-66896fe28459"
FIRST = "95099d46-1fb7-5386-b97a-34b6b7b37a3d"


def test_versions_are_told_apart_by_the_version_address(umami_2: UmamiClient) -> None:
    """2.10 says its version, and has no list of events."""
    assert umami_2.version == "2.10.0"
    assert not umami_2.has_event_list


def test_a_server_without_the_version_address_is_v3(umami_3: UmamiClient) -> None:
    """3.1 answers 404 with a page of HTML."""
    assert umami_3.version == "3"
    assert umami_3.has_event_list


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"version": 3}'])
def test_something_else_at_the_version_address_is_an_error(server: Server, body: bytes) -> None:
    """A page that answers everything is not taken for Umami."""
    server.answer("GET", "/api/version", 200, body)
    with pytest.raises(ApiError, match="/api/version"):
        _ = client_of(server).version


def test_events_of_2_10_come_from_realtime(server: Server, umami_2: UmamiClient) -> None:
    """Page views and custom events with every field, oldest first, as the rows stand."""
    server.give(FOLDER_2, "realtime")
    events = umami_2.events(WEBSITE_2, **SPAN_2)
    assert [(one.kind, one.name, one.path) for one in events] == [
        ("pageview", "", "/home"),
        ("pageview", "", "/order"),
        ("event", "checkout", "/order"),
        ("event", "newsletter-click", "/order"),
        ("event", "after-identify", "/order"),
    ]
    assert events[0].referrer == "ref.example.com/from?topic=shoes"
    assert events[1].texts()["urlQuery"] == "email=alpha%2540example.com&name=Beta+Gamma&step=2"
    assert server.query() == {"startAt": str(SPAN_2["start_ms"])}


def test_2_10_cannot_say_what_was_more_than_30_minutes_ago(server: Server, umami_2: UmamiClient) -> None:
    """The server would leave the older events out without a word, so nothing can be said."""
    server.give(FOLDER_2, "realtime")
    too_early = recorded(FOLDER_2, "realtime")["timestamp"] - 31 * 60 * 1000
    with pytest.raises(Inconclusive, match="last 30 minutes only"):
        umami_2.events(WEBSITE_2, start_ms=too_early, end_ms=SPAN_2["end_ms"])


def test_events_of_v3_are_read_page_by_page(server: Server, umami_3: UmamiClient) -> None:
    """Three pages of two become five events, oldest first."""
    server.give(FOLDER_3, "events-page-1", "events-page-2")
    third = {**recorded(FOLDER_3, "events-page-2"), "data": recorded(FOLDER_3, "events")["data"][4:]}
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps(third).encode())
    events = umami_3.events(WEBSITE_3, **SPAN_3)
    assert [one.path for one in events] == ["/home#section", "/order", "/order", "/order", "/order"]
    assert [one.has_data for one in events] == [False, False, True, True, False]
    assert server.query()["page"] == "3"
    assert server.query()["startAt"] == str(SPAN_3["start_ms"])


def test_a_row_that_moved_to_the_next_page_is_read_once(server: Server, umami_3: UmamiClient) -> None:
    """An event that comes while pages are read neither doubles a row nor hides the oldest."""
    rows = recorded(FOLDER_3, "events")["data"]
    for page in (rows[:3], rows[2:]):
        server.answer(
            "GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": page, "count": "5"}).encode()
        )
    assert len(umami_3.events(WEBSITE_3, **SPAN_3)) == len(rows)


def test_fewer_rows_than_counted_are_an_error(server: Server, umami_3: UmamiClient) -> None:
    """A list that ends early is not read as whole."""
    server.give(FOLDER_3, "events-page-1", "events-page-99")
    with pytest.raises(ApiError, match="counts 5 rows and gave 2"):
        umami_3.events(WEBSITE_3, **SPAN_3)


def test_a_list_that_the_server_cuts_off_is_an_error(server: Server, umami_3: UmamiClient) -> None:
    """3.3 says so; what is missing could be the leak."""
    body = {**recorded(FOLDER_3, "events"), "isCapped": True}
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps(body).encode())
    with pytest.raises(ApiError, match="cut off by the server"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize("folder", [FOLDER_2, FOLDER_3])
def test_an_unknown_website_is_a_configuration_error(server: Server, folder: str) -> None:
    """Both versions answer with no events for it, which would read as nothing sent."""
    server.give(folder, "version", "login-ok", "website-get-unknown")
    with pytest.raises(ConfigurationError, match=f"knows no website {UNKNOWN}"):
        client_of(server).events(UNKNOWN, **SPAN_2)


def test_data_of_v3_is_that_of_each_event(server: Server, umami_3: UmamiClient) -> None:
    """Asked for those events alone that have data; empty and falsy values stay as they are."""
    server.give(FOLDER_3, "events", "event-data-by-id", "event-data-by-id-click")
    data = umami_3.event_data(WEBSITE_3, umami_3.events(WEBSITE_3, **SPAN_3), **SPAN_3)
    values = {(one.event_name, one.key): one.value for one in data}
    assert values["checkout", "address.city"] == "Delta Town"
    assert values["checkout", "empty"] == ""
    assert values["checkout", "quantity"] == "3.0000"
    assert values["newsletter-click", "email"] == "alpha@example.com"
    assert {one.event_id for one in data if one.event_name == "checkout"} == {CHECKOUT}
    assert sum("/event-data/" in path for path in server.paths()) == 2


def test_an_event_that_is_not_said_to_have_no_data_is_asked_for_it(server: Server, umami_3: UmamiClient) -> None:
    """A version that lacks the flag does not hide what there is."""
    rows = [
        {name: value for name, value in row.items() if name != "hasData"}
        for row in recorded(FOLDER_3, "events")["data"]
    ]
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": rows, "count": 5}).encode())
    assert all(event.has_data for event in umami_3.events(WEBSITE_3, **SPAN_3))


def test_data_that_the_server_withholds_is_an_error(server: Server, umami_3: UmamiClient) -> None:
    """An event that has data and gives none is not read as one without."""
    server.give(FOLDER_3, "events", "event-data-by-id-without-data")
    events = [replace(one, has_data=True) for one in umami_3.events(WEBSITE_3, **SPAN_3) if one.kind != "pageview"]
    with pytest.raises(ApiError, match="gave no data"):
        umami_3.event_data(WEBSITE_3, events[-1:], **SPAN_3)


def test_data_of_2_10_is_read_by_name_and_what_has_no_name_too(server: Server, umami_2: UmamiClient) -> None:
    """Data of page views belongs to no name; the summed fields have it."""
    server.give(FOLDER_2, "realtime", "event-data-events-one-name", "event-data-fields")
    events = [one for one in umami_2.events(WEBSITE_2, **SPAN_2) if one.name == "checkout"]
    data = umami_2.event_data(WEBSITE_2, events, **SPAN_2)
    values = {(one.event_name, one.key): one.value for one in data}
    assert values["checkout", "address.city"] == "Delta Town"
    assert values["checkout", "tags"] == '["red","blue",3]'
    assert [key for key in values if not key[0]] == [("", "plan")]
    assert [one.split("?")[0] for one in server.paths()[-2:]] == [
        "GET /api/event-data/events",
        "GET /api/event-data/fields",
    ]


def test_sessions_of_both_versions(server: Server, umami_3: UmamiClient) -> None:
    """v3 lists them, page by page."""
    server.give(FOLDER_3, "sessions")
    sessions = umami_3.sessions(WEBSITE_3, **SPAN_3)
    assert [(one.id, one.screen) for one in sessions] == [(IDENTIFIED, "1280x720"), (FIRST, "1280x720")]


def test_sessions_of_2_10_come_from_realtime(server: Server, umami_2: UmamiClient) -> None:
    """There is no other list of them."""
    server.give(FOLDER_2, "realtime")
    assert [one.browser for one in umami_2.sessions(WEBSITE_2, **SPAN_2)] == ["chrome"]


def test_what_identify_left_is_read_from_v3(server: Server, umami_3: UmamiClient) -> None:
    """The distinct id and every property, with the session that they belong to."""
    server.give(FOLDER_3, "session-get-identified", "session-properties-identified")
    data = umami_3.session_data(WEBSITE_3, IDENTIFIED)
    assert [one.key for one in data] == ["distinctId", "age", "email", "member", "name", "since"]
    assert [one.value for one in data][:3] == ["user-1", "42", "alpha@example.com"]
    assert {one.session_id for one in data} == {IDENTIFIED}


def test_a_session_without_identify_has_no_data(server: Server, umami_3: UmamiClient) -> None:
    """Nothing is made up."""
    server.give(FOLDER_3, "session-get-first", "session-properties-first")
    assert umami_3.session_data(WEBSITE_3, FIRST) == []


def test_websites_are_made_read_and_deleted(server: Server, umami_2: UmamiClient) -> None:
    """As 2.10 answered."""
    server.give(FOLDER_2, "website-create", "website-delete")
    made = umami_2.create_website(name="Alpha Shop", domain="localhost")
    website = umami_2.website(made)
    assert (website.id, website.name, website.domain) == (WEBSITE_2, "Alpha Shop", "localhost")
    umami_2.delete_website("92d7d0de-be96-4812-b22f-68f0b605f85d")
    assert server.paths()[-1].startswith("DELETE /api/websites/92d7d0de")


@pytest.mark.parametrize(
    ("field", "value"), [("id", None), ("sessionId", 7), ("eventType", "1"), ("createdAt", None)], ids=str
)
def test_a_row_without_what_is_needed_is_an_error_that_names_it(
    server: Server, umami_3: UmamiClient, field: str, value: object
) -> None:
    """A version with another shape is not read as something else."""
    row = {**recorded(FOLDER_3, "events")["data"][0], field: value}
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": [row], "count": 1}).encode())
    with pytest.raises(ApiError, match=f"expected {field} as"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize("body", [b"[]", b'{"data": {}, "count": 1}', b'{"data": [1], "count": 1}', b'{"data": []}'])
def test_a_list_of_another_shape_is_an_error(server: Server, umami_3: UmamiClient, body: bytes) -> None:
    """Neither an empty list nor an internal error."""
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, body)
    with pytest.raises(ApiError, match=f"{server.url}/api/websites/{WEBSITE_3}/events: expected"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize(
    "call",
    [lambda one: one.events(WEBSITE_3, **SPAN_3), lambda one: one.sessions(WEBSITE_3, **SPAN_3)],
    ids=["events", "sessions"],
)
def test_errors_name_address_and_status(
    server: Server, umami_3: UmamiClient, call: Callable[[UmamiClient], object]
) -> None:
    """What the server says is passed on, with where it comes from."""
    server.answers[("GET", f"/api/websites/{WEBSITE_3}/events")] = [(400, {}, b"startAt is a required field")]
    with pytest.raises(ApiError, match=r"was answered with 40[04]") as caught:
        call(umami_3)
    assert server.url in str(caught.value)
