"""Versions of the conversation. Each is a number with its date and its reason."""

# 1 (2026-11): the first. hello, push, pull, fill, digest.
OLDEST = 1
NEWEST = 1


def common(oldest: int, newest: int) -> int | None:
    """The newest version both sides speak, or None."""
    agreed = min(newest, NEWEST)
    return agreed if agreed >= max(oldest, OLDEST) else None
