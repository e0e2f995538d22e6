"""What happened in an area, in the order of days: visits, matters with how they were handled, cards."""

from collections.abc import Sequence

from sqlalchemy import Connection

from gridclient.core.domain import codes
from gridclient.core.domain.care import CareTag
from gridclient.core.domain.contact_cards import CardIssue
from gridclient.core.domain.declaration import Kind
from gridclient.core.domain.ids import Id
from gridclient.core.domain.incoming import Feedback, HotlineTicket
from gridclient.core.domain.matters import Matter, MatterStep, Step, standing
from gridclient.core.domain.people import Resident
from gridclient.core.domain.places import DESK
from gridclient.core.domain.staff import Worker
from gridclient.core.domain.visits import Visit
from gridclient.core.merge.compact import elements
from gridclient.ledger.households import worker_names
from gridclient.operations.export_people import (
    Column,
    columns_of,
    fields_of,
    house_columns,
    house_made,
    joined,
    live,
    serial,
    walking,
)
from gridclient.operations.export_scope import Extent
from gridclient.operations.listing import Listing, Made, Reading, gathered, moment, spoken_each

VISIT, MATTER, CARD = "走访", "诉求", "联络卡"
TICKET, FEEDBACK, CARE = "工单", "反馈", "关照"
# What a masked table says of a confidential matter: that there is one, and where it stands.
_OPEN = frozenset(
    f"{MATTER}.{name}"
    for name in ("序号", "登记日期", "受理时间", "办理状态", "办结时间", "保密", "等级", "来源")
)
_FINISHED = frozenset({"closed", "void"})
Rows = Sequence[Sequence[object]]


def visits(connection: Connection, extent: Extent) -> Listing:
    """Every knock on a door, opened or not."""
    columns = [*house_columns(), *columns_of(VISIT, "v", Visit)]
    where, given = extent.where("v.place", "v.at_")
    rows = gathered(
        connection,
        f"SELECT {_of(columns)}, v.companions, v.author, v.id FROM k_visit v"
        f"{joined('v', 'coalesce(v.dwelling, h.dwelling)')}"
        f" WHERE {live('v')} AND {where} ORDER BY v.at_, v.id",
        given,
    )
    names = worker_names(connection)
    at = _place(columns, f"{VISIT}.{Visit.at.zh}")

    def companions(_: Reading) -> list[str]:
        there = [[one for one in elements(row[-3]) if isinstance(one, bytes)] for row in rows]
        return ["、".join(filter(None, (names.get(one, "") for one in some))) for some in there]

    made: dict[str, Made] = {
        f"{VISIT}.序号": serial(rows),
        f"{VISIT}.日期": lambda _: _days(rows, at),
        f"{VISIT}.走访人": lambda _: [names.get(bytes(row[-2]), "") for row in rows],
        f"{VISIT}.陪同": companions,
    }
    fields = fields_of(columns)
    return Listing(rows, fields, house_made(rows, fields) | made, [row[-1] for row in rows])


def matters(connection: Connection, extent: Extent) -> Listing:
    """Every matter with where it stands; its day is when it was received, else when it was written down."""
    columns = [*house_columns(), *columns_of(MATTER, "m", Matter)]
    where, given = extent.where("m.place", "coalesce(m.received, m.at)")
    rows = gathered(
        connection,
        f"SELECT {_of(columns)}, coalesce(m.received, m.at), coalesce(m.worker, m.author), m.id"
        f" FROM k_matter m{joined('m')}"
        f" WHERE {live('m')} AND {where} ORDER BY coalesce(m.received, m.at), m.id",
        given,
    )
    handled = _handled(connection)
    fields = fields_of(columns)
    made = house_made(rows, fields) | _matter_made(rows, handled, worker_names(connection))
    kept = _place(columns, f"{MATTER}.{Matter.confidential.zh}")
    secret = frozenset(at for at, row in enumerate(rows) if row[kept])
    return Listing(rows, fields, made, [row[-1] for row in rows], secret=secret, open=_OPEN)


def _matter_made(rows: Rows, handled: dict[Id, "_Handled"], names: dict[Id, str]) -> dict[str, Made]:
    of = [handled.get(bytes(row[-1]), _Handled()) for row in rows]  # type: ignore[call-overload]

    def results(reading: Reading) -> Sequence[str]:
        notes = spoken_each(MatterStep.note, [one.note for one in of], reading)
        exits = [codes.MATTER_EXIT.label(one.exit) for one in of]
        return [
            "：".join(filter(None, (way, note))) if one.finished else note
            for one, way, note in zip(of, exits, notes, strict=True)
        ]

    return {
        f"{MATTER}.序号": serial(rows),
        f"{MATTER}.登记日期": lambda _: _days(rows, len(rows[0]) - 3 if rows else 0),
        f"{MATTER}.办理状态": lambda _: [codes.MATTER_STATUS.label(one.status) for one in of],
        f"{MATTER}.责任人": lambda _: [
            one.unit or names.get(bytes(row[-2]), "")  # type: ignore[call-overload]
            for one, row in zip(of, rows, strict=True)
        ],
        f"{MATTER}.办理结果": results,
        f"{MATTER}.办结时间": lambda _: [moment(one.at) if one.finished and one.at else "" for one in of],
    }


