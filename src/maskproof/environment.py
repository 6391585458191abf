"""The environment variables that a run, and xdist, set for other processes."""

CONFIG_VARIABLE = "MASKPROOF_CONFIG"
TARGET_VARIABLE = "MASKPROOF_TARGET"
CATALOGUE_VARIABLE = "MASKPROOF_CATALOGUE"
# Names of browsers, with blanks between them.
BROWSERS_VARIABLE = "MASKPROOF_BROWSERS"
SEED_VARIABLE = "MASKPROOF_SEED"
STACK_VARIABLE = "MASKPROOF_STACK"
SHARD_VARIABLE = "MASKPROOF_SHARD"
TOKENS_VARIABLE = "MASKPROOF_TOKENS"
# The address of the instrumented build, for the application's own tests.
APP_VARIABLE = "MASKPROOF_APP_URL"
# What a run hands to its own processes, and to no others.
OF_A_RUN = frozenset({CONFIG_VARIABLE, TARGET_VARIABLE, SEED_VARIABLE, STACK_VARIABLE, TOKENS_VARIABLE})
# Names a worker of xdist: gw0, gw1, ...
WORKER_VARIABLE = "PYTEST_XDIST_WORKER"
