"""Settings: who works here, the passphrase, joining a community, how it looks."""

import platform
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from gridclient.app.desk import Desk, words_of
from gridclient.app.present import moments
from gridclient.core.domain import codes, ids
from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.desk import SETTINGS_ID, Settings
from gridclient.core.domain.four_clears import VERIFIED_DAYS
from gridclient.core.domain.intervals import Intervals
from gridclient.core.domain.must_visits import WORKDAYS
from gridclient.desktop.kit.commands import Command, CommandGroup
from gridclient.desktop.settings import Section, SettingsScreen, SettingsView, words
from gridclient.desktop.theme import FACTORS, Scheme
from gridclient.ledger import identity as kept
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.edit_record import edit_record

NAME = "settings"
_EVERY = Intervals()
USUAL = {
    "visit_days": _EVERY.ordinary,
    "care_days": _EVERY.care,
    "contact_days": _EVERY.contact,
    "floating_days": _EVERY.floating,
    "registered_days": _EVERY.registered,
    "new_household_days": _EVERY.newcomer,
    "must_visit_days": WORKDAYS,
    "verified_days": VERIFIED_DAYS,
}
LICENCES = "\n".join(
    (
        "程序：Apache-2.0",
        "界面：Qt 和 PySide6（LGPL-3.0，没有改动）",
        "台账：SQLite（公有领域）、SQLCipher（BSD）、SQLAlchemy（MIT）、zstandard（BSD）、msgspec（BSD）",
        "加密：cryptography（Apache-2.0 或 BSD）、argon2-cffi（MIT）",
        "表格：python-calamine（MIT）、XlsxWriter（BSD）、openpyxl（MIT）",
        "印卡：reportlab（BSD）、pypdfium2（Apache-2.0、BSD）、Pillow（MIT-CMU）、zxing-cpp（Apache-2.0）",
        "别的：requests（Apache-2.0）、qasync（BSD）、click（BSD）、platformdirs（MIT）",
        "字体：思源黑体（OFL-1.1）；生僻字由花园明朝取字、改名（花园字体许可）",
        "图标：Tabler（MIT）",
    )
)


class SettingsJoin:
    """Changes act at once; what the look is kept as is this computer's, not the ledger's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.screen = SettingsScreen(desk.look)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.passphrase_changed.connect(self._change_passphrase)
        self.screen.join_asked.connect(self._enrol)
        self.screen.phone_saved.connect(self._save_phone)
        self.screen.agreed_saved.connect(self._save_agreed)
        self.screen.size_chosen.connect(self.choose_size)
        self.screen.dark_chosen.connect(self._choose_dark)

    def refresh(self, touched: Touched) -> None:
        self.load()

    def load(self) -> None:
        def work() -> SettingsView:
            identity = self._desk.ledger.identity()
            with self._desk.ledger.reading() as connection:
                worker = row(connection, "worker", identity.worker)
                anew = kept.get(connection, kept.CLONE, int) is not None
            theme = self._desk.look.theme
            return SettingsView(
                name=identity.name or "我",
                role=codes.ROLE.label(identity.role),
                community=identity.community or "还没有加入社区",
                grids="、".join(identity.grids),
                phone=worker.text("phone") if worker else "",
                hours=worker.text("hours") if worker else "",
                folder=str(self._desk.ledger.folder),
                since=moments.partial(moments.today(ids.millis(identity.device)).isoformat()),
                enrolled=identity.enrolled,
                factor=theme.factor,
                dark=theme.dark,
                version=_version(),
                licences=LICENCES,
                anew=anew,
            )

        def agreed() -> tuple[dict[str, int], bool]:
            identity = self._desk.ledger.identity()
            with self._desk.ledger.reading() as connection:
                held = row(connection, Settings.kind, SETTINGS_ID)
            days = {name: held.number(name) for name in USUAL} if held else {}
            writable = not identity.enrolled or identity.role in DESK_ROLES
            return {name: number for name, number in days.items() if number}, writable

        self._desk.read(work, self.screen.show_settings)
        self._desk.read(agreed, lambda said: self.screen.show_agreed(said[0], USUAL, writable=said[1]))

    def commands(self, go: Callable[[str], object]) -> list[CommandGroup]:
        """What acts at once, and the way to every part of the page."""
        screen = self.screen

        def at(field: QWidget) -> None:
            go(NAME)
            screen.bring(field)

        made = [
            Command(f"{words.SIZE_NAME} {name}", partial(self.choose_size, factor), icon="typography")
            for name, factor in zip(words.SIZES, FACTORS, strict=True)
        ]
        made += [
            Command(f"{words.COLOUR_NAME} {name}", partial(self._choose_dark, dark), icon=icon)
            for name, dark, icon in zip(words.COLOURS, (False, True), ("sun", "moon"), strict=True)
        ]
        made += [Command(name, partial(at, field), icon=icon) for name, field, icon in screen.parts()]
        return [CommandGroup(words.TITLE, tuple(made))]

    def _save_agreed(self, days: dict[str, int | None]) -> None:
        ledger = self._desk.ledger
        self._desk.save(
            lambda: edit_record(ledger, Settings.kind, SETTINGS_ID, days, None),
            "约定改好了。",
            lambda _: self.screen.show_said("记下了。"),
            lambda error: self.screen.show_error(Section.AGREED, words_of(error)),
        )

    def _change_passphrase(self, old: str, new: str) -> None:
        ledger = self._desk.ledger

        def work() -> None:
            Ledger.open(ledger.folder, old, ledger.clock, ledger.randomness, write=False).close()
            ledger.change_passphrase(new)

        self._desk.runner.write(
            work,
            lambda _: self.screen.show_said("口令换好了。"),
            lambda error: self.screen.show_error(Section.PASSPHRASE, words_of(error)),
        )

    def _enrol(self, url: str, code: str) -> None:
        def work() -> str:
            from gridclient.operations.join_community import join

            return join(self._desk.ledger, url, code, platform.node()).community

        def done(community: str) -> None:
            self.screen.show_said(f"加入了{community}。按 F9 同步，记的会送过去。")
            self._desk.everything_changed()

        self._desk.runner.network(
            work, done, lambda error: self.screen.show_error(Section.JOIN, words_of(error))
        )

    def _save_phone(self, phone: str, hours: str) -> None:
        """One's own number on the cards. In a community the supervisor has to agree: it is held there."""
        ledger = self._desk.ledger
        identity = ledger.identity()

        def work() -> Touched:
            there = ledger.record("worker", identity.worker) is not None
            fields: dict[str, object] = {"phone": phone or None, "hours": hours or None}
            if not there:
                fields |= {"name": identity.name or "网格员", "role": identity.role}
            return edit_record(ledger, "worker", identity.worker, fields, None)

        self._desk.save(
            work,
            "电话记下了，印卡时用它。",
            lambda _: self.screen.show_said("记下了。"),
            lambda error: self.screen.show_error(Section.PHONE, words_of(error)),
        )

    def choose_size(self, factor: float) -> None:
        self._desk.look.choose(factor=factor)
        QSettings("minqing", "ledger").setValue("factor", factor)

    def _choose_dark(self, dark: bool) -> None:
        self._desk.look.choose(scheme=Scheme.DARK if dark else Scheme.LIGHT)
        QSettings("minqing", "ledger").setValue("dark", dark)


def _version() -> str:
    try:
        return version("minqing-ledger")
    except PackageNotFoundError:
        return ""
