"""The help of the pages: what each is for, and how to do the three things people do there most."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile("〔([^〕]+)〕")


@dataclass(frozen=True, slots=True)
class PageHelp:
    """One sentence of purpose, then one a way; keys stand in 〔〕."""

    purpose: str
    ways: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        """The keys it speaks of."""
        return tuple(key for way in self.ways for key in _KEY.findall(way))


def parse_help(text: str) -> dict[str, PageHelp]:
    """By the name of the page: `# name`, the purpose, then its ways, a line each."""
    made: dict[str, PageHelp] = {}
    for part in text.split("# ")[1:]:
        name, purpose, *ways = part.strip().splitlines()
        made[name] = PageHelp(purpose, tuple(ways))
    return made
