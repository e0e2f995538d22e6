"""The proof that a ledger loses nothing: power cuts, kills, failing and full disks, double starts, leaks."""
