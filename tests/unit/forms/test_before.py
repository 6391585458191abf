"""Fixtures that come before another one."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.forms import FormFixture, load_form, load_forms

LOG_IN = """version: 1
id: log-in
title: Log-in
path: /log-in
seed: {path: /api/users, body: {email: {value: user.email}}}
fields:
  login: {selector: "#login", label: E-mail, category: email, value: user.email}
planted: [other1.email]
controls: [Welcome back]
steps:
  - fill: {field: login}
  - script: {call: steps.py::run}
submits: [{method: POST, path: /api/log-in, body: {email: {field: login}}}]
page_views: [/log-in]
success: {selector: h1, path: "/home#/start"}
"""
ORDER = """version: 1
id: order
title: Order
path: /order
before: [shared/log-in.yaml]
seed: {path: /api/goods, body: {}}
fields:
  phone: {selector: "#phone", label: Phone, category: phone, value: user.phone}
controls: [Your order]
steps:
  - fill: {field: phone}
page_views: [/order]
success: {selector: h2}
"""


def loaded(folder: Path, *, log_in: str = LOG_IN, order: str = ORDER) -> FormFixture:
    """A form after a log-in that several share."""
    (folder / "shared").mkdir()
    (folder / "shared/steps.py").write_text("def run(page, personas): ...", encoding="utf-8")
    (folder / "shared/log-in.yaml").write_text(log_in, encoding="utf-8")
    (folder / "order.yaml").write_text(order, encoding="utf-8")
    return load_form(folder / "order.yaml")


def test_a_journey_goes_on_from_where_those_before_it_end(tmp_path: Path) -> None:
    """Steps keep their file and line; what was begun is waited for, and the own page is opened if another is open."""
    form = loaded(tmp_path)
    places = [(step.kind, (step.source or form.source).name, step.line) for step in form.steps]
    assert places == [
        ("fill", "log-in.yaml", 11),
        ("script", "log-in.yaml", 12),
        ("expect_visible", "log-in.yaml", 1),
        ("expect_url", "log-in.yaml", 1),
        ("goto", "order.yaml", 5),
        ("fill", "order.yaml", 11),
    ]
    assert form.steps[1].arguments["call"] == f"{tmp_path}/shared/steps.py::run"
    assert form.steps[4].arguments == {"path": "/order", "unless_there": True}
    assert (form.start, form.path) == ("/log-in", "/order")


def test_what_those_before_expect_is_expected_of_the_whole(tmp_path: Path) -> None:
    """So are their values, which are of the same person; the shared file is no case of its own."""
    form = loaded(tmp_path)
    assert [seed.path for seed in form.seeds] == ["/api/users", "/api/goods"]
    assert form.value_ids == ("user.email", "user.phone", "other1.email")
    assert (form.controls, form.page_views) == (("Welcome back", "Your order"), ("/log-in", "/order"))
    assert [submit.path for submit in form.submits] == ["/api/log-in"]
    assert [one.id for one in load_forms(tmp_path)] == ["order"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("shared/log-in", "shared/gone", r"order\.yaml:5: .*shared/gone\.yaml is not there"),
        ("shared/log-in.yaml", "order.yaml", r"order\.yaml:5: order\.yaml cannot come before itself"),
        ("  phone:", "  login:", r"order\.yaml:5: .*log-in\.yaml has a field login too"),
        ("[shared/log-in.yaml]", "[log-in]", r"order\.yaml:5: .*does not match"),
    ],
)
def test_what_cannot_come_before_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """With the line that names it."""
    order = ORDER.replace(old, new).replace("{field: phone}", "{field: login}" if "login:" in new else "{field: phone}")
    with pytest.raises(ConfigurationError, match=message):
        loaded(tmp_path, order=order)


def test_a_circle_of_fixtures_is_refused(tmp_path: Path) -> None:
    """Also over several files; and a fault of a shared file is named in that file."""
    with pytest.raises(ConfigurationError, match=r"log-in\.yaml:5: \.\./order\.yaml cannot come before itself"):
        loaded(tmp_path, log_in=LOG_IN.replace("seed:", "before: [../order.yaml]\nseed:"))
