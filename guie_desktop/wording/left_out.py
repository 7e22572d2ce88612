"""What lies in the folders and is not read, in sentences: how many files of which kind, and why."""

from collections.abc import Mapping

from guie_desktop.file_kinds import LEFT_OUT_KINDS


def left_out_sentences(left_out: Mapping[str, int]) -> list[str]:
    """One for each kind of files, such as "212 .mov files were left out: videos are not read."."""
    sentences = []
    for kind, suffixes in LEFT_OUT_KINDS.items():
        counts = [(suffix, number) for suffix, number in left_out.items() if suffix in suffixes]
        if counts:
            *others, last = [f"{number:,} {suffix}" for suffix, number in counts]
            listed = f"{', '.join(others)} and {last}" if others else last
            were = "file was" if sum(number for _, number in counts) == 1 else "files were"
            sentences.append(f"{listed} {were} left out: {kind} are not read.")
    return sentences
