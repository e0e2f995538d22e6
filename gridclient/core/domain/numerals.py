"""Small numbers written in Chinese: 三, 十二, 二十三; and digits one by one: 五零二."""

import re

DIGITS = "零一二三四五六七八九"
PATTERN = "[一二三四五六七八九]?十[一二三四五六七八九]?|[零〇一二三四五六七八九]"
_WHOLE = re.compile(PATTERN)
_RUN = re.compile(r"[零〇○一二三四五六七八九\d]{3,4}(?![零〇一二三四五六七八九十\d])")
_PLAIN = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def read(written: str) -> int | None:
    """The number (0–99), or None where it is none."""
    if _WHOLE.fullmatch(written) is None:
        return None
    if "十" not in written:
        return DIGITS.index(written.replace("〇", "零"))
    tens, ones = written.split("十")
    return 10 * (DIGITS.index(tens) if tens else 1) + (DIGITS.index(ones) if ones else 0)


def write(number: int) -> str:
    """A number from 0 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def plain_digits(written: str) -> str:
    """Text that begins with three or four digits of either script, with plain ones: 502 of 五零二."""
    run = _RUN.match(written)
    return written if run is None else run[0].translate(_PLAIN) + written[run.end() :]
