"""What a building looks like: its doors, who lives there, what happened last."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.ids import Id
from gridclient.ledger.places import joined


class BuildingLine(NamedTuple):
    """A building in a list. `compound` and `number` as people name them."""

    id: Id
    compound_id: Id
    compound: str
    number: str
    grid: Id | None


class Door(NamedTuple):
    """One dwelling with one of its households (None: nobody registered). Times are Unix milliseconds."""

    dwelling: Id
    unit: str
    floor: int | None
    room: str
    use: str
    household: Id | None
    sort: str
    head: str
    people: int
    births: str
    last_at: int
    last_outcome: str
    met_at: int
    open_matters: int
    moved_in: str
    verified: int
    tenure: str
    tags: str
    home_at: int


# What a door shows where the ledger knows nothing.
_BLANK = (b"", "", None, "", "", None, "", "", 0, "", 0, "", 0, 0, "", 0, "", "", 0)


def buildings(connection: Connection) -> list[BuildingLine]:
    """All buildings, by compound and number as numbers; of those that are one, the one that goes on."""
    same = joined(connection)
    titles: dict[Id, str] = {
        identity: title or ""
        for identity, title in connection.exec_driver_sql("SELECT id, title FROM k_compound")
    }
    found = connection.exec_driver_sql(
        "SELECT b.id, c.id, c.title, b.number, b.grid FROM k_building b "
        f"JOIN k_compound c ON c.id = b.compound WHERE {_live('b')} AND {_live('c')}"
    )
    lines = []
    for identity, compound, title, number, grid in found:
        home = same.get(compound, compound)
        if identity not in same:
            lines.append(BuildingLine(identity, home, titles.get(home, title), number, grid))
    return sorted(lines, key=lambda line: (line.compound, natural(line.number)))


def natural(number: str) -> tuple[int, int, str]:
    """A key that puts 2 before 12 and 12 before 12甲."""
    digits = ""
    for character in number:
        if not character.isdigit():
            break
        digits += character
    return (0, int(digits), number) if digits else (1, 0, number)


def doors(connection: Connection, building: Id, today: str) -> list[Door]:
    """Every dwelling of a building, once for each household in it, with the tags that hold on a day.

    Buildings that are really this one lend it their doors.
    """
    blocks = [building, *(one for one, target in joined(connection).items() if target == building)]
    names = {f"b{number}": block for number, block in enumerate(blocks)}
    found = connection.exec_driver_sql(
        f"""
        SELECT d.id, d.unit, d.floor, d.room, d.use, h.id, h.sort, r.name,
               (SELECT count(*) FROM k_resident p WHERE p.household = h.id AND {_live("p")}),
               (SELECT group_concat(p.birth) FROM k_resident p WHERE p.household = h.id AND {_live("p")}),
               v.at_, v.outcome,
               (SELECT max(e.at_) FROM k_visit e WHERE e.household = h.id AND {_live("e")}
                  AND e.outcome IN ('1', '2', '6', '8')),
               (SELECT count(*) FROM k_matter m WHERE m.household = h.id AND {_live("m")}
                  AND NOT EXISTS (SELECT 1 FROM k_matter_step s WHERE s.matter = m.id
                                  AND s.status IN ('closed', 'void') AND {_live("s")})),
               h.moved_in, h.verified, h.tenure,
               (SELECT group_concat(t.tag) FROM k_care_tag t WHERE t.household = h.id AND {_live("t")}
                  AND (t.since IS NULL OR t.since <= :today)
                  AND (t.until IS NULL OR substr(:today, 1, length(t.until)) <= t.until)),
               (SELECT max(e.at_) FROM k_visit e WHERE e.household = h.id AND {_live("e")}
                  AND e.outcome IN ('1', '2', '6'))
        FROM k_dwelling d
        LEFT JOIN k_household h ON h.dwelling = d.id AND {_live("h")}
        LEFT JOIN k_resident r ON r.id = h.head
        LEFT JOIN k_visit v ON v.pk = CASE WHEN h.id IS NULL THEN
                (SELECT w.pk FROM k_visit w WHERE w.household IS NULL AND w.dwelling = d.id AND {_live("w")}
                 ORDER BY w.at_ DESC LIMIT 1)
            ELSE (SELECT w.pk FROM k_visit w WHERE w.household = h.id AND {_live("w")}
                  ORDER BY w.at_ DESC LIMIT 1) END
        WHERE d.building IN ({", ".join(f":{name}" for name in names)}) AND {_live("d")}
        """,
        {**names, "today": today},
    )
    lines = [Door._make(_or_blank(row)) for row in found]
    return sorted(lines, key=lambda door: (natural(door.unit), -(door.floor or 0), natural(door.room)))


def _or_blank(row: Sequence[Any]) -> list[Any]:
    return [blank if value is None else value for value, blank in zip(row, _BLANK, strict=True)]


def _live(alias: str) -> str:
    return f"({alias}.retired IS NULL OR {alias}.retired = '')"
