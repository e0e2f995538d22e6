"""Lays out cards of one design. Equal parts of different cards are laid out once and are the same object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from gridclient.cards import template as t
from gridclient.cards.back_parts import draw_contact, draw_items, draw_tag, place_contacts
from gridclient.cards.card import Card, Flaw, Trouble
from gridclient.cards.fonts import Fonts
from gridclient.cards.person import draw_person
from gridclient.cards.photos import Album
from gridclient.cards.qr import address_flaw
from gridclient.cards.sketch import Part, Sketch
from gridclient.cards.slots import draw_constants, draw_field, draw_pair, draw_phone
from gridclient.cards.typeset import Typesetter
from gridclient.cards.wording import phone_groups, printed_name

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A card ready for paper: the varying parts of both sides and the address of its code, if it has one.

    `by_hand`: its front is the one to fill in by pen.
    """

    front: tuple[Part, ...]
    back: tuple[Part, ...]
    code: str
    flaws: tuple[Flaw, ...]
    by_hand: bool = False

    @property
    def stops(self) -> bool:
        """True when it must not be printed."""
        return any(flaw.trouble.stops for flaw in self.flaws)


class Artist:
    """Turns cards into parts of pages of one document."""

    def __init__(self, template: t.Template, fonts: Fonts, typesetter: Typesetter, album: Album) -> None:
        self.template = template
        self._fonts = fonts
        self._typesetter = typesetter
        self._album = album
        self._parts: dict[tuple[object, ...], Part] = {}

    def constants(self, face: t.Face) -> str:
        """What every card of a side has."""
        sketch = self._sketch()
        draw_constants(sketch, face.constants)
        return sketch.part().content

    def lay_out(self, card: Card) -> LaidOut:
        """Both sides of a card and everything that is wrong with it."""
        flaw = address_flaw(card.qr) if card.qr else None
        by_hand = self._by_hand(card)
        front = self._side(self.template.blank_front if by_hand else self.template.front, card)
        back = self._side(self.template.back if card.qr else self.template.plain_back, card)
        flaws = [flaw for part in (*front, *back) for flaw in part.flaws]
        if flaw:
            flaws.append(flaw)
        if by_hand:
            flaws.append(Flaw(Trouble.BY_HAND, "name"))
        return LaidOut(front, back, card.qr, tuple(dict.fromkeys(flaws)), by_hand)

    def _by_hand(self, card: Card) -> bool:
        """True when neither name nor number says anything; what cannot be printed does say something."""
        sketch = self._sketch()
        says = sketch.read(card, "name", printed_name) or sketch.read(card, "phone", phone_groups)
        return not says and not sketch.part().flaws

    def _side(self, face: t.Face, card: Card) -> tuple[Part, ...]:
        parts: list[Part] = []
        for element in face.variables:
            if isinstance(element, t.Contacts):
                parts += self._contacts(element, card)
            else:
                parts.append(self._part((id(element), *fields_of(element, card)), self._draw, element, card))
        return tuple(parts)

    def _contacts(self, block: t.Contacts, card: Card) -> list[Part]:
        """Each contact is a part of its own: most cards of a community share all but one."""
        parts: list[Part] = []
        placed = place_contacts(block, card)
        for one in placed:
            place = (id(one.contact), one.x, one.y, one.width)
            parts.append(self._part(place, draw_tag, block, one))
            parts.append(
                self._part((*place, *contact_fields(one.contact, card)), draw_contact, block, one, card)
            )
        present = {id(one.contact) for one in placed}
        absent = [c.phone for row in block.rows for c in row.contacts if id(c) not in present]
        return parts + [self._part((phone,), _no_number, phone) for phone in absent]

    def _part(
        self,
        key: tuple[object, ...],
        draw: Callable[Concatenate[Sketch, P], None],
        *args: P.args,
        **more: P.kwargs,
    ) -> Part:
        found = self._parts.get(key)
        if found is None:
            sketch = self._sketch()
            draw(sketch, *args, **more)
            found = self._parts[key] = sketch.part()
        return found

    def _draw(self, sketch: Sketch, element: t.Single, card: Card) -> None:
        match element:
            case t.Field():
                draw_field(sketch, element, card)
            case t.Blank():
                if not draw_field(sketch, element.field, card):
                    draw_constants(sketch, element.instead)
            case t.Pair():
                draw_pair(sketch, element, card)
            case t.Person():
                draw_person(sketch, element, card)
            case t.Phone():
                draw_phone(sketch, element, card)
            case t.Portrait():
                self._draw_portrait(sketch, element, card)
            case t.Items():
                draw_items(sketch, element, card)

    def _draw_portrait(self, sketch: Sketch, place: t.Portrait, card: Card) -> None:
        name = ""
        if card.photo:
            picture = self._album.picture(card.photo, place.width, place.height)
            name = picture.name
            for flaw in picture.flaws:
                sketch.flaw(flaw.trouble, flaw.field, flaw.detail)
        elif not place.glued:
            sketch.flaw(Trouble.NO_PHOTO, "photo")
        if name:
            sketch.pen.picture(name, place.x, place.y, place.width, place.height)
        else:
            draw_constants(sketch, place.silhouette)

    def _sketch(self) -> Sketch:
        return Sketch(self._fonts, self._typesetter, self.template.height)


def _no_number(sketch: Sketch, field: str) -> None:
    sketch.flaw(Trouble.NO_NUMBER, field)


def contact_fields(contact: t.Contact, card: Card) -> tuple[object, ...]:
    """The values of a card which decide how a contact looks."""
    return tuple(getattr(card, name) for name in (contact.phone, contact.beside, contact.under) if name)


def fields_of(element: t.Single, card: Card) -> tuple[object, ...]:
    """The values of a card which decide how an element looks."""
    match element:
        case t.Field():
            return tuple([getattr(card, piece.field) for piece in element.pieces])
        case t.Blank():
            return fields_of(element.field, card)
        case t.Pair():
            return getattr(card, element.left.field), getattr(card, element.right.field)
        case t.Person():
            return (card.name, card.role, *fields_of(element.below, card))
        case t.Phone():
            return (getattr(card, element.field),)
        case t.Portrait():
            return (card.photo,)
        case t.Items():
            return (card.items,)
