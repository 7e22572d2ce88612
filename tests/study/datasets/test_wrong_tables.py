"""A row that makes no sense is told with its file and line, whatever is wrong with it."""

import json
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.study.datasets import open_dataset
from tests.study.datasets.layouts import make


def read_all(name: str, root: Path) -> None:
    for _ in open_dataset(name, root):
        pass


TABLES = {
    "products-10k": ("train.csv", "1.jpg,{},1", "1.jpg,1", "../1.jpg,1,1"),
    "google-landmarks-v2": ("train.csv", "0123456789abcdef,{}", "0123456789abcdef", "../../etc,1"),
    "stanford-cars-refined": ("refined_train.csv", "1,1,2,2,{},1.jpg,1", "1,1,2,2,1_1", "1,1,2,2,1_1,../1.jpg,1"),
    "shopee": ("train.csv", "t,1.jpg,94,title,{}", "t,1.jpg", "t,../1.jpg,94,title,1"),
    "h-and-m": ("articles.csv", "0108775015,{},top,", "0108775015", "../../1,1,top,"),
    "stanford-online-products": ("Ebay_train.txt", "9 {} 1 chair_final/1.JPG", "9 1 1", "9 1 1 ../1.JPG"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", ["no number", "empty", "short", "climbs", "not UTF-8", "null", "UTF-16"])
def test_rows_that_make_no_sense(name: str, kind: str, tmp_path: Path) -> None:
    make(name, tmp_path, classes=3, per_class=3)
    table, template, short, climbing = TABLES[name]
    row = {
        "no number": template.format("many").encode(),
        "empty": template.format("" if "," in template else "''").encode(),
        "short": short.encode(),
        "climbs": climbing.encode(),
        "not UTF-8": template.format("é").encode("latin-1"),
        "null": template.format("\0").encode(),
        "UTF-16": template.format("1").encode("utf-16"),
    }[kind]
    lines = (tmp_path / table).read_bytes().splitlines()
    (tmp_path / table).write_bytes(b"\n".join([*lines, row, *lines[1:3]]) + b"\n")
    with pytest.raises(UserError, match=rf"{table}, line {len(lines) + 1}: "):
        read_all(name, tmp_path)


@pytest.mark.parametrize("name", TABLES)
def test_other_columns(name: str, tmp_path: Path) -> None:
    make(name, tmp_path, classes=3, per_class=3)
    table = tmp_path / TABLES[name][0]
    for content in ("", "\n", "file,kind\n1.jpg,2\n", "one two three four\n"):
        table.write_text(content)
        with pytest.raises(UserError, match=r"is expected to have the columns"):
            open_dataset(name, tmp_path)


def test_ends_of_lines_and_marks_of_other_systems_do_not_matter(tmp_path: Path) -> None:
    for name, (table, *_) in TABLES.items():
        made = make(name, tmp_path / name, classes=3, per_class=3)
        lines = (tmp_path / name / table).read_bytes().splitlines()
        (tmp_path / name / table).write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines) + b"\r\n\r\n")
        assert list(open_dataset(name, tmp_path / name)) == made


def test_quotes_that_do_not_end(tmp_path: Path) -> None:
    make("shopee", tmp_path, classes=3, per_class=3)
    with (tmp_path / "train.csv").open("a") as table:
        table.write('t,1.jpg,94,"title,5\n')
    with pytest.raises(UserError, match=r"train.csv, line 11: it is no CSV \("):
        read_all("shopee", tmp_path)


