"""The client against recorded answers of real servers of 2.10 and 3.1."""

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


def test_versions_are_distinguished_by_the_version_path(umami_2: UmamiClient) -> None:
    """2.10 says its version, and has no list of events."""
    assert umami_2.version == "2.10.0"
    assert not umami_2.has_event_list


def test_a_server_without_the_version_path_is_v3(umami_3: UmamiClient) -> None:
    """3.1 answers 404 with a page of HTML, and has a list of events."""
    assert umami_3.version == "3"
    assert umami_3.has_event_list


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b'{"version": 3}'])
def test_something_else_at_the_version_path_is_an_error(server: Server, body: bytes) -> None:
    """A page that answers everything is not taken for Umami."""
    server.answer("GET", "/api/version", 200, body)
    with pytest.raises(ApiError, match="/api/version"):
        _ = client_of(server).version


def test_events_of_2_10_come_from_realtime(server: Server, umami_2: UmamiClient) -> None:
    """Page views and custom events come with every field, oldest first and unchanged."""
    server.give(FOLDER_2, "realtime")
    events = umami_2.events(WEBSITE_2, **SPAN_2)
    assert [(event.kind, event.name, event.path) for event in events] == [
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
    """The server would leave out older events silently, so the result is inconclusive."""
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
    assert [event.path for event in events] == ["/home#section", "/order", "/order", "/order", "/order"]
    assert [event.has_data for event in events] == [False, False, True, True, False]
    assert server.query()["page"] == "3"
    assert server.query()["startAt"] == str(SPAN_3["start_ms"])


def test_a_row_that_moved_to_the_next_page_is_read_once(server: Server, umami_3: UmamiClient) -> None:
    """An event that arrives while pages are read neither doubles a row nor hides the oldest."""
    rows = recorded(FOLDER_3, "events")["data"]
    for page in (rows[:3], rows[2:]):
        server.answer(
            "GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": page, "count": "5"}).encode()
        )
    assert len(umami_3.events(WEBSITE_3, **SPAN_3)) == len(rows)


def test_fewer_rows_than_counted_are_an_error(server: Server, umami_3: UmamiClient) -> None:
    """A list that ends early is not taken for the whole."""
    server.give(FOLDER_3, "events-page-1", "events-page-99")
    with pytest.raises(ApiError, match="counts 5 rows and gave 2"):
        umami_3.events(WEBSITE_3, **SPAN_3)


