"""`guie-desktop train` and `head`, from albums to a search that has learned them, and into another library."""

import hashlib
import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from guie_desktop.__main__ import main
from guie_desktop.cli import learning_commands
from guie_desktop.cli.argument_types import head_id, head_name
from guie_desktop.domain import FITTED_HEAD
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.jobs.taking_in import TakenIn
from guie_desktop.learned import GeneralHeadTest, LearningReport, Quality
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.albums import make_album
from tests.cli.test_cli import Program
from tests.drawing import save_marked_photos
from tests.heads import trained_head
from tests.marks import COUNT, MARKED, MARKS

pytestmark = pytest.mark.slow


def precision(program: Program, photos: Path, *options: str) -> float:
    """Share of the five nearest of a few photos that have the same mark."""
    found = []
    for colour in MARKS:
        for photo in sorted((photos / colour).iterdir())[:2]:
            hits = program.json("search", photo, "--top", 6, *options)["hits"]
            assert hits[0]["path"] == str(photo)
            found.append(np.mean([Path(hit["path"]).parent.name == colour for hit in hits[1:]]))
    return float(np.mean(found))


def test_albums_are_learned_searched_with_rolled_back_and_taken_along(
    sorted_marks: LibraryPaths, indexed_marks: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program, photos = Program(sorted_marks, capsys), indexed_marks.root.parent / "photos"
    before = precision(program, photos)

    # --- train
    report = program.json("train")
    assert set(report) >= {"head", "loss", "albums", "photos", "seconds", "before", "after", "accepted", "reason"}
    assert set(report["before"]) >= {"mmp5", "p1", "unlabelled"} <= set(report["after"])
    assert report["accepted"]
    assert (report["head"], report["albums"], report["photos"]) == (1, len(MARKS), len(MARKS) * MARKED)
    assert report["after"]["mmp5"] > report["before"]["mmp5"] + 0.3
    learned = precision(program, photos)
    assert learned > before + 0.3
    found = program.json("search", photos / "red" / "red-000.jpg", "--top", 3)
    assert (found["head"], found["personal"]) == ("Version 1", 1)
    assert all(0.5 < hit["chance"] <= 1 for hit in found["hits"])
    assert " %  /" in program.run("search", photos / "red" / "red-000.jpg", "--top", 1)
    general = program.json("search", photos / "red" / "red-000.jpg", "--top", 3, "--head", "general")
    assert (general["personal"], {hit["chance"] for hit in general["hits"]}) == (0, {None})
    assert program.json("status")["head"] == "Version 1"
    assert program.json("doctor") == {"problems": []}

    # --- going back and forth
    heads = program.json("head", "list")["heads"]
    assert [(head["id"], head["in_use"]) for head in heads] == [(1, True), (0, False)]
    assert "Version 1: in use" in program.run("head", "list")
    assert precision(program, photos, "--head", "general") == before
    assert [head["in_use"] for head in program.json("head", "use", "general")["heads"]] == [False, True]
    assert precision(program, photos) == before
    program.run("head", "use", 1)
    assert precision(program, photos) == learned

    # --- judged on photos that it has not seen
    for number, colour in enumerate(MARKS):
        save_marked_photos(tmp_path / "new" / colour, colour, 5, first=1000 + 100 * number)
    with_head = program.json("evaluate", tmp_path / "new")
    assert (with_head["head"], with_head["queries"]) == ("Version 1", 5 * len(MARKS))
    program.run("head", "use", "general")
    general = program.json("evaluate", tmp_path / "new")
    assert with_head["mmp5"] > general["mmp5"] + 0.2

    # --- into another library
    head_file = tmp_path / "colours.head"
    assert str(head_file) in program.run("head", "export", 1, head_file)
    assert head_file.stat().st_size < 1_000_000
    stored = head_file.read_bytes()
    assert not any(told in stored for told in (b"lime", b"yellow", b"photos/", str(photos).encode()))
    other = Program(LibraryPaths(shutil.copytree(indexed_marks.root, tmp_path / "other", symlinks=True)), capsys)
    assert precision(other, photos) == before
    assert other.json("head", "import", head_file) == {"head": 1}
    assert precision(other, photos) == before
    other.run("head", "use", 1)
    assert precision(other, photos) > before + 0.3
    assert "from colours.head" in other.run("head", "list")

    # --- and not into one that looks with other eyes
    assert "another model" in other.refuse("head", "import", of_another_model(head_file))


def of_another_model(file: Path) -> Path:
    magic, _, rest = file.read_bytes().partition(b"\n")
    line, _, numbers = rest[32:].partition(b"\n")
    content = json.dumps(json.loads(line) | {"backbone": "siglip-b-16-224-0123"}).encode() + b"\n" + numbers
    made = file.with_name("other.head")
    made.write_bytes(magic + b"\n" + hashlib.sha256(content).digest() + content)
    return made


def test_shuffled_labels_are_refused_with_a_reason_and_that_is_no_failure(
    indexed_marks: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    paths = LibraryPaths(shutil.copytree(indexed_marks.root, tmp_path / "library", symlinks=True))
    catalog = CatalogWriter.open(paths.catalog)
    photos = sorted(catalog.photos(catalog.photo_ids()).values(), key=lambda photo: photo.path)
    assert len(photos) == COUNT
    shuffled = np.random.default_rng(0).permutation([photo.id for photo in photos])
    for number, part in enumerate(np.split(shuffled, 4)):
        make_album(catalog, f"heap {number}", part.tolist())
    catalog.close()
    program = Program(paths, capsys)
    report = program.json("train")  # exit status 0
    assert report["accepted"] is False
    assert report["reason"].endswith(".")
    assert report["head"] is None
    assert [head["id"] for head in program.json("head", "list")["heads"]] == [0]


def test_what_cannot_be_done_is_one_sentence(
    learned_marks: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(learned_marks, capsys)
    (tmp_path / "text.head").write_text("dear diary")
    assert "no head with the number 9" in program.refuse("head", "use", 9)
    assert "no head with the number 9" in program.refuse("head", "export", 9, tmp_path / "x.head")
    assert "general head" in program.refuse("head", "export", "general", tmp_path / "x.head")
    assert "is a folder" in program.refuse("head", "export", 1, ".")
    assert "could not be written" in program.refuse("head", "export", 1, tmp_path / "nowhere" / "x.head")
    assert "nothing that was learned" in program.refuse("head", "import", tmp_path / "text.head")
    assert "cannot be read" in program.refuse("head", "import", tmp_path / "nothing.head")
    assert [head["id"] for head in program.json("head", "list")["heads"]] == [1, 0]
    empty = Program(LibraryPaths(tmp_path / "empty"), capsys)
    assert "no library" in empty.refuse("head", "list")
    assert "too little" in empty.refuse("train")
    assert [head["title"] for head in empty.json("head", "list")["heads"]] == ["General"]


def test_what_is_said_of_a_general_head_that_was_taken_in(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    test = GeneralHeadTest(
        "albums", "better", Quality(0.5, 0.6, 0.4, 0.6, None), Quality(0.7, 0.8, 0.6, 0.8, None), 120, 0.1, 0.3
    )

    def take_in(library: WritableLibrary, file: Path) -> Generator[Progress, None, TakenIn]:
        assert file == tmp_path / "study.head"
        head = trained_head(library.backbone.key, identity_head(8).projection, before=test.before, after=test.after)
        kept = library.head_store.keep_trained(library.backbone.key, head.to_bytes(), head.fitted_on)
        library.choices.choose_heads(library.backbone.key, 0, kept.id)
        yield from ()
        return TakenIn(FITTED_HEAD - kept.id, test, head.origin)

    monkeypatch.setattr(learning_commands, "take_in_head", take_in)
    program = Program(paths, capsys)
    answer = program.json("head", "import", tmp_path / "study.head")
    assert (answer["head"], answer["name"], answer["learn_again"]) == (-2, "general-1", False)
    assert (answer["test"]["outcome"], answer["test"]["queries"]) == ("better", 120)
    said = program.run("head", "import", tmp_path / "study.head")
    assert "Trained with 81 classes and 2640 photos of groceries, cars 🚗 (study, 2026-11-30)." in said
    assert "Tested with 120 photos by your albums." in said
    assert "before  mMP@5 0.500 (0.400 to 0.600)" in said
    assert "Search uses general-2 now: it is better. Go back: guie-desktop head use fitted" in said
    listed = program.run("head", "list")
    assert "general-2  study: in use, general head taken in" in listed
    assert "81 classes, 2640 photos, mMP@5 0.500 to 0.700 in its test" in listed
    assert "fitted  Fitted to this library: general head of 0 photos" in listed
    assert "no general head with the number 9" in program.refuse("head", "use", "general-9")


@given(st.integers(-(10**9), 10**9))
def test_each_head_has_a_name_that_names_it(head: int) -> None:
    assert head_id(head_name(head)) == head


@pytest.mark.parametrize(
    "arguments",
    [
        ["head", "use", "general-"],
        ["head", "use", "general-x"],
        ["head", "use", "9" * 30],
        ["train", "--loss", "none"],
        ["train", "--seed", "-1"],
        ["train", "--seed", str(2**63)],
        ["train", "--seed", "x"],
        ["head"],
        ["head", "use"],
        ["head", "use", "-1"],
        ["head", "use", "newest"],
        ["head", "export", "1"],
    ],
)
def test_wrong_usage_ends_with_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_options_of_train_and_what_it_says(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Recipe, bool]] = []
    quality = Quality(0.5, 0.6, 0.4, 0.6, 0.98)
    report = LearningReport(
        head=None,
        loss="arcface",
        albums=2,
        photos=9,
        seconds=1.5,
        before=quality,
        after=quality,
        accepted=True,
        reason="It is better.",
        advice=("More photos would help.",),
        left_out=(("Coins", "It has 1 photo; put 2 more into it."),),
    )

    def learn(_library: object, recipe: Recipe, *, dry_run: bool) -> Generator[Progress, None, LearningReport]:
        asked.append((recipe, dry_run))
        yield from ()
        return report

    monkeypatch.setattr(learning_commands, "learn", learn)
    program = Program(paths, capsys)
    said = program.run("train", "--loss", "arcface", "--seed", 7, "--dry-run")
    assert asked == [(Recipe(loss="arcface", seed=7), True)]
    assert "2 albums, 9 photos" in said
    assert "mMP@5 0.500 (0.400 to 0.600)" in said
    assert "Better. It is better." in said
    assert "More photos would help." in said
    assert "Not learned: Coins. It has 1 photo" in said
    assert "Taken into use." in program.run("train")
    assert asked[1] == (Recipe(), False)
    answer: dict[str, Any] = program.json("train")
    assert answer["left_out"] == [["Coins", "It has 1 photo; put 2 more into it."]]
