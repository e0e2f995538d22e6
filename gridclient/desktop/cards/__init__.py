"""The contact cards: whose, how many, how they look, and the way to paper."""
