"""How a kind is declared: once, as a class whose fields carry everything the rest is derived from.

Tables, wire validation, labels, checks, Excel headers, masking and search read the declaration; nobody
repeats it. The order of fields is the order of columns on the wire: fields are only ever appended, and each
new one makes a group of its own: a group once in use never grows, its values are compared as a whole.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import ClassVar

from gridclient.core.domain import codes
from gridclient.core.domain.codes import CodeList

Value = str | int | bool | bytes | list[str] | list[bytes] | None


class Role(StrEnum):
    """What a person may be in a community."""

    WORKER = "worker"
    OFFICE = "office"
    SUPERVISOR = "supervisor"


class Place(StrEnum):
    """The three sorts of place a record can belong to, for life."""

    COMMONS = "commons"
    BUILDING = "building"
    DESK = "desk"


class Type(StrEnum):
    """What a field holds. Dates are `YYYY[-MM[-DD]]`, instants Unix milliseconds, references 16 bytes."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    INSTANT = "instant"
    NUMBER = "number"
    FLAG = "flag"
    REF = "ref"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    BLOB = "blob"


class Merge(StrEnum):
    """How concurrent values of one field meet.

    VALUE: they stand beside each other until a person decides. SET: elements join, a removal takes what it
    saw. GREATEST: all agree that the later one counts (when something was last verified).
    """

    VALUE = "value"
    SET = "set"
    GREATEST = "greatest"


EVERYBODY = frozenset(Role)
DESK_ROLES = frozenset({Role.OFFICE, Role.SUPERVISOR})
SUPERVISOR_ONLY = frozenset({Role.SUPERVISOR})


class Field:
    """One field of a kind.

    Attributes:
        key: its name in the program, in files and on the wire.
        zh, en: its labels.
        length: the most characters a text may have.
        group: the name of the group it is written with; fields of one group never part.
        sensitivity: 0 open, 1 personal, 2 restricted (masked by default), 3 named persons only.
        headers: words in an Excel header that mean this field.
        search: whether the search text of a record contains it.
        writers: roles that may write it where they differ from the kind's.
    """

    def __init__(
        self,
        type_: Type,
        zh: str,
        en: str,
        *,
        length: int = 0,
        codes: CodeList | None = None,
        to: str = "",
        required: bool = False,
        merge: Merge = Merge.VALUE,
        group: str = "",
        sensitivity: int = 0,
        headers: str = "",
        search: bool = False,
        writers: frozenset[Role] | None = None,
    ) -> None:
        self.key = ""
        self.type = type_
        self.zh = zh
        self.en = en
        self.length = length
        self.codes = codes
        self.to = to
        self.required = required
        self.merge = merge
        self.group = group
        self.sensitivity = sensitivity
        self.headers = (zh, *headers.split())
        self.search = search
        self.writers = writers

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name
        self.group = self.group or name

    @property
    def is_set(self) -> bool:
        return self.merge is Merge.SET


def text(zh: str, en: str, length: int, **more: object) -> Field:
    return Field(Type.TEXT, zh, en, length=length, **more)  # type: ignore[arg-type]


def code(zh: str, en: str, codes: CodeList, **more: object) -> Field:
    return Field(Type.CODE, zh, en, codes=codes, length=40, **more)  # type: ignore[arg-type]


def ref(zh: str, en: str, to: str, **more: object) -> Field:
    return Field(Type.REF, zh, en, to=to, **more)  # type: ignore[arg-type]


def plain(type_: Type, zh: str, en: str, **more: object) -> Field:
    """A field whose type alone says what it may hold: date, instant, number, flag, phone."""
    lengths = {Type.DATE: 10, Type.PHONE: 40, Type.ID_NUMBER: 40}
    return Field(type_, zh, en, length=lengths.get(type_, 0), **more)  # type: ignore[arg-type]


class Kind:
    """A kind of record; declared by subclassing, never instantiated.

    Class arguments: `kind` (its name), labels `zh` and `en`, `place`, `within` (the reference a place is
    derived from) and `also_within` (where that is empty: the next to look at), `writers`, `stage` (0 is sent
    first), `written_once` (only the author corrects it, else the desk with a reason), `append` (a role
    outside `writers`, or one that may not hold the place, may create but not read back).
    """

    kind: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    place: ClassVar[Place]
    within: ClassVar[str] = ""
    also_within: ClassVar[tuple[str, ...]] = ()
    writers: ClassVar[frozenset[Role]]
    stage: ClassVar[int] = 0
    written_once: ClassVar[bool] = False
    append: ClassVar[bool] = False
    fields: ClassVar[dict[str, Field]]
    groups: ClassVar[dict[str, tuple[Field, ...]]]

    retired = code("停用", "Retired", codes.RETIRED)
    successor = Field(Type.REF, "转到", "Successor", group="retired")

    def __init_subclass__(
        cls,
        *,
        kind: str,
        zh: str,
        en: str,
        place: Place,
        within: str = "",
        also_within: tuple[str, ...] = (),
        writers: Iterable[Role] = EVERYBODY,
        stage: int = 0,
        written_once: bool = False,
        append: bool = False,
    ) -> None:
        cls.kind, cls.zh, cls.en, cls.place, cls.within = kind, zh, en, place, within
        cls.also_within = also_within
        cls.writers, cls.stage = frozenset(writers), stage
        cls.written_once, cls.append = written_once, append
        own = [value for value in vars(cls).values() if isinstance(value, Field)]
        cls.fields = {field.key: field for field in (Kind.retired, Kind.successor, *own)}
        groups: dict[str, tuple[Field, ...]] = {}
        for field in cls.fields.values():
            groups[field.group] = (*groups.get(field.group, ()), field)
        cls.groups = groups

    @classmethod
    def parents(cls) -> tuple[str, ...]:
        """The references a place is derived from, in the order they are looked at."""
        return (cls.within, *cls.also_within) if cls.within else ()

    @classmethod
    def sort_of_place(cls, fields: Mapping[str, object]) -> Place:
        """Which sort of place a record with these fields belongs to, where the fields decide it."""
        return cls.place

    @classmethod
    def fault(cls, fields: Mapping[str, object], place: Place) -> str | None:
        """What is wrong with fields that are well made one by one, in words, or None."""
        return None


RETIRED_GROUP = Kind.retired.key
