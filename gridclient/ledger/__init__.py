"""The encrypted ledger file: tables, changes, outbox, search. Knows no network and no window."""
