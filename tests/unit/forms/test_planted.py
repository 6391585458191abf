"""Values that the page shows by itself."""

from pathlib import Path

import pytest
from tests.unit.forms.test_load import GOOD

from maskproof.errors import ConfigurationError
from maskproof.forms import FormFixture, load_form
from maskproof.forms.locators import Locator


def loaded(tmp_path: Path, planted: str) -> FormFixture:
    """The fixture with planted values."""
    (tmp_path / "demo.yaml").write_text(f"{GOOD}planted: [{planted}]\n", encoding="utf-8")
    return load_form(tmp_path / "demo.yaml")


def test_a_planted_value_may_name_the_element_that_shows_it(tmp_path: Path) -> None:
    """It is searched for either way; with its element, a short one has a node to be compared with."""
    form = loaded(tmp_path, "other1.email, {value: other1.zip, selector: {label: ZIP}}")
    assert form.value_ids == ("user.email", "other1.email", "other1.zip")
    (shown,) = form.shown
    assert (shown.value, shown.category, shown.selector) == ("other1.zip", "address", Locator("label", "ZIP"))
    assert [field.value for field in form.pii_fields] == ["user.email", "other1.zip"]


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        ("other1.shoe", "demo.yaml:15: no persona value is called 'shoe'"),
        ("{value: other1.zip, category: email}", "demo.yaml:15: other1.zip is of category address, not email"),
        ("{value: other1.zip, selector: 'a..b'}", "demo.yaml:15: 'a..b' does not parse"),
        ("{selector: a}", "demo.yaml:15: .*'value' is a required property"),
        ("Jane", "demo.yaml:15: .*does not match"),
    ],
)
def test_a_planted_value_that_is_none_is_refused(tmp_path: Path, planted: str, message: str) -> None:
    """With its line."""
    with pytest.raises(ConfigurationError, match=message):
        loaded(tmp_path, planted)
