"""The service over HTTP: bodies, limits, streams, errors, TLS."""
