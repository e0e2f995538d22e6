"""The house widgets: small painted things that every screen is made of."""
