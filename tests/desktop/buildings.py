"""Invented buildings for the tests of the building screen."""

from __future__ import annotations

from dataclasses import replace

from gridclient.desktop.building import (
    BuildingView,
    Clock,
    CompoundView,
    Door,
    DoorChip,
    Layer,
    State,
    Unit,
)
from gridclient.desktop.theme import Tone

NAMES = ("赵世昌", "欧阳建国", "沈巧云", "阿卜杜拉·买买提", "刘慧")
STATES = tuple(State)


def door(building: str, unit: int, floor: int, slot: int, *, floors: int) -> Door:
    """A door whose state, tag and the rest follow from where it stands."""
    level = floors - floor
    room = f"{level}{slot + 1:02d}"
    number = unit * 100 + floor * 10 + slot
    state = STATES[number % len(STATES)]
    known = state not in (State.VACANT, State.UNREGISTERED, State.CONSTRUCTION)
    title = f"{building} {unit + 1}单元 {room}"
    dwelling = f"{building}/{unit}/{room}".encode()
    return Door(
        dwelling=dwelling,
        household=b"h" + dwelling if known else None,
        unit=unit,
        floor=floor,
        slot=slot,
        room=room,
        head=NAMES[number % len(NAMES)] if known else "",
        state=state,
        spoken=f"{title}，{state.value}",
        title=title,
        tag="老" if known and number % 3 == 0 else "",
        occupancy="自租借空营"[number % 5] if known else "",
        checks=number % 5 if known else None,
        care="老独" if known and number % 4 == 0 else "",
        matters=number % 3 if known else 0,
        clock=(Clock.NONE, Clock.OPEN, Clock.LATE)[number % 3] if known else Clock.NONE,
        subtitle=f"{NAMES[0]} 82 岁，老伴 孙月琴 79 岁" if known else "",
        chips=(DoorChip("已超期 9 天", Tone.BAD, "alert-triangle"), DoorChip("空巢老人")),
        lines=(("history", "上次 10月16日，入户"), ("clock", "上午 9–11 点常在家")),
    )


def building(
    name: str = "12号楼", *, units: int = 3, slots: int = 3, floors: int = 7, shops: bool = True
) -> BuildingView:
    doors = [
        door(name, unit, floor, slot, floors=floors)
        for floor in range(floors)
        for unit in range(units)
        for slot in range(slots)
    ]
    levels = [f"{floors - floor}层" for floor in range(floors)]
    if shops:
        levels.append("负一层 底商")
        for unit in range(units):
            shop = door(name, unit, 0, 0, floors=floors)
            doors.append(
                replace(
                    shop,
                    dwelling=f"{name}/shop{unit}".encode(),
                    household=b"shop",
                    floor=floors,
                    room=str(unit + 1),
                    head="惠民超市",
                    state=State.VISITED,
                    span=slots,
                )
            )
    return BuildingView(
        id=name.encode(),
        compound="松岭家园",
        name=name,
        units=tuple(Unit(f"{unit + 1} 单元", slots) for unit in range(units)),
        floors=tuple(levels),
        doors=tuple(doors),
        badge="熊猫楼 9 户",
        badge_told="80 岁以上 9 户",
        layers=tuple(Layer),
    )


def compound(buildings: int) -> CompoundView:
    """A compound of equal buildings."""
    return CompoundView(
        id=b"compound",
        name="松岭家园",
        buildings=tuple(building(f"{number + 1}号楼", shops=False) for number in range(buildings)),
        layers=tuple(Layer),
    )
