"""Rows of the ledger as the views want them: pure functions, texts ready to be read."""
