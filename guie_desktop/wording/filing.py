"""What came of copying and moving photos, in sentences."""

from guie_desktop.messages import Exported, Moved


def exported_sentence(done: Exported) -> str:
    """One line: how many were copied, and how many were not."""
    parts = [f"{_photos(done.copied)} copied to {done.folder.name or done.folder}"]
    if done.skipped:
        parts.append(f"{done.skipped:,} left out, for their names are taken")
    if done.left:
        parts.append(f"{len(done.left):,} could not be copied")
    if done.remaining:
        parts.append(f"{done.remaining:,} not copied yet")
    return f"{'; '.join(parts)}."


def exported_lines(done: Exported) -> list[str]:
    """The same, with each file that could not be copied, and why it ended early."""
    lines = [f"could not copy {one.path}: {one.reason}" for one in done.left]
    return [*lines, exported_sentence(done), *([done.trouble] if done.trouble else [])]


def moved_sentence(done: Moved, *, renamed: bool) -> str:
    """One line: how many files were moved or renamed."""
    out = f"; {done.left_library:,} no longer in the library" if done.left_library else ""
    return f"{_photos(len(done.moves))} {'renamed' if renamed else 'moved'}{out}."


def stayed_sentence(done: Moved, *, renamed: bool) -> str:
    """Which files were left where they are, and why; empty where all went."""
    if not done.left:
        return ""
    first = done.left[0]
    others = f"; and {len(done.left) - 1:,} more" if len(done.left) > 1 else ""
    return f"Not {'renamed' if renamed else 'moved'}: {first.path.name}, since {first.reason}{others}."


def kept_sentence(done: Moved) -> str:
    """Which files are in both places now; empty where there are none."""
    if not done.kept:
        return ""
    files = "1 file" if len(done.kept) == 1 else f"{len(done.kept):,} files"
    return f"{files} could not be moved to the trash after copying, such as {done.kept[0]}."


def _photos(number: int) -> str:
    return "1 photo" if number == 1 else f"{number:,} photos"
