"""Checks what a build shows of itself against rules and protocol versions: a run would find out only after minutes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from maskproof.bundles import BOTH_PROTOCOLS, Bundle, read_bundle, spoken_protocols, unchecked_trackers
from maskproof.forms.model import FormFixture
from maskproof.rules import Rule, compile_rules
from maskproof.settings import Settings


def check_bundle(settings: Settings, name: str, folder: Path, rules: Sequence[Rule]) -> Iterator[str]:
    """
    Check that a build with tracking was made from the current rules.

    Args:
        settings: The configuration.
        name: What names the folder or the source of the build there, e.g. `app.server.source`.
        folder: The build with tracking.
        rules: The masking rules.

    Returns:
        What is worth knowing and fails nothing, one line each.

    Raises:
        ConfigurationError: The build was made from other rules.

    """
    bundle = read_bundle(folder)
    current = str(compile_rules(rules)["version"])
    if not bundle.rules:
        yield f"{folder} does not show which masking rules it was built from, so that old ones would not be noticed"
    elif current not in bundle.rules:
        raise settings.error(
            name,
            f"{folder} was built from other rules: {', '.join(bundle.rules)}; the current ones are {current}.",
            hint="Run: maskproof rules compile. Build the application again.",
        )
    yield from _about_trackers(folder, bundle)


def check_protocols(settings: Settings, forms: Sequence[FormFixture]) -> Iterator[str]:
    """
    Check that the tracker of the build speaks the protocol versions that configuration and fixtures ask for.

    Args:
        settings: The configuration.
        forms: Every form fixture.

    Returns:
        The forms that are left out, one line each.

    Raises:
        ConfigurationError: It does not speak a version that the configuration names.

    """
    trackers = settings.app.trackers if settings.target == "embedded" else ()
    spoken = spoken_protocols(trackers)
    refused = [version for version in settings.run.protocols if version not in spoken]
    if refused:
        raise settings.error(
            "run.protocols",
            f"asks for protocol version {refused[0]}, and OpenReplay tracker {', '.join(trackers)} speaks "
            f"{' and '.join(map(str, spoken))} only.",
            hint='Write protocols = "auto", or leave the name out; or build with a newer tracker.',
        )
    for form in forms:
        if not set(form.protocols) & set(settings.run.protocols):
            asked = " and ".join(map(str, form.protocols))
            run = " and ".join(map(str, settings.run.protocols))
            yield f"form {form.id} is left out: it asks for protocol version {asked}, and this run has {run}"
    if trackers and spoken != BOTH_PROTOCOLS and not settings.run.chosen_protocols:
        yield f"OpenReplay tracker {', '.join(trackers)} speaks protocol version {spoken[0]} only"


def _about_trackers(folder: Path, bundle: Bundle) -> Iterator[str]:
    if not bundle.trackers:
        yield f"no OpenReplay tracker is seen in {folder}; both protocol versions are tried"
    for version in unchecked_trackers(bundle.trackers):
        yield f"OpenReplay tracker {version} is unknown: this version of Maskproof was never checked with it"
