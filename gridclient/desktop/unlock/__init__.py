"""The door of the program: which ledger, and its passphrase. Nothing of a ledger is in sight behind it."""

from gridclient.desktop.unlock.page import LedgerChoice, UnlockPage

__all__ = ["LedgerChoice", "UnlockPage"]
