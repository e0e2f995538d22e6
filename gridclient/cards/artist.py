"""Lays out cards of one design. Equal parts of different cards are laid out once and are the same object."""

from __future__ import annotations

from dataclasses import dataclass

from gridclient.cards import template as t
from gridclient.cards.back_parts import draw_contacts, draw_items
from gridclient.cards.card import Card, Flaw, Trouble
from gridclient.cards.fonts import Fonts
from gridclient.cards.person import draw_person
from gridclient.cards.photos import Album
from gridclient.cards.qr import address_flaw
from gridclient.cards.sketch import Part, Sketch
from gridclient.cards.slots import draw_field, draw_pair, draw_phone, draw_words
from gridclient.cards.typeset import Typesetter


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A card ready for paper: the varying parts of both sides and the address of its code, if it has one."""

    front: tuple[Part, ...]
    back: tuple[Part, ...]
    code: str
    flaws: tuple[Flaw, ...]

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
        for element in face.constants:
            match element:
                case t.Shape():
                    sketch.pen.shape(element)
                case t.Words():
                    draw_words(sketch, element)
        return sketch.part().content

    def lay_out(self, card: Card) -> LaidOut:
        """Both sides of a card and everything that is wrong with it."""
        flaw = address_flaw(card.qr) if card.qr else None
        back = self.template.back if card.qr else self.template.plain_back
        parts = [
            tuple(self._part(element, card) for element in face.variables)
            for face in (self.template.front, back)
        ]
        flaws = [flaw for side in parts for part in side for flaw in part.flaws]
        if flaw:
            flaws.append(flaw)
        return LaidOut(parts[0], parts[1], card.qr, tuple(dict.fromkeys(flaws)))

    def _part(self, element: t.Variable, card: Card) -> Part:
        key = (id(element), *(getattr(card, name) for name in fields_of(element)))
        found = self._parts.get(key)
        if found is None:
            sketch = self._sketch()
            self._draw(sketch, element, card)
            found = self._parts[key] = sketch.part()
        return found

    def _draw(self, sketch: Sketch, element: t.Variable, card: Card) -> None:
        match element:
            case t.Field():
                draw_field(sketch, element, card)
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
            case t.Contacts():
                draw_contacts(sketch, element, card)

    def _draw_portrait(self, sketch: Sketch, place: t.Portrait, card: Card) -> None:
        name = ""
        if card.photo:
            picture = self._album.picture(card.photo, place.width, place.height)
            name = picture.name
            for flaw in picture.flaws:
                sketch.flaw(flaw.trouble, flaw.field, flaw.detail)
        else:
            sketch.flaw(Trouble.NO_PHOTO, "photo")
        if name:
            sketch.pen.picture(name, place.x, place.y, place.width, place.height)
        else:
            for shape in place.silhouette:
                sketch.pen.shape(shape)

    def _sketch(self) -> Sketch:
        return Sketch(self._fonts, self._typesetter, self.template.height)


def fields_of(element: t.Variable) -> tuple[str, ...]:
    """The fields of the card which decide how an element looks."""
    match element:
        case t.Field():
            return tuple(piece.field for piece in element.pieces)
        case t.Pair():
            return element.left.field, element.right.field
        case t.Person():
            return ("name", "role", *fields_of(element.below))
        case t.Phone():
            return (element.field,)
        case t.Portrait():
            return ("photo",)
        case t.Items():
            return ("items",)
        case t.Contacts():
            contacts = [contact for row in element.rows for contact in row.contacts]
            return tuple(name for c in contacts for name in (c.phone, c.beside, c.under) if name)
