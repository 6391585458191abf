"""Umami and OpenReplay on ECS/Fargate as code; nothing in `src/maskproof` imports it."""
