"""Where a community's records, log and accounts lie: a contract, and SQLite behind it."""
