"""The environment variables that a run, and xdist, set for pytest processes."""

CONFIG_VARIABLE = "MASKPROOF_CONFIG"
SEED_VARIABLE = "MASKPROOF_SEED"
STACK_VARIABLE = "MASKPROOF_STACK"
TOKENS_VARIABLE = "MASKPROOF_TOKENS"
# Names a worker of xdist: gw0, gw1, ...
WORKER_VARIABLE = "PYTEST_XDIST_WORKER"
