"""Why a database refuses a query, without what it stores: PostgreSQL repeats a value that it cannot read."""

import re

import psycopg

from maskproof.history.postgres import first_line

# Classes of SQLSTATE whose messages are about the query alone: unsupported, unknown or forbidden names, limits.
# Source: PostgreSQL's documentation, appendix A. Those of class 22 (data exceptions) and others repeat what rows hold.
OF_THE_QUERY = frozenset({"0A", "3F", "42", "53", "57"})
QUOTED = re.compile(r'"[^"]*"|"[^"]*$')
LEFT_OUT = '"..."'


def refusal(error: psycopg.Error) -> str:
    """What PostgreSQL says of a query; of an error by what rows hold, its name and what to do."""
    state = error.sqlstate or ""
    if state[:2] in OF_THE_QUERY:
        return first_line(error)
    return f"{type(error).__name__} (SQLSTATE {state or 'none'}); its message may repeat what is stored: run the query"


def without_stored(message: str, query: str) -> str:
    """
    What Grafana says of a query, which has no code of the error: of what it quotes, what the query has stays.

    Args:
        message: What it says.
        query: The query.

    """
    return QUOTED.sub(lambda found: found[0] if found[0].strip('"') in query else LEFT_OUT, message)
