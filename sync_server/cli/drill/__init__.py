"""The fault simulator: laptops, a server, and everything that can go wrong between them, out of one seed.

Real ledgers on real files speak real bytes with a real service; only chance, clocks, the line, the disk and
the power are ours. The same seed tells the same story to the last byte.
"""
