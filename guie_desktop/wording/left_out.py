"""What lies in the folders and is not read, in sentences: how many files of which kind, and why."""

from collections.abc import Mapping

from guie_desktop.file_kinds import LEFT_OUT_KINDS
from guie_desktop.language import listed, ntr, number_text, tr


def left_out_sentences(left_out: Mapping[str, int]) -> list[str]:
    """One for each kind of files, such as "212 .mov files were left out: videos are not read."."""
    sentences = []
    for kind, suffixes in LEFT_OUT_KINDS.items():
        counts = {suffix: number for suffix, number in left_out.items() if suffix in suffixes}
        if counts:
            files = listed(f"{number_text(number)} {suffix}" for suffix, number in counts.items())
            sentences.append(
                ntr(
                    "{files} file was left out: {kind} are not read.",
                    "{files} files were left out: {kind} are not read.",
                    sum(counts.values()),
                    files=files,
                    kind=tr(kind),
                )
            )
    return sentences
