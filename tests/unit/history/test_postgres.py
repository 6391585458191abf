"""An address that libpq would take apart within its password is refused before libpq says what it made of it."""

from pathlib import Path

import psycopg
import pytest
from tests.unit.history.samples import reports

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.history import read_history
from maskproof.history.postgres import write_postgres

SECRET = "hunter"


def refused(address: str, folder: Path) -> ConfigurationError:
    """Why an address is refused."""
    with pytest.raises(ConfigurationError) as caught:
        write_postgres(address, read_history(reports(folder)))
    return caught.value


@pytest.mark.parametrize("sign", ["@", "/", "%"])
@pytest.mark.parametrize("before", ["p", "1"])
def test_no_part_of_a_password_is_shown(tmp_path: Path, before: str, sign: str) -> None:
    """A sign that is not escaped ends the password for libpq, which names the rest as host, port or database."""
    error = refused(f"postgresql://user:{before}{sign}{SECRET}@127.0.0.1:1/runs", tmp_path)
    assert SECRET not in f"{error}{error.__cause__}"
    assert "%40" in (error.hint or "")


def test_an_address_that_is_none_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown option is no address either; nothing is asked."""
    monkeypatch.setattr(psycopg, "connect", None)
    assert "not an address" in refused("postgresql://127.0.0.1/runs?sslmod=require", tmp_path).message


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://user:%40{SECRET}@127.0.0.1:1/runs",
        f"postgresql://user:{SECRET}@127.0.0.1:1,127.0.0.1:2/runs",
        "postgresql:///runs?host=/nowhere&port=1",
    ],
)
def test_an_address_in_order_is_asked(tmp_path: Path, address: str) -> None:
    """Nobody answers there: that is no verdict, and says so without the password."""
    with pytest.raises(Inconclusive, match="cannot be reached") as caught:
        write_postgres(address, read_history(reports(tmp_path)))
    assert SECRET not in str(caught.value)
