"""The tables. Every key starts with the community."""

import sqlalchemy as sa

metadata = sa.MetaData()


def _id(name: str, **more: object) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


def _int(name: str, **more: object) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


def _text(name: str, **more: object) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


community = sa.Table(
    "community",
    metadata,
    _int("community", primary_key=True, autoincrement=False),
    _id("id"),
    _text("name"),
    _id("recovery_key"),
    _int("created"),
    _id("sign_key"),
    _id("seal_key"),
    _id("history"),
    _int("seq"),
    _id("chain"),
)

# Clustered in the order in which it is sent: a first sync reads it from front to back.
record = sa.Table(
    "record",
    metadata,
    _int("community", primary_key=True),
    _int("stage", primary_key=True),
    _id("place", primary_key=True),
    _int("seq", primary_key=True),
    _id("id"),
    _text("kind"),
    _id("body"),
    sa.Index("record_by_id", "community", "id", unique=True),
    sqlite_with_rowid=False,
)

log = sa.Table(
    "log",
    metadata,
    _int("community", primary_key=True),
    _int("seq", primary_key=True),
    _id("id"),
    _id("record"),
    _id("place"),
    _id("device"),
    _int("number"),
    _id("author"),
    _id("hash"),
    _id("chain"),
    _id("change"),
    _int("received"),
    sa.Index("log_by_id", "community", "id", unique=True),
    sa.Index("log_by_record", "community", "record"),
    sqlite_with_rowid=False,
)

held = sa.Table(
    "held",
    metadata,
    _int("community", primary_key=True),
    _id("id", primary_key=True),
    _id("hash", primary_key=True),
    _id("device"),
    _int("number"),
    _id("author"),
    _text("kind"),
    _id("record"),
    _id("place"),
    _text("reason"),
    _text("words"),
    _id("change"),
    _int("received"),
    _text("verdict", nullable=True),
    _int("decided", nullable=True),
    _text("note"),
    sa.Column("told", sa.Boolean, nullable=False),
    sa.Index("held_by_device", "community", "device"),
    sa.Index("held_by_record", "community", "record"),
    sqlite_with_rowid=False,
)

quarantined = sa.Table(
    "quarantined",
    metadata,
    _int("community", primary_key=True),
    _id("device", primary_key=True),
    _id("hash", primary_key=True),
    _id("id"),
    _id("author"),
    _id("record"),
    _text("reason"),
    _text("words"),
    _id("original"),
    _int("received"),
    sqlite_with_rowid=False,
)

# `total` is kept as a signed number of 64 bits.
digest = sa.Table(
    "digest",
    metadata,
    _int("community", primary_key=True),
    _id("place", primary_key=True),
    _int("count"),
    _int("total"),
    _int("seq"),
    sqlite_with_rowid=False,
)

device = sa.Table(
    "device",
    metadata,
    _int("community", primary_key=True),
    _id("id", primary_key=True),
    _id("worker"),
    _text("label"),
    _id("public_key"),
    _id("token_hash"),
    _int("enrolled"),
    _id("nonce"),
    _id("previous"),
    _int("number"),
    sa.Column("cloned", sa.Boolean, nullable=False),
    _int("welcomed"),
    _int("skew"),
    _int("revoked", nullable=True),
    _int("turn"),
    _id("machine"),
    _id("parent", nullable=True),
    _int("pending"),
    _int("held"),
    _int("quarantined"),
    _int("oldest"),
    _text("program"),
    _id("grant_hash", nullable=True),
    _id("handed", nullable=True),
    sa.Index("device_by_token", "token_hash", unique=True),
    sqlite_with_rowid=False,
)

code = sa.Table(
    "code",
    metadata,
    _int("community", primary_key=True),
    _text("selector", primary_key=True),
    _id("salt"),
    _id("hash"),
    _id("worker"),
    _int("created"),
    _int("expires"),
    _int("tries"),
    _id("device", nullable=True),
    sqlite_with_rowid=False,
)

# What a laptop that is shut out handed in: sealed, to be opened by the recovery key in the safe.
handed = sa.Table(
    "handed",
    metadata,
    _int("community", primary_key=True),
    _id("hash", primary_key=True),
    _id("device"),
    _id("sealed"),
    _int("received"),
    sqlite_with_rowid=False,
)

# Files taken in from a stick, so that the same file again is the same file again.
unpacked = sa.Table(
    "unpacked",
    metadata,
    _int("community", primary_key=True),
    _id("hash", primary_key=True),
    _id("device"),
    _int("received"),
    sqlite_with_rowid=False,
)
