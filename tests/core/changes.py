"""Small random histories of one record: laptops that see some of what was said before and say something."""

from hypothesis import strategies as st

from gridclient.core.domain import ids
from gridclient.core.merge.change import Change

RECORD = ids.named("record")
PLACE = ids.named("place")
NAMES = ["李萍", "李平", " 李萍 ", "魏彩虹", None]
PHONES = ["13900000001", "139 0000 0001", "13900000002"]


@st.composite
def histories(draw: st.DrawFn, largest: int = 9) -> list[Change]:
    """Changes of one resident in an order in which they could have been written."""
    made: list[Change] = []
    for number in range(draw(st.integers(1, largest))):
        identity = RECORD if number == 0 else ids.named("change", str(number))
        earlier = [change.id for change in made]
        seen = draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier else []
        made.append(
            Change(
                id=identity,
                device=ids.named("device", str(draw(st.integers(0, 2)))),
                number=number,
                author=ids.named("author", str(draw(st.integers(0, 2)))),
                at=draw(st.integers(0, 5)),
                kind="resident",
                record=RECORD,
                place=PLACE,
                fields=draw(fields()),
                seen=tuple(seen),
            )
        )
    return made


@st.composite
def fields(draw: st.DrawFn) -> dict[str, object]:
    """What one save writes: some groups, whole."""
    said: dict[str, object] = {}
    if draw(st.booleans()):
        said["name"] = draw(st.sampled_from(NAMES))
    if draw(st.booleans()):
        said["id_number"] = draw(st.sampled_from(["63990019560304001X", "639900195603040028"]))
        said["id_type"] = "111"
    if draw(st.booleans()):
        phones = st.lists(st.sampled_from(PHONES), max_size=2, unique=True)
        said["phones"] = [draw(phones), draw(phones)]
    if draw(st.booleans()):
        said["verified"] = draw(st.integers(1, 5))
    if draw(st.integers(0, 4)) == 0:
        said["retired"] = draw(st.sampled_from(["moved", ""]))
        said["successor"] = None
    if draw(st.integers(0, 4)) == 0:
        said["a field of tomorrow"] = draw(st.sampled_from(["x", 1, ["list"]]))
    return said or {"remark": "空"}
