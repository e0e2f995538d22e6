"""A building as the matrix shows it."""

from collections.abc import Sequence
from datetime import date

from gridclient.app.present import moments
from gridclient.core.domain import attention, care, codes, geography
from gridclient.core.domain.attention import Visiting
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.intervals import OLD, Facts, Intervals, Owed, owed
from gridclient.core.domain.visits import EFFECTIVE
from gridclient.desktop.building.view import (
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
from gridclient.ledger.buildings import BuildingLine, natural
from gridclient.ledger.buildings import Door as Row

MOST_CHIPS = 4
LAYERS = (Layer.VISITS, Layer.OCCUPANCY, Layer.MATTERS)
_STATES = {
    Visiting.MET: State.VISITED,
    Visiting.SOON: State.SOON,
    Visiting.OVERDUE: State.OVERDUE,
    Visiting.TRIED: State.TRIED,
    Visiting.NOT_YET: State.NOT_YET,
    Visiting.VACANT: State.VACANT,
    Visiting.UNFINISHED: State.CONSTRUCTION,
    Visiting.UNREGISTERED: State.UNREGISTERED,
}
_OCCUPANCY = {"own": "自", "rent": "租", "lent": "借", "vacant": "空", "shop": "营", "office": "公"}
_TENURE = {"owner": "自", "family": "自", "tenant": "租", "guest": "借"}
_SPOKEN = {
    State.VISITED: "本期已访",
    State.SOON: "七天内到期",
    State.OVERDUE: "走访已超期",
    State.TRIED: "敲过没开",
    State.NOT_YET: "还没去过",
    State.VACANT: "空置",
    State.UNREGISTERED: "没登记",
    State.CONSTRUCTION: "在建",
}


def building_name(number: str) -> str:
    return f"{number}号楼" if number.isdigit() else number


def building_view(line: BuildingLine, rows: Sequence[Row], now: int, every: Intervals) -> BuildingView:
    """The matrix of a building from its doors; several households of one door share its cell."""
    names = list(dict.fromkeys(row.unit for row in rows))
    names.sort(key=natural)
    floors = sorted({row.floor or 0 for row in rows}, reverse=True)
    units, doors, households = [], [], []
    for at, name in enumerate(names):
        mine = [row for row in rows if row.unit == name]
        stacks = sorted({_stack(row.room) for row in mine})
        dwellings: dict[bytes, list[Row]] = {}
        for row in mine:
            dwellings.setdefault(row.dwelling, []).append(row)
        for here in dwellings.values():
            slot = stacks.index(_stack(here[0].room))
            facts = [_facts(one, moments.today(now)) for one in here if one.household]
            doors.append(_door(line, here, facts, (at, floors.index(here[0].floor or 0), slot), now, every))
            households += facts
        widest = len(stacks)
        units.append(Unit(f"{name} 单元" if name else "", widest))
    badge, told = attention.badge(households)
    return BuildingView(
        id=line.id,
        compound=line.compound,
        name=building_name(line.number),
        units=tuple(units),
        floors=tuple(_floor_name(floor) for floor in floors),
        doors=tuple(doors),
        badge=badge,
        badge_told=told,
        layers=LAYERS,
    )


def compound_view(line: BuildingLine, buildings: Sequence[BuildingView]) -> CompoundView:
    return CompoundView(line.compound_id, line.compound, tuple(buildings), LAYERS)


def _stack(room: str) -> tuple[int, int, str]:
    """Doors above each other stand above each other: 502 under 602, whatever is missing between."""
    return natural(room[-2:]) if room.isdigit() and len(room) >= 3 else natural(room)


def _floor_name(floor: int) -> str:
    if floor < 0:
        return f"负{-floor}层"
    return f"{floor}层" if floor else ""


def _facts(row: Row, today: date) -> Facts:
    ages = (attention.age(birth, today) for birth in row.births.split(",") if birth)
    return Facts(
        tuple(years for years in ages if years is not None),
        frozenset(row.tags.split(",")) - {""},
        row.people,
        row.sort,
        row.tenure,
        row.use,
        row.moved_in,
    )


def _door(
    line: BuildingLine,
    here: list[Row],
    facts: list[Facts],
    at: tuple[int, int, int],
    now: int,
    every: Intervals,
) -> Door:
    """A cell of the matrix; households of one door share it, and the one owed most decides."""
    row = here[0]
    owing = min((owed(one, every) for one in facts), default=owed(Facts(), every))
    visiting, over = attention.visiting(
        use=row.use,
        registered=row.household is not None,
        last_outcome=row.last_outcome,
        met_at=row.met_at,
        home_at=row.home_at,
        owed=owing,
        now=now,
    )
    state = _STATES[visiting]
    where = geography.door(line.number, row.unit, row.room)
    tag = next(filter(None, (attention.tag(one, moments.today(now)) for one in facts)), "")
    matters = sum(one.open_matters for one in here)
    head = row.head or ("登记了一户" if row.household else "")
    people = sum(one.people for one in here)
    spoken = [where, head or "没登记", _spoken(state, over), *([tag] if tag else [])]
    return Door(
        dwelling=row.dwelling,
        household=row.household,
        unit=at[0],
        floor=at[1],
        slot=at[2],
        room=row.room,
        head=head if row.household else "没登记",
        state=state,
        spoken="，".join(spoken),
        title=where,
        tag=tag,
        occupancy=_OCCUPANCY.get(row.use) or ("自" if row.household else ""),
        matters=matters,
        clock=Clock.OPEN if matters else Clock.NONE,
        subtitle=_subtitle(row, head, people, len(here)),
        chips=_chips(state, over, facts),
        lines=_lines(row, matters, owing, now),
    )


def _spoken(state: State, over: int) -> str:
    return f"{_SPOKEN[state]} {over} 天" if state is State.OVERDUE else _SPOKEN[state]


def _subtitle(row: Row, head: str, people: int, households: int) -> str:
    if row.household is None:
        return codes.DWELLING_USE.label(row.use) if row.use else "还没有登记住户"
    shared = f"，合租 {households} 户" if households > 1 else ""
    return f"{head}家，{people} 人{shared}"


def _chips(state: State, over: int, facts: list[Facts]) -> tuple[DoorChip, ...]:
    chips = []
    if state is State.OVERDUE:
        chips.append(DoorChip(f"已超期 {over} 天", Tone.BAD, "alert-triangle"))
    elif state is State.SOON:
        chips.append(DoorChip(f"还有 {-over} 天到期" if over else "今天到期", Tone.WARN, "circle-half-2"))
    elif state is State.TRIED:
        chips.append(DoorChip("敲过没开", Tone.NEUTRAL, "circle-x"))
    if any(one.oldest >= OLD for one in facts):
        chips.append(DoorChip(f"{OLD} 岁以上"))
    # What only named persons may know of is no word for a wall of doors.
    tags = sorted({tag for one in facts for tag in one.tags if care.level(tag) == 1})
    chips += [DoorChip(CARE_TAG.label(tag)) for tag in tags]
    return tuple(chips[:MOST_CHIPS])


def _lines(row: Row, matters: int, owing: Owed, now: int) -> tuple[tuple[str, str], ...]:
    if row.household is None:
        return ()
    last = "还没去过"
    if row.last_at:
        word = codes.OUTCOME.label(row.last_outcome)
        last = f"{moments.day(row.last_at, now)}，{word}"
    met = (
        f"上次见到人 {moments.day(row.met_at, now)}"
        if row.met_at and row.last_outcome not in EFFECTIVE
        else ""
    )
    lines = [
        ("history", last),
        ("users", met),
        ("clock", _rhythm(owing)),
        ("message-report", f"没办完的诉求：{matters} 件" if matters else "没办完的诉求：无"),
        ("shield-check", f"全户核实 {moments.day(row.verified, now)}" if row.verified else "还没核实过"),
    ]
    return tuple(line for line in lines if line[1])


def _rhythm(owing: Owed) -> str:
    rhythm = f"每 {owing.home} 天入户一次" if owing.contact else f"每 {owing.home} 天走一次"
    if owing.contact:
        rhythm += f"，{owing.contact} 天联系一次"
    # The reason stands on a line of its own: a bracket that wraps in its middle cannot be read.
    return f"{rhythm}\n因为：{owing.why}" if owing.why else rhythm
