"""By which rules a manifest was made and what was counted, kept beside it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.curation.counts import ALL, DomainCounts
from guie_desktop.study.curation.fates import Fate
from guie_desktop.study.curation.rules import PRESETS, Plan, Preset, Rules
from guie_desktop.study.study_folder import StudyFolder


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What is kept of a data set."""

    name: str
    """As it was named, "NAME=FOLDER"."""
    passed_over: dict[str, int]
    """Photos that it lists and its reader did not hand on, by why."""

    def as_json(self) -> dict[str, Any]:
        """For files and answers."""
        return asdict(self)


@dataclass(slots=True)
class Record:
    """Kept as JSON; changed where photos are taken out later."""

    plan: Plan
    sources: list[SourceRecord]
    domains: list[DomainCounts]
    """Of each domain, and in the end of all."""

    @classmethod
    def read(cls, folder: StudyFolder) -> "Record":
        """As `write` left it, and one of no data sets where there is none; UserError where it is something else."""
        if not folder.curation.exists():
            return cls(Plan(PRESETS["study"]), [], [])
        try:
            kept = json.loads(folder.curation.read_text(encoding="utf-8"))
            plan = kept["plan"]
            preset = plan.pop("preset")
            by_domain = {domain: Rules(**rules) for domain, rules in preset["by_domain"].items()}
            return cls(
                Plan(Preset(Rules(**preset["otherwise"]), by_domain), **plan),
                [SourceRecord(**one) for one in kept["sources"]],
                [DomainCounts(**one) for one in kept["domains"]],
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                Sentence("What {file} says of the manifest cannot be read.", file=folder.curation),
                "Make the manifest again, with its data sets.",
                "study curate",
            ) from error

    def write(self, folder: StudyFolder) -> None:
        """Write it beside and rename it into place; OSError."""
        kept = {
            "plan": asdict(self.plan),
            "sources": [one.as_json() for one in self.sources],
            "domains": [one.as_json() for one in self.domains],
        }
        beside = folder.curation.with_suffix(".part")
        beside.write_text(json.dumps(kept, indent=2, ensure_ascii=False), encoding="utf-8")
        beside.replace(folder.curation)

    def least_per_class(self, domain: str) -> int:
        """Photos of a class that is kept."""
        return self.plan.preset.of(domain).least_per_class

    def take_out(self, near: pa.Table, small: pa.Table, kept: pa.Table) -> None:
        """Count anew what is kept, after these rows of the manifest went."""
        for number, one in enumerate(self.domains):
            of_it = [
                part if one.domain == ALL else part.filter(pc.equal(part["domain"], one.domain))
                for part in (near, small, kept)
            ]
            dropped = dict(one.dropped)
            for fate, part in zip((Fate.NEAR_HELD_OUT, Fate.SMALL_CLASS), of_it[:2], strict=True):
                dropped[fate.key] = dropped.get(fate.key, 0) + len(part)
            rows = of_it[2]
            splits = {split: pc.sum(pc.equal(rows["split"], split)).as_py() or 0 for split in one.splits}
            self.domains[number] = DomainCounts(
                one.domain,
                one.read,
                len(rows),
                len(pc.unique(rows["label"].filter(pc.equal(rows["split"], "train")))),
                one.held_out_classes,
                splits,
                {key: count for key, count in dropped.items() if count},
            )
