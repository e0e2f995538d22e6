"""Which fields the forms of household and resident have, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from gridclient.core.domain import codes
from gridclient.core.domain.codes import CodeList
from gridclient.core.domain.declaration import Field
from gridclient.core.domain.people import Household, Resident
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField
from gridclient.desktop.household.reading import (
    read_date,
    read_id_number,
    read_phone,
    read_phones,
    read_relation,
    read_text,
)
from gridclient.desktop.theme import Look

SEXES = ("1", "2", "0")


def _text(look: Look, field: Field, *, hint: str = "") -> FormField:
    return LineField(look, field.key, field.zh, partial(read_text, field), hint=hint)


def _date(look: Look, field: Field) -> FormField:
    return LineField(look, field.key, field.zh, read_date, hint=words.DATE_HINT)


def _choice(look: Look, field: Field, codes_: CodeList, only: Sequence[str] = ()) -> FormField:
    shown = [(code, word) for code, word in codes_.labels.items() if not only or code in only]
    return ChoiceField(look, field.key, field.zh, shown)


def _join(value: object) -> str:
    return "、".join(value) if isinstance(value, list | tuple) else ""


def _label(value: object) -> str:
    return codes.RELATION.label(value) if isinstance(value, str) else ""


def resident_rows(look: Look) -> list[list[FormField]]:
    """Name first: with a name alone a person can be saved."""
    kind = Resident
    sexes = [(code, codes.SEX.label(code)) for code in SEXES]
    return [
        [
            _text(look, kind.name),
            LineField(
                look,
                kind.relation_to_head.key,
                kind.relation_to_head.zh,
                read_relation,
                writer=_label,
                hint=words.RELATION_HINT,
            ),
        ],
        [
            LineField(look, kind.id_number.key, kind.id_number.zh, read_id_number),
            _date(look, kind.birth),
        ],
        [
            ChoiceField(look, kind.sex.key, kind.sex.zh, sexes),
            LineField(
                look,
                kind.phones.key,
                kind.phones.zh,
                partial(read_phones, kind.phones),
                writer=_join,
                hint=words.PHONES_HINT,
            ),
        ],
        [_choice(look, kind.residence, codes.RESIDENCE)],
        [_choice(look, kind.life, codes.LIFE)],
        [_text(look, kind.work_place), _text(look, kind.remark)],
    ]


def household_rows(look: Look, people: Sequence[tuple[bytes, str]]) -> list[list[FormField]]:
    """The household itself; its head is one of its people."""
    kind = Household
    rows: list[list[FormField]] = [
        [
            LineField(look, kind.phone.key, kind.phone.zh, partial(read_phone, kind.phone)),
            _date(look, kind.moved_in),
        ],
        [_choice(look, kind.sort, codes.HOUSEHOLD_CLASS)],
        [_choice(look, kind.tenure, codes.TENURE)],
        [_text(look, kind.best_time, hint=words.BEST_TIME_HINT)],
        [_text(look, kind.care, hint=words.CARE_HINT)],
        [_text(look, kind.remark)],
    ]
    if people:
        rows.insert(0, [ChoiceField(look, kind.head.key, kind.head.zh, people, columns=5)])
    return rows


def form_for(look: Look, kind: str, people: Sequence[tuple[bytes, str]]) -> Form:
    """The form of a kind."""
    return Form(look, resident_rows(look) if kind == Resident.kind else household_rows(look, people))
