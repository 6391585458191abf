"""Bundles scripts as the reference application's own build does, with the packages of its lock file."""

import subprocess
from pathlib import Path

from maskproof.machine.node import node, node_environment
from maskproof.machine.packages import ensure_packages

APP = Path(__file__).parents[2] / "fixtures" / "app"
BUNDLE = """
import { pathToFileURL } from 'node:url'
const [packages, input] = process.argv.slice(1)
const { build } = await import(pathToFileURL(`${packages}/rolldown/dist/index.mjs`))
const options = { input, write: false, resolve: { modules: [packages] }, output: { format: 'iife', name: 'tracking' } }
const { output } = await build(options)
process.stdout.write(output[0].code)
"""


def bundled(script: Path) -> str:
    """A script and all that it imports as one script, which sets `tracking` to its exports."""
    packages = ensure_packages(APP, kind="app")
    command = [str(node()), "--input-type=module", "--eval", BUNDLE, str(packages), str(script)]
    done = subprocess.run(command, env=node_environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
