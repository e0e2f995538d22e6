"""What can be done with a household, and with one of its people, as menus."""

from __future__ import annotations

from collections.abc import Callable

from gridclient.desktop.household import words
from gridclient.desktop.household.moving import HERE, OUT
from gridclient.desktop.household.view import HouseholdView, Standing
from gridclient.desktop.kit.context import Deed

Acts = dict[str, Callable[[], object]]
Moving = Callable[[str, tuple[bytes, ...]], object]


def of_household(
    view: HouseholdView,
    acts: Acts,
    moving: Moving,
    joining: Callable[[bytes], object],
    erasing: Callable[[], object],
) -> list[Deed | None]:
    """The menu of the page. ``acts``: what the plain keys do, by the key."""
    if view.standing is Standing.VACANT:
        return [
            Deed(words.VISIT, acts["Enter"], "Enter"),
            Deed(words.REGISTER, acts["Insert"], "Insert"),
            Deed(words.WHO_CHANGED, acts["F3"], "F3"),
        ]
    deeds: list[Deed | None] = [
        Deed(words.VISIT, acts["Enter"], "Enter"),
        Deed(words.VERIFY, acts["F4"], "F4"),
        Deed(words.EDIT, acts["F2"], "F2"),
        Deed(words.ADD_PERSON, acts["Insert"], "Insert"),
        Deed(words.CARE, acts["F7"], "F7"),
        Deed(words.WHO_CHANGED, acts["F3"], "F3"),
    ]
    if view.standing is Standing.LIVED and view.people:
        deeds += [None, Deed(words.MOVE, lambda: moving(OUT, ()), "F5")]
        if len(view.people) > 1:
            last = view.people[-1].id
            deeds.append(Deed(words.SPLIT, lambda: moving(HERE, (last,)), "F11"))
        for other, name in view.families:
            if other != view.household:
                deeds.append(Deed(words.join_in(name), lambda other=other: joining(other)))  # type: ignore[misc]
    if view.may_erase:
        deeds += [None, Deed(words.ERASE, erasing)]
    return deeds


def of_person(person: bytes, acts: Acts, moving: Moving, verify: Callable[[], object]) -> list[Deed | None]:
    """The menu of one of the people."""
    return [
        Deed(words.EDIT, acts["F2"], "F2"),
        Deed(words.VERIFY_ONE, verify),
        Deed(words.CARE, acts["F7"], "F7"),
        Deed(words.WHO_CHANGED, acts["F3"], "F3"),
        None,
        Deed(words.MOVE_ONE, lambda: moving(OUT, (person,))),
    ]
