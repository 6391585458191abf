"""What of the findings counts, from options of `maskproof scan` and `maskproof audit`, and from `maskproof.toml`."""

import argparse
from collections.abc import Sequence

from maskproof.leaks.accepted import load_baseline
from maskproof.leaks.judge import Judge
from maskproof.leaks.policy import load_policy
from maskproof.leaks.second_net import SecondNet
from maskproof.leaks.values import Value
from maskproof.settings import LeaksSettings, known_regions


def leaks_settings(arguments: argparse.Namespace) -> LeaksSettings:
    """
    What the options say, as a configuration says it.

    Raises:
        ConfigurationError: A country is none that has phone numbers.

    """
    return LeaksSettings(
        second_net=arguments.second_net,
        test_ranges=arguments.test_ranges,
        phone_regions=known_regions(arguments.phone_region or ("US",), "--phone-region"),
        baseline=arguments.baseline,
        policy=arguments.policy,
    )


def configured_judge(settings: LeaksSettings) -> Judge:
    """
    The judge that a configuration asks for.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    return Judge(load_policy(settings.policy), load_baseline(settings.baseline), settings.second_net)


def configured_net(settings: LeaksSettings, values: Sequence[Value]) -> SecondNet | None:
    """The second net that a configuration asks for; it does not tell again what is searched for by itself."""
    if settings.second_net == "off":
        return None
    return SecondNet(values, test_ranges=settings.test_ranges, regions=settings.phone_regions)
