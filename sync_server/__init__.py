"""The community's server: service, store, accounts, http, cli. Uses gridclient.core and nothing else of the client."""
