"""The command line as a script uses it: exit status, JSON on stdout and nothing else, one sentence for a failure."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from guie_desktop.__main__ import main
from guie_desktop.disk.content import content_hash
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.drawing import KINDS, draw_scene, save_photos
from tests.raw_files import dng

pytestmark = pytest.mark.slow


class Program:
    """Runs commands on one library."""

    def __init__(self, paths: LibraryPaths, capture: pytest.CaptureFixture[str]) -> None:
        self.paths = paths
        self._capture = capture

    def run(self, *arguments: object, status: int = 0) -> str:
        self._capture.readouterr()
        assert main(["--library", str(self.paths.root), *map(str, arguments)]) == status
        return self._capture.readouterr().out

    def json(self, *arguments: object) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run(*arguments, "--json"))
        return answer

    def refuse(self, *arguments: object) -> str:
        self._capture.readouterr()
        assert main(["--library", str(self.paths.root), *map(str, arguments)]) == 1
        said = self._capture.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        return said.err


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    return save_photos(tmp_path / "photos", 12)


def test_index_tells_what_it_left_out_and_shows_raws_beside_jpegs(program: Program, photos: list[Path]) -> None:
    folder = photos[0].parent
    (folder / "drawing.svg").write_bytes(b"a drawing")
    assert "1 .svg file was left out: drawings are not read." in program.run("index", folder)
    (folder / photos[0].name).with_suffix(".dng").write_bytes(dng(draw_scene("dots", 5)))
    answer = program.json("index", folder)
    assert (answer["added"], answer["left_out"]) == (0, {".svg": 1})
    assert program.json("index", folder, "--raw-beside-jpeg", "both")["added"] == 1
    assert program.json("index", folder)["unchanged"] == 13  # it is remembered


def test_index_says_what_it_did(program: Program, photos: list[Path]) -> None:
    (photos[0].parent / "broken.jpg").write_text("no picture")
    answer = program.json("index", photos[0].parent)
    assert set(answer) >= {"added", "changed", "moved", "missing", "unchanged", "failed", "seconds", "model"}
    assert answer["added"] == 12
    assert [failure["path"] for failure in answer["failed"]] == [str(photos[0].parent / "broken.jpg")]
    again = program.json("index", photos[0].parent)
    assert (again["added"], again["embedded"]) == (0, 0)


def test_search_ranks_hits(program: Program, photos: list[Path]) -> None:
    program.run("index", photos[0].parent)
    answer = program.json("search", photos[4], "--top", 3)
    of_words = {"found", "dates", "known", "unknown"}
    assert set(answer) == of_words | {"model", "head", "seconds", "nothing_similar", "personal", "hits"}
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3]
    assert answer["hits"][0]["path"] == str(photos[4])
    told = {"rank", "path", "places", "moment", "score", "similar", "chance", "rating", "flagged"}
    told |= {"box", "found_in", "likely", "likeness"}
    assert set(answer["hits"][0]) == told
    assert (answer["personal"], answer["hits"][0]["chance"]) == (0, None)
    assert f"{answer['hits'][0]['score']:.3f}  {photos[4]}\n" in program.run("search", photos[4])


def test_copies_and_links_of_a_photo_are_one_hit_with_its_places(
    program: Program, photos: list[Path], tmp_path: Path
) -> None:
    folder = photos[0].parent
    shutil.copy(photos[4], folder / "copy.jpg")
    (folder / "hard.jpg").hardlink_to(photos[4])
    (folder / "link.jpg").symlink_to(photos[4])
    program.run("index", folder)
    hits = program.json("search", photos[3], "--top", len(photos) + 1)["hits"]
    assert len(hits) == len(photos)
    (hit,) = (hit for hit in hits if len(hit["places"]) > 1)
    places = {str(photos[4]), *(str(folder / f"{name}.jpg") for name in ("copy", "hard", "link"))}
    assert set(hit["places"]) == places
    assert hit["path"] == hit["places"][0] != str(folder / "link.jpg")
    assert f"  {hit['path']}  (4 places)\n" in program.run("search", photos[3])


def test_search_by_region_by_folder_and_with_a_counterexample(
    program: Program, photos: list[Path], tmp_path: Path
) -> None:
    save_photos(tmp_path / "photos" / "sub", 4, first=50)
    program.run("index", tmp_path / "photos")
    inside = program.json("search", photos[0], "--folder", tmp_path / "photos" / "sub")
    assert len(inside["hits"]) == 4
    assert all("/sub/" in hit["path"] for hit in inside["hits"])
    assert len(program.json("search", photos[0], "--region", "0.1,0.1,0.5,0.5", "--top", 2)["hits"]) == 2
    plain = {hit["path"]: hit["score"] for hit in program.json("search", photos[0], "--top", 16)["hits"]}
    unlike = {
        hit["path"]: hit["score"] for hit in program.json("search", photos[0], "--not", photos[1], "--top", 16)["hits"]
    }
    assert unlike[str(photos[1])] < plain[str(photos[1])]


def test_search_among_photos_of_a_colour(program: Program, photos: list[Path]) -> None:
    folder = photos[0].parent
    for name in ("crimson", "gold", "royalblue"):
        Image.new("RGB", (160, 120), name).save(folder / f"{name}.png")
    program.run("index", folder)
    found = program.json("search", photos[0], "--colour", "red", "--colour", "blue", "--kind", "png")["hits"]
    assert {Path(hit["path"]).stem for hit in found} == {"crimson", "royalblue"}


def test_words_need_no_photo_beside_them(program: Program, photos: list[Path]) -> None:
    program.run("index", photos[0].parent)
    answer = program.json("search", "--text", "red balloons", "--not-text", "dog", "--top", 3)
    assert (answer["head"], answer["known"], answer["unknown"]) == ("classes", ["balloons", "dog"], ["red"])
    assert [hit["chance"] for hit in answer["hits"]] == [hit["score"] for hit in answer["hits"]]
    said = program.run("search", "--text", "lighthouse")
    assert said.endswith("EfficientNet-Lite2 knows 1,000 things by name; “lighthouse” is one of them.\n")
    assert program.json("search", photos[0], "--text", "balloon", "--top", 2)["known"] == ["balloon"]
    assert "Nearest that it knows: flower" in program.refuse("search", "--text", "tulip")


def test_several_photos_make_one_query(program: Program, photos: list[Path]) -> None:
    program.run("index", photos[0].parent)
    answer = program.json("search", photos[0], photos[1], "--top", 2)
    assert {hit["path"] for hit in answer["hits"]} == {str(photos[0]), str(photos[1])}


def test_evaluate_agrees_with_an_independent_computation(program: Program, tmp_path: Path) -> None:
    for number, kind in enumerate(KINDS):
        save_photos(tmp_path / "index" / kind, 4 + number, kinds=(kind,), first=20 * number)
        save_photos(tmp_path / "queries" / "deeper" / kind, 3, kinds=(kind,), first=500 + 20 * number)
    # Colours alone would make it too easy; a hard label mixes two kinds.
    draw_scene("rings", 900).save(tmp_path / "index" / "dots" / "odd.jpg")
    program.run("index", tmp_path / "index")
    answer = program.json("evaluate", tmp_path / "index", tmp_path / "queries")
    assert set(answer) >= {"mmp5", "p1", "queries", "index", "dimension", "model", "head"}
    assert (answer["index"], answer["queries"]) == (23, 12)

    def stored(folder: Path) -> tuple[np.ndarray, list[str]]:
        paths = sorted(folder.rglob("*.jpg"))
        hashes = [content_hash(path.read_bytes()) for path in paths]
        with OpenLibrary(program.paths) as library:
            by_hash = library.backbone.features.keyed(hashes)
            head = library.backbone.space.head
        assert isinstance(head, GeneralHead)
        rows = np.stack([by_hash[key][1].astype(np.float64) for key in hashes])
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True) - head.projection.mean
        if head.projection.matrix is not None:
            rows = rows @ head.projection.matrix
        return rows / np.linalg.norm(rows, axis=1, keepdims=True), [path.parent.name for path in paths]

    index, labels = stored(tmp_path / "index")
    queries, asked = stored(tmp_path / "queries")
    total = 0.0
    for query, label in zip(queries, asked, strict=True):
        ranks = min(labels.count(label), 5)
        nearest = np.argsort(((index - query) ** 2).sum(axis=1), kind="stable")[:ranks]
        total += sum(labels[found] == label for found in nearest) / ranks
    assert answer["mmp5"] == pytest.approx(total / len(asked), abs=1e-3)


def test_evaluate_adds_nothing_to_the_library(program: Program, photos: list[Path], tmp_path: Path) -> None:
    program.run("index", photos[0].parent)
    for kind in KINDS:
        save_photos(tmp_path / "other" / kind, 2, kinds=(kind,), first=300)
    answer = program.json("evaluate", tmp_path / "other")
    assert (answer["queries"], answer["index"]) == (8, 8)
    assert program.json("status")["photos"] == 12


def test_status_and_doctor_of_a_whole_library(program: Program, photos: list[Path]) -> None:
    program.run("index", photos[0].parent)
    status = program.json("status")
    assert (status["photos"], status["embedded"], status["failed"], status["vectors"]) == (12, 12, 0, 12)
    assert status["folders"] == [{"path": str(photos[0].parent), "online": True, "photos": 12, "watched": True}]
    assert program.json("doctor") == {"problems": []}


def test_doctor_mends_what_is_a_cache(program: Program, photos: list[Path]) -> None:
    program.run("index", photos[0].parent)
    for cache in (*program.paths.vectors.iterdir(), program.paths.thumbnails):
        cache.write_bytes(b"garbage")
    found = json.loads(program.run("doctor", "--json", status=1))["problems"]
    assert any("without a thumbnail" in problem["what"] for problem in found)
    assert all(problem["repaired"] for problem in program.json("doctor", "--repair")["problems"])
    assert program.json("doctor") == {"problems": []}


def test_the_worlds_faults_are_one_sentence(program: Program, photos: list[Path], tmp_path: Path) -> None:
    assert "no library" in program.refuse("search", photos[0])
    assert "no folder" in program.refuse("index", tmp_path / "nowhere")
    program.run("index", photos[0].parent)
    assert f"no file {tmp_path}/nothing.jpg" in program.refuse("search", tmp_path / "nothing.jpg")
    assert "“xyzzy” is not known" in program.refuse("search", "--text", "xyzzy")
    assert "no album" in program.refuse("search", photos[0], "--album", "Coins")
    assert "no photos in" in program.refuse("search", photos[0], "--folder", tmp_path / "elsewhere")
    (tmp_path / "empty").mkdir()
    assert "no photos" in program.refuse("evaluate", tmp_path / "empty")


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["index", ""],
        ["search", ""],
        ["search", "a" * 5000],
        ["doctor", "--restore", "yesterday"],
        ["search", "a.jpg", "--top", "0"],
        ["search", "a.jpg", "--region", "1,2"],
        ["search", "a.jpg", "--region", "0.5,0,0.9,1"],
    ],
)
def test_wrong_usage_ends_with_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