def test_a_list_that_the_server_cuts_off_is_an_error(server: Server, umami_3: UmamiClient) -> None:
    """A list that 3.3 marks as capped is refused, because the missing rows could hold the leak."""
    body = {**recorded(FOLDER_3, "events"), "isCapped": True}
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps(body).encode())
    with pytest.raises(ApiError, match="cut off by the server"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize("folder", [FOLDER_2, FOLDER_3])
def test_an_unknown_website_is_a_configuration_error(server: Server, folder: str) -> None:
    """Both versions answer with no events for it, which would look as if nothing was sent."""
    server.give(folder, "version", "login-ok", "website-get-unknown")
    with pytest.raises(ConfigurationError, match=f"knows no website {UNKNOWN}"):
        client_of(server).events(UNKNOWN, **SPAN_2)


def test_data_of_v3_is_that_of_each_event(server: Server, umami_3: UmamiClient) -> None:
    """Data is requested only for events that have some; empty and falsy values are kept."""
    server.give(FOLDER_3, "events", "event-data-by-id", "event-data-by-id-click")
    data = umami_3.event_data(WEBSITE_3, umami_3.events(WEBSITE_3, **SPAN_3), **SPAN_3)
    values = {(datum.event_name, datum.key): datum.value for datum in data}
    assert values["checkout", "address.city"] == "Delta Town"
    assert values["checkout", "empty"] == ""
    assert values["checkout", "quantity"] == "3.0000"
    assert values["newsletter-click", "email"] == "alpha@example.com"
    assert {datum.event_id for datum in data if datum.event_name == "checkout"} == {CHECKOUT}
    assert sum("/event-data/" in path for path in server.paths()) == 2


def test_the_data_of_an_event_without_the_flag_is_requested(server: Server, umami_3: UmamiClient) -> None:
    """In a version without `hasData` every event counts as one with data."""
    rows = [
        {name: value for name, value in row.items() if name != "hasData"}
        for row in recorded(FOLDER_3, "events")["data"]
    ]
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": rows, "count": 5}).encode())
    assert all(event.has_data for event in umami_3.events(WEBSITE_3, **SPAN_3))


def test_data_that_the_server_withholds_is_an_error(server: Server, umami_3: UmamiClient) -> None:
    """An event that has data and gives none is not taken for one without."""
    server.give(FOLDER_3, "events", "event-data-by-id-without-data")
    stored = umami_3.events(WEBSITE_3, **SPAN_3)
    events = [replace(event, has_data=True) for event in stored if event.kind != "pageview"]
    with pytest.raises(ApiError, match="gave no data"):
        umami_3.event_data(WEBSITE_3, events[-1:], **SPAN_3)


def test_data_of_2_10_is_read_by_name_and_then_without_a_name(server: Server, umami_2: UmamiClient) -> None:
    """Data of page views belongs to no name and is read from the summed fields."""
    server.give(FOLDER_2, "realtime", "event-data-events-one-name", "event-data-fields")
    events = [event for event in umami_2.events(WEBSITE_2, **SPAN_2) if event.name == "checkout"]
    data = umami_2.event_data(WEBSITE_2, events, **SPAN_2)
    values = {(datum.event_name, datum.key): datum.value for datum in data}
    assert values["checkout", "address.city"] == "Delta Town"
    assert values["checkout", "tags"] == '["red","blue",3]'
    assert [key for key in values if not key[0]] == [("", "plan")]
    assert [path.split("?")[0] for path in server.paths()[-2:]] == [
        "GET /api/event-data/events",
        "GET /api/event-data/fields",
    ]


def test_sessions_of_v3_are_listed(server: Server, umami_3: UmamiClient) -> None:
    """Sessions of v3 come from its own list, page by page."""
    server.give(FOLDER_3, "sessions")
    sessions = umami_3.sessions(WEBSITE_3, **SPAN_3)
    assert [(session.id, session.screen) for session in sessions] == [(IDENTIFIED, "1280x720"), (FIRST, "1280x720")]


def test_sessions_of_2_10_come_from_realtime(server: Server, umami_2: UmamiClient) -> None:
    """2.10 has no other list of sessions."""
    server.give(FOLDER_2, "realtime")
    assert [session.browser for session in umami_2.sessions(WEBSITE_2, **SPAN_2)] == ["chrome"]


def test_what_identify_left_is_read_from_v3(server: Server, umami_3: UmamiClient) -> None:
    """The distinct id and every property are read, with the session that they belong to."""
    server.give(FOLDER_3, "session-get-identified", "session-properties-identified")
    data = umami_3.session_data(WEBSITE_3, IDENTIFIED)
    assert [datum.key for datum in data] == ["distinctId", "age", "email", "member", "name", "since"]
    assert [datum.value for datum in data][:3] == ["user-1", "42", "alpha@example.com"]
    assert {datum.session_id for datum in data} == {IDENTIFIED}


def test_a_session_without_identify_has_no_data(server: Server, umami_3: UmamiClient) -> None:
    """A session that was never identified gives an empty list."""
    server.give(FOLDER_3, "session-get-first", "session-properties-first")
    assert umami_3.session_data(WEBSITE_3, FIRST) == []


def test_websites_are_made_read_and_deleted(server: Server, umami_2: UmamiClient) -> None:
    """A website can be created, read and deleted on 2.10."""
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
    """A row of another shape is refused, and the error names the field."""
    row = {**recorded(FOLDER_3, "events")["data"][0], field: value}
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, json.dumps({"data": [row], "count": 1}).encode())
    with pytest.raises(ApiError, match=f"expected {field} as"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize("body", [b"[]", b'{"data": {}, "count": 1}', b'{"data": [1], "count": 1}', b'{"data": []}'])
def test_a_list_of_another_shape_is_an_error(server: Server, umami_3: UmamiClient, body: bytes) -> None:
    """A list of another shape is an `ApiError`, neither an empty list nor an internal error."""
    server.answer("GET", f"/api/websites/{WEBSITE_3}/events", 200, body)
    with pytest.raises(ApiError, match=f"{server.url}/api/websites/{WEBSITE_3}/events: expected"):
        umami_3.events(WEBSITE_3, **SPAN_3)


@pytest.mark.parametrize(
    "call",
    [lambda client: client.events(WEBSITE_3, **SPAN_3), lambda client: client.sessions(WEBSITE_3, **SPAN_3)],
    ids=["events", "sessions"],
)
def test_errors_name_url_and_status(
    server: Server, umami_3: UmamiClient, call: Callable[[UmamiClient], object]
) -> None:
    """The error has the status of the server and its URL."""
    server.answers[("GET", f"/api/websites/{WEBSITE_3}/events")] = [(400, {}, b"startAt is a required field")]
    with pytest.raises(ApiError, match=r"was answered with 40[04]") as caught:
        call(umami_3)
    assert server.url in str(caught.value)
