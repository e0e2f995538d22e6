"""What the sync sheet shows, computed from tables: never a remembered flag."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gridclient.desktop.theme import Tone


class Trouble(Enum):
    """Why the network road does not work; each has its own words."""

    NONE = "none"
    ALONE = "alone"
    OFFLINE = "offline"
    SERVER_DOWN = "server_down"
    NOT_TRUSTED = "not_trusted"
    REVOKED = "revoked"
    LEFT = "left"
    CLONED = "cloned"
    TOO_OLD = "too_old"
    LEASE = "lease"
    BUSY = "busy"
    DIFFERS = "differs"
    DISK_FULL = "disk_full"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing not sent or not taken: ``reason`` says why it is stuck, and who has to do what.

    ``again``: it can be sent once more; ``dismissed``: a person may say that they know.
    """

    id: bytes
    icon: str
    title: str
    when: str
    reason: str = ""
    tone: Tone = Tone.NEUTRAL
    again: bool = False
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class SyncView:
    """``lost`` is what would be gone if this computer broke now; details are sentences ready to read.

    ``agreed`` tells when all was last the same as at the community, ``agreed_detail`` what was compared.
    ``sticks``: whether there is a road by USB stick; ``desk``: whether packs of others can be opened here.
    ``warning``: what has gone on for too long.
    """

    owner: str = ""
    lost: int = 0
    unsent: int = 0
    unsent_detail: str = ""
    held: int = 0
    held_detail: str = ""
    quarantined: int = 0
    quarantined_detail: str = ""
    waiting: tuple[Waiting, ...] = ()
    waiting_summary: str = ""
    agreed: bool = False
    agreed_detail: str = ""
    trouble: Trouble = Trouble.NONE
    tried: str = ""
    sticks: bool = True
    desk: bool = False
    warning: str = ""
