"""Checks of alarms and budget: everything that can be lost in silence rings, and names its page of the runbook."""

from collections.abc import Iterator

from deploy.checks.synthesis import Synthesis, flat
from deploy.checks.tasks import wanted_services
from deploy.services.alarms import LOG_ALARMS, METRIC_ALARMS, page_names


def alarms_ring(synthesis: Synthesis) -> Iterator[str]:
    """Every alarm of the table is there, with an action and its page; silence of a job that reports is an alarm."""
    name = synthesis.profile.name
    found = {alarm.properties["AlarmName"]: alarm.properties for alarm in synthesis.resources("AWS::CloudWatch::Alarm")}
    wanted = {alarm.name for alarm in (*LOG_ALARMS, *METRIC_ALARMS)}
    wanted |= {f"{service.name}-down" for service in wanted_services(synthesis).values() if service.singleton}
    yield from (
        f"{missing}: there is no such alarm" for missing in sorted({f"{name}-{item}" for item in wanted} - set(found))
    )
    pages = {f"{synthesis.profile.alarms.runbook}/alarms.md#{page}" for page in page_names()}
    for title, alarm in found.items():
        if not alarm.get("AlarmActions"):
            yield f"{title}: nobody hears it"
        if alarm.get("AlarmDescription") not in pages:
            yield f"{title}: names no page of the runbook"
        if title.endswith("-silent") and alarm.get("TreatMissingData") != "breaching":
            yield f"{title}: silence counts as well"


def somebody_is_called(synthesis: Synthesis) -> Iterator[str]:
    """Every mail address of the profile hears of alarms."""
    heard = {found.properties["Endpoint"] for found in synthesis.resources("AWS::SNS::Subscription")}
    yield from (f"{mail}: hears nothing" for mail in synthesis.profile.alarms.mails if mail not in heard)


def budget_warns(synthesis: Synthesis) -> Iterator[str]:
    """The month has the profile's limit, and somebody hears at 80 and at 100 percent."""
    budgets = list(synthesis.resources("AWS::Budgets::Budget"))
    if len(budgets) != 1:
        yield "there is no budget"
        return
    if budgets[0].properties["Budget"]["BudgetLimit"]["Amount"] != synthesis.profile.budget.monthly_usd:
        yield "the budget has another limit than the profile's"
    notices = budgets[0].properties.get("NotificationsWithSubscribers", [])
    if {notice["Notification"]["Threshold"] for notice in notices} != {80, 100}:
        yield "nobody hears at 80 and at 100 percent"
    if not all(mail in flat(notices) for mail in synthesis.profile.budget.mails):
        yield "somebody does not hear of the budget"
