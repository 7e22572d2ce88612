"""Small data sets in the layouts that the real ones are published in, with drawn photos that a network tells apart.

Each `make_…(root, classes, per_class)` gives the samples that the set's reader is to find, in its order.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np

from guie_desktop.study.sample import Sample, Split
from tests.study.datasets.drawn_photos import DrawnPhotos, draw_photo, each

Maker = Callable[[Path, int, int], list[Sample]]


def make(name: str, root: Path, classes: int = 4, per_class: int = 4) -> list[Sample]:
    """The data set of that name in DATASETS; the general ones as "folder:toys" and "csv:toys"."""
    return MAKERS[name.partition(":")[0]](root, classes, per_class)


def make_products_10k(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("products-10k", root)
    rows = []
    for number, (label, _) in enumerate(each(classes, per_class), start=1):
        photos.add(f"train/{number}.jpg", str(label))
        rows.append(f"{number}.jpg,{label},{label % 3}\n")
    (root / "train.csv").write_text("name,class,group\n" + "".join(rows))
    return photos.made


def make_google_landmarks_v2(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("google-landmarks-v2", root)
    rows = []
    for label, number in each(classes, per_class):
        name = f"{random.Random(f'{label}-{number}').getrandbits(64):016x}"
        photos.add(f"train/{name[0]}/{name[1]}/{name[2]}/{name}.jpg", str(label))
        rows.append(f"{name},{label}\n")
    (root / "train.csv").write_text("id,landmark_id\n" + "".join(rows))
    return photos.made


def make_deepfashion_consumer_to_shop(root: Path, classes: int, per_class: int) -> list[Sample]:
    """Of each four items the first two are for training, the third for choosing settings, the fourth for the test."""
    photos = DrawnPhotos("deepfashion-consumer-to-shop", root)
    items = [f"id_{number:08d}" for number in range(1, classes + 1)]
    rows = []
    for number, item in enumerate(items):
        status = ("train", "train", "val", "test")[number % 4]
        folder = f"img/{('TOPS/T_Shirt', 'DRESSES/Skirt')[number % 2]}/{item}"
        shop = f"{folder}/shop_01.jpg"
        for view in range(1, per_class):
            consumer = f"{folder}/comsumer_{view:02d}.jpg"  # as the set spells it
            rows.append(f"{consumer:<80} {shop:<80} {item} {status}\n")
            roles: tuple[tuple[str, Split], ...] = ((consumer, "query"), (shop, "index"))
            for path, asked in roles:
                if path == shop and view > 1:
                    continue
                photos.add(f"Img/{path}", item, "train" if status == "train" else asked, is_read=status != "val")
    (root / "Anno").mkdir()
    (root / "Anno" / "list_item_consumer2shop.txt").write_text(f"{len(items)}\n" + "\n".join(items) + "\n")
    (root / "Eval").mkdir()
    header = "image_pair_name_1 image_pair_name_2 item_id evaluation_status\n"
    (root / "Eval" / "list_eval_partition.txt").write_text(f"{len(rows)}\n{header}" + "".join(rows))
    return photos.made


def make_stanford_cars_refined(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("stanford-cars-refined", root)
    rows = []
    for place, (label, _) in enumerate(each(classes, per_class), start=1):
        name, model = f"{place:05d}.jpg", f"{label // 2 + 1}_{label % 2 * 6}"
        photos.add(f"cars_train/{name}", model)
        rows.append(f"39,116,569,375,{model},{name},0.9350605\n")
    (root / "refined_train.csv").write_text("x1,y1,x2,y2,Class,image,Probability\n" + "".join(rows))
    return photos.made


def make_met(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("met", root)
    database = []
    for label, number in each(classes, per_class):
        path = f"MET/{label + 34}/{number}.jpg"
        photos.add(path, str(label + 34))
        database.append({"id": label + 34, "path": path})
    (root / "MET_database.json").write_text(json.dumps(database))
    return photos.made


def make_shopee(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("shopee", root)
    rows = []
    for label, number in each(classes, per_class):
        name, group = f"{label:032x}{number}.jpg", str(249114794 + label)
        photos.add(f"train_images/{name}", group)
        rows.append(f'train_{label}{number},{name},94974f937d4c2433,"Tas ""baru"", murah",{group}\n')
    (root / "train.csv").write_text("posting_id,image,image_phash,title,label_group\n" + "".join(rows))
    return photos.made


def make_h_and_m(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("h-and-m", root)
    rows = []
    for label, number in each(classes, per_class):
        product = f"{108775 + label:07d}"
        article = f"{product}{number:03d}"
        photos.add(f"images/{article[:3]}/{article}.jpg", product)
        rows.append(f"{article},{product},Strap top,Jersey top with narrow shoulder straps.\n")
    (root / "articles.csv").write_text("article_id,product_code,prod_name,detail_desc\n" + "".join(rows))
    return photos.made


def make_rp2k(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("rp2k", root)
    for label, number in each(classes, per_class):
        photos.add(f"all/train/农夫山泉{label}/{number}.jpg", f"农夫山泉{label}")
    return photos.made


def make_stanford_online_products(root: Path, classes: int, per_class: int) -> list[Sample]:
    """The first half of the classes is for training."""
    photos = DrawnPhotos("stanford-online-products", root)
    header = "image_id class_id super_class_id path\n"
    train, test = [header], [header]
    for label, number in each(classes, per_class):
        is_test = label >= classes / 2
        path = f"{('bicycle', 'chair')[label % 2]}_final/1110851228{label}_{number}.JPG"
        row = f"{len(photos.made) + 1} {label + 1} {label % 2 + 1} {path}\n"
        (test if is_test else train).append(row)
        half: Split = "query" if number % 2 else "index"
        photos.add(path, str(label + 1), half if is_test else "train")
    (root / "Ebay_train.txt").write_text("".join(train))
    (root / "Ebay_test.txt").write_text("".join(test))
    return photos.made


def make_fashion200k(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("fashion200k", root)
    tables = {"dress": "", "skirt": ""}
    for label, number in each(classes, per_class):
        kind = "dress" if label < classes / 2 else "skirt"
        path = f"women/{kind}/casual/{51727804 + label}/{51727804 + label}_{number}.jpeg"
        photos.add(path, str(51727804 + label))
        tables[kind] += f"{path}\t0.9\tblack lace {kind}\n"
    (root / "labels").mkdir()
    for kind, rows in tables.items():
        (root / "labels" / f"{kind}_train_detect_all.txt").write_text(rows)
        (root / "labels" / f"{kind}_test_detect_all.txt").write_text(
            f"women/{kind}/casual/1/1_0.jpeg\t0.9\told {kind}\n"
        )
    return photos.made


def make_food_recognition_2022(root: Path, classes: int, per_class: int) -> list[Sample]:
    """With one photo more, of two foods."""
    photos = DrawnPhotos("food-recognition-2022", root)
    images: list[dict[str, object]] = []
    annotations: list[dict[str, object]] = []
    for label, number in each(classes, per_class):
        name = f"{len(images):06d}.jpg"
        image = {"id": len(images) + 6, "file_name": name, "width": 48, "height": 48}
        images.append(image)
        photos.add(f"images/{name}", str(1000 + label))
        for outline in range(1 + number % 2):
            told = {"image_id": image["id"], "category_id": 1000 + label, "segmentation": [[1, 2, 3, 4]]}
            annotations.append({"id": len(annotations), "bbox": [1, 2, 30, 40 + outline], **told})
    draw_photo(root / "images" / "plate.jpg", "plate", 0)
    images.append({"id": 1, "file_name": "plate.jpg", "width": 48, "height": 48})
    annotations += [
        {"id": -label, "image_id": 1, "category_id": 1000 + label, "bbox": [1, 2, 3, 4]} for label in (1, 2)
    ]
    categories = [{"id": 1000 + label, "name": f"food-{label}"} for label in range(classes)]
    coco = {"categories": categories, "images": images, "annotations": annotations}
    (root / "annotations.json").write_text(json.dumps(coco))
    return photos.made


def make_stanford_cars(root: Path, classes: int, per_class: int) -> list[Sample]:
    from scipy.io import savemat

    photos = DrawnPhotos("stanford-cars", root)
    corners = ("bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2")
    columns = [*((corner, object) for corner in corners), ("class", object), ("fname", object)]
    rows = []
    for place, (label, _) in enumerate(each(classes, per_class), start=1):
        photos.add(f"cars_train/{place:05d}.jpg", str(label + 1))
        rows.append((*map(np.uint16, (1, 2, 30, 40)), np.uint8(label + 1), f"{place:05d}.jpg"))
    (root / "devkit").mkdir()
    savemat(root / "devkit" / "cars_train_annos.mat", {"annotations": np.array([rows], columns)})
    return photos.made


def make_deepfashion2(root: Path, classes: int, per_class: int) -> list[Sample]:
    """With two photos more: of two garments, and of one without a style."""
    photos = DrawnPhotos("deepfashion2", root)
    folder = root / "train" / "annos"
    folder.mkdir(parents=True)
    for place, (label, number) in enumerate(each(classes, per_class), start=1):
        photos.add(f"train/image/{place:06d}.jpg", f"{label // 2 + 1}_{label % 2 + 1}")
        garment = {"category_name": "vest", "category_id": 5, "style": label % 2 + 1, "bounding_box": [1, 2, 30, 40]}
        told = {"item1": garment, "source": ("shop", "user")[number % 2], "pair_id": label // 2 + 1}
        (folder / f"{place:06d}.json").write_text(json.dumps(told))
    for place, styles in ((900001, (1, 2)), (900002, (0,))):
        draw_photo(root / "train" / "image" / f"{place}.jpg", "others", place)
        garments = {f"item{number}": {"style": style} for number, style in enumerate(styles, start=1)}
        (folder / f"{place}.json").write_text(json.dumps({"source": "user", "pair_id": 1, **garments}))
    return photos.made


def make_food_101(root: Path, classes: int, per_class: int) -> list[Sample]:
    photos = DrawnPhotos("food-101", root)
    table: dict[str, list[str]] = {}
    for label, number in each(classes, per_class):
        dish = f"dish_{label}"
        photos.add(f"images/{dish}/{1011328 + number}.jpg", dish)
        table.setdefault(dish, []).append(f"{dish}/{1011328 + number}")
    (root / "meta").mkdir()
    (root / "meta" / "test.json").write_text(json.dumps(table))
    return photos.made


def make_furniture_180(root: Path, classes: int, per_class: int) -> list[Sample]:
    return _class_folders("furniture-180", root, [f"bar_stool_{label}" for label in range(classes)], per_class)


def make_storefronts_146(root: Path, classes: int, per_class: int) -> list[Sample]:
    return _class_folders(
        "storefronts-146", root, [f"Apple Store/iTunes {label}" for label in range(classes)], per_class
    )


def make_folder(root: Path, classes: int, per_class: int) -> list[Sample]:
    return _class_folders("toys", root, [f"toy {label}" for label in range(classes)], per_class)


def make_csv(root: Path, classes: int, per_class: int) -> list[Sample]:
    """In two domains."""
    photos = DrawnPhotos("toys", root)
    rows = []
    for label, number in each(classes, per_class):
        path, domain = f"photos/{label}-{number}.jpg", ("toys", "dolls")[label % 2]
        photos.add(path, f"toy, {label}", domain=domain)
        rows.append(f'{path},"toy, {label}",{domain}\r\n')
    (root / "photos.csv").write_bytes(("\ufeffpath,label,domain\r\n" + "".join(rows)).encode())
    return photos.made


MAKERS: dict[str, Maker] = {
    "products-10k": make_products_10k,
    "google-landmarks-v2": make_google_landmarks_v2,
    "deepfashion-consumer-to-shop": make_deepfashion_consumer_to_shop,
    "stanford-cars-refined": make_stanford_cars_refined,
    "met": make_met,
    "shopee": make_shopee,
    "h-and-m": make_h_and_m,
    "rp2k": make_rp2k,
    "stanford-online-products": make_stanford_online_products,
    "fashion200k": make_fashion200k,
    "food-recognition-2022": make_food_recognition_2022,
    "stanford-cars": make_stanford_cars,
    "deepfashion2": make_deepfashion2,
    "food-101": make_food_101,
    "furniture-180": make_furniture_180,
    "storefronts-146": make_storefronts_146,
    "folder": make_folder,
    "csv": make_csv,
}


def _class_folders(dataset: str, root: Path, names: list[str], per_class: int) -> list[Sample]:
    photos = DrawnPhotos(dataset, root)
    for name in names:
        for number in range(per_class):
            photos.add(f"{name}/{number}.jpg", name)
    return photos.made
