"""The suite: what is recorded, what is checked of it, and how a run comes to its verdict."""
