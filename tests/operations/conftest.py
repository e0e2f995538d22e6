"""A real encrypted ledger for every test that asks for one."""

from tests.ledgers import clock, ledger, randomness

__all__ = ["clock", "ledger", "randomness"]
