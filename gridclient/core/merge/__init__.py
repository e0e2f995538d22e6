"""How two truths become one. Pure: no I/O, no clock, no randomness."""
