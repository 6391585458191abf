"""What only an account can show; `make test-deploy-live` runs it, and nothing else does."""
