"""The settings: me, this computer, size and colours, joining a community, about."""
