"""Phone and ID numbers that belong to nobody, each given once."""

from array import array
from datetime import date

COUNTY = "639900"  # assigned to no county
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_STAFF = "139"
_PREFIXES = (
    "199",
    *(f"1{second}{third}" for second in "98765" for third in "876543210"),
    *(f"13{third}" for third in "876543210"),
)
_OLDEST = date(1900, 1, 1).toordinal()
_DAYS = 75_000


class Numbers:
    """Gives out invented numbers: phones with 0000 in the middle, ID numbers of a county that is none."""

    def __init__(self) -> None:
        self._phones = 0
        self._staff_phones = 0
        self._born = array("H", bytes(2 * _DAYS))

    def phone(self) -> str:
        block, number = divmod(self._phones, 10_000)
        self._phones += 1
        return f"{_PREFIXES[block]}0000{number * 7919 % 10_000:04d}"

    def staff_phone(self) -> str:
        """A number for those who are called: workers, police, property companies."""
        self._staff_phones += 1
        return f"{_STAFF}0000{self._staff_phones * 37 % 10_000:04d}"

    def id_number(self, birth: int, day: str, male: bool) -> str:
        """The ID number of somebody born on a day (its ordinal, and as `YYYYMMDD`)."""
        earlier = self._born[birth - _OLDEST]
        self._born[birth - _OLDEST] += 1
        order = (birth * 137 + earlier) % 500 * 2 + male
        digits = f"{COUNTY}{day}{order:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
        return digits + "10X98765432"[total % 11]
