"""The community's server. Uses gridclient.core and nothing else of the client."""
