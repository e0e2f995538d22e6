"""The whole system under every fault at once, out of one seed."""
