-- What the panels read of the history of runs: all of it, as it holds no value.
GRANT SELECT ON maskproof_run, maskproof_finding TO grafana_ro;
