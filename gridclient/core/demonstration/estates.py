"""The sixteen invented compounds, their buildings, and the grids they are divided into."""

from typing import NamedTuple

from gridclient.core.demonstration.people import MIXED, OLD, YOUNG
from gridclient.core.demonstration.shares import apportion


class Block(NamedTuple):
    """The shape of a building: units, floors, doors on a floor of a unit, shops on the ground floor."""

    units: int
    floors: int
    doors: int
    shops: int = 0

    @property
    def dwellings(self) -> int:
        return self.units * self.floors * self.doors

    def holding(self, dwellings: int) -> "Block":
        """A building of the same style with no more units and floors than so many dwellings need."""
        units = -(-dwellings // (self.floors * self.doors))
        floors = -(-dwellings // (units * self.doors))
        return Block(units, floors, self.doors, min(self.shops, 2 * units))


class Estate(NamedTuple):
    """A compound at full size. `grids`: the small grids its buildings are divided among, in order.

    `building_site`: the share of its buildings still under construction, at its end.
    """

    title: str
    alias: str
    address: str
    sort: str
    profile: int
    households: int
    blocks: tuple[Block, ...]
    grids: tuple[int, ...]
    company: str
    building_site: float = 0.0


class SmallGrid(NamedTuple):
    """A small grid: which big grid it lies in and how many work there."""

    big: int
    title: str
    workers: int = 1


BIG_GRIDS = ("第一网格", "第二网格", "第三网格", "第四网格", "第五网格", "第六网格")
SMALL_GRIDS = (
    SmallGrid(0, "纺机院网格", 2),
    SmallGrid(1, "机修厂网格"),
    SmallGrid(1, "棉纺二村网格"),
    SmallGrid(1, "南塘网格"),
    SmallGrid(2, "红砖里网格"),
    SmallGrid(2, "师范院网格"),
    SmallGrid(2, "建安网格"),
    SmallGrid(3, "云麓东网格"),
    SmallGrid(3, "云麓西网格"),
    SmallGrid(4, "澄湖东网格"),
    SmallGrid(4, "澄湖西网格"),
    SmallGrid(5, "榆钱南网格"),
    SmallGrid(5, "榆钱北网格"),
    SmallGrid(5, "新苗网格", 2),
)
WORKERS = sum(grid.workers for grid in SMALL_GRIDS)

_SELF = "楼院自管小组"
_GREEN = "绿阶物业服务有限公司"
_HOME = "安和居物业有限公司"


def _alike(count: int, block: Block, *first: Block) -> tuple[Block, ...]:
    return (*first, *(block,) * (count - len(first)))


_FOUR, _THREE = Block(4, 6, 3), Block(3, 6, 3)
ESTATES = (
    # The large old one: 15 buildings, 56 units, 964 households, most of them old people.
    Estate(
        "禾丰纺机家属院",
        "纺机院",
        "青禾路36号",
        "old",
        OLD,
        964,
        (_FOUR._replace(shops=4), *((_FOUR, _THREE, _FOUR, _FOUR) * 4)[:14]),
        (0,),
        _GREEN,
    ),
    Estate(
        "东河机修厂家属院", "机修院", "东河巷8号", "old", OLD, 286, _alike(6, Block(4, 6, 2)), (1,), _SELF
    ),
    Estate("小石桥楼院", "石桥院", "东河巷21号", "old", OLD, 72, _alike(2, Block(3, 6, 2)), (1,), _SELF),
    Estate(
        "棉纺二村",
        "二村",
        "青禾路52号",
        "old",
        OLD,
        357,
        _alike(8, Block(3, 5, 3), Block(3, 5, 3, shops=3)),
        (2,),
        _GREEN,
    ),
    Estate("南塘新村", "南塘", "南塘巷3号", "old", OLD, 322, _alike(6, Block(3, 6, 3)), (3,), _GREEN),
    Estate("红砖里", "红砖楼", "红砖里1号", "old", OLD, 191, _alike(4, Block(4, 6, 2)), (4,), _SELF),
    Estate("邮电新院", "邮电院", "红砖里17号", "old", MIXED, 143, _alike(2, Block(4, 6, 3)), (4,), _SELF),
    Estate("师范家属院", "师范院", "学士巷5号", "old", OLD, 238, _alike(5, Block(4, 6, 2)), (5,), _HOME),
    Estate("粮站大院", "粮站院", "学士巷14号", "old", MIXED, 89, _alike(3, Block(3, 5, 2)), (5,), _SELF),
    Estate("建安小区", "建安院", "禾丰街9号", "old", MIXED, 222, _alike(4, Block(4, 7, 2)), (6,), _HOME),
    Estate("铁匠巷楼院", "铁匠院", "铁匠巷2号", "old", MIXED, 143, _alike(3, Block(4, 6, 2)), (6,), _SELF),
    Estate(
        "云麓花园",
        "云麓",
        "禾丰街66号",
        "commercial",
        YOUNG,
        643,
        _alike(6, Block(2, 18, 3), Block(2, 18, 3, shops=6)),
        (7, 8),
        "云麓物业服务有限公司",
    ),
    Estate(
        "澄湖名邸",
        "澄湖",
        "禾丰街80号",
        "commercial",
        YOUNG,
        541,
        _alike(4, Block(2, 17, 4), Block(2, 17, 4, shops=5)),
        (9, 10),
        "澄湖物业服务有限公司",
    ),
    Estate("杨树巷12号院", "杨树院", "杨树巷12号", "old", OLD, 161, _alike(3, Block(3, 6, 3)), (10,), _SELF),
    Estate(
        "榆钱新苑", "榆钱", "榆钱路7号", "resettled", MIXED, 590, _alike(6, Block(3, 11, 3)), (11, 12), _HOME
    ),
    # The one still being built: 5 buildings, 904 dwellings, the last two not finished.
    Estate(
        "新苗家园",
        "新苗",
        "榆钱路30号",
        "building",
        MIXED,
        470,
        _alike(5, Block(3, 15, 4), Block(2, 23, 4, shops=4)),
        (13,),
        "新苗物业服务有限公司",
        building_site=0.4,
    ),
)
HOUSEHOLDS = sum(estate.households for estate in ESTATES)


class Plot(NamedTuple):
    """One building as it will be made: its number and shape, its small grid, how many households it holds."""

    number: str
    block: Block
    grid: int
    finished: bool
    households: int


def fewest(estate: Estate) -> int:
    """The fewest buildings an estate can have: one for each of its grids, and one for its building site."""
    return len(estate.grids) + (estate.building_site > 0)


def plots(estate: Estate, scale: float, households: int) -> list[Plot]:
    """The buildings of an estate at a scale of at most 1, holding exactly so many households."""
    count = max(fewest(estate), round(len(estate.blocks) * scale))
    blocks = estate.blocks[:count]
    site = max(1, round(count * estate.building_site)) if estate.building_site else 0
    lived_in = blocks[: count - site]
    shares = apportion(households, [block.dwellings for block in lived_in], [1] * len(lived_in))
    if scale < 1:
        room = sum(block.dwellings for block in estate.blocks) * scale / count
        blocks = tuple(
            block.holding(max(round(room), share, 1))
            for block, share in zip(blocks, [*shares, *[0] * site], strict=True)
        )
    made = []
    for index, block in enumerate(blocks):
        finished = index < len(lived_in)
        grid = estate.grids[index * len(estate.grids) // count]
        made.append(Plot(str(index + 1), block, grid, finished, shares[index] if finished else 0))
    return made
