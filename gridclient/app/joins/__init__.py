"""One screen each, joined to the operations it asks for."""
