"""The stacks, in the order in which they are deployed: network, data, edge, jobs, umami, openreplay, observability."""
