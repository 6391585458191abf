"""What several stacks need: the environment, days of retention, and names of buckets."""

from aws_cdk import Environment
from aws_cdk import aws_logs as logs

from deploy.parameters import Profile


def environment_of(profile: Profile) -> Environment:
    """Account and region of a profile."""
    return Environment(account=profile.account.id, region=profile.account.region)


def retention_of(days: int) -> logs.RetentionDays:
    """The longest retention that CloudWatch offers and that is not longer than so many days."""
    offered = {1: "ONE_DAY", 3: "THREE_DAYS", 5: "FIVE_DAYS", 7: "ONE_WEEK", 14: "TWO_WEEKS", 30: "ONE_MONTH"}
    offered |= {60: "TWO_MONTHS", 90: "THREE_MONTHS", 120: "FOUR_MONTHS", 180: "SIX_MONTHS", 365: "ONE_YEAR"}
    kept: logs.RetentionDays = getattr(logs.RetentionDays, offered[max(step for step in offered if step <= days)])
    return kept


def bucket_name(profile: Profile, bucket: str) -> str:
    """
    The name of a bucket; known before deployment, so that roles and tests name it.

    Args:
        profile: The deployment.
        bucket: What it holds.

    """
    return f"{profile.name}-{bucket}-{profile.account.id}-{profile.account.region}"
