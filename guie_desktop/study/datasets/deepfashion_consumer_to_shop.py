"""DeepFashion, Consumer-to-Shop: garments as they are worn and as shops show them."""

from collections.abc import Iterator
from pathlib import Path

from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import first_there, part
from guie_desktop.study.reading.lists import damaged, read_json
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row, plain_rows
from guie_desktop.study.sample import Sample, Split

_PAIR = ("image_pair_name_1", "image_pair_name_2", "item_id", "evaluation_status")


def read(photos: Photos) -> Iterator[Sample]:
    """Pairs of Eval/list_eval_partition.txt, or what the study read: deepfashion_train.json {kind: {item: [photo]}}.

    The first is the layout of http://mmlab.ie.cuhk.edu.hk/projects/DeepFashion.html as its README tells: a number of
    pairs, the names of the columns, and pairs of a consumer's and a shop's photo. An item is train, val or test, and
    never two of them. Those for training are trained on; of the test items the consumers' photos are the queries, and
    the shops' the index; "val" is for choosing settings, and left out. The JSON is that of Kaggle's
    deepfashion-consumer-to-shop-training, where there are items for training alone (UniFEx,
    src/datasets/deep_fashion.py).
    """
    expected = (
        "Anno/list_item_consumer2shop.txt, Eval/list_eval_partition.txt, Img/img/ / deepfashion_train.json, train/"
    )
    pairs = first_there(photos.root, "Eval/list_eval_partition.txt")
    if pairs is None:
        yield from _kaggle(photos, part(photos.root, photos.dataset, expected, "deepfashion_train.json"))
        return
    known = _items(part(photos.root, photos.dataset, expected, "Anno/list_item_consumer2shop.txt"))
    folder = str(part(photos.root, photos.dataset, expected, "Img/img", "img").parent)
    seen = set()  # a shop's photo is in many pairs
    for row in plain_rows(pairs, _PAIR, skip=1):
        consumer, shop, item, status = (row.text(column) for column in _PAIR)
        roles: tuple[tuple[str, Split], ...] = ((consumer, "query"), (shop, "index"))
        if item not in known:
            raise row.wrong(Sentence("“{item}” is not among the items", item=item))
        if status not in {"train", "val", "test"}:
            raise row.wrong(Sentence("“{status}” is not train, val or test", status=status))
        for name, asked in roles:
            if name in seen:
                continue
            seen.add(name)
            if status == "val":
                photos.left_out += 1
            else:
                yield from photos.take(row.below(folder, name), item, "train" if status == "train" else asked)


def _items(table: Path) -> set[str]:
    return {row.text("item") for row in plain_rows(table, ("item",), skip=1, has_header=False)}


def _kaggle(photos: Photos, table: Path) -> Iterator[Sample]:
    number = 0
    for items in read_json(table, dict).values():
        if not isinstance(items, dict) or not all(isinstance(names, list) for names in items.values()):
            raise damaged(table)
        for item, names in items.items():
            for name in names:
                number += 1
                row = Row(table, number, {"item": item, "photo": name}, in_list=True)
                yield from photos.take(row.path("photo", str(photos.root)), row.text("item"))
