"""What a door to the program holds open while it works on one library."""

import logging
from contextlib import suppress
from types import TracebackType
from typing import Self, cast

from filelock import FileLock, Timeout

from guie_desktop.domain import DeviceChoice
from guie_desktop.embedding.assets import DEFAULT_MODEL, ModelCard, load_card
from guie_desktop.embedding.backbone import backbone_key
from guie_desktop.embedding.runtime import DEFAULT_PRECISION
from guie_desktop.embedding.weights import weights_hash
from guie_desktop.errors import UserError
from guie_desktop.jobs.crash_guard import CrashGuard, suspects_of_last_crash
from guie_desktop.jobs.model import Model
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import DEVICE, MODEL, NEXT_MODEL, choose, chosen, precision_of
from guie_desktop.library.images import DECODE_RULE
from guie_desktop.library.migrations import is_older
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.engine import Engine

logger = logging.getLogger(__name__)


class OpenLibrary:
    """A library that is only read: searching and asking how it stands, while another process may write."""

    def __init__(self, paths: LibraryPaths) -> None:
        if not paths.catalogue.exists():
            raise UserError(f"There is no library in {paths.root} yet.", "Add a folder to make one.", "index FOLDER")
        self._set_up(paths, _open_to_read(paths))

    def _set_up(self, paths: LibraryPaths, catalog: Catalog) -> None:
        self.paths = paths
        self._catalog = catalog
        self.fallback: UserError | None = None
        """Why the backbone is another than the one that was chosen."""
        self.model = self.open_model(self._usable(chosen(catalog.engine, MODEL, DEFAULT_MODEL)))
        self.engine = Engine(catalog, self.model)

    @property
    def catalog(self) -> Catalog:
        """The catalogue."""
        return self._catalog

    @property
    def device(self) -> DeviceChoice:
        """Where the user wants networks to run."""
        return cast(DeviceChoice, chosen(self._catalog.engine, DEVICE, "auto"))

    def open_model(self, name: str) -> Model:
        """A backbone with what this library has of it; UserError where it is unknown or its weights are not there."""
        card = load_card(name)
        return Model(
            card, self.key_of(card), self.paths, self._catalog, precision=self._precision_of(name), device=self.device
        )

    def key_of(self, card: ModelCard) -> str:
        """The feature space of a backbone in this library; UserError where its weights are not there."""
        return backbone_key(card, weights_hash(card, self.paths.weights), self._precision_of(card.name), DECODE_RULE)

    def _usable(self, name: str) -> str:
        """The backbone to search with: this one, or where its weights are gone the one that comes with the program.

        Without it there would be no way back: another one is chosen, and weights are fetched, in an open library.
        """
        try:
            self.key_of(load_card(name))
        except UserError as error:
            title = load_card(DEFAULT_MODEL).title
            problem = f"{error.title} The library uses {title} now."
            self.fallback = UserError(problem, "To go back to it, choose it again.", f"model use {name}")
            logger.warning("%s", self.fallback)
            return DEFAULT_MODEL
        return name

    def _precision_of(self, name: str) -> str:
        return chosen(self._catalog.engine, precision_of(name), DEFAULT_PRECISION)

    def close(self) -> None:
        """Let go of all files."""
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open_to_read(paths: LibraryPaths) -> Catalog:
    catalog = Catalog.open_read_only(paths.catalogue)
    if is_older(catalog.engine):
        catalog.close()
        CatalogWriter.open(paths.catalogue).close()  # takes the steps that are missing
        catalog = Catalog.open_read_only(paths.catalogue)
    return catalog


class WritableLibrary(OpenLibrary):
    """A library held by its one writer."""

    def __init__(self, paths: LibraryPaths) -> None:
        paths.create()
        self._lock = FileLock(paths.writer_lock)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise UserError(
                f"The library {paths.root} is in use by another window or command.",
                "Use that window, or close it and try again.",
            ) from error
        try:
            self._writer = CatalogWriter.open(paths.catalogue)
            self.albums = AlbumWriter(self._writer)
            self.thumbnails = Thumbnails(paths.thumbnails)
            self._set_up(paths, self._writer)
            if self.fallback is not None:
                choose(self._writer.engine, {MODEL: self.model.name})  # told once; from now on it is as if chosen
            self._writer.count_crash(suspects_of_last_crash(paths))
            self.guard = CrashGuard(paths.being_read)
        except BaseException:
            self._lock.release()
            raise

    @property
    def catalog(self) -> CatalogWriter:
        """The catalogue, to be written."""
        return self._writer

    def use(self, model: Model) -> None:
        """Search with this backbone from now on, here and at the next start; the one before keeps all it has."""
        self._save_index()
        choose(self._catalog.engine, {MODEL: model.name, NEXT_MODEL: None})
        self.model = model
        self.engine = Engine(self._catalog, model)

    def run_on(self, device: DeviceChoice) -> None:
        """Run networks there from now on; where a machine lacks it, on its best."""
        choose(self._catalog.engine, {DEVICE: device})
        self.model.run_on(device)

    def _save_index(self) -> None:
        with suppress(OSError):  # the index is a cache; a full disk must not keep the library from closing
            self.model.space.save(self.paths.vectors)
            self.model.space.forget_others(self.paths.vectors)

    def close(self) -> None:
        """Save the index and let go of all files."""
        self._save_index()
        self.guard.close()
        self.thumbnails.close()
        super().close()
        self._lock.release()
