"""Faults planted on purpose, to see whether the tests that claim to find them do."""
