"""The window: dumb views and their Qt models. Data in, meaningful signals out; no view knows the ledger."""
