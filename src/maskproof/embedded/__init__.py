"""The embedded target: builds the application, starts it with Umami and the collector, and stops all of them."""
