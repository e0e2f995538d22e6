"""Five thousand cells with names, told by somebody who knows whose they are: not one is read wrong."""

from random import Random
from typing import NamedTuple

from gridclient.exchange import names
from tests.core.spellings import identity_number

NUMBER = 5_000
SURNAMES = "魏李赵周孙何英王陈马韩才"
GIVEN = "彩虹萍娜宁梅安国强秀兰建华桂芳明𫖯㛃"
OTHERS = ("买买提·艾力", "才让卓玛", "欧阳震华", "Tom Smith", "阿依古丽·买买提")
NOTES = ("租户", "已故", "户主", "空挂", "次子", "常年在外")


class Told(NamedTuple):
    """A cell and who is meant: "" where nobody but its writer can know."""

    cell: str
    meant: str
    ordinary: bool = True


def tell(random: Random) -> Told:
    name = random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.randint(1, 2)))
    other = random.choice(SURNAMES) + "".join(random.sample(GIVEN, 2))
    space = random.choice([" ", "  ", "\u3000", "\u00a0"])
    number = identity_number(random)
    return random.choice(
        (
            Told(name, name),
            Told(random.choice(OTHERS), ""),
            Told(space.join(name) if len(name) == 2 else name, name),
            Told(f"{space}{name}{space}", name),
            Told(f"\u200b{name}\ufeff", name),
            Told(f"{name}（{random.choice(NOTES)}）", name),
            Told(f"{name}({random.choice(NOTES)})", name),
            Told(f"{name} {number}", name),
            Told(f"{name}{number}", name),
            Told(f"{name}：", name),
            Told(f"{name}{random.choice('、/，;')}{other}", "", False),
            Told(f"{name[:1]}{random.choice(['*', '**', '某某', '某'])}", "", False),
            Told(f"{name[:1]}*{name[-1]}", "", False),
            Told(f"妻 {other}", "", False),
            Told(f"{number}", "", False),
            Told(
                random.choice(["不详", "出租", "同上", "#N/A", "=A1", "未登记", "送变电小区居民登记表"]),
                "",
                False,
            ),
        )
    )


def test_no_name_is_read_wrong_and_ordinary_ones_are_read() -> None:
    random = Random("names 2026")
    read = unclear = ordinary = 0
    for _ in range(NUMBER):
        told = tell(random)
        found = names.read(told.cell)
        meant = told.meant or (told.cell if told.ordinary else "")
        if found.fault:
            unclear += not told.ordinary
        else:
            assert found.name == meant, told.cell
            read += 1
        ordinary += told.ordinary
    assert read >= 0.97 * ordinary
    assert unclear > NUMBER // 10
