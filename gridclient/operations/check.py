"""What is wrong with a ledger, in words: damage first, then what merely looks odd."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.merge.compact import fingerprint, unpack
from gridclient.ledger import records
from gridclient.ledger.ledger import Ledger
from gridclient.operations import health
from gridclient.operations.health import way_back

_WRAP = 1 << 64
_row_decoder = msgspec.msgpack.Decoder(list[Any])


@dataclass(frozen=True)
class Findings:
    """`damage` must be acted on; `notes` are worth a look (an orphan, a twin); `records` counts by kind."""

    damage: list[str]
    notes: list[str]
    records: dict[str, int]


def check(ledger: Ledger) -> Findings:
    """Look through a whole ledger: the file, the digests of its places, every row, orphans."""
    damage, counts = list(ledger.check()), {}
    if damage:
        return Findings([*damage, way_back(ledger.folder, ledger)], [], {})
    damage += _judge_rows(ledger)
    damage += _judge_digests(ledger)
    if damage:
        damage.append(way_back(ledger.folder, ledger))
    notes = health.notes(ledger)
    with ledger.reading() as connection:
        for name, kind in KINDS.items():
            counts[name] = connection.exec_driver_sql(f"SELECT count(*) FROM k_{name}").scalar_one()
            parent = kind.fields.get(kind.within)
            if parent is not None and parent.type is Type.REF and parent.to:
                orphans = connection.exec_driver_sql(
                    f"SELECT count(*) FROM k_{name} a WHERE a.{parent.key} IS NOT NULL"
                    f" AND NOT EXISTS (SELECT 1 FROM k_{parent.to} b WHERE b.id = a.{parent.key})"
                ).scalar_one()
                if orphans:
                    notes.append(
                        f"{orphans} 条{kind.zh}找不到所属的{KINDS[parent.to].zh}，先留着，同步后再看。"
                    )
        notes += _twins(connection)
    return Findings(damage, notes, counts)


def _twins(connection: Connection) -> list[str]:
    """Two records of one thing: never forbidden, for two laptops may both be right; worth a look."""
    notes = []
    for name, same, words in (
        ("resident", "id_number", "{} 个身份证号登记了不止一个人，到合并台看看是不是同一个人。"),
        ("dwelling", "building, unit, room", "{} 个门牌登记了不止一次，看看是不是同一套房。"),
        ("building", "compound, number", "{} 个楼号登记了不止一次，看看是不是同一栋楼。"),
    ):
        last = same.rpartition(" ")[2]
        count = connection.exec_driver_sql(
            f"SELECT count(*) FROM (SELECT 1 FROM k_{name} WHERE coalesce(retired, '') = ''"
            f" AND coalesce({last}, '') <> '' GROUP BY {same} HAVING count(*) > 1)"
        ).scalar_one()
        if count:
            notes.append(words.format(count))
    return notes


def _judge_rows(ledger: Ledger) -> list[str]:
    wrong = 0
    with ledger.reading() as connection:
        for kind in KINDS:
            for place, *row in connection.exec_driver_sql(
                f"SELECT place, {records.columns_of(kind)} FROM k_{kind} WHERE heads IS NOT NULL"
            ):
                try:
                    unpack(kind, place, records.clean(kind, row))
                except Exception:  # whatever a damaged blob makes the decoder say
                    wrong += 1
        spoken: dict[str, set[bytes]] = {}
        for kind, record in connection.exec_driver_sql("SELECT kind, record FROM change WHERE laid = 1"):
            spoken.setdefault(kind, set()).add(record)
        missing = sum(
            len(spoken[kind].difference(connection.exec_driver_sql(f"SELECT id FROM k_{kind}").scalars()))
            for kind in spoken.keys() & KINDS.keys()
        )
    found = [f"{wrong} 条记录的说法读不出来。用最近的备份恢复。"] if wrong else []
    return found + ([f"{missing} 条改动没有显示出来，改动本身还在。"] if missing else [])


def _judge_digests(ledger: Ledger) -> list[str]:
    """Whether the running digests of places still say what the rows say."""
    with ledger.reading() as connection:
        sums: dict[bytes, tuple[int, int]] = {}
        based = {row[0] for row in connection.exec_driver_sql("SELECT id FROM base")}
        laid = set(
            connection.exec_driver_sql(
                "SELECT record FROM change WHERE laid = 1 UNION SELECT record FROM opened WHERE laid = 1"
            ).scalars()
        )
        for kind in KINDS:
            for place, identity, heads in connection.exec_driver_sql(
                f"SELECT place, id, heads FROM k_{kind}"
            ):
                if identity not in laid and identity not in based:
                    _add(sums, place, identity, heads)
        for place, identity in connection.exec_driver_sql("SELECT place, id FROM base").all():
            held = records.get_base(connection, identity)
            if held is not None:
                _add(sums, place, identity, held[1][3])
        # Rows of kinds this program does not know; of known ones `other` only holds a wider copy.
        for kind, place, blob in connection.exec_driver_sql("SELECT kind, place, row FROM other"):
            if kind not in KINDS:
                row = _row_decoder.decode(blob)
                _add(sums, place, row[0], row[3])
        odd = 0
        for place, count, total in connection.exec_driver_sql("SELECT id, count, total FROM place"):
            if sums.get(place, (0, 0)) != (count, total % _WRAP):
                odd += 1
    return [f"{odd} 处地方的校验数对不上，下次同步会自己重取。"] if odd else []


def _add(sums: dict[bytes, tuple[int, int]], place: bytes, identity: bytes, heads: object) -> None:
    count, total = sums.get(place, (0, 0))
    blob = heads if isinstance(heads, bytes) else None
    sums[place] = (count + 1, (total + fingerprint(identity, blob)) % _WRAP)
