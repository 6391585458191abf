"""What is reported of a query that a database refuses holds nothing that is stored."""

import psycopg
import pytest

from maskproof.panels.refusals import refusal, without_stored

STORED = "jane"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            psycopg.errors.UndefinedColumn('column "visits" does not exist\nLINE 1: ...'),
            'column "visits" does not exist',
        ),
        (psycopg.errors.QueryCanceled("canceling statement due to statement timeout"), "statement timeout"),
        (psycopg.errors.InsufficientPrivilege("permission denied for table session"), "denied for table session"),
    ],
)
def test_what_is_wrong_with_a_query_is_reported(error: psycopg.Error, said: str) -> None:
    """Its first line names what to change."""
    assert said in refusal(error)


@pytest.mark.parametrize(
    "kind",
    [
        psycopg.errors.InvalidTextRepresentation,
        psycopg.errors.DatetimeFieldOverflow,
        psycopg.errors.UniqueViolation,
        psycopg.errors.RaiseException,
        psycopg.Error,
    ],
)
def test_a_value_that_cannot_be_read_is_not_repeated(kind: type[psycopg.Error]) -> None:
    """The error is named; whoever may read the database runs the query."""
    said = refusal(kind(f'invalid input syntax for type integer: "{STORED}"'))
    assert STORED not in said
    assert kind.__name__ in said


def test_what_grafana_quotes_of_rows_is_left_out() -> None:
    """Also where the message is cut off; a name of the query stays."""
    message = f'pq: column "name"::uuid: invalid input syntax for type uuid: "{STORED}" at "{STORED}'
    said = 'pq: column "name"::uuid: invalid input syntax for type uuid: "..." at "..."'
    assert without_stored(message, "SELECT name::uuid FROM people") == said
