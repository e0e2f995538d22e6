"""A real encrypted ledger, and the program run beside it."""

from tests.ledgers import clock, ledger, randomness

__all__ = ["clock", "ledger", "randomness"]
