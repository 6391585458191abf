"""
The CDK app: one profile in, seven stacks out.

`cdk deploy --all -c profile=small`, or a path to a profile of your own.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

from aws_cdk import App, Stack

from deploy.parameters import ParameterError, Profile, load_profile
from deploy.stacks.data import DataStack
from deploy.stacks.edge import EdgeStack
from deploy.stacks.jobs import JobsStack
from deploy.stacks.network import NetworkStack
from deploy.stacks.observability import ObservabilityStack
from deploy.stacks.openreplay import OpenReplayStack
from deploy.stacks.tools import ToolsStack
from deploy.stacks.umami import UmamiStack

FOLDER = Path(__file__).parent
PROFILES = FOLDER / "profiles"


def new_app(outdir: Path | None = None) -> App:
    """An app with the context of cdk.json, whoever starts it."""
    context = json.loads((FOLDER / "cdk.json").read_text(encoding="utf-8"))["context"]
    return App(context=context, outdir=str(outdir) if outdir else None, analytics_reporting=False)


def build(app: App, profile: Profile) -> tuple[Stack, ...]:
    """
    Add every stack of a profile to an app, in the order in which they are deployed.

    Args:
        app: The app.
        profile: The deployment.

    """
    network = NetworkStack(app, profile)
    data = DataStack(app, profile, network)
    edge = EdgeStack(app, profile, network, data)
    stacks: list[Stack] = [
        network,
        data,
        edge,
        JobsStack(app, profile, network, data),
        UmamiStack(app, profile, network, data, edge),
        OpenReplayStack(app, profile, network, data, edge),
        ObservabilityStack(app, profile, data, edge),
    ]
    if profile.tools.grafana or profile.tools.nightly:
        stacks.append(ToolsStack(app, profile, network, data, edge))
    for earlier, later in pairwise(stacks):
        later.add_dependency(earlier)
    return tuple(stacks)


def profile_path(name: str) -> Path:
    """The file of a profile: one of `deploy/profiles/` by its name, or any path."""
    return Path(name) if name.endswith(".toml") else PROFILES / f"{name}.toml"


def main() -> int:
    """Synthesise the profile that the context names; a wrong parameter is one error, before anything is synthesised."""
    app = new_app()
    try:
        profile = load_profile(profile_path(str(app.node.try_get_context("profile"))))
    except ParameterError as error:
        print(f"deploy: error: {error}", file=sys.stderr)
        return error.exit_code
    build(app, profile)
    app.synth()
    return 0


if __name__ == "__main__":
    sys.exit(main())
