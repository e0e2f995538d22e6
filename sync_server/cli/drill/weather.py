"""What happens to one request on the line, and how often."""

import random
from enum import Enum
from typing import NamedTuple


class Fate(Enum):
    """What becomes of one request and its answer."""

    FINE = "fine"
    REQUEST_CUT = "request cut"
    TWICE = "twice"
    ANSWER_CUT = "answer cut"
    SERVER_DIES = "server dies"
    SERVER_DIES_AFTER = "server dies after"


class Rates(NamedTuple):
    """How often things go wrong; each between 0 and 1."""

    request_cut: float = 0.02
    twice: float = 0.03
    answer_cut: float = 0.04
    server_dies: float = 0.006
    server_dies_after: float = 0.006
    meanwhile: float = 0.05  # somebody else syncs between two frames
    laptop_dies: float = 0.08  # within a sync or a save
    skewed: float = 0.5  # laptops whose clock is wrong from the beginning


CALM = Rates(0, 0, 0, 0, 0, 0, 0, 0)


class Weather:
    """Draws fates. `rates` may be changed at any moment."""

    def __init__(self, chance: random.Random, rates: Rates) -> None:
        self.chance = chance
        self.rates = rates

    def fate(self) -> Fate:
        drawn = self.chance.random()
        rates = self.rates
        for fate, rate in (
            (Fate.REQUEST_CUT, rates.request_cut),
            (Fate.TWICE, rates.twice),
            (Fate.ANSWER_CUT, rates.answer_cut),
            (Fate.SERVER_DIES, rates.server_dies),
            (Fate.SERVER_DIES_AFTER, rates.server_dies_after),
        ):
            drawn -= rate
            if drawn < 0:
                return fate
        return Fate.FINE

    def happens(self, rate: float) -> bool:
        return rate > 0 and self.chance.random() < rate
