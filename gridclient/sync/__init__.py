"""The conversation of one ledger with its server. Knows no window."""
