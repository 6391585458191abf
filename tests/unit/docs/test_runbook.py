"""The runbook agrees with the deployment: alarms, jobs, and the table of masking rules."""

import re

from deploy.services.alarms import page_names
from deploy.services.jobs import jobs
from deploy.services.openreplay import MINIMAL
from tests.unit.docs.pages import DOCS, ROOT, page, section, text_of

from maskproof.rules.load import load_rules
from maskproof.rules.render import runbook_table

DEPLOY_PAGE = "runbook/deploy.md"


def test_every_alarm_has_its_section_and_every_section_its_alarm() -> None:
    """The address in an alarm's description leads somewhere, and no section is left from an alarm that is gone."""
    assert set(re.findall(r"^## (.+)$", page("runbook/alarms.md"), re.MULTILINE)) == page_names()


def test_the_table_of_masking_rules_is_the_commands() -> None:
    """The page has what `maskproof rules docs` prints."""
    assert page("runbook/masking-rules.md").endswith("\n\n" + runbook_table(load_rules(ROOT / "masking_rules")))


def test_every_job_is_in_the_order_of_deployment() -> None:
    """A job that somebody has to start is named in the steps, in the order in which the table of jobs has them."""
    steps = section(DEPLOY_PAGE, "## In order")
    places = [steps.index(f"run_job PROFILE {job.name}`") for job in jobs() if not job.every_minutes]
    assert places == sorted(places)


def test_every_singleton_is_named_where_deployments_are_explained() -> None:
    """Who deploys knows which services lose sessions."""
    text = section(DEPLOY_PAGE, "## A later deployment")
    assert [service.name for service in MINIMAL if service.singleton and service.name not in text] == []


def test_every_page_of_the_runbook_is_in_its_index() -> None:
    """Nobody has to know a page to find it."""
    linked = set(re.findall(r"\]\((\w[\w-]*\.md)\)", text_of(DOCS / "runbook/README.md")))
    assert linked == {path.name for path in (DOCS / "runbook").glob("*.md")} - {"README.md"}