class _Handled:
    """How a matter was handled, from its steps in order."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.note = self.exit = self.unit = ""
        self.at = 0

    @property
    def status(self) -> str:
        return standing(self.steps).status

    @property
    def finished(self) -> bool:
        return self.status in _FINISHED


def _handled(connection: Connection) -> dict[Id, _Handled]:
    known: dict[Id, _Handled] = {}
    for matter, step, status, after, note, way, unit, at in connection.exec_driver_sql(
        "SELECT matter, id, status, after, note, exit, unit, at_ FROM k_matter_step"
        f" WHERE {live('k_matter_step')} ORDER BY at_, id"
    ):
        one = known.setdefault(bytes(matter), _Handled())
        seen = frozenset(each for each in elements(after) if isinstance(each, bytes))
        one.steps.append(Step(step, status, seen))
        one.note, one.exit, one.unit = note or one.note, way or one.exit, unit or one.unit
        one.at = at or one.at
    return known


def cards(connection: Connection, extent: Extent) -> Listing:
    """Every contact card printed for a household; the token its code carries is left out."""
    # What a card's code carries opens its page: it belongs on the card alone.
    columns: list[Column] = [
        *house_columns(),
        *(one for one in columns_of(CARD, "i", CardIssue) if one[2] is not CardIssue.token),
        (f"{CARD}.网格员", "w.name", Worker.name),
    ]
    where, given = extent.where("i.place", "i.at_")
    rows = gathered(
        connection,
        f"SELECT {_of(columns)}, i.id FROM k_card_issue i"
        f"{joined('i')} LEFT JOIN k_worker w ON w.id = i.worker"
        f" WHERE {live('i')} AND {where} ORDER BY i.at_, i.pk",
        given,
    )
    fields = fields_of(columns)
    made = house_made(rows, fields) | {f"{CARD}.序号": serial(rows)}
    return Listing(rows, fields, made, [row[-1] for row in rows])


def care(connection: Connection, extent: Extent) -> Listing:
    """Every reason to look after somebody that is known with the household; those of the desk stay there."""
    columns: list[Column] = [
        *house_columns(),
        *columns_of(CARE, "t", CareTag),
        (f"{CARE}.姓名", "r.name", Resident.name),
        (f"{CARE}.责任人", "w.name", Worker.name),
    ]
    where, given = extent.where("t.place")
    rows = gathered(
        connection,
        f"SELECT {_of(columns)}, t.id FROM k_care_tag t{joined('t')}"
        " LEFT JOIN k_resident r ON r.id = t.resident LEFT JOIN k_worker w ON w.id = t.worker"
        f" WHERE {live('t')} AND t.place <> ? AND {where}",
        (DESK, *given),
    )
    key = walking(columns)
    rows = sorted(rows, key=lambda row: (key(row), row[-1]))
    fields = fields_of(columns)
    made = house_made(rows, fields) | {f"{CARE}.序号": serial(rows)}
    return Listing(rows, fields, made, [row[-1] for row in rows])


def tickets(connection: Connection, extent: Extent) -> Listing:
    """Every ticket of the hotline this ledger holds."""
    return _incoming(connection, extent, TICKET, HotlineTicket, "received")


def feedback(connection: Connection, extent: Extent) -> Listing:
    """Every row of feedback this ledger holds."""
    return _incoming(connection, extent, FEEDBACK, Feedback, "at_")


def _incoming(connection: Connection, extent: Extent, name: str, kind: type[Kind], at: str) -> Listing:
    columns = columns_of(name, "k", kind)
    where, given = extent.where("k.place", f"coalesce(k.{at}, k.at)")
    rows = gathered(
        connection,
        f"SELECT {_of(columns)}, k.id FROM k_{kind.kind} k WHERE {live('k')} AND {where}"
        f" ORDER BY coalesce(k.{at}, k.at), k.id",
        given,
    )
    made: dict[str, Made] = {f"{name}.序号": serial(rows)}
    return Listing(rows, fields_of(columns), made, [row[-1] for row in rows])


def _of(columns: Sequence[Column]) -> str:
    return ", ".join(sql for _, sql, _ in columns)


def _days(rows: Rows, place: int) -> list[str]:
    return [moment(at)[:10] if isinstance(at := row[place], int) and at else "" for row in rows]


def _place(columns: Sequence[Column], name: str) -> int:
    return next(place for place, (one, _, _) in enumerate(columns) if one == name)
