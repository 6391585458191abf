"""Tests of the deployment that need CDK; `make test-deploy` runs them."""
