"""The checks of a run: the title and the severity of each."""

TITLES = {
    "masking": "No PII is recorded",
    "twin": "Two people leave the same recording",
    "first-layer": "The tracker's own options mask by themselves",
    "rules": "Every PII field is covered by a rule",
    "rules-used": "Every rule matches something",
    "accepted": "No accepted finding has expired or is unused",
    "fidelity": "Everything else is still recorded",
    "replay": "A replay shows no value",
    "capture": "Every session and event arrives",
    "analytics": "Page views and events are counted",
    "behaviour": "The form behaves as without tracking",
    "overhead": "Tracking costs less than the margin",
    "module": "Tracking starts before the page is rendered, and lets nothing wait",
    "development": "Development is not tracked, and shows a change while it runs",
    "regression": "The application's own tests pass with tracking",
    "dashboards": "Every panel shows what was driven",
    "evidence": "No report holds a value",
    "own-tests": "Every test beside the checks passes",
}
SEVERITIES = {
    "masking": "blocker",
    "twin": "blocker",
    "first-layer": "critical",
    "rules": "critical",
    "rules-used": "normal",
    "accepted": "normal",
    "capture": "critical",
    "fidelity": "normal",
    "replay": "critical",
    "analytics": "normal",
    "behaviour": "critical",
    "overhead": "normal",
    "module": "normal",
    "development": "normal",
    "regression": "critical",
    "dashboards": "normal",
    "evidence": "blocker",
    "own-tests": "critical",
}
# Made once per run, for all forms together.
WHOLE_RUN = frozenset(
    {"overhead", "rules-used", "accepted", "module", "development", "regression", "dashboards", "evidence", "own-tests"}
)
# Asked of an application whose source the configuration names.
ONLY_IF_CONFIGURED = frozenset({"module", "development", "regression"})
# Asked once the reports are written.
SEARCHED = "evidence"
