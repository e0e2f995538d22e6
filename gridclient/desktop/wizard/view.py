"""What the first start asks and what it answers: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Way(Enum):
    """How this computer is going to be used."""

    JOIN = "join"
    ALONE = "alone"
    DEMO = "demo"
    OLD = "old"


class Step(Enum):
    """Where in the wizard a person is."""

    WAY = 0
    PASSPHRASE = 1
    REGISTER = 2
    START = 3


@dataclass(frozen=True, slots=True)
class WizardAnswer:
    """Everything needed to make the ledger. ``file`` is a backup (OLD) or the file of an enrolment (JOIN);
    the demonstration has no passphrase of its own, so it comes empty."""

    way: Way
    passphrase: str = ""
    address: str = ""
    code: str = ""
    file: str = ""
