"""What is said of parts of photos: what they cost, and how many there are."""

from guie_desktop.language import ntr, size_text, tr
from guie_desktop.messages import PartsCost, PartsHeld
from guie_desktop.wording.moments import time_left


def cost_text(cost: PartsCost) -> str:
    """What looking into these photos takes, in a sentence or two."""
    if not cost.photos and cost.away:
        return ntr(
            "{number} photo has not been looked into, and its drive is not connected.",
            "{number} photos have not been looked into, and their drive is not connected.",
            cost.away,
        )
    if not cost.photos:
        return tr("All photos here have been looked into.")
    taken = ntr(
        "Looking into {number} photo takes {time} on this computer and {size} of the disk.",
        "Looking into {number} photos takes {time} on this computer and {size} of the disk.",
        cost.photos,
        time=time_left(cost.seconds),
        size=size_text(cost.bytes),
    )
    if cost.bytes < cost.free:
        return taken
    return f"{taken} {tr('There is too little room for that: {size} are free.', size=size_text(cost.free))}"


def held_text(held: PartsHeld) -> str:
    """How far it is."""
    if not held.chosen and not held.photos:
        return tr("No photos have been looked into.")
    done = ntr(
        "{number} photo has been looked into ({size}).",
        "{number} photos have been looked into ({size}).",
        held.photos,
        size=size_text(held.bytes),
    )
    if not held.waiting:
        return done
    return f"{done} {ntr('{number} more waits.', '{number} more wait.', held.waiting)}"
