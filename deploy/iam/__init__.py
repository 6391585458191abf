"""The IAM proof: what a role may do, decided for every action and resource that can go together."""
