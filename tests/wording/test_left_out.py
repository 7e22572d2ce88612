"""What was left out is told by kind, with how many of which suffix."""

from guie_desktop.wording.left_out import left_out_sentences


def test_each_kind_has_its_sentence() -> None:
    assert left_out_sentences({}) == []
    assert left_out_sentences({".mov": 1212}) == ["1,212 .mov files were left out: videos are not read."]
    assert left_out_sentences({".mp4": 3, ".svg": 1, ".mov": 2, ".avi": 1}) == [
        "3 .mp4, 2 .mov and 1 .avi files were left out: videos are not read.",
        "1 .svg file was left out: drawings are not read.",
    ]
