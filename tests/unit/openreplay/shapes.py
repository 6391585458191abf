"""The shape of JSON: names and types, without values."""

from typing import Any

# What distinguishes the rows of a list: rows of another kind have other fields.
KINDS = ("type", "$event_name", "issueType")
# Objects whose names are the application's own.
OPEN = {"metadata", "properties"}


class Rows(dict[str, Any]):
    """The shapes of a list's rows, by kind."""


def shape(value: Any) -> Any:
    """
    Names and types; a list of objects is one shape for each kind of row.

    A field that is null in some rows has the type that it has in the others.
    """
    if isinstance(value, dict):
        return {name: "object" if name in OPEN else shape(item) for name, item in value.items()}
    if isinstance(value, list):
        return _rows(value)
    if isinstance(value, bool) or value is None:
        return type(value).__name__
    return "number" if isinstance(value, int | float) else type(value).__name__


def _rows(rows: list[Any]) -> Any:
    if not all(isinstance(row, dict) for row in rows):
        return [shape(row) for row in rows[:1]]
    kinds = Rows()
    for row in rows:
        kind = next((str(row[name]) for name in KINDS if name in row), "")
        kinds[kind] = merged(kinds.get(kind, {}), shape(row))
    return kinds


def merged(one: Any, other: Any) -> Any:
    """The shape of two rows of one kind."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: merged(one.get(name), other.get(name)) for name in one | other}
    return other if one in (None, "NoneType") else one


def differences(wanted: Any, got: Any, place: str = "") -> list[str]:
    """Where two shapes differ; a kind of rows that one of them lacks is none, as other sessions have other events."""
    if not isinstance(wanted, dict) or not isinstance(got, dict) or not wanted or not got:
        return [] if wanted == got else [f"{place}: {wanted} recorded, {got} given"]
    names = wanted.keys() & got.keys() if isinstance(wanted, Rows) else wanted.keys() | got.keys()
    return [
        line
        for name in sorted(names)
        for line in differences(wanted.get(name, "nothing"), got.get(name, "nothing"), f"{place}.{name}")
    ]
