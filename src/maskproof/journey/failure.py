"""Why a step could not be done: the browser's whole reason, and what the page itself complained of."""

import re
from collections.abc import Iterable, Iterator, Sequence

from maskproof.journey.redact import Redactor

# How much of each is shown; a page that is broken complains without end.
REASON_LINES, COMPLAINTS, LONGEST_LINE = 12, 5, 300
STYLING = re.compile(r"\x1b\[[0-9;]*m")


def reason_of(error: Exception, redactor: Redactor) -> list[str]:
    """
    The lines of an error of the browser, each once: waiting repeats them.

    Args:
        error: The error.
        redactor: Takes the values out.

    Returns:
        One line or more, without a value.

    """
    text = redactor.message(STYLING.sub("", str(error)))
    lines = dict.fromkeys(line.strip(" -\t") for line in text.splitlines())
    shown = [line[:LONGEST_LINE] for line in lines if line and line != "Call log:"]
    return shown[:REASON_LINES] or [type(error).__name__]


def complaints(console_errors: Sequence[str], failed_requests: Sequence[str], redactor: Redactor) -> Iterator[str]:
    """
    What a page complained of, as lines for a report.

    Args:
        console_errors: Errors in the page's console.
        failed_requests: Requests that failed or were refused.
        redactor: Takes the values out.

    """
    for title, texts in (("Console errors", console_errors), ("Failed requests", failed_requests)):
        if texts:
            shown = first_of((redactor.message(redactor.path(text)) for text in texts), most=COMPLAINTS)
            yield f"{title}: {shown}"


def first_of(texts: Iterable[str], *, most: int) -> str:
    """
    The first texts in one line, each once, and how many more there are.

    Args:
        texts: What is listed.
        most: How many are shown.

    """
    each = list(dict.fromkeys(" ".join(text.split())[:LONGEST_LINE] for text in texts))
    more = f" | ... and {len(each) - most} more" if len(each) > most else ""
    return " | ".join(each[:most]) + more
