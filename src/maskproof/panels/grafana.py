"""
Grafana's HTTP interface, as far as the check of dashboards asks it.

Sources: Grafana's pkg/api/datasources.go (health), pkg/api/dashboard.go (`dashboard` and `meta`), pkg/api/ds_query.go,
and `DataResponse` of the plugin SDK (`results`, `frames`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from maskproof.clock import HOUR_MS
from maskproof.errors import ConfigurationError
from maskproof.http import ApiClient
from maskproof.json_fields import JsonAnswer
from maskproof.panels.facts import Shown
from maskproof.panels.macros import TimeRange

OK, NOT_FOUND = 200, 404
REFUSED = frozenset({401, 403})
ROWS = 1_000


class GrafanaAnswer(JsonAnswer):
    """One JSON object of an answer of Grafana."""

    system = "Grafana"


class Grafana:
    """
    A Grafana, asked with the token of a service account; a Viewer is enough.

    Args:
        url: Its base URL, with the path that it is served below.
        token: The token; never printed.

    """

    def __init__(self, url: str, token: str) -> None:
        self._api = ApiClient(url, name="Grafana")
        self._headers = {"Authorization": f"Bearer {token}"}
        self.url = url

    def version(self) -> str:
        """
        Its version.

        Raises:
            ApiError: It cannot be reached, or its own database does not answer.

        """
        return self._ask("GET", "/api/health").need("version", str)

    def health(self, uid: str) -> str:
        """
        Why a data source does not answer; empty if it does.

        Raises:
            ConfigurationError: The token is not accepted.
            ApiError: Grafana cannot be reached.

        """
        answer = self._ask("GET", f"/api/datasources/uid/{uid}/health", allow=(400, 404, 500))
        return "" if answer.text("status") == "OK" else answer.text("message") or "no reason is given"

    def dashboard(self, uid: str) -> Mapping[str, Any] | None:
        """
        The document of a dashboard; None if there is none.

        Raises:
            ConfigurationError: The token is not accepted.
            ApiError: Grafana cannot be reached.

        """
        answer = self._ask("GET", f"/api/dashboards/uid/{uid}", allow=(NOT_FOUND,))
        return answer.mapping("dashboard") or None

    def query(self, target: Mapping[str, Any], times: TimeRange) -> tuple[Shown, str]:
        """
        The rows of one query, or why there are none.

        Args:
            target: The query as the dashboard has it, with its variables filled in.
            times: The time of the dashboard.

        Raises:
            ConfigurationError: The token is not accepted.
            ApiError: Grafana cannot be reached, or answers something else.

        """
        asked = {**target, "refId": "A", "intervalMs": HOUR_MS, "maxDataPoints": ROWS}
        body = {"queries": [asked], "from": str(times.from_ms), "to": str(times.to_ms)}
        answer = self._ask("POST", "/api/ds/query", json=body, allow=(400, 403, 404, 500), repeatable=True)
        result = GrafanaAnswer(answer.mapping("results").get("A", {}), "POST /api/ds/query")
        problem = result.text("error") or ("" if answer.mapping("results") else answer.text("message") or "no result")
        return (Shown((), ()), problem) if problem else (_shown(result.objects("frames")), "")

    def _ask(self, method: str, path: str, *, allow: Sequence[int] = (), **options: Any) -> GrafanaAnswer:  # noqa: ANN401
        answer = self._api.request(method, path, headers=self._headers, allow=(*allow, *REFUSED), **options)
        if answer.status_code in REFUSED and answer.status_code not in allow:
            raise ConfigurationError(
                f"Grafana at {self.url} does not accept the token for {path} (status {answer.status_code}).",
                hint="[live.grafana] token_env names the variable that holds a token of a service account (Viewer).",
            )
        return GrafanaAnswer(self._api.json(answer), f"{method} {path}")


def _shown(frames: Sequence[Mapping[str, Any]]) -> Shown:
    """The first frame as rows: Grafana sends columns."""
    if not frames:
        return Shown((), ())
    columns = tuple(str(column.get("name", "")) for column in frames[0].get("schema", {}).get("fields", ()))
    values = frames[0].get("data", {}).get("values", ())
    return Shown(columns, tuple(zip(*values, strict=True)))
