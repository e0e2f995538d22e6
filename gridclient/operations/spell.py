"""How names sound, from the table that ships with the program."""

from collections.abc import Callable
from functools import cache

from gridclient.core.domain.pinyin import Readings, parse_table
from gridclient.resources_path import resource


@cache
def speller() -> Callable[[str], str]:
    """All full spellings and initials of a name; the table is read at the first call."""
    return Readings(parse_table(resource("pinyin/readings.tsv").read_text("utf-8"))).search_text
