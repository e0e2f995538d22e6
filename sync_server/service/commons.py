"""What the commons say: who works here, on which grids, and which buildings those are.

Read from the accepted records of the commons, whole; read again when the commons have a newer seq.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import msgspec

from gridclient.core.domain.declaration import DESK_ROLES, Role
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.domain.sameness import resolved
from gridclient.core.domain.staff import active
from gridclient.core.merge.change import Change
from sync_server.service.clocks import CHINA

_row = msgspec.msgpack.Decoder(list[object])
_READ = frozenset(
    {"community", "grid", "worker", "assignment", "settings", "compound", "building", "same_as"}
)
_NUMBER = re.compile(r"(\d+)")

Fields = dict[str, object]


def local_day(now: int) -> str:
    """The day in China at a moment (Unix milliseconds)."""
    return datetime.fromtimestamp(now / 1000, CHINA).date().isoformat()


@dataclass(frozen=True)
class Commons:
    """The shown values of the records that decide who may do what. `seq` says as of when."""

    seq: int
    kinds: dict[str, dict[Id, Fields]] = field(default_factory=dict)

    @classmethod
    def read(cls, seq: int, rows: Iterable[tuple[int, str, bytes]]) -> "Commons":
        """From stored rows (seq, kind, body) of the commons."""
        kinds: dict[str, dict[Id, Fields]] = {kind: {} for kind in _READ}
        for _, kind, body in rows:
            if kind in _READ:
                row = _row.decode(body)
                identity = row[0]
                assert isinstance(identity, bytes)
                kinds[kind][identity] = dict(zip(KINDS[kind].fields, row[5:], strict=False))
        return cls(seq, kinds)

    def laid_over(self, changes: Iterable[Change]) -> "Commons":
        """The commons as they would be after some changes by somebody who sees what is shown."""
        kinds = {kind: dict(records) for kind, records in self.kinds.items()}
        for change in changes:
            if change.place == COMMONS and change.kind in _READ:
                records = kinds.setdefault(change.kind, {})
                plain = {k: v for k, v in change.fields.items() if not isinstance(v, list | tuple)}
                records[change.record] = {**records.get(change.record, {}), **plain}
        return Commons(self.seq, kinds)

    def live(self, kind: str) -> dict[Id, Fields]:
        """The records of a kind that are not retired."""
        return {key: one for key, one in self.kinds.get(kind, {}).items() if not one.get("retired")}

    def role(self, worker: Id) -> Role | None:
        """What somebody is now; None for nobody's record or a retired one."""
        found = self.live("worker").get(worker, {}).get("role")
        return Role(str(found)) if found in list(Role) else None

    def has_left(self, worker: Id) -> bool:
        """Whether somebody's record is there and retired."""
        return bool(self.kinds.get("worker", {}).get(worker, {}).get("retired"))

    def name(self, worker: Id) -> str:
        return _text(self.kinds.get("worker", {}).get(worker, {}), "name")

    def title(self) -> str:
        return _text(self.kinds.get("community", {}).get(COMMUNITY_ID, {}), "title")

    @property
    def demonstration(self) -> bool:
        return self.kinds.get("settings", {}).get(SETTINGS_ID, {}).get("demonstration") is True

    def charge(self, worker: Id, today: str) -> frozenset[Id]:
        """The grids somebody is assigned to on a day, with the small grids inside them."""
        grids = set()
        for one in self.live("assignment").values():
            if one.get("worker") == worker and active(_text(one, "since"), _text(one, "until"), today):
                grids.add(one.get("grid"))
        parents = {key: one.get("parent") for key, one in self.kinds.get("grid", {}).items()}
        while inside := {key for key, parent in parents.items() if parent in grids and key not in grids}:
            grids |= inside
        return frozenset(grid for grid in grids if isinstance(grid, bytes))

    def grid_names(self, worker: Id, today: str) -> list[str]:
        """The titles of the grids somebody is assigned to, without the small ones inside them."""
        mine = self.charge(worker, today)
        grids = self.live("grid")
        outer = [grids[grid] for grid in mine if grid in grids and grids[grid].get("parent") not in mine]
        return sorted((_text(one, "title") for one in outer), key=natural)

    def places(self, worker: Id, role: Role, today: str) -> list[Id]:
        """What somebody may hold, most needed first: the commons, the buildings of his grids, the desk."""
        everything = role in DESK_ROLES
        mine = frozenset[Id]() if everything else self.charge(worker, today)
        found = [key for key, grid in self._walk if everything or grid in mine]
        return [COMMONS, *found, *([DESK] if everything else [])]

    @cached_property
    def _walk(self) -> list[tuple[Id, object]]:
        """All buildings in order, each with its grid: of one that is really another, that one's."""
        buildings = self.kinds.get("building", {})
        same = resolved(
            (one["record"], one["target"])  # type: ignore[misc]
            for one in self.live("same_as").values()
            if isinstance(one.get("record"), bytes) and isinstance(one.get("target"), bytes)
        )
        # A building by the id of a fixed place is none: it would open the desk to whoever minds its grid.
        ordered = sorted(buildings.keys() - {COMMONS, DESK}, key=self._order)
        return [
            (key, buildings[same[key] if same.get(key) in buildings else key].get("grid")) for key in ordered
        ]

    def _order(self, building: Id) -> tuple[object, ...]:
        one = self.kinds["building"][building]
        grid = self._titled("grid", one.get("grid"))
        compound = self._titled("compound", one.get("compound"))
        return (natural(grid), natural(compound), natural(_text(one, "number")), building)

    def _titled(self, kind: str, identity: object) -> str:
        found = self.kinds.get(kind, {}).get(identity, {}) if isinstance(identity, bytes) else {}
        return _text(found, "title")


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key by which 9 comes before 12."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(text))


def _text(one: Fields, key: str) -> str:
    found = one.get(key)
    return found if isinstance(found, str) else ""
