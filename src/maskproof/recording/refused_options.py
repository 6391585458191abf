"""Options of pytest-playwright that a run refuses: what they keep shows what is typed."""

PII_OPTIONS = ("tracing", "video", "screenshot")
PII_REASON = (
    "would keep pictures of what is typed; the suite refuses it. Take it out; the report has what was recorded."
)
