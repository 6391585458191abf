"""
What the embedded target needs: fetches and builds it once, keeps it in a cache, starts it and stops it.

Nothing here is imported by the checks: they are given addresses (`maskproof.stack.addresses`).
"""
