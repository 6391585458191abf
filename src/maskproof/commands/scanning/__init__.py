"""The commands that read recordings without making any: `scan`, `audit` and `decode`."""
