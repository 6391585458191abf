-- A session without a duration five minutes after it can last no longer: ender lost it. Seen once, in the hour after.
SELECT count(*)
FROM public.sessions AS s
JOIN public.projects AS p USING (project_id)
WHERE s.duration IS NULL
  AND s.start_ts + p.max_session_duration + 300000
      BETWEEN extract(epoch FROM now()) * 1000 - 3600000 AND extract(epoch FROM now()) * 1000
