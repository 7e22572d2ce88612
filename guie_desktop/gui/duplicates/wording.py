"""What is said of groups of duplicates, and of what differs in them."""

from collections.abc import Callable, Mapping

from guie_desktop.domain import Photo
from guie_desktop.duplicates import DuplicateGroup, DuplicateKind, KeepRule
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.wording import taken_text
from guie_desktop.language import ntr, size_text, tr, tr_noop

KINDS: Mapping[DuplicateKind, tuple[str, str]] = {
    "exact": (tr_noop("Copies"), tr_noop("Files of exactly the same content")),
    "same": (
        tr_noop("Same picture"),
        tr_noop("The same picture in another size, format or quality, turned, mirrored, or slightly cropped"),
    ),
    "burst": (tr_noop("Bursts"), tr_noop("Photos that are alike and were taken within seconds")),
}
"""A name, and what is meant."""
RULES: Mapping[KeepRule, str] = {
    "largest": tr_noop("Keep the largest"),
    "sharpest": tr_noop("Keep the sharpest"),
    "oldest": tr_noop("Keep the oldest"),
    "folder": tr_noop("Keep the one in the best folder"),
}
STAYS, GOES = tr_noop("Stays"), tr_noop("Goes")


def heading_of(group: DuplicateGroup, going: list[Photo]) -> str:
    """How many photos a group has, and what there is to gain."""
    photos = ntr("{number} photo", "{number} photos", len(group.photos))
    if not going:
        return tr("{photos}, all of them stay", photos=photos)
    return tr("{photos}, {size} to be gained", photos=photos, size=size_text(sum(photo.bytes for photo in going)))


def differences_of(group: DuplicateGroup) -> dict[int, list[str]]:
    """Photo id to that in which it differs from others of its group; its name where it differs in nothing else."""
    told: tuple[Callable[[Photo], str], ...] = (
        lambda photo: f"{photo.width} × {photo.height}",
        lambda photo: size_text(photo.bytes),
        lambda photo: photo.path.suffix.removeprefix(".").upper(),
        _folder_name,
        taken_text,
    )
    differing = [one for one in told if len({one(photo) for photo in group.photos}) > 1]
    if not differing or differing == [taken_text]:
        differing = [lambda photo: readable(photo.path.name), *differing]
    return {photo.id: [one(photo) for one in differing] for photo in group.photos}


def summary(groups: int, going: list[Photo]) -> str:
    """How many groups there are, and what goes of them."""
    number = ntr("{number} group", "{number} groups", groups)
    if not going:
        return tr("{groups}, and nothing to go", groups=number)
    photos = ntr("{number} photo", "{number} photos", len(going))
    size = size_text(sum(photo.bytes for photo in going))
    return tr("{groups}; to go: {photos}, {size}", groups=number, photos=photos, size=size)


def _folder_name(photo: Photo) -> str:
    return readable(photo.path.parent.name) or readable_path(photo.path.parent)
