"""Finding anything of a ledger while typing: strings in memory, looked through for every key.

Two-letter initials and two-character names are what people type, and an index of trigrams finds neither;
a plain scan of everything a community has written takes about a millisecond. Nothing is written for it, so
nothing can disagree with it.
"""

from gridclient.ledger.search.index import Found, Group, SearchIndex, Why
from gridclient.ledger.search.reading import Reading, read_all, read_some
from gridclient.ledger.search.shelf import Entry, Line, Shelf, Tag

__all__ = [
    "Entry",
    "Found",
    "Group",
    "Line",
    "Reading",
    "SearchIndex",
    "Shelf",
    "Tag",
    "Why",
    "read_all",
    "read_some",
]
