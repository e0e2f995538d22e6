"""The id a change gets whose own was taken by other content."""

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id


def renamed_id(change: Id, said: bytes) -> Id:
    """By id and content, so that whoever asks again is answered the same."""
    return ids.named("renamed", change.hex(), said.hex())
