"""`python -m gridclient` and the `gridclient` script."""

from gridclient.cli.main import main

if __name__ == "__main__":
    main()
