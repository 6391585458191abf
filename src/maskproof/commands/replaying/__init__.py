"""`maskproof replay`: pictures of one stored session."""
