"""The loop that indexing is compared with sees each photo once, upright, by the network of the card."""

from pathlib import Path

from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.jobs.measuring.plain_loop import plain_loop
from guie_desktop.messages import Progress
from tests.drawing import save_photos


def test_each_photo_is_decoded_and_seen(tmp_path: Path) -> None:
    photos = save_photos(tmp_path, 3)
    told: list[Progress] = []
    taken = plain_loop(load_card(DEFAULT_MODEL), tmp_path / "weights", 1, photos, told.append)
    assert [progress.done for progress in told] == [0, 1, 2]
    assert all(seconds > 0 for seconds in (taken.decoding, taken.network, taken.processor))
    assert taken.all == taken.decoding + taken.network
