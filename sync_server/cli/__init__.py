"""Every job of the server as a command. Builds and joins, like the roof it is."""
