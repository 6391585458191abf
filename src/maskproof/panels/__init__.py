"""The panels of dashboards: their queries are run on what a run has recorded, and held against what was driven."""
