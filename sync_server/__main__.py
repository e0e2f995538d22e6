"""`python -m sync_server` and the `gridserver` script."""

from sync_server.cli.main import main

if __name__ == "__main__":
    main()
