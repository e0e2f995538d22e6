"""Excel in and out. Reads an office's registers as they are; writes nothing to the ledger itself."""
