"""What sets have besides: a second layout that they are published in, and photos that are of no use for the study."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.study.datasets import open_dataset
from guie_desktop.study.sample import Sample
from tests.study.datasets.drawn_photos import draw_photo
from tests.study.datasets.layouts import make


def labels(samples: list[Sample]) -> list[tuple[str, str]]:
    return [(Path(sample.path).name, sample.label) for sample in samples]


def test_the_clean_landmarks_are_preferred(tmp_path: Path) -> None:
    made = make("google-landmarks-v2", tmp_path, classes=3, per_class=4)
    names = [Path(sample.path).stem for sample in made]
    clean = f"landmark_id,images\n0,{' '.join(names[:3])}\n2,{names[9]}\n"
    (tmp_path / "train_clean.csv").write_text(clean)
    assert list(open_dataset("google-landmarks-v2", tmp_path)) == [*made[:3], made[9]]
    many = " ".join([names[0], *("0123456789abcdef",) * 20_000])  # more than Python's csv takes in one value
    (tmp_path / "train_clean.csv").write_text(f"landmark_id,images\n0,{many}\n")
    reading = open_dataset("google-landmarks-v2", tmp_path)
    assert list(reading) == made[:1]
    assert reading.photos.missing == 20_000


def test_landmarks_with_addresses(tmp_path: Path) -> None:
    made = make("google-landmarks-v2", tmp_path, classes=2, per_class=2)
    rows = "".join(f'{Path(sample.path).stem},"http://a/b,c.jpg",{sample.label}\n' for sample in made)
    (tmp_path / "train.csv").write_text(f"id,url,landmark_id\n{rows}")
    (tmp_path / "images").mkdir()
    (tmp_path / "train").rename(tmp_path / "images" / "train")
    assert labels(list(open_dataset("google-landmarks-v2", tmp_path))) == labels(made)


def test_items_for_choosing_settings_are_left_out(tmp_path: Path) -> None:
    made = make("deepfashion-consumer-to-shop", tmp_path, classes=8, per_class=4)
    reading = open_dataset("deepfashion-consumer-to-shop", tmp_path)
    assert list(reading) == made
    assert reading.photos.left_out == 2 * 4
    asked = {sample.label for sample in made if sample.given == "query"}
    assert asked == {sample.label for sample in made if sample.given == "index"} == {"id_00000004", "id_00000008"}
    assert not asked & {sample.label for sample in made if sample.given == "train"}


def test_garments_as_kaggle_has_them(tmp_path: Path) -> None:
    names = [f"train/TOPS/id_{item:08d}/{view}.jpg" for item in (1, 2) for view in ("comsumer_01", "shop_01")]
    for name in names:
        draw_photo(tmp_path / name, name, 1)
    table = {"TOPS": {"id_00000001": names[:2], "id_00000002": [*names[2:], "train/TOPS/id_00000002/gone.jpg"]}}
    (tmp_path / "deepfashion_train.json").write_text(json.dumps(table))
    reading = open_dataset("deepfashion-consumer-to-shop", tmp_path)
    found = [(Path(sample.path).relative_to(tmp_path.resolve()).as_posix(), sample.label) for sample in reading]
    assert found == [(name, name.split("/")[2]) for name in names]
    assert reading.photos.missing == 1


def test_cars_as_kaggle_has_them(tmp_path: Path) -> None:
    for name in ("stanford-cars", "stanford-cars-refined"):
        made = make(name, tmp_path / name, classes=3, per_class=3)
        (tmp_path / name / "cars_train").rename(tmp_path / name / "photos")
        (tmp_path / name / "cars_train").mkdir()
        (tmp_path / name / "photos").rename(tmp_path / name / "cars_train" / "cars_train")
        assert labels(list(open_dataset(name, tmp_path / name))) == labels(made)


def test_one_car_alone(tmp_path: Path) -> None:
    """A matrix of one record has no dimension when it is read."""
    made = make("stanford-cars", tmp_path, classes=1, per_class=1)
    assert list(open_dataset("stanford-cars", tmp_path)) == made


def test_works_of_art_in_a_folder_more(tmp_path: Path) -> None:
    made = make("met", tmp_path, classes=2, per_class=2)
    (tmp_path / "MET").rename(tmp_path / "photos")
    (tmp_path / "MET").mkdir()
    (tmp_path / "photos").rename(tmp_path / "MET" / "MET")
    (tmp_path / "ground_truth").mkdir()
    (tmp_path / "MET_database.json").rename(tmp_path / "ground_truth" / "MET_database.json")
    assert labels(list(open_dataset("met", tmp_path))) == labels(made)


def test_folders_that_lack_one_of_their_parts(tmp_path: Path) -> None:
    """The tables are there, and what they name is not, or the other way round."""
    make("met", tmp_path / "met", classes=2, per_class=2)
    (tmp_path / "met" / "MET").rename(tmp_path / "met" / "photos")
    make("fashion200k", tmp_path / "fashion200k", classes=2, per_class=2)
    for table in (tmp_path / "fashion200k" / "labels").glob("*_train_*"):
        table.unlink()
    make("deepfashion-consumer-to-shop", tmp_path / "deepfashion-consumer-to-shop", classes=2, per_class=2)
    (tmp_path / "deepfashion-consumer-to-shop" / "Anno").rename(tmp_path / "elsewhere")
    make("stanford-online-products", tmp_path / "stanford-online-products", classes=2, per_class=2)
    (tmp_path / "stanford-online-products" / "Ebay_test.txt").unlink()
    for name in ("met", "fashion200k", "deepfashion-consumer-to-shop", "stanford-online-products"):
        with pytest.raises(UserError, match=f"{name} is expected to have "):
            open_dataset(name, tmp_path / name)


def test_lists_of_garments_that_are_none(tmp_path: Path) -> None:
    for content in ({"TOPS": ["1.jpg"]}, {"TOPS": {"id_1": "1.jpg"}}):
        (tmp_path / "deepfashion_train.json").write_text(json.dumps(content))
        with pytest.raises(UserError, match=r"deepfashion_train.json is not the JSON"):
            open_dataset("deepfashion-consumer-to-shop", tmp_path)


def test_listed_photos_are_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "furniture180_train.csv").write_text("img_path,label\nsofa.jpg,0\n")
    with pytest.raises(UserError, match=r"furniture180_train.csv, line 2: “sofa.jpg” is in no folder"):
        open_dataset("furniture-180", tmp_path)


def test_folders_that_cannot_be_listed_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(folder: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", folder)

    for name in ("products-10k", "folder:toys"):
        make(name, tmp_path / name, classes=2, per_class=2)
        with monkeypatch.context() as patch:
            patch.setattr(os, "scandir", refused)
            with pytest.raises(PermissionError):
                open_dataset(name, tmp_path / name)


def test_the_first_offer_with_a_photo_counts(tmp_path: Path) -> None:
    made = make("shopee", tmp_path, classes=2, per_class=2)
    with (tmp_path / "train.csv").open("a") as table:
        table.write(f"again,{Path(made[0].path).name},94,title,77\nagain,./{Path(made[1].path).name},94,title,77\n")
    reading = open_dataset("shopee", tmp_path)
    assert list(reading) == made
    assert reading.photos.repeated == 2


def test_photos_of_several_things_are_left_out_where_nothing_is_cut_out(tmp_path: Path) -> None:
    for name, left_out in (("food-recognition-2022", 1), ("deepfashion2", 2)):
        made = make(name, tmp_path / name, classes=3, per_class=3)
        reading = open_dataset(name, tmp_path / name)
        assert list(reading) == made
        assert reading.photos.left_out == left_out
        draw_photo(tmp_path / name / "preprocessed_imgs" / "7" / "1.jpg", "piece", 1)
        (tmp_path / name / "train.csv").write_text("img_path,label\npreprocessed_imgs/7/1.jpg,7\n")
        assert labels(list(open_dataset(name, tmp_path / name))) == [("1.jpg", "7")]


def test_of_folders_the_studys_table_chooses(tmp_path: Path) -> None:
    for name, table in (("furniture-180", "furniture180_train.csv"), ("storefronts-146", "storefronts146_train.csv")):
        made = make(name, tmp_path / name, classes=3, per_class=3)
        root = (tmp_path / name).resolve()
        chosen = [made[8], made[0], made[4]]
        rows = "".join(f"{Path(sample.path).relative_to(root).as_posix()},0\n" for sample in chosen)
        (root / table).write_text(f"img_path,label\n{rows}bar_stool_0/gone.webp,0\n")
        reading = open_dataset(name, root)
        assert list(reading) == chosen
        assert reading.photos.missing == 1


def test_goods_in_the_folder_of_the_archive(tmp_path: Path) -> None:
    made = make("rp2k", tmp_path / "rp2k_dataset", classes=2, per_class=2)
    draw_photo(tmp_path / "rp2k_dataset" / "all" / "test" / "tea" / "1.jpg", "tea", 1)
    assert list(open_dataset("rp2k", tmp_path)) == made


def test_of_a_product_in_the_test_each_second_photo_is_asked_for(tmp_path: Path) -> None:
    made = make("stanford-online-products", tmp_path, classes=4, per_class=5)
    Path(made[10].path).unlink()  # the first of its class, which leaves its part to the next
    found = list(open_dataset("stanford-online-products", tmp_path))
    parts = [sample.given for sample in found if sample.label == made[10].label]
    assert parts == ["index", "query", "index", "query"]
    assert found[:10] == made[:10]
    assert found[10] == replace(made[11], given="index")
