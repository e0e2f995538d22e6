"""How names sound, from the table that ships with the program."""

from functools import cache

from gridclient.core.domain.pinyin import Readings, parse_table
from gridclient.resources_path import resource


@cache
def readings() -> Readings:
    """The readings of all characters; the table is read at the first call."""
    return Readings(parse_table(resource("pinyin/readings.tsv").read_text("utf-8")))
