"""
The Umami API client: 2.10 and v3, told apart by `/api/version`, which only 2.x has.

2.10 has no list of events: raw rows come from `/api/realtime/:id` (the last 30 minutes), and event data
is not tied to events. v3 has both, paged.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.http import ApiClient, ApiError
from maskproof.umami.model import UmamiDatum, UmamiEvent

PAGE_SIZE = 100
NOT_FOUND = 404
UNAUTHORIZED = 401


class UmamiClient:
    """
    Reads back what Umami stored.

    Args:
        base_url: Umami's own address.
        user: Account name.
        password: Its password; never printed.
        timeout_s: Deadline of one request in seconds.

    """

    def __init__(self, base_url: str, *, user: str, password: str, timeout_s: float = 15.0) -> None:
        self._api = ApiClient(base_url, name="Umami", timeout_s=timeout_s)
        self._user = user
        self._password = password
        self._version = ""
        self._token = ""

    @property
    def version(self) -> str:
        """`2.10.0` and the like; `3` for every server without `/api/version`."""
        if not self._version:
            answer = self._api.request("GET", "/api/version", allow=(NOT_FOUND,))
            self._version = "3" if answer.status_code == NOT_FOUND else str(self._api.json(answer)["version"])
        return self._version

    @property
    def is_v2(self) -> bool:
        """Whether the server is of the 2.x line that has no event list."""
        return self.version.startswith("2.")

    def login(self) -> None:
        """
        Log in.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: Umami cannot be reached or answers with an error.

        """
        body = {"username": self._user, "password": self._password}
        answer = self._api.request("POST", "/api/auth/login", json=body, allow=(UNAUTHORIZED,))
        if answer.status_code == UNAUTHORIZED:
            raise ConfigurationError(
                f"Umami at {self._api.base_url} does not accept the account.", hint="Check user and password."
            )
        self._token = str(self._api.json(answer)["token"])

    def create_website(self, *, name: str, domain: str) -> str:
        """Make a website; returns its id."""
        return str(self._json("POST", "/api/websites", json={"name": name, "domain": domain})["id"])

    def website(self, website_id: str) -> Mapping[str, Any]:
        """
        One website's record.

        Raises:
            ConfigurationError: There is none of that id (Umami then answers 200 `null`).

        """
        found = self._json("GET", f"/api/websites/{website_id}")
        if not isinstance(found, dict):
            raise ConfigurationError(f"Umami at {self._api.base_url} knows no website {website_id}.")
        return found

    def delete_website(self, website_id: str) -> None:
        """Delete a website and what it stored."""
        self._request("DELETE", f"/api/websites/{website_id}")

    def events(self, website_id: str, *, start_ms: int, end_ms: int) -> list[UmamiEvent]:
        """
        Every stored page view and custom event of a span, oldest first.

        Args:
            website_id: The website.
            start_ms: Start in milliseconds since 1970; on 2.10 not more than 30 minutes ago.
            end_ms: End in milliseconds since 1970.

        Raises:
            ApiError: Umami cannot be reached or answers with an error.

        """
        rows = self._realtime(website_id, start_ms) if self.is_v2 else self._paged_events(website_id, start_ms, end_ms)
        return sorted((_event(row) for row in rows), key=lambda event: event.created_at)

    def event_data(self, website_id: str, *, start_ms: int, end_ms: int, names: tuple[str, ...]) -> list[UmamiDatum]:
        """
        Every stored value of event data of the named events.

        Args:
            website_id: The website.
            start_ms: Start in milliseconds since 1970.
            end_ms: End in milliseconds since 1970.
            names: Names of custom events.

        """
        span = {"startAt": start_ms, "endAt": end_ms}
        if not self.is_v2:
            return self._event_data_v3(website_id, start_ms, end_ms)
        found: list[UmamiDatum] = []
        for name in names:
            query = {**span, "websiteId": website_id, "event": name}
            rows = self._json("GET", "/api/event-data/events", params=query)
            found += [UmamiDatum(name, str(row["fieldName"]), str(row.get("fieldValue", "")), "") for row in rows]
        return found

    def _realtime(self, website_id: str, start_ms: int) -> Iterator[Mapping[str, Any]]:
        answer = self._json("GET", f"/api/realtime/{website_id}", params={"startAt": start_ms})
        yield from answer["pageviews"]
        yield from answer["events"]

    def _paged_events(self, website_id: str, start_ms: int, end_ms: int) -> Iterator[Mapping[str, Any]]:
        page, seen = 1, 0
        while True:
            query = {"startAt": start_ms, "endAt": end_ms, "page": page, "pageSize": PAGE_SIZE}
            answer = self._json("GET", f"/api/websites/{website_id}/events", params=query)
            yield from answer["data"]
            seen += len(answer["data"])
            if not answer["data"] or seen >= int(answer["count"]):
                return
            page += 1

    def _event_data_v3(self, website_id: str, start_ms: int, end_ms: int) -> list[UmamiDatum]:
        found = []
        for row in self._paged_events(website_id, start_ms, end_ms):
            if not row.get("hasData"):
                continue
            for datum in self._json("GET", f"/api/websites/{website_id}/event-data/{row['id']}"):
                value = datum.get("stringValue") or datum.get("dateValue") or datum.get("numberValue")
                found.append(UmamiDatum(str(datum["eventName"]), str(datum["dataKey"]), str(value), str(row["id"])))
        return found

    def _request(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - handed through
        if not self._token:
            self.login()
        return self._api.request(method, path, headers={"Authorization": f"Bearer {self._token}"}, **options)

    def _json(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        return self._api.json(self._request(method, path, **options))


def _event(row: Mapping[str, Any]) -> UmamiEvent:
    try:
        referrer = "".join(
            (row.get("referrerDomain") or "", row.get("referrerPath") or "", _query(row.get("referrerQuery")))
        )
        return UmamiEvent(
            id=str(row["id"]),
            session_id=str(row["sessionId"]),
            kind="pageview" if row["eventType"] == 1 else "event",
            name=row.get("eventName") or "",
            path=row.get("urlPath") or "",
            query=row.get("urlQuery") or "",
            referrer=referrer,
            title=row.get("pageTitle") or "",
            created_at=str(row["createdAt"]),
        )
    except KeyError as error:
        raise Inconclusive(f"Umami: an event has no field {error}.", hint="Is this a version after 3.3?") from error


def _query(text: str | None) -> str:
    return f"?{text}" if text else ""


__all__ = ["ApiError", "UmamiClient"]
