"""Bringing a register in: choose the sheet, see what it would change, write it at once or not at all."""
