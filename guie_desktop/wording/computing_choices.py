"""How hard the user lets the computer work, in sentences."""

from collections.abc import Mapping

from guie_desktop.computing import ProcessorShare, threads_of
from guie_desktop.language import tr, tr_noop

BATTERY: Mapping[bool, str] = {
    True: tr_noop(
        "While the computer runs on its battery, photos are not read. They are when it is plugged in again, or when "
        "you choose Go on anyway."
    ),
    False: tr_noop("Photos are read also while the computer runs on its battery."),
}


def share_text(share: ProcessorShare, all_threads: int) -> str:
    """What the share means on this computer."""
    threads = threads_of(share, all_threads)
    return tr(
        "Photos are read and prepared for search on {number} of {all} processor cores. Other programs go first.",
        number=threads,
        all=all_threads,
    )
