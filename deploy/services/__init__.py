"""What runs: each service of Umami and OpenReplay as data, from upstream's own code and configuration."""