LISTS = {
    "met": ("MET_database.json", [{"id": 34}], [{"id": "x", "path": "MET/1.jpg"}], [{"id": 1, "path": "../1.jpg"}]),
    "food-101": ("meta/test.json", {"pie": [None]}, {"": ["pie/1"]}, {"pie": ["../1"]}),
    "food-recognition-2022": (
        "annotations.json",
        {"annotations": [{"image_id": 1}], "images": []},
        {"annotations": [{"image_id": "one", "category_id": 1}], "images": []},
        {"annotations": [{"image_id": 1, "category_id": 1}], "images": [{"id": 1, "file_name": "../1.jpg"}]},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_entries_that_make_no_sense(name: str, tmp_path: Path) -> None:
    make(name, tmp_path, classes=3, per_class=3)
    table, *wrong = LISTS[name]
    for content in wrong:
        (tmp_path / table).write_text(json.dumps(content))
        with pytest.raises(UserError, match=rf"{Path(table).name}, entry 1: "):
            open_dataset(name, tmp_path)


NO_JSON = (b"", b"{", b"7", b"[7]", b"\xff\xfe\xff", b"[" * 100_000)


@pytest.mark.parametrize("name", LISTS)
def test_files_that_are_no_such_json(name: str, tmp_path: Path) -> None:
    make(name, tmp_path, classes=3, per_class=3)
    table = tmp_path / LISTS[name][0]
    for content in (*NO_JSON, b'{"a": 7, "annotations": 7}'):
        table.write_bytes(content)
        with pytest.raises(UserError, match=rf"{table.name} is not the JSON"):
            open_dataset(name, tmp_path)


def test_annotations_of_one_photo_that_make_no_sense(tmp_path: Path) -> None:
    make("deepfashion2", tmp_path, classes=3, per_class=3)
    annotation = tmp_path / "train" / "annos" / "000002.json"
    for content in (*NO_JSON, b'{"item1": 7}'):
        annotation.write_bytes(content)
        with pytest.raises(UserError, match=r"000002.json is not the JSON"):
            read_all("deepfashion2", tmp_path)
    for content in (b'{"item1": {"style": 1}}', b'{"item1": {"style": "red"}, "pair_id": 1}', b'{"item1": {}}'):
        annotation.write_bytes(content)
        with pytest.raises(UserError, match=r"000002.json, entry 1: "):
            read_all("deepfashion2", tmp_path)


def test_mat_files_that_are_none(tmp_path: Path) -> None:
    from scipy.io import savemat

    make("stanford-cars", tmp_path, classes=3, per_class=3)
    table = tmp_path / "devkit" / "cars_train_annos.mat"
    whole = table.read_bytes()
    crashing = whole[:304] + b"\xff" + whole[305:]  # SciPy 1.17 reads beyond its end
    for content in (whole[:-100], crashing):
        table.write_bytes(content)
        with pytest.raises(UserError, match=r"cars_train_annos.mat is damaged, or not the file"):
            open_dataset("stanford-cars", tmp_path)
    savemat(table, {"annotations": [1, 2]})
    with pytest.raises(UserError, match=r"cars_train_annos.mat is damaged, or not the file"):
        open_dataset("stanford-cars", tmp_path)


WRONG_PAIRS = {
    "it has 3 values and not 4": "img/1.jpg img/2.jpg id_00000001\n",
    "“id_9” is not among the items": "img/1.jpg img/2.jpg id_9 train\n",
    "“trial” is not train, val or test": "img/1.jpg img/2.jpg id_00000001 trial\n",
    "leads out of the folder": "img/../../1.jpg img/2.jpg id_00000001 train\n",
}


@pytest.mark.parametrize("problem", WRONG_PAIRS)
def test_pairs_that_make_no_sense(problem: str, tmp_path: Path) -> None:
    make("deepfashion-consumer-to-shop", tmp_path, classes=4, per_class=3)
    with (tmp_path / "Eval" / "list_eval_partition.txt").open("a") as table:
        table.write(WRONG_PAIRS[problem])
    with pytest.raises(UserError, match=rf"list_eval_partition.txt, line 11: .*{problem}"):
        read_all("deepfashion-consumer-to-shop", tmp_path)


def test_products_without_a_folder(tmp_path: Path) -> None:
    make("fashion200k", tmp_path, classes=2, per_class=2)
    with (tmp_path / "labels" / "skirt_train_detect_all.txt").open("a") as table:
        table.write("1_0.jpeg\t0.5\tskirt\n")
    with pytest.raises(UserError, match=r"line 3: “1_0.jpeg” is in no product's folder"):
        read_all("fashion200k", tmp_path)
