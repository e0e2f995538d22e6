"""The judgement once it is quiet."""

from gridclient.core.domain.ids import Id
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.laws import judge_level
from sync_server.cli.drill.trace import BrokenError, short
from sync_server.cli.drill.world import World


def judge_quiet(world: World) -> None:
    """Everybody is level, nothing acknowledged is lost, nothing is twice."""
    world.follow()
    with world.server.service.store.read() as snapshot:
        digests = {
            one.place: (one.count, one.total) for one in snapshot.records.digests().values() if one.count
        }
        held = {
            one.id: one
            for logged in world.acknowledged
            | {own.id for each in world.laptops for own in each.saved.values()}
            for one in snapshot.records.held([logged])
        }
        quarantined = {one.id for one in snapshot.records.quarantined(100_000)}
    if digests != world.mirror.digests():
        raise BrokenError("the server's digests are not those of its log")
    for laptop in world.laptops:
        if not laptop.gone:
            judge_level(world.mirror, laptop, world.now())
            _judge_answers(world, laptop, set(held), quarantined)
    for change in sorted(world.acknowledged):
        if not _reachable(world, change, set(held)):
            raise BrokenError(f"{short(change)} was acknowledged and is lost")


def _judge_answers(world: World, laptop: Laptop, held: set[Id], quarantined: set[Id]) -> None:
    mirror = world.mirror
    for number, own in laptop.own().items():
        if own.state == "done":
            there = 0 < own.seq <= mirror.seq and mirror.order[own.seq - 1] == own.id
        elif own.state == "held":
            there = own.id in held or own.id in mirror.changes
        else:
            there = own.state == "quarantined" and own.id in quarantined
        if not there:
            raise BrokenError(f"{laptop.name} takes its change {number} for {own.state}, and it is not")


def _reachable(world: World, change: Id, held: set[Id]) -> bool:
    return change in world.mirror.changes or change in world.mirror.seen or change in held
