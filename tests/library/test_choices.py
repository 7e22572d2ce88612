"""What the user chose is kept, changed and forgotten, in the rows that earlier versions wrote."""

from pathlib import Path

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.computing import ComputingChoices
from guie_desktop.domain import ReadingChoices, SharedLibrary
from guie_desktop.duplicates import KEEP_RULES, KeepChoices
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import Choices


def test_without_a_choice_there_are_defaults(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert (choices.model, choices.pending_model, choices.device) == ("", "", "auto")
    assert (choices.precision_of("lite"), choices.head_of("lite-0123")) == ("", 0)
    assert choices.raw_beside_jpeg == "one"


def test_the_general_head_is_chosen_for_each_backbone(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    choices.choose_heads("lite-0123", 3, 7)
    choices.choose_heads("siglip-0123", 0, 8)
    assert (choices.head_of("lite-0123"), choices.general_head_of("lite-0123")) == (3, 7)
    assert (choices.head_of("siglip-0123"), choices.general_head_of("siglip-0123")) == (0, 8)
    choices.choose_heads("lite-0123", 3, 0)
    assert (choices.head_of("lite-0123"), choices.general_head_of("lite-0123")) == (3, 0)


def test_a_choice_is_kept_changed_and_forgotten(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    choices.choose_pending_model("siglip")
    choices.choose_device("cpu")
    choices.choose_precision("siglip", "bf16")
    choices.choose_raw_beside_jpeg("both")
    choices.choose_heads("lite-0123", 3, 0)
    choices.choose_heads("lite-0123", 4, 0)
    choices = Choices(catalog)
    assert (choices.pending_model, choices.device, choices.precision_of("siglip")) == ("siglip", "cpu", "bf16")
    assert (choices.head_of("lite-0123"), choices.head_of("siglip-0123")) == (4, 0)
    assert choices.raw_beside_jpeg == "both"
    choices.choose_heads("lite-0123", 0, 0)
    choices.choose_pending_model(None)
    assert (choices.head_of("lite-0123"), choices.pending_model) == (0, "")


def test_with_a_model_in_use_none_is_pending(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    choices.choose_pending_model("siglip")
    choices.choose_model("siglip")
    assert (choices.model, choices.pending_model) == ("siglip", "")


def test_rows_of_earlier_versions_are_understood(catalog: CatalogWriter) -> None:
    rows = {
        "model": "lite",
        "next model": "siglip",
        "device": "cuda",
        "precision of lite": "f16",
        "head of lite-0123": "7",
    }
    with catalog.database.begin() as connection:
        connection.exec_driver_sql("INSERT INTO choices (name, value) VALUES (?, ?)", list(rows.items()))
    choices = Choices(catalog)
    assert (choices.model, choices.pending_model, choices.device) == ("lite", "siglip", "cuda")
    assert (choices.precision_of("lite"), choices.head_of("lite-0123")) == ("f16", 7)


def test_what_is_left_out_and_polled_is_kept_whatever_signs_it_has(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert (choices.skipped, choices.poll) == ((), "auto")
    choices.skip(["Exports/", "caf\udce9*", "Exports/", '"quoted"'])
    choices.choose_poll("never")
    choices = Choices(catalog)
    assert choices.skipped == ('"quoted"', "Exports/", "caf\udce9*")
    assert choices.poll == "never"
    choices.skip([])
    reading = ReadingChoices("both", "never", videos=False)
    choices.choose_reading(reading)
    assert Choices(catalog).reading == reading
    choices.choose_reading(ReadingChoices())
    assert Choices(catalog).reading == ReadingChoices()
    choices.choose_poll("auto")
    assert (Choices(catalog).skipped, Choices(catalog).poll) == ((), "auto")


def test_videos_are_read_unless_they_are_left_out(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert choices.videos
    choices.read_videos(False)
    assert not Choices(catalog).videos
    choices.read_videos(True)
    assert Choices(catalog).videos


def test_how_folders_are_read_is_chosen_all_at_once(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert choices.reading == ReadingChoices("one", "auto", videos=True)
    choices.choose_reading(ReadingChoices("both", "never", videos=False))
    assert Choices(catalog).reading == ReadingChoices("both", "never", videos=False)


def test_albums_are_planned_until_they_are_made(catalog: CatalogWriter) -> None:
    choices, odd = Choices(catalog), Path("/drive/caf\udce9")
    choices.plan_albums(Path("/photos"))
    choices.plan_albums(odd)
    choices.plan_albums(odd)
    assert Choices(catalog).planned_albums == (odd, Path("/photos"))
    choices.end_planned_albums(odd)
    choices.end_planned_albums(Path("/nowhere"))
    assert Choices(catalog).planned_albums == (Path("/photos"),)
    choices.end_planned_albums(Path("/photos"))
    assert Choices(catalog).planned_albums == ()


def test_a_check_is_under_way_until_it_is_ended_or_given_up(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert (choices.check_begun_at, choices.last_check) == (None, 0.0)
    choices.begin_check(1234.5)
    assert (Choices(catalog).check_begun_at, choices.last_check) == (1234.5, 0.0)
    choices.give_up_check()
    assert (choices.check_begun_at, choices.last_check) == (None, 0.0)
    choices.begin_check(2345.5)
    choices.end_check()
    assert (choices.check_begun_at, choices.last_check) == (None, 2345.5)


def test_files_are_expected_until_they_have_joined(catalog: CatalogWriter) -> None:
    choices, odd = Choices(catalog), Path("/drive/caf\udce9")
    choices.expect({(1, Path("/photos/a.jpg"))})
    choices.expect({(1, odd), (2, odd)})
    assert Choices(catalog).expected == {(1, Path("/photos/a.jpg")), (1, odd), (2, odd)}
    choices.end_expecting({(1, odd), (1, Path("/photos/a.jpg")), (3, odd)})
    assert Choices(catalog).expected == {(2, odd)}
    choices.end_expecting({(2, odd)})
    assert Choices(catalog).expected == set()


def test_how_hard_the_computer_works_is_kept_and_forgotten(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    assert choices.computing == ComputingChoices()
    wanted = ComputingChoices("quarter", saves_battery=True)
    choices.choose_computing(wanted)
    assert Choices(catalog).computing == wanted
    choices.choose_computing(ComputingChoices())
    assert Choices(catalog).computing == ComputingChoices()


def test_what_is_looked_into_is_remembered_once(catalog: CatalogWriter, tmp_path: Path) -> None:
    choices = Choices(catalog)
    assert not choices.looked_into
    chosen: tuple[Filter, ...] = (EVERYTHING, Filter(folder=tmp_path / "deeper"), Filter(albums=(3,)))
    choices.look_into([*chosen, chosen[1]])
    assert Choices(catalog).looked_into == chosen
    choices.look_into(())
    assert choices.looked_into == ()


def test_how_duplicates_are_kept_is_remembered(catalog: CatalogWriter, tmp_path: Path) -> None:
    choices = Choices(catalog)
    assert choices.keeping == KeepChoices(KEEP_RULES[0], (), ())
    chosen = KeepChoices(KEEP_RULES[-1], (tmp_path / "best",), (tmp_path / "kept",))
    choices.choose_keeping(chosen)
    assert Choices(catalog).keeping == chosen


def test_shared_libraries_are_remembered_until_none_is_left(catalog: CatalogWriter) -> None:
    museum = SharedLibrary("Museum", "s3://museum/photos")
    Choices(catalog).keep_shared((museum,))
    assert Choices(catalog).shared == (museum,)
    Choices(catalog).keep_shared(())
    assert Choices(catalog).shared == ()


def test_a_model_that_nobody_chose_leaves_what_is_pending(catalog: CatalogWriter) -> None:
    choices = Choices(catalog)
    choices.choose_pending_model("siglip")
    choices.settle_model("lite")
    assert (choices.model, choices.pending_model) == ("lite", "siglip")
