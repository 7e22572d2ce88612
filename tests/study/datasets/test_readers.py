"""Each reader finds in the published layout what is there, and says what it expects where it finds something else."""

from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.study.datasets import DATASETS, open_dataset
from tests.study.datasets.layouts import MAKERS, make

SETS = [name for name, known in DATASETS.items() if known.domain]
NAMES = [*SETS, "folder:toys", "csv:toys"]


def test_each_set_has_a_layout() -> None:
    assert MAKERS.keys() == DATASETS.keys()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_there_is_read_in_its_order(name: str, tmp_path: Path) -> None:
    made = make(name, tmp_path / "set", classes=5, per_class=3)
    reading = open_dataset(name, tmp_path / "set")
    assert list(reading) == made
    assert len({sample.path for sample in made}) == len(made) > 8
    assert all(Path(sample.path).is_absolute() and Path(sample.path).is_file() for sample in made)
    assert reading.photos.missing == reading.photos.repeated == 0


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in {"folder:toys", "rp2k", "furniture-180", "storefronts-146"}]
)
def test_photos_that_are_named_and_gone_are_counted(name: str, tmp_path: Path) -> None:
    made = make(name, tmp_path / "set", classes=5, per_class=3)
    Path(made[0].path).unlink()
    Path(made[-1].path).unlink()
    reading = open_dataset(name, tmp_path / "set")
    # Of the products in the test half the next photo takes the part of one that is gone.
    assert [sample.path for sample in reading] == [sample.path for sample in made[1:-1]]
    assert reading.photos.missing == 2


@pytest.mark.parametrize("name", SETS)
def test_another_layout_is_told_with_what_is_expected(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to see")
    (tmp_path / "photos").mkdir()
    with pytest.raises(UserError) as told:
        open_dataset(name, tmp_path)
    assert str(tmp_path) in told.value.title
    if name not in {"furniture-180", "storefronts-146"}:  # any folder of folders is one
        assert told.value.title.startswith(f"{name} is expected to have ")
        assert told.value.title.endswith("; there is notes.txt, photos/.")
        assert told.value.remedy


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        open_dataset(name, tmp_path / "none")


@pytest.mark.parametrize("name", SETS)
def test_a_set_whose_photos_were_not_unpacked_is_told(name: str, tmp_path: Path) -> None:
    for sample in make(name, tmp_path / "set", classes=4, per_class=3):
        Path(sample.path).unlink()
    with pytest.raises(UserError, match=r"none that can be used is in|There is no photo for"):
        open_dataset(name, tmp_path / "set")


def test_unknown_names_are_errors_of_the_caller(tmp_path: Path) -> None:
    for name in ("imagenet", "products-10k:mine", "folder:", ":toys"):
        with pytest.raises(KeyError):
            open_dataset(name, tmp_path)


def test_what_the_names_say_of_the_users_own_sets(tmp_path: Path) -> None:
    make("folder", tmp_path / "grocery.2024", classes=2, per_class=2)
    assert {(sample.dataset, sample.domain) for sample in open_dataset("folder", tmp_path / "grocery.2024")} == {
        ("grocery.2024", "grocery.2024")
    }
    assert {sample.domain for sample in open_dataset("folder:food", tmp_path / "grocery.2024")} == {"food"}
    make("csv", tmp_path / "table", classes=2, per_class=2)
    assert {sample.dataset for sample in open_dataset("csv", tmp_path / "table" / "photos.csv")} == {"photos"}
    with pytest.raises(UserError, match="cannot be called"):
        open_dataset("folder:a/b", tmp_path)
