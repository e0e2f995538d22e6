"""The house widgets: small painted things that every screen is made of."""

from gridclient.desktop.kit.button import Button, Choice, IconButton, Kind
from gridclient.desktop.kit.card import Card, Chip, EmptyState, LoadingBar, Meter, Picture, Progress
from gridclient.desktop.kit.choices import Choices, Option, Segmented
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.field import Input, Line, TextArea
from gridclient.desktop.kit.focus import FocusRing
from gridclient.desktop.kit.hints import Hint, HintBar, HintGroup
from gridclient.desktop.kit.ink import CENTRE, LEFT, RIGHT, Ink, cap_width, chip_width
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.overlay import Overlay, Panel, Rule
from gridclient.desktop.kit.painted import Painted, PaintedButton
from gridclient.desktop.kit.picker import Item, Picker
from gridclient.desktop.kit.rowlist import ColumnHeads, RowList
from gridclient.desktop.kit.rows import Bar, Column, Group, Mark, Row, RowModel, Steps, Two, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Question, Sheet
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.kit.timeline import Event, Timeline
from gridclient.desktop.kit.toast import Toast
from gridclient.desktop.kit.two import TwoBadge

__all__ = [
    "CENTRE",
    "LEFT",
    "RIGHT",
    "Bar",
    "Button",
    "Card",
    "Chip",
    "Choice",
    "Choices",
    "Column",
    "ColumnHeads",
    "EmptyState",
    "Event",
    "Fact",
    "Facts",
    "FocusRing",
    "Group",
    "Hint",
    "HintBar",
    "HintGroup",
    "IconButton",
    "Ink",
    "Input",
    "Item",
    "Kind",
    "Line",
    "LoadingBar",
    "Mark",
    "Meter",
    "Notice",
    "Option",
    "Overlay",
    "Painted",
    "PaintedButton",
    "Panel",
    "Picker",
    "Picture",
    "PlainLabel",
    "Progress",
    "Question",
    "Row",
    "RowList",
    "RowModel",
    "Rule",
    "Screen",
    "Scroll",
    "Segmented",
    "Sheet",
    "Steps",
    "TextArea",
    "Tick",
    "Timeline",
    "Toast",
    "Two",
    "TwoBadge",
    "Words",
    "cap_width",
    "chip_width",
]
