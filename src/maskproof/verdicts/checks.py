"""The checks of a run: the title, the description and the severity of each, and in which browser it is made."""

from maskproof.settings_schema import CHROMIUM, FIREFOX

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
    "umami-pages": "Umami's own web pages show what was sent",
    "evidence": "No report holds a value",
    "own-tests": "Every test beside the checks passes",
}
DESCRIPTIONS = {
    "masking": "Nothing that a person typed or was shown is on the wire, in the stored session or in Umami.",
    "twin": "Two people who do the same leave the same recording. Any difference may be what they typed.",
    "first-layer": "The tracker's own options masked everything, so the guard had nothing left to redact.",
    "rules": "Every PII field of the form is covered by a masking rule, and no other field is.",
    "rules-used": "Every masking rule matched something in some form.",
    "accepted": "Nobody's accepted finding has expired, and each was found in this run.",
    "fidelity": "Every value that is no PII, every click and every navigation is in the stored session.",
    "replay": "The stored session can be drawn at each moment of the journey, and no value is on the page.",
    "capture": "Every session that was started is stored, and every event that was sent is in Umami.",
    "analytics": "Umami has the page views and events that the form fixture names.",
    "behaviour": "The form validates, submits and ends exactly as without tracking.",
    "overhead": "The upper bound of what tracking adds to each metric is below the margin.",
    "module": "Tracking is started before the first render, which does not wait for it.",
    "development": "A development server is not tracked, and shows a change of its source without a reload.",
    "regression": "The application's own tests pass on the instrumented build, while it is recorded.",
    "dashboards": "Every panel's query is run on what the journeys left, and its numbers are those that were driven.",
    "umami-pages": "Umami's own pages, read in a browser, show as many views, visitors and events as were sent.",
    "evidence": "Every report was searched for the values of every person of the run.",
    "own-tests": "Every other test of the project that ran with the checks passed.",
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
    "umami-pages": "normal",
    "evidence": "blocker",
    "own-tests": "critical",
}
# Those that fail because of a leak.
LEAKS = ("masking", "twin", "first-layer", "replay", "evidence")
# Made once per run, for all forms together.
WHOLE_RUN = frozenset(
    {
        *("overhead", "rules-used", "accepted", "module", "development", "regression"),
        *("dashboards", "umami-pages", "evidence", "own-tests"),
    }
)
# The checks of a case, by the browser that it is recorded in.
CASE_CHECKS = {
    CHROMIUM: tuple(check for check in TITLES if check not in WHOLE_RUN),
    FIREFOX: ("masking", "twin", "behaviour"),
}
# Added to a run only if it failed.
ONLY_FAILING = frozenset({"own-tests"})
# Asked of an application whose source the configuration names.
ONLY_IF_CONFIGURED = frozenset({"module", "development", "regression"})
# More evidence for those who ask for it: no criterion waits for it.
ONLY_IF_ASKED = frozenset({"umami-pages"})
# Asked once the reports are written.
SEARCHED = "evidence"
