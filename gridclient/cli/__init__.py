"""Every job that needs no window, as a command. Builds and joins, like the roof it is."""
