"""What a deployment is made of: typed, read from one TOML file, and checked before anything is synthesised."""

from deploy.parameters.errors import ParameterError
from deploy.parameters.load import load_profile
from deploy.parameters.model import Profile

__all__ = ["ParameterError", "Profile", "load_profile"]
