"""Words find photos by the network's own similarity of the two, and are loaded only while they are needed."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import huggingface_hub
import numpy as np
import open_clip
import pytest
import safetensors.torch
import torch
from PIL import Image

from guie_desktop.asking import Query
from guie_desktop.embedding.assets import load_card
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.embedding.text_tower import tokenizer_of
from guie_desktop.embedding.torch_runtime import TorchRuntime
from guie_desktop.errors import UserError
from guie_desktop.jobs.switching import switch_model
from guie_desktop.jobs.weight_installation import add_weights, fetch_if_needed
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from guie_desktop.workspace.text_search import KEPT_FOR, TextSearch
from tests.drawing import save_photos
from tests.hub import Hub, point_at
from tests.running import finish, index_folder

pytestmark = pytest.mark.slow

CARD = load_card("pe-core-t-16-384")


@pytest.fixture(scope="module")
def network() -> Any:
    torch.manual_seed(6)
    made = open_clip.create_model(CARD.architecture, pretrained=None).eval()
    made.visual.trunk.head.bias.data.normal_()  # as in EVA-02, whose projection has one
    return made


@pytest.fixture
def library(paths: LibraryPaths, tmp_path: Path, network: Any) -> Iterator[WritableLibrary]:
    """Eight photos, embedded by a network with both towers."""
    save_photos(tmp_path / "photos", 8)
    index_folder(paths, tmp_path / "photos")
    torch.save(network.state_dict(), tmp_path / "both.pt")
    finish(add_weights(paths, tmp_path / "both.pt", None))
    with WritableLibrary(paths) as opened:
        finish(switch_model(opened, CARD.name))
        yield opened


def test_scores_are_those_of_the_network_itself(library: WritableLibrary, network: Any) -> None:
    answer = library.search_engine.answer(Query(text="a red ring", top=8))
    embedder = Embedder(CARD, "", TorchRuntime.load(CARD, library.paths.weights))
    tokens = open_clip.get_tokenizer(CARD.architecture)(["a red ring"])
    for hit in answer.hits:
        with Image.open(hit.path) as photo:
            pixels = torch.from_numpy(embedder.prepare(photo)).permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            image = network.encode_image((pixels - 0.5) / 0.5, normalize=True)
            text = network.encode_text(tokens, normalize=True)
        assert hit.score == pytest.approx(float(image[0] @ text[0]), abs=5e-3)
    assert len(answer.hits) == 8
    assert answer.head == "words"


def test_words_and_photos_make_one_query_and_can_be_counterexamples(library: WritableLibrary) -> None:
    photos = library.catalog.photo_ids()
    both = library.search_engine.answer(Query(photos=(photos[0],), text="stripes", top=3))
    assert len(both.hits) == 3
    plain = library.search_engine.answer(Query(text="stripes", top=8))
    without = library.search_engine.answer(Query(text="stripes", unlike_text="dots", top=8))
    assert [hit.score for hit in without.hits] != [hit.score for hit in plain.hits]
    assert library.search_engine.answer(Query(photos=(photos[0],), top=1)).head != "words"


def test_the_text_tower_is_loaded_by_the_first_words_and_dropped_after_the_last(library: WritableLibrary) -> None:
    words = library.backbone.text_search
    library.search_engine.answer(Query(photos=(library.catalog.photo_ids()[0],)))
    assert not words.is_loaded
    library.search_engine.answer(Query(text="rings"))
    assert words.is_loaded
    words.drop_if_idle(words.last_used + KEPT_FOR - 1)
    assert words.is_loaded
    words.drop_if_idle(words.last_used + KEPT_FOR + 1)
    assert not words.is_loaded
    assert library.search_engine.answer(Query(text="rings")).hits


def test_a_backbone_without_words_says_so(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 2)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library, pytest.raises(UserError, match="not words"):
        TextSearch(load_card("dinov2-b-14"), paths, library.backbone.features, library.backbone.part_store).ready()


def test_an_image_tower_alone_is_told_and_made_whole_by_what_is_named(
    library: WritableLibrary, network: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.save(network.visual.state_dict(), tmp_path / "image.pt")
    finish(add_weights(library.paths, tmp_path / "image.pt", CARD.name))
    with pytest.raises(UserError, match="image tower alone"):
        library.search_engine.answer(Query(text="rings"))
    with Hub(safetensors.torch.save(network.state_dict())) as hub:
        Thread(target=hub.serve_forever, args=(0.01,), daemon=True).start()
        point_at(monkeypatch, hub.port)
        finish(fetch_if_needed(CARD, library.paths))
        assert not hub.starts  # it will do for photos
        finish(fetch_if_needed(CARD, library.paths, for_words=True))
        finish(fetch_if_needed(CARD, library.paths, for_words=True))
        assert len(hub.starts) == 1
        huggingface_hub.close_session()
        hub.shutdown()
    assert library.search_engine.answer(Query(text="rings")).hits


def test_a_tokenizer_of_its_own_is_read_from_beside_the_weights(tmp_path: Path) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    made = Tokenizer(WordLevel({"</s>": 1, "<unk>": 2, "red": 3, "ring": 4}, unk_token="<unk>"))
    made.pre_tokenizer = Whitespace()
    text = {"context_length": 6, "hf_tokenizer_name": "any", "tokenizer_kwargs": {"clean": "canonicalize"}}
    with pytest.raises(UserError, match="tokenizer"):
        tokenizer_of(CARD, text, tmp_path)
    made.save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"pad_token": "</s>"}))
    tokens = tokenizer_of(CARD, text, tmp_path)("Red, RING!")
    np.testing.assert_array_equal(tokens.numpy(), [[3, 4, 1, 1, 1, 1]])
    assert tokenizer_of(CARD, text, tmp_path)("red " * 20).shape == (1, 6)
