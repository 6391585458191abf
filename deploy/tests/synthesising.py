"""Synthesises profiles for tests, each once a session."""

import dataclasses
import json
from pathlib import Path

from deploy.app import build, new_app, profile_path
from deploy.checks.synthesis import Synthesis
from deploy.parameters import Profile, load_profile
from deploy.parameters.model import ExistingNetwork, Image, Network, Tools

EXISTING = Network(
    existing=ExistingNetwork(
        vpc_id="vpc-0a1b2c3d4e5f60718",
        cidr="10.20.0.0/16",
        availability_zones=("us-east-1a", "us-east-1b"),
        private_subnets=("subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"),
        data_subnets=("subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"),
    )
)
OTHER_IMAGE = Image(repository="maskproof/other", tag="1", digest="sha256:" + "a" * 64)
PROFILES = ("small", "production", "existing")


def profile_named(name: str) -> Profile:
    """
    A profile of the repository, or `existing`: in a network that is there already, open, with everything optional.

    Umami is version 2 there, so that both versions are synthesised.
    """
    if name != "existing":
        return load_profile(profile_path(name))
    small = load_profile(profile_path("small"))
    return dataclasses.replace(
        small,
        name="existing",
        network=EXISTING,
        edge=dataclasses.replace(small.edge, open=True),
        umami=dataclasses.replace(small.umami, version="2.20.2"),
        openreplay=dataclasses.replace(small.openreplay, assist=True, sourcemaps=True),
        tools=Tools(grafana=True, nightly=True),
        images=small.images | dict.fromkeys(("assist", "sourcemapreader", "grafana", "nightly"), OTHER_IMAGE),
    )


def synthesise(profile: Profile, folder: Path) -> Synthesis:
    """
    Synthesise a profile.

    Args:
        profile: The deployment.
        folder: Where the templates are written.

    """
    app = new_app(folder)
    build(app, profile)
    app.synth()
    return read(profile, folder)


def read(profile: Profile, folder: Path) -> Synthesis:
    """
    Read the templates of a profile.

    Args:
        profile: The deployment.
        folder: Where they are.

    """
    files = sorted(folder.glob("*.template.json"))
    names = {path: path.name.removesuffix(".template.json").removeprefix(f"{profile.name}-") for path in files}
    return Synthesis(profile, {names[path]: json.loads(path.read_text(encoding="utf-8")) for path in files})
