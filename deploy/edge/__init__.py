"""The edge: which path of which host goes to which service, and the function that CloudFront runs on each request."""
