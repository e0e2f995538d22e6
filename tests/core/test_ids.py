"""Ids made of what things are."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from gridclient.core.domain import ids


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")), max_size=4))
def test_a_name_makes_the_uuid_the_standard_makes(parts: list[str]) -> None:
    made = ids.named(*parts)
    assert uuid.UUID(bytes=made).version == 5
    assert ids.named(*(f" {part.upper()} " for part in parts if part.isascii())) == ids.named(
        *(part for part in parts if part.isascii())
    )


def test_ids_of_real_ledgers_never_change() -> None:
    assert ids.named("compound", "送变电小区") == uuid.uuid5(ids.NAMESPACE, "compound\x1f送变电小区").bytes
    assert ids.text(ids.named("compound", "送变电小区")) == "170ca517-4eba-53a3-a785-7014b6c7f721"


def test_a_timed_id_tells_when_it_was_made() -> None:
    assert ids.millis(ids.timed(1_795_500_000_123, bytes(10))) == 1_795_500_000_123
