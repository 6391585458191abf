"""The deployment that is tested: a profile, named by DEPLOY_PROFILE, and the credentials that boto3 finds."""

import os
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from deploy.app import profile_path
from deploy.checks.criteria import LIVE
from deploy.evidence import register
from deploy.parameters import ParameterError, Profile, load_profile

Clients = Callable[[str], Any]


def pytest_configure(config: pytest.Config) -> None:
    """A criterion whose tests all pass is verified live; without a profile nothing is tried."""
    if not os.environ.get("DEPLOY_PROFILE"):
        raise pytest.UsageError("name the deployment: DEPLOY_PROFILE=small, or the path of your own profile")
    register(config, "deploy/live", LIVE)


@pytest.fixture(scope="session")
def profile() -> Profile:
    """The profile of the deployment."""
    try:
        return load_profile(profile_path(os.environ["DEPLOY_PROFILE"]))
    except ParameterError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.fixture(scope="session")
def clients(profile: Profile) -> Clients:
    """AWS' clients, in the profile's region and account; another account is an error before anything is touched."""
    account = boto3.client("sts", region_name=profile.account.region).get_caller_identity()["Account"]
    if account != profile.account.id:
        raise pytest.UsageError(f"the credentials are of account {account}, the profile is of {profile.account.id}")
    return lambda name: boto3.client(name, region_name=profile.account.region)
