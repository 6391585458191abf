CREATE TABLE maskproof_run (
  run_id uuid PRIMARY KEY,
  finished_at timestamptz NOT NULL,
  target text NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive')),
  rules_version text NOT NULL,
  trackers text NOT NULL,
  forms integer NOT NULL,
  checks integer NOT NULL,
  checks_failed integer NOT NULL,
  checks_inconclusive integer NOT NULL,
  checks_missing integer NOT NULL,
  leaks integer NOT NULL,
  fidelity_failed integer,
  sent integer,
  arrived integer,
  captured_lower double precision,
  overhead_ms_upper double precision,
  sabotage_killed integer,
  sabotage_total integer,
  seconds double precision NOT NULL
);
CREATE INDEX maskproof_run_finished_at ON maskproof_run (finished_at);
CREATE TABLE maskproof_finding (
  run_id uuid NOT NULL REFERENCES maskproof_run ON DELETE CASCADE,
  number integer NOT NULL,
  check_name text NOT NULL,
  form text NOT NULL,
  protocol integer NOT NULL,
  kind text NOT NULL,
  value_id text NOT NULL,
  category text NOT NULL,
  system text NOT NULL,
  channel text NOT NULL,
  match text NOT NULL,
  gating boolean NOT NULL,
  PRIMARY KEY (run_id, number)
);
