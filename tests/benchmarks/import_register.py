"""Importing a register as a dry run, with all checks, beside the bare reading of the same file.

python -m tests.benchmarks.import_register [ROWS]. Budget for 11,423 rows of 20 columns: 3 s; aim: 6 × bare.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from python_calamine import CalamineWorkbook

from gridclient.core.domain.identity import check_digit
from gridclient.exchange.import_plan import plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.register import read_register
from gridclient.exchange.workbook import open_workbook

ROWS = 11_423
REPEATS = 3
BUDGET = 3.0
AIM = 6
_COLUMNS = (
    *("序号", "小区", "楼栋", "单元", "楼层", "房号", "姓名", "与户主关系", "性别", "出生日期"),
    *("身份证号", "联系电话", "户籍地址", "工作单位", "居住情况", "民族", "文化程度", "入住时间"),
    *("房屋使用", "备注"),
)
_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹"
_GIVEN = "安宁平和清明远志文华建国春秋小满知夏如意青禾若水子涵雨桐思源嘉禾"


def invented(rows: int) -> list[list[str]]:
    """People of one community, a third of them heads, in the county code nobody has."""
    chance = random.Random(11423)
    made = []
    door = 0
    for number in range(rows):
        head = number == 0 or chance.random() < 0.475
        door += head
        building, flat = divmod(door, 60)
        birth = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
        first = f"639900{birth:%Y%m%d}{chance.randrange(1000):03}"
        made.append(
            [
                str(number + 1),
                f"示例小区{building % 16 + 1}",
                f"{building // 16 + 1}号楼",
                str(flat % 4 + 1),
                str(flat // 12 + 1),
                f"{flat // 12 + 1}{flat % 3 + 1:02}",
                chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2)))),
                "户主" if head else chance.choice(("配偶", "子", "女", "孙子", "父", "母")),
                "男" if int(first[16]) % 2 else "女",
                birth.isoformat() if chance.random() < 0.8 else f"{birth.year}.{birth.month}.{birth.day}",
                first + check_digit(first),
                f"139{chance.randrange(10**8):08}" if chance.random() < 0.9 else "",
                f"示例省示例县示例镇{chance.randrange(200)}号",
                chance.choice(("退休", "示例公司", "个体", "")),
                chance.choice(("人户一致", "人在户不在")),
                chance.choice(("汉族", "回族", "藏族")),
                chance.choice(("小学", "初中", "高中", "本科")),
                f"{chance.randrange(1990, 2026)}-{chance.randrange(1, 13):02}",
                chance.choice(("自住", "出租")),
                chance.choice(("", "", "听力弱", "常在外地")),
            ]
        )
    return made


def write(path: Path, rows: list[list[str]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("居民信息")
    for index, row in enumerate([_COLUMNS, *rows]):
        for column, cell in enumerate(row):
            sheet.write_string(index, column, cell)
    book.close()


def bare(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1


def dry_run(path: Path) -> int:
    rows = plan(read_register(open_workbook(path)), EmptyLedger()).report.rows
    return rows.new + rows.skipped + rows.error


def best(job: Callable[[Path], int], path: Path, rows: int) -> float:
    """Seconds of the quickest of some runs; each has to see every row."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        seen = job(path)
        times.append(time.perf_counter() - start)
        if seen != rows:
            raise SystemExit(f"{seen} of {rows} rows seen")
    return min(times)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write(path, invented(rows))
        size = path.stat().st_size / 1e6
        reading, whole = best(bare, path, rows), best(dry_run, path, rows)
    print(f"{rows:,} rows × {len(_COLUMNS)} columns, {size:.1f} MB")
    print(f"  calamine alone   {reading:6.2f} s")
    ratio = whole / reading
    print(f"  dry run          {whole:6.2f} s   {ratio:4.1f} × calamine (aim {AIM}); budget {BUDGET} s")


if __name__ == "__main__":
    main()
