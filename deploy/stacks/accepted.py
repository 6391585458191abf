"""Findings of cdk-nag that are accepted, each where it arises and with its reason; every other finding fails."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def accept(construct: IConstruct, rule: str, reason: str) -> None:
    """
    Accept one finding of AWS' solution checks on a construct and what is below it.

    Args:
        construct: Where the finding is; as narrow as it can be.
        rule: The rule, as in `CFR1`.
        reason: Why it is right here.

    """
    Validations.of(construct).acknowledge(Acknowledgment(id=f"AwsSolutions::AwsSolutions-{rule}", reason=reason))
