"""What lies in the folder of a ledger beside `ledger.db` and `keys.json`."""

LOCK = "lock"
BACKUPS = "backups"
REPLACED = "replaced"  # ledgers that a restored backup took the place of
RESTORING = "restoring"  # a backup being made ready to take its place
WIPING = "wiping"  # the marker of a ledger being destroyed
