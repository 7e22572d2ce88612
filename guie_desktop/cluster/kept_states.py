"""States of a table: they are named and gone back to, and those that nobody named are let go of in time."""

from dataclasses import dataclass
from datetime import timedelta

from guie_desktop.cluster.lease import Lease
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.reaching import opened, reading
from guie_desktop.shared_library.schema import LEASE

KEPT_FOR = timedelta(days=14)
"""States without a name. Who reads one is long done, and who regrets one may still name it."""


@dataclass(frozen=True, slots=True)
class Freed:
    """What was let go of."""

    states: int
    size: int
    """Bytes."""


def tag_library(address: Address, name: str) -> int:
    """Name the present state of a table, so that it can be gone back to; its version. UserError: the name is taken."""
    table = opened(address)
    with reading(address):
        try:
            table.tags.create(name, table.version)
        except (ValueError, OSError) as error:
            if "already exists" in str(error):
                raise UserError(
                    Sentence("{library} has a tag {tag} already.", library=address, tag=name), "Choose another name."
                ) from error
            if "Ref is invalid" not in str(error):
                raise
            raise UserError(
                Sentence("{tag} cannot be the name of a tag.", tag=name),
                "Take letters, digits, dots, hyphens and underscores.",
            ) from error
    return int(table.version)


def tags_of(address: Address) -> dict[str, int]:
    """The versions of a table that have names, by these, oldest first."""
    tags = opened(address).tags.list()
    return {name: int(tag["version"]) for name, tag in sorted(tags.items(), key=lambda one: one[1]["version"])}


def go_back(address: Address, name: str) -> int:
    """Have a table be as it was when this tag was made; the version that it is from now on.

    What came later is kept as long as other states without a name. UserError where there is no such tag.
    """
    opened(address, name)
    with reading(address), Lease(address, renews=False) as lease:
        lease.check()
        table = opened(address, name)
        table.restore()
        table.update_config({LEASE: None})  # what was the lease at that time came back, too
        return int(table.version)


def untag_library(address: Address, name: str) -> int:
    """Take a name away, so that its version is kept no longer than others; that. UserError: there is no such tag."""
    table = opened(address, name)
    with reading(address):
        table.tags.delete(name)
    return int(table.version)


def drop_old_states(address: Address, kept_for: timedelta = KEPT_FOR) -> Freed:
    """Let go of what no state has but those that have no name and are older; to be called under the lease.

    Of what killed runs left, which is of no state, Lance drops what is older than a week.
    """
    with reading(address):
        stats = opened(address).cleanup_old_versions(kept_for, error_if_tagged_old_versions=False)
        return Freed(stats.old_versions, stats.bytes_removed)
