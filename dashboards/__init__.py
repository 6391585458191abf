"""Grafana dashboards as code: what each panel asks, what it means, and what to do when it is red."""
