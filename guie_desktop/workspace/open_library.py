"""What a door to the program holds open while it works on one library."""

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from guie_desktop.computing import ComputingChoices, threads_of
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.domain import DeviceChoice
from guie_desktop.embedding.assets import DEFAULT_BEFORE, DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.runtime import DEFAULT_PRECISION
from guie_desktop.embedding.weights import weights_hash
from guie_desktop.errors import UserError
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import Choices
from guie_desktop.library.colours import Colours
from guie_desktop.library.content_checks import ContentChecks
from guie_desktop.library.database import checkpoint
from guie_desktop.library.decode_rules import RULE_OF_BACKBONE_KEYS
from guie_desktop.library.duplicates import Duplicates
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.full_size import FullSizeFiles
from guie_desktop.library.head_store import HeadStore
from guie_desktop.library.marks import MarkWriter
from guie_desktop.library.opening import open_to_read
from guie_desktop.library.photo_notes import PhotoNotesTable
from guie_desktop.library.restoring import finish_restoring
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.library.word_table import WordTable
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.search_engine import SearchEngine
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_backbone import OpenBackbone

logger = logging.getLogger(__name__)


class OpenLibrary:
    """A library that is only read: searching and asking how it stands, while another process may write."""

    def __init__(self, paths: LibraryPaths) -> None:
        if not paths.catalog.exists():
            raise UserError(
                Sentence("There is no library in {folder} yet.", folder=paths.root),
                "Add a folder to make one.",
                "index FOLDER",
            )
        self._set_up(paths, open_to_read(paths))

    def _set_up(self, paths: LibraryPaths, catalog: Catalog) -> None:
        self.paths = paths
        self._catalog = catalog
        self.decoders = Decoders(worker_threads(), partial(run_decoder, crashes=paths.crash_of("decoder")))
        self.choices = Choices(catalog)
        self.decoders.allow(self.threads)
        self.head_store = HeadStore(catalog)
        self.fallback: UserError | None = None
        """Why the backbone is another than the one that was chosen."""
        self.backbone = self.open_backbone(self._usable(self.choices.model or self._embedded_model()))
        self.search_engine = SearchEngine(catalog, self.backbone)

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self._catalog

    @property
    def device(self) -> DeviceChoice:
        """Where the user wants networks to run."""
        return self.choices.device

    @property
    def threads(self) -> int:
        """How many threads may read photos, and compute of them."""
        return threads_of(self.choices.share, worker_threads())

    def skip_rules(self, root: Path) -> SkipRules:
        """What a scan of this folder passes over."""
        choices = self.choices
        return SkipRules(root, self.paths.root.resolve(), choices.skipped, choices.videos, choices.smallest)

    def open_backbone(self, name: str) -> OpenBackbone:
        """A backbone with what this library has of it; UserError where it is unknown or its weights are not there."""
        card = load_card(name)
        return OpenBackbone(
            card,
            self.key_of(card),
            self.paths,
            self._catalog,
            choices=self.choices,
            head_store=self.head_store,
            decoders=self.decoders,
            precision=self._precision_of(name),
            device=self.device,
            threads=lambda: self.threads,
        )

    def key_of(self, card: ModelCard) -> str:
        """The feature space of a backbone in this library; UserError where its weights are not there."""
        precision = self._precision_of(card.name)
        return backbone_key(card, weights_hash(card, self.paths.weights), precision, RULE_OF_BACKBONE_KEYS)

    def _embedded_model(self) -> str:
        """The one of those that come with the program that this library began with."""
        before = FeatureStore(self._catalog, self.key_of(load_card(DEFAULT_BEFORE)))
        return DEFAULT_MODEL if before.is_empty() else DEFAULT_BEFORE

    def _usable(self, name: str) -> str:
        """The backbone to search with: this one, or where its weights are gone the one that comes with the program.

        Without it there would be no way back: another one is chosen, and weights are fetched, in an open library.
        """
        try:
            self.key_of(load_card(name))
        except UserError as error:
            embedded = self._embedded_model()
            title = load_card(embedded).title
            problem = Sentence("{problem} The library uses {model} now.", problem=Sentence(error.title), model=title)
            self.fallback = UserError(problem, "To go back to it, choose it again.", f"model use {name}")
            logger.warning("%s", self.fallback)
            return embedded
        return name

    def _precision_of(self, name: str) -> str:
        return self.choices.precision_of(name) or DEFAULT_PRECISION

    def close(self) -> None:
        """Let go of all files and processes."""
        self.decoders.close()
        self.backbone.close()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class WritableLibrary(OpenLibrary):
    """A library held by its one writer."""

    def __init__(self, paths: LibraryPaths) -> None:
        paths.create()
        self._lock = lock_library(paths)
        try:
            finish_restoring(paths)
            self._writer = CatalogWriter.open(paths.catalog)
            self.albums = AlbumWriter(self._writer)
            self.marks = MarkWriter(self._writer)
            self.notes = PhotoNotesTable(self._writer)
            self.colours = Colours(self._writer.database)
            self.words = WordTable(self._writer.database)
            self.content_checks = ContentChecks(self._writer)
            self.duplicates = Duplicates(self._writer)
            self.thumbnails = Thumbnails(paths.thumbnails)
            self.full_size = FullSizeFiles(paths.full_size)
            self._set_up(paths, self._writer)
            if self.fallback is not None:
                self.choices.choose_model(self.backbone.name)  # told once; from now on it is as if chosen
            elif not self.choices.model:
                self.choices.settle_model(self.backbone.name)
        except BaseException:
            self._lock.release()
            raise

    @property
    def catalog(self) -> CatalogWriter:
        """The catalog, to be written."""
        return self._writer

    def use(self, backbone: OpenBackbone) -> None:
        """Search with this backbone from now on, here and at the next start; the one before keeps all it has."""
        self._save_index()
        self.choices.choose_model(backbone.name)
        self.backbone = backbone
        self.search_engine = SearchEngine(self._catalog, backbone)

    def run_on(self, device: DeviceChoice) -> None:
        """Run networks there from now on; where a machine lacks it, on its best."""
        self.choices.choose_device(device)
        self.backbone.run_on(device)

    def compute_so(self, choices: ComputingChoices) -> None:
        """Let the computer work so hard from now on."""
        self.choices.choose_computing(choices)
        self.decoders.allow(self.threads)

    def plan_switch(self, name: str) -> None:
        """Remember which backbone is wanted, so that a later start goes on with it; naming the one in use cancels."""
        self.choices.choose_pending_model(None if name == self.backbone.name else name)

    def cancel_switch(self) -> None:
        """Stay with the backbone in use; what was embedded for the other one is kept."""
        self.choices.choose_pending_model(None)

    def forget_parts(self) -> None:
        """Let go of the parts of all photos, and of the wish for them; OSError where somebody has their file."""
        self.choices.look_into(())
        self.backbone.part_store.forget()
        self.backbone.parts.clear()
        self.backbone.parts.forget_saved(self.paths.vectors)

    def clear_pictures(self) -> None:
        """Let go of all pictures of photos, which are made again when seen; OSError where somebody has their file."""
        self.thumbnails.clear()
        self.full_size.clear()

    def forget_read(self) -> None:
        """Let go of what SQLite has in memory of its files, up to 32 MB of each; it is read again when asked for."""
        for database in (self._writer.database, self.thumbnails.database):
            database.dispose()

    def _save_index(self) -> None:
        with suppress(OSError):  # the index is a cache; a full disk must not keep the library from closing
            for rows in (self.backbone.space, self.backbone.parts):
                rows.save(self.paths.vectors)
                rows.forget_others(self.paths.vectors)

    def close(self) -> None:
        """Save the index and let go of all files."""
        self._save_index()
        checkpoint(self._writer.database)
        self.thumbnails.close()
        super().close()
        self._lock.release()
