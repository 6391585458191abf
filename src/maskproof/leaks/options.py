"""What of the findings counts, as options of `maskproof scan` and `maskproof audit`, and from `maskproof.toml`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from maskproof.leaks.accepted import load_baseline
from maskproof.leaks.judge import SECOND_NET_MODES, Judge, SecondNetMode
from maskproof.leaks.policy import load_policy
from maskproof.leaks.second_net import SecondNet
from maskproof.leaks.values import Value
from maskproof.settings import LeaksSettings


def add_policy_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what of the findings counts."""
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="accepted findings, as YAML")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="accepted traces of masked values, as YAML")
    parser.add_argument(
        "--second-net",
        choices=SECOND_NET_MODES,
        default="advisory",
        help="PII by pattern and checksum: only told (advisory), failing (gate), or not looked for (off)",
    )
    parser.add_argument("--test-ranges", action="store_true", help="the second net tells test cards and the like too")
    parser.add_argument(
        "--phone-region",
        action="append",
        metavar="COUNTRY",
        help="a country whose national phone numbers the second net knows (repeatable; US)",
    )


def second_net_of(arguments: argparse.Namespace, values: Sequence[Value]) -> SecondNet | None:
    """The second net that the options ask for; it does not tell again what is searched for by itself."""
    if arguments.second_net == "off":
        return None
    return SecondNet(values, test_ranges=arguments.test_ranges, regions=arguments.phone_region or ("US",))


def chosen_judge(arguments: argparse.Namespace) -> Judge:
    """
    The judge that the options ask for.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    mode: SecondNetMode = arguments.second_net
    return Judge(load_policy(arguments.policy), load_baseline(arguments.baseline), mode)


def configured_judge(settings: LeaksSettings) -> Judge:
    """
    The judge that a configuration asks for.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    return Judge(load_policy(settings.policy), load_baseline(settings.baseline), settings.second_net)


def configured_net(settings: LeaksSettings, values: Sequence[Value]) -> SecondNet | None:
    """The second net that a configuration asks for."""
    if settings.second_net == "off":
        return None
    return SecondNet(values, test_ranges=settings.test_ranges, regions=settings.phone_regions)
