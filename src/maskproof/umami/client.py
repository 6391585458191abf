"""
The Umami API client for 2.10 and v3, distinguished by `/api/version`, which only 2.x has (reference 3.1).

2.10 has no list of events: raw rows come from `/api/realtime/:id`, which has those of the last 30 minutes, and
event data is not tied to events. v3 has both, paged.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.http import ApiClient, ApiError
from maskproof.umami.model import UmamiDatum, UmamiEvent, UmamiResponse, UmamiSession, UmamiWebsite
from maskproof.umami.transport import Transport

PAGE_SIZE = 100
REALTIME_MS = 30 * 60 * 1000
NOT_FOUND = 404
# The first 2.x that has v3's list of events (reference 3.4).
FIRST_WITH_EVENT_LIST = 13


class UmamiClient:
    """
    Reads back what Umami stored.

    Args:
        base_url: Base URL of Umami itself, not of the tap.
        user: Account name.
        password: Its password; never printed.
        timeout_s: Deadline of one try in seconds.
        retries: How often a request that is safe to repeat is repeated.

    """

    def __init__(self, base_url: str, *, user: str, password: str, timeout_s: float = 15.0, retries: int = 3) -> None:
        self._api = ApiClient(base_url, name="Umami", timeout_s=timeout_s, retries=retries)
        self.base_url = self._api.base_url
        self._calls = Transport(self._api, user=user, password=password)
        self._version = ""
        self._known: set[str] = set()

    @property
    def version(self) -> str:
        """
        `2.10.0` and the like; `3` for every server without `/api/version`.

        Raises:
            ApiError: Umami cannot be reached, or something else answers there.

        """
        if not self._version:
            path = "/api/version"
            answer = self._api.request("GET", path, allow=(NOT_FOUND,))
            data = {"version": "3"} if answer.status_code == NOT_FOUND else self._api.json(answer)
            self._version = UmamiResponse(data, answer.url).need("version", str)
        return self._version

    @property
    def has_event_list(self) -> bool:
        """Whether the server lists events and sessions, as v3 does; 2.10 does not."""
        major, _, rest = self.version.partition(".")
        minor = rest.partition(".")[0]
        return major != "2" or (minor.isdigit() and int(minor) >= FIRST_WITH_EVENT_LIST)

    def login(self) -> None:
        """
        Log in now; otherwise the first call does.

        Raises:
            ConfigurationError: The account is not accepted.
            ApiError: Umami cannot be reached or answers with an error.

        """
        self._calls.login()

    def create_website(self, *, name: str, domain: str) -> str:
        """
        Make a website.

        Args:
            name: What Umami calls it.
            domain: The host that it counts for.

        Returns:
            The website's id.

        """
        path = "/api/websites"
        made = UmamiResponse(self._calls.json("POST", path, json={"name": name, "domain": domain}), f"POST {path}")
        return made.need("id", str)

    def website(self, website_id: str) -> UmamiWebsite:
        """
        One website.

        Raises:
            ConfigurationError: No website has that id (Umami then answers 200 `null`).

        """
        path = _website_path(website_id)
        found = self._calls.json("GET", path)
        if found is None:
            raise ConfigurationError(
                f"Umami at {self._api.base_url} knows no website {website_id}.",
                hint="website_id is the id in the address of the website's settings.",
            )
        self._known.add(website_id)
        return UmamiWebsite.read(UmamiResponse(found, f"GET {path}"))

    def delete_website(self, website_id: str) -> None:
        """Delete a website and what it stored."""
        self._calls.request("DELETE", _website_path(website_id))

    def events(self, website_id: str, *, start_ms: int, end_ms: int) -> list[UmamiEvent]:
        """
        Every stored page view and custom event of a span, oldest first.

        Args:
            website_id: The website.
            start_ms: Start in milliseconds since 1970; on 2.10 not more than 30 minutes ago.
            end_ms: End in milliseconds since 1970; 2.10 returns later events too.

        Raises:
            ConfigurationError: There is no such website; both versions would answer with an empty list.
            Inconclusive: On 2.10, the span begins more than 30 minutes ago.
            ApiError: Umami cannot be reached or answers with an error.

        """
        if website_id not in self._known:
            self.website(website_id)
        if self.has_event_list:
            rows = list(self._rows(f"{_website_path(website_id)}/events", start_ms, end_ms, ("id",)))
        else:
            rows = self._realtime(website_id, start_ms, ("pageviews", "events"))
        return sorted(map(UmamiEvent.read, rows), key=lambda event: event.created_at)

    def event_data(
        self, website_id: str, events: Sequence[UmamiEvent], *, start_ms: int, end_ms: int
    ) -> list[UmamiDatum]:
        """
        Every stored value of the data of these events; 2.10 returns those of all events with these names.

        Args:
            website_id: The website.
            events: All events that `events` returned, or some of them.
            start_ms: Start in milliseconds since 1970.
            end_ms: End in milliseconds since 1970.

        Raises:
            ApiError: Umami cannot be reached, answers with an error, or withholds data that it says is there.

        """
        if self.has_event_list:
            return [datum for event in events if event.has_data for datum in self._data_of(website_id, event)]
        query = {"websiteId": website_id, "startAt": start_ms, "endAt": end_ms}
        names = dict.fromkeys(event.name for event in events if event.name)
        return list(self._summed_data(query, names))

    def sessions(self, website_id: str, *, start_ms: int, end_ms: int) -> list[UmamiSession]:
        """
        Every stored session of a span; on 2.10 those that began in it.

        Args:
            website_id: The website.
            start_ms: Start in milliseconds since 1970; on 2.10 not more than 30 minutes ago.
            end_ms: End in milliseconds since 1970.

        Raises:
            Inconclusive: On 2.10, the span begins more than 30 minutes ago.
            ApiError: Umami cannot be reached or answers with an error.

        """
        if self.has_event_list:
            keys = ("id", "hostname")
            rows = list(self._rows(f"{_website_path(website_id)}/sessions", start_ms, end_ms, keys))
        else:
            rows = self._realtime(website_id, start_ms, ("sessions",))
        return list({row.need("id", str): UmamiSession.read(row) for row in rows}.values())

    def session_data(self, website_id: str, session_id: str) -> list[UmamiDatum]:
        """
        The distinct id and the properties that `identify` gave a session; none on 2.10, which has no API for them.

        Args:
            website_id: The website.
            session_id: The session.

        Raises:
            ApiError: Umami cannot be reached or answers with an error.

        """
        if not self.has_event_list:
            return []
        path = f"{_website_path(website_id)}/sessions/{quote(session_id, safe='')}"
        found = [UmamiDatum.read(row, session_id=session_id) for row in self._calls.listed(f"{path}/properties")]
        distinct = self._calls.get(path).text("distinctId")
        return [UmamiDatum("", "distinctId", distinct, "", session_id), *found] if distinct else found

    def _data_of(self, website_id: str, event: UmamiEvent) -> list[UmamiDatum]:
        path = f"{_website_path(website_id)}/event-data/{quote(event.id, safe='')}"
        rows = self._calls.listed(path)
        if not rows:
            raise ApiError(f"Umami: GET {self._api.base_url}{path} gave no data of an event that has some.")
        return [UmamiDatum.read(row, event_name=event.name, event_id=event.id) for row in rows]

    def _summed_data(self, query: Mapping[str, object], names: Mapping[str, None]) -> Iterator[UmamiDatum]:
        """Data of named events, then the rest: page views can have data too."""
        seen = set()
        for name in names:
            for row in self._calls.listed("/api/event-data/events", {**query, "event": name}):
                seen.add((row.need("fieldName", str), row.text("fieldValue")))
                yield UmamiDatum(name, row.need("fieldName", str), row.text("fieldValue"), "")
        for row in self._calls.listed("/api/event-data/fields", query):
            if (row.need("fieldName", str), row.text("fieldValue")) not in seen:
                yield UmamiDatum("", row.need("fieldName", str), row.text("fieldValue"), "")

    def _realtime(self, website_id: str, start_ms: int, parts: Sequence[str]) -> list[UmamiResponse]:
        answer = self._calls.get(f"/api/realtime/{quote(website_id, safe='')}", {"startAt": start_ms})
        age_ms = answer.need("timestamp", int) - start_ms
        if age_ms > REALTIME_MS:
            raise Inconclusive(
                f"Umami {self.version} at {self._api.base_url} gives events of the last 30 minutes only, and "
                f"those of the last {age_ms // 60_000} minutes are wanted.",
                hint="Pull sooner, or use Umami v3.",
            )
        return [row for part in parts for row in UmamiResponse.listed(answer.need(part, list), answer.source)]

    def _rows(self, path: str, start_ms: int, end_ms: int, keys: Sequence[str]) -> Iterator[UmamiResponse]:
        """Rows of all pages, each once: while pages are read, new rows move others to the next page."""
        seen: set[tuple[str, ...]] = set()
        page = 0
        while True:
            page += 1
            query = {"startAt": start_ms, "endAt": end_ms, "page": page, "pageSize": PAGE_SIZE}
            answer = self._calls.get(path, query)
            if answer.data.get("isCapped"):  # 3.3: a limit of the server's own
                raise ApiError(f"Umami: {answer.source} is cut off by the server.", hint="Ask for a shorter span.")
            rows = UmamiResponse.listed(answer.need("data", list), answer.source)
            for row in rows:
                key = tuple(row.text(name) for name in keys)
                if key not in seen:
                    seen.add(key)
                    yield row
            if len(seen) >= answer.count("count"):
                return
            if not rows:
                raise ApiError(f"Umami: {answer.source} counts {answer.count('count')} rows and gave {len(seen)}.")


def _website_path(website_id: str) -> str:
    return f"/api/websites/{quote(website_id, safe='')}"
