"""Folders and CSV files of the user's own are read whatever their names are."""

import csv
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.errors import UserError
from guie_desktop.study.datasets import open_dataset
from guie_desktop.study.sample import Sample
from tests.study.datasets.layouts import make

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0/\\")
WORDS = st.text(_CHARACTERS, min_size=1, max_size=40).filter(lambda text: text.strip() and text not in {".", ".."})
ROWS = st.dictionaries(WORDS, st.tuples(WORDS, st.one_of(st.just(""), WORDS), st.sampled_from(("", "train", "index"))))


@given(ROWS.filter(bool))
def test_any_names_and_labels(rows: dict[str, tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder).resolve() / "rows.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("split", "note", "label", "path", "domain"))
            for name, (label, domain, split) in rows.items():
                (table.parent / "photos" / name).parent.mkdir(exist_ok=True)
                (table.parent / "photos" / name).touch()
                writer.writerow((split, "“a, b”\n", label, f"photos/{name}", domain))
        found = [(sample.path, sample.label, sample.domain, sample.given) for sample in open_dataset("csv:toys", table)]
    assert found == [
        (f"{table.parent}/photos/{name}", label, domain or "toys", split or None)
        for name, (label, domain, split) in rows.items()
    ]


@given(st.binary(max_size=300))
def test_no_content_is_a_bug(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for head in (b"", b"path,label,split\n"):
            table = Path(folder) / "rows.csv"
            table.write_bytes(head + content)
            found: list[Sample] = []
            with suppress(UserError):
                found = list(open_dataset("csv", table))
            assert all("://" in sample.path for sample in found)


@pytest.mark.parametrize("content", ["", "path,class\n1.jpg,2\n", "photo,label\n1.jpg,2\n", "photo,label\n"])
def test_other_columns_of_ones_own_table_are_told_with_what_to_do(content: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(content)
    with pytest.raises(UserError, match=r"is expected to have the columns path, label; it begins") as told:
        open_dataset("csv:toys", tmp_path)
    assert told.value.remedy == "Give its columns these names in its first line."


def test_paths_may_be_absolute_or_addresses(tmp_path: Path) -> None:
    made = make("csv", tmp_path / "set", classes=2, per_class=2)
    table = tmp_path / "elsewhere" / "rows.csv"
    table.parent.mkdir()
    rows = "".join(f"{sample.path},{sample.label[-1]}\n" for sample in made)
    table.write_text(f"img_path,label\n{rows}s3://photos/1.jpg,9\n{tmp_path}/gone.jpg,9\n")
    reading = open_dataset("csv", table.parent)
    assert [sample.path for sample in reading] == [*(sample.path for sample in made), "s3://photos/1.jpg"]
    assert reading.photos.missing == 1


WRONG_ROWS = {
    "leads out of the folder": "../1.jpg,toy,",
    "there is no label": "1.jpg,,",
    "there is no path": ",toy,",
    "“trial” is not train, query or index": "1.jpg,toy,trial",
    "it has 2 values and not 3": "1.jpg,toy",
}


@pytest.mark.parametrize("problem", WRONG_ROWS)
def test_rows_that_make_no_sense(problem: str, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(f"path,label,split\n\n{WRONG_ROWS[problem]}\n")
    with pytest.raises(UserError, match=rf"rows.csv, line 3: .*{problem}"):
        open_dataset("csv", tmp_path)


def test_which_table_is_meant_is_asked(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is expected to have \*.csv .*; there is nothing"):
        open_dataset("csv", tmp_path)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("file,label\n1.jpg,toy\n")
    with pytest.raises(UserError, match=r"There are 2 CSV files in .*: a.csv, b.csv."):
        open_dataset("csv", tmp_path)
    with pytest.raises(UserError, match=r"a.csv is expected to have the columns path, label; it begins with file, l"):
        open_dataset("csv", tmp_path / "a.csv")


def test_what_lies_in_folders_besides_photos(tmp_path: Path) -> None:
    made = make("folder", tmp_path, classes=2, per_class=2)
    for name in ("notes.txt", ".hidden.jpg", "Thumbs.db", "no-suffix"):
        (tmp_path / "toy 0" / name).touch()
    for name in ("__MACOSX/toy 0/._0.jpg", ".git/1.jpg", "empty/.keep"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / "stray.jpg").touch()
    (Path(os.fsdecode(bytes(tmp_path / "toy 1") + b"/caf\xe9.jpg"))).touch()
    reading = open_dataset("folder:toys", tmp_path)
    assert list(reading) == made
    assert reading.photos.left_out == 2


def test_folders_may_say_what_their_photos_are_for(tmp_path: Path) -> None:
    for split in ("query", "train", "index"):
        make("folder", tmp_path / split, classes=2, per_class=1)
    found = [(sample.label, sample.given) for sample in open_dataset("folder:toys", tmp_path)]
    assert found == [(f"toy {label}", split) for split in ("train", "query", "index") for label in (0, 1)]
    (tmp_path / "query").rename(tmp_path / "test")
    with pytest.raises(UserError, match="is divided into index, test, train, so a class would be in several folders"):
        open_dataset("folder:toys", tmp_path)


def test_a_file_is_no_folder_of_classes(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="is no folder"):
        open_dataset("folder", tmp_path / "file")
    with pytest.raises(UserError, match=r"is expected to have .*; there is a file"):
        open_dataset("met", tmp_path / "file")
    with pytest.raises(UserError, match="There is no photo for"):
        open_dataset("folder", tmp_path)
