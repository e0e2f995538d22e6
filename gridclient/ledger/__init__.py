"""The encrypted ledger file: tables made from the dictionary, changes, outbox, search. Knows no network and no window."""
