"""The judgement once it is quiet: everybody is level, nothing acknowledged is lost, nothing is twice."""

from gridclient.core.domain.ids import Id
from sync_server.cli.drill.laptop import Laptop
from sync_server.cli.drill.laws import erased_here, judge_level
from sync_server.cli.drill.trace import BrokenError, short
from sync_server.cli.drill.world import World

SETTLED = ("declined", "dismissed", "superseded")


def judge_quiet(world: World) -> None:
    """Raises BrokenError for the first law that does not hold."""
    world.follow()
    own = {one.id for laptop in world.laptops for one in laptop.own().values()}
    with world.server.service.store.read() as snapshot:
        found = snapshot.records.digests().values()
        digests = {one.place: (one.count, one.total) for one in found if one.count}
        held = {one.id for one in snapshot.records.held(sorted(own | world.acknowledged))}
        quarantined = {one.id for one in snapshot.records.quarantined(1_000_000)}
    if digests != world.mirror.digests():
        raise BrokenError("the server's digests are not those of its log")
    for laptop in world.laptops:
        if not laptop.gone:
            judge_level(world.mirror, laptop, world.now(), world.put_back)
            _judge_answers(world, laptop, held, quarantined)
            _judge_copies(world, laptop)
    lost = world.out_of_reach()
    if lost:
        raise BrokenError(f"{short(min(lost)[0])} was acknowledged and is lost")


def _judge_answers(world: World, laptop: Laptop, held: set[Id], quarantined: set[Id]) -> None:
    """What a ledger takes its own changes for is what they are at the server."""
    mirror = world.mirror
    for number, own in laptop.own().items():
        if own.state == "done":
            there = 0 < own.seq <= mirror.seq and mirror.order[own.seq - 1] == own.id
        elif own.state == "held" or own.state in SETTLED:
            # A verdict that was told stays told, though a server put back may know of it no longer.
            there = own.id in held or (world.put_back and own.state in SETTLED)
        else:
            there = own.state == "quarantined" and own.id in quarantined
        if not there and not erased_here(laptop, own.record):
            raise BrokenError(f"{laptop.name} takes its change {number} for {own.state}, and it is not")


def _judge_copies(world: World, laptop: Laptop) -> None:
    """What is only here was handed in, and waits there as well or was declined."""
    with laptop.ledger.reading() as connection:
        kept = connection.exec_driver_sql("SELECT copy, state FROM only_here").all()
    with world.server.service.store.read() as snapshot:
        held = {one.id: one.verdict for one in snapshot.records.held([copy for copy, _ in kept])}
    for copy, state in kept:
        if state == "waiting" or (state == "held" and held.get(copy, "") is not None):
            raise BrokenError(f"{laptop.name} keeps {short(copy)} as {state}, and nobody will decide it")
