"""The reports of a run: `summary.json`, the report of the privacy officer, Allure's single file."""
