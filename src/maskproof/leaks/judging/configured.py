"""Makes the judge and the pattern-based detection that a configuration asks for."""

from collections.abc import Sequence

from maskproof.leaks.judging.accepted import load_baseline
from maskproof.leaks.judging.judge import Judge
from maskproof.leaks.judging.policy import load_policy
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.second_net import SecondNet
from maskproof.settings import LeaksSettings


def configured_judge(settings: LeaksSettings) -> Judge:
    """
    The judge that a configuration asks for.

    Raises:
        ConfigurationError: The baseline or the policy has a fault.

    """
    return Judge(load_policy(settings.policy), load_baseline(settings.baseline), settings.second_net)


def configured_net(settings: LeaksSettings, values: Sequence[Value]) -> SecondNet | None:
    """
    The pattern-based detection that a configuration asks for.

    Args:
        settings: The configuration.
        values: Values that have a search of their own; they are not reported again.

    Returns:
        The detection; none where it is off.

    """
    if settings.second_net == "off":
        return None
    return SecondNet(values, test_ranges=settings.test_ranges, regions=settings.phone_regions)
