"""What of the findings counts, as a configuration says it."""

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
    """The second net that a configuration asks for; it does not tell again what is searched for by itself."""
    if settings.second_net == "off":
        return None
    return SecondNet(values, test_ranges=settings.test_ranges, regions=settings.phone_regions)
