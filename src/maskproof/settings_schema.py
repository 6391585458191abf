"""The JSON Schema of `maskproof.toml`; docs/reference/configuration.md explains each name."""

from typing import Any


def _table(required: tuple[str, ...] = (), /, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_URL = {"type": "string", "pattern": "^https?://"}
_SECONDS = {"type": "number", "exclusiveMinimum": 0}
AUTO = "auto"
CHROMIUM, FIREFOX = "chromium", "firefox"
BROWSERS = (CHROMIUM, FIREFOX)
_PROTOCOLS = {
    "if": {"type": "string"},
    "then": {"const": AUTO},
    "else": {"type": "array", "items": {"enum": [1, 2]}, "minItems": 1, "uniqueItems": True},
}
URL_NAMES = (
    *(("app", name) for name in ("instrumented", "bare")),
    ("app", "static", "proxy", "url"),
    *(("live", "openreplay", name) for name in ("ingest", "api")),
    ("live", "umami", "url"),
    ("live", "grafana", "url"),
)

_PORT = {"type": "integer", "minimum": 1, "maximum": 65535}
_PATH = {"type": "string", "pattern": "^/"}
# What a request is answered with: a file, or a table.
_ANSWER = {
    "if": {"type": "string"},
    "then": _TEXT,
    "else": _table(
        file=_TEXT,
        status={"type": "integer", "minimum": 200, "maximum": 599},
        type=_TEXT,
        keep={"type": "boolean"},
    ),
}
_STATIC = _table(
    ("instrumented_dir",),
    instrumented_dir=_TEXT,
    bare_dir=_TEXT,
    fallback=_TEXT,
    ports={"type": "array", "items": _PORT, "minItems": 2, "maxItems": 2, "uniqueItems": True},
    answers={"type": "object", "additionalProperties": _ANSWER},
    proxy=_table(
        ("paths",),
        paths={"type": "array", "items": _PATH, "minItems": 1},
        url=_URL,
        command={**_TEXTS, "minItems": 1},
        cwd=_TEXT,
    ),
)
_ACCOUNT = _table(("user_env", "password_env"), user_env=_TEXT, password_env=_TEXT)

SCHEMA: dict[str, Any] = _table(
    target=_table(kind={"enum": ["embedded", "live"]}),
    paths=_table(forms=_TEXT, rules=_TEXT, reports=_TEXT, criteria=_TEXT, launch=_TEXT, signatures=_TEXT),
    app=_table(
        instrumented=_URL,
        bare=_URL,
        rules_file=_TEXT,
        guard={"type": "boolean"},
        server=_table(
            ("command",),
            command={**_TEXTS, "minItems": 1},
            cwd=_TEXT,
            source=_TEXT,
            instrumented_dir=_TEXT,
            bare_dir=_TEXT,
        ),
        static=_STATIC,
    ),
    project=_table(
        ("source",),
        source=_TEXT,
        module=_TEXT,
        tests={**_TEXTS, "minItems": 1},
        development=_table(
            ("command", "path", "file", "text"),
            command={**_TEXTS, "minItems": 1},
            path={"type": "string", "pattern": "^/"},
            file=_TEXT,
            text=_TEXT,
            tracked={"type": "object", "additionalProperties": {"type": "string"}},
        ),
    ),
    run=_table(
        protocols=_PROTOCOLS,
        browsers={
            "type": "array",
            "items": {"enum": list(BROWSERS)},
            "contains": {"const": CHROMIUM},
            "uniqueItems": True,
        },
        workers={"type": "integer", "minimum": 1},
        session_deadline_s=_SECONDS,
        recording_begins_ms={"type": "integer", "minimum": 1},
        allow_submit=_TEXTS,
        allow_idle_rules={"type": "boolean"},
        catalogue={"enum": ["core", "full"]},
        umami_pages={"type": "boolean"},
    ),
    overhead=_table(margin_ms=_SECONDS, pairs={"type": "integer", "minimum": 1}, form=_TEXT),
    leaks=_table(
        second_net={"enum": ["advisory", "gate", "off"]},
        test_ranges={"type": "boolean"},
        phone_regions={**_TEXTS, "items": {"type": "string", "pattern": "^[A-Z]{2}$"}},
        baseline=_TEXT,
        policy=_TEXT,
    ),
    dashboards=_table(("folder",), folder=_TEXT),
    live=_table(
        openreplay=_table(
            ("ingest", "api", "project_id", "project_key_env"),
            ingest=_URL,
            api=_URL,
            project_id={"type": ["string", "integer"]},
            project_key_env=_TEXT,
            user_env=_TEXT,
            password_env=_TEXT,
            accounts={"type": "array", "minItems": 1, "items": _ACCOUNT},
            api_key_env=_TEXT,
        ),
        umami=_table(
            ("url", "website_id", "user_env", "password_env"),
            url=_URL,
            website_id=_TEXT,
            user_env=_TEXT,
            password_env=_TEXT,
        ),
        grafana=_table(("url", "token_env"), url=_URL, token_env=_TEXT),
    ),
)
