"""What an import did, or would do: counts, and the reason for every doubtful cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gridclient.exchange.findings import Doubt, Findings, RowFault

HELD = "held"  # a person who may be somebody the ledger has behind another door: not written
ROW_STATES = ("skipped", "changed", "new")  # the later one counts where a row does both


@dataclass
class Counts:
    """How many were made, changed, found to be as the file says, or not imported."""

    new: int = 0
    changed: int = 0
    skipped: int = 0
    error: int = 0

    def add(self, state: str) -> None:
        setattr(self, state, getattr(self, state) + 1)

    def to_json(self) -> dict[str, int]:
        return {"new": self.new, "changed": self.changed, "skipped": self.skipped, "error": self.error}


@dataclass
class Report:
    """Attributes:
    rows: the rows of the file. kinds: records by kind.
    suggestions: values that differ from what a person said, for somebody to decide.
    doubts, notices, faults: see `Findings`.
    new_places: compounds and buildings that did not exist, as people name them.
    twins: people who may be there twice; those with `held` were left out.
    tags: care tags the file speaks of; those without `taken` were left out.
    """

    rows: Counts = field(default_factory=Counts)
    kinds: dict[str, Counts] = field(default_factory=dict)
    suggestions: int = 0
    doubts: Sequence[Doubt] = ()
    notices: Sequence[Doubt] = ()
    faults: Sequence[RowFault] = ()
    new_places: list[str] = field(default_factory=list)
    twins: list[dict[str, object]] = field(default_factory=list)
    tags: list[dict[str, object]] = field(default_factory=list)
    unused: Sequence[tuple[str, str]] = ()
    ignored: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, findings: Findings) -> "Report":
        """The report of a reading, before anything is counted."""
        return cls(
            doubts=sorted(findings.doubts, key=lambda doubt: (doubt.sheet, doubt.row)),
            notices=list(findings.notices),
            faults=sorted(findings.faults),
            unused=list(findings.unused),
            ignored=list(findings.ignored),
        )

    def count(self, kind: str, state: str) -> None:
        counts = self.kinds.get(kind)
        if counts is None:
            counts = self.kinds[kind] = Counts()
        counts.add(state)

    def to_json(self) -> dict[str, object]:
        """For scripts: `rows`, `kinds`, and the lists, each entry an object."""
        return {
            "rows": self.rows.to_json(),
            "kinds": {kind: counts.to_json() for kind, counts in self.kinds.items()},
            "suggestions": self.suggestions,
            "doubts": [doubt._asdict() for doubt in self.doubts],
            "notices": [notice._asdict() for notice in self.notices],
            "errors": [fault._asdict() for fault in self.faults],
            "new_places": self.new_places,
            "twins": self.twins,
            "tags": self.tags,
            "unused_columns": [{"sheet": sheet, "column": column} for sheet, column in self.unused],
            "ignored_sheets": [{"sheet": sheet, "reason": reason} for sheet, reason in self.ignored],
        }
