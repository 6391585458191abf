"""The evaluator decides as IAM does, and errs to the unsafe side."""

from typing import Any

import pytest
from deploy.iam.evaluator import UnreadablePolicyError, decide

OBJECT = "arn:aws:s3:::ours/key"


def statement(
    effect: str = "Allow", action: Any = "s3:GetObject", resource: Any = OBJECT, **more: Any
) -> dict[str, Any]:
    """One statement."""
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


@pytest.mark.parametrize(
    ("statements", "decision"),
    [
        ([], "none"),
        ([statement()], "allow"),
        ([statement(action="S3:getobject")], "allow"),
        ([statement(action="s3:Get*")], "allow"),
        ([statement(action="s3:GetObjec?")], "allow"),
        ([statement(action="s3:GetObjectTagging")], "none"),
        ([statement(action="s3:Get")], "none"),
        ([statement(action=["s3:PutObject", "*"])], "allow"),
        ([statement(resource="arn:aws:s3:::ours/*")], "allow"),
        ([statement(resource="arn:aws:s3:::OURS/*")], "none"),
        ([statement(resource="arn:aws:s3:::ours")], "none"),
        ([statement(resource="arn:aws:s3:::*")], "allow"),
        ([statement(resource="arn:aws:s3:::our./key")], "none"),
        ([statement(), statement("Deny")], "deny"),
        ([statement("Deny"), statement()], "deny"),
        ([statement("Deny", resource="arn:aws:s3:::other/*"), statement()], "allow"),
        ([statement(Condition={"Bool": {"aws:SecureTransport": "true"}})], "allow"),
        ([statement(), statement("Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})], "allow"),
        ([{"Effect": "Allow", "NotAction": "s3:PutObject", "Resource": "*"}], "allow"),
        ([{"Effect": "Allow", "NotAction": "s3:Get*", "Resource": "*"}], "none"),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::ours/*"}], "none"),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::other/*"}], "allow"),
    ],
)
def test_a_decision(statements: list[dict[str, Any]], decision: str) -> None:
    """Deny beats allow, allow beats nothing; wildcards, case and negations count as IAM counts them."""
    assert decide(statements, "s3:GetObject", OBJECT) == decision


@pytest.mark.parametrize(
    "bad",
    [
        statement(resource={"Fn::GetAtt": ["bucket", "Arn"]}),
        statement(Principal="*"),
        {"Effect": "Allow", "Resource": "*"},
        {"Effect": "Allow", "Action": "*"},
    ],
)
def test_a_policy_that_cannot_be_read_proves_nothing(bad: dict[str, Any]) -> None:
    """What the evaluator does not know is an error, never `none`."""
    with pytest.raises(UnreadablePolicyError):
        decide([bad], "s3:GetObject", OBJECT)
