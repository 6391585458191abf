"""Alarms, each with its page of the runbook, and the budget of the month."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from deploy.parameters import Profile
from deploy.services.alarms import LOG_ALARMS, METRIC_ALARMS, LogAlarm, MetricAlarm, singleton_alarm
from deploy.services.openreplay import chosen
from deploy.stacks.common import environment_of
from deploy.stacks.containers import log_group
from deploy.stacks.data import DataStack
from deploy.stacks.edge import EdgeStack

SHARE = 0.8  # of a limit: connections, vCPU
BUDGET_PERCENT = (80, 100)


class ObservabilityStack(Stack):
    """Deployed last: it reads the logs of everything else."""

    def __init__(self, scope: Construct, profile: Profile, data: DataStack, edge: EdgeStack) -> None:
        super().__init__(scope, f"{profile.name}-observability", env=environment_of(profile))
        self._profile, self._data, self._edge = profile, data, edge
        self.topic = self._topic()
        for log_alarm in LOG_ALARMS:
            self._add(log_alarm.name, self._log_metric(log_alarm), log_alarm)
        for alarm in METRIC_ALARMS:
            self._watch(alarm.name, alarm)
        wanted = profile.openreplay
        for service in chosen(assist=wanted.assist, sourcemaps=wanted.sourcemaps):
            if service.singleton:
                self._watch(f"{service.name}-down", singleton_alarm(service.name))
        self._budget()

    def _topic(self) -> sns.Topic:
        topic = sns.Topic(self, "alarms", topic_name=f"{self._profile.name}-alarms", enforce_ssl=True)
        for mail in self._profile.alarms.mails:
            topic.add_subscription(subscriptions.EmailSubscription(mail))
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("budgets.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": self._profile.account.id}},
            )
        )
        return topic

    def _log_metric(self, alarm: LogAlarm) -> cloudwatch.IMetric:
        watched = logs.MetricFilter(
            self,
            f"{alarm.name}-filter",
            log_group=logs.LogGroup.from_log_group_name(self, f"{alarm.name}-log", log_group(self._profile, alarm.log)),
            filter_pattern=logs.FilterPattern.literal(alarm.pattern),
            metric_namespace=self._profile.name,
            metric_name=alarm.name,
            metric_value=alarm.value,
        )
        return watched.metric(statistic="Sum", period=Duration.minutes(alarm.minutes))

    def _watch(self, name: str, alarm: MetricAlarm) -> None:
        metric = cloudwatch.Metric(
            namespace=alarm.namespace,
            metric_name=alarm.metric,
            dimensions_map=self._dimensions(alarm.of),
            statistic=alarm.statistic,
            period=Duration.minutes(alarm.minutes),
        )
        self._add(name, metric, alarm)

    def _add(self, name: str, metric: cloudwatch.IMetric, alarm: LogAlarm | MetricAlarm) -> None:
        silent = isinstance(alarm, LogAlarm) and alarm.at_least == 0
        below = silent or (isinstance(alarm, MetricAlarm) and alarm.below)
        threshold = 1.0 if isinstance(alarm, LogAlarm) else self._threshold(alarm)
        comparison = cloudwatch.ComparisonOperator
        no_data = alarm.no_data if isinstance(alarm, MetricAlarm) else "breaching" if silent else "notBreaching"
        made = cloudwatch.Alarm(
            self,
            name,
            alarm_name=f"{self._profile.name}-{name}",
            alarm_description=f"{self._profile.alarms.runbook}/alarms.md#{alarm.name}",
            metric=metric,
            threshold=threshold,
            evaluation_periods=alarm.periods,
            comparison_operator=(
                comparison.LESS_THAN_THRESHOLD if below else comparison.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            ),
            treat_missing_data={
                "breaching": cloudwatch.TreatMissingData.BREACHING,
                "notBreaching": cloudwatch.TreatMissingData.NOT_BREACHING,
                "missing": cloudwatch.TreatMissingData.MISSING,
            }[no_data],
        )
        made.add_alarm_action(actions.SnsAction(self.topic))
        made.add_ok_action(actions.SnsAction(self.topic))

    def _threshold(self, alarm: MetricAlarm) -> float:
        limits = {
            "database-connections": self._profile.data.max_connections,
            "vcpu-quota": self._profile.quotas.fargate_vcpu,
        }
        return limits[alarm.name] * SHARE if alarm.name in limits else alarm.threshold

    def _dimensions(self, of: str) -> dict[str, str]:
        kind, _, name = of.partition(":")
        if kind == "target":
            return {
                "LoadBalancer": self._edge.balancer.load_balancer_full_name,
                "TargetGroup": self._edge.targets[name].target_group_full_name,
            }
        if kind == "service":
            return {"ClusterName": self._profile.name, "ServiceName": name}
        return {
            "balancer": {"LoadBalancer": self._edge.balancer.load_balancer_full_name},
            "redis": {"CacheClusterId": f"{self._profile.name}-redis-001"},
            "database": {"DBClusterIdentifier": self._data.database.cluster_identifier},
            "volume": {"FileSystemId": self._data.volume.file_system_id, "StorageClass": "Total"},
            "fargate": {"Service": "Fargate", "Type": "Resource", "Resource": "vCPU", "Class": "Standard/OnDemand"},
        }[kind]

    def _budget(self) -> None:
        budget = self._profile.budget
        budgets.CfnBudget(
            self,
            "budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=self._profile.name,
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=budget.monthly_usd, unit="USD"),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        comparison_operator="GREATER_THAN",
                        notification_type="ACTUAL",
                        threshold=percent,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=[
                        budgets.CfnBudget.SubscriberProperty(address=mail, subscription_type="EMAIL")
                        for mail in budget.mails
                    ],
                )
                for percent in BUDGET_PERCENT
            ],
        )
