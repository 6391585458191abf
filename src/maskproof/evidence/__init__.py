"""What a run leaves for people: summary, the officer's report, Allure's single file."""
