"""What is printed of the ledger: lists to walk by, figures to read out. Knows pages, not the window."""
