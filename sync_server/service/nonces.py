"""Nonces that carry a count, so that a nonce of the future is told from one of the past.

Eight bytes of turn, eight of a keyed hash over device and turn. One whose hash holds was given by this
community's server: a turn that this server has not reached says that the server itself is an older copy, a
turn long past says that the laptop is.
"""

import hmac

from gridclient.core.domain.ids import Id

_PURPOSE = b"minqing nonce 1"
_TURN = 8


def make(sign_key: bytes, device: Id, turn: int) -> bytes:
    """The nonce of a device's turn."""
    counted = turn.to_bytes(_TURN, "big")
    key = hmac.digest(sign_key, _PURPOSE, "sha256")
    return counted + hmac.digest(key, device + counted, "sha256")[:_TURN]


def turn_of(sign_key: bytes, device: Id, nonce: bytes) -> int | None:
    """The turn in a nonce; None where this community never gave it to this device."""
    turn = int.from_bytes(nonce[:_TURN], "big")
    return turn if hmac.compare_digest(nonce, make(sign_key, device, turn)) else None
