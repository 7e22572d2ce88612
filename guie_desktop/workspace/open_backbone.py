"""A backbone opened on one library: its features, the space they are searched in, and the network once it is needed."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Feature, Keys
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.decoding.wire import Task
from guie_desktop.domain import DeviceChoice, Region
from guie_desktop.embedding.assets import ModelCard
from guie_desktop.embedding.classifier import open_classifier
from guie_desktop.embedding.embedder import Embedder, device_of, open_embedder
from guie_desktop.embedding.general_head import GeneralHead, identity_head
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.parts import GRID, PARTS
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.runtime import computable_precision
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.choices import Choices
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.head_store import HeadStore, StoredGeneralHead
from guie_desktop.library.part_store import PartStore
from guie_desktop.paths import LibraryPaths
from guie_desktop.search.indexed_rows import IndexedRows
from guie_desktop.search.known_words import KnownWords
from guie_desktop.search.part_space import PartSpace
from guie_desktop.search.recognised import RecognisedClasses
from guie_desktop.search.space import NOTHING, Space
from guie_desktop.search.vocabulary import imagenet_vocabulary
from guie_desktop.workspace.kept_views import KeptViews
from guie_desktop.workspace.text_search import TextSearch
from guie_desktop.workspace.word_models import offer_of_words

logger = logging.getLogger(__name__)


class OpenBackbone:
    """What one library has of a backbone; it has one in use, and perhaps another that is pending."""

    def __init__(
        self,
        card: ModelCard,
        key: str,
        paths: LibraryPaths,
        catalog: Catalog,
        *,
        choices: Choices,
        head_store: HeadStore,
        decoders: Decoders,
        precision: str,
        device: DeviceChoice,
        threads: Callable[[], int],
    ) -> None:
        """`key` is the backbone key of the card at this precision; `threads` says how many may compute now."""
        self.card = card
        self.key = key
        self.features = FeatureStore(catalog, self.key)
        self.preparation = ViewPreparation.of(card)
        """How pictures reach the network."""
        self.kept_views = KeptViews()
        """Of photos that are shown and wait to be embedded."""
        self._decoders = decoders
        self._choices = choices
        self._head_store = head_store
        self.space = self._saved_space(paths.vectors)
        self.part_store = PartStore(paths.parts, self.features, len(PARTS), GRID)
        self.parts = PartSpace.load(self.space.head, self.space.head_id, self.part_store, paths.vectors)
        """The parts of photos under the head of the space."""
        self.text_search = TextSearch(card, paths, self.features, self.part_store)
        self._recognised = RecognisedClasses(self.features, lambda: open_classifier(card), paths.vectors)
        self._known_words = KnownWords(
            card.title, imagenet_vocabulary, self._recognised, lambda: offer_of_words(paths, catalog)
        )
        self._paths = paths
        self._precision = precision
        self._device, self._threads = device, threads
        self._embedder: Embedder | None = None
        self._loaded_for = 0
        """Threads that the network computes with."""
        self._embedder_lock = threading.Lock()

    @property
    def name(self) -> str:
        """The card's name."""
        return self.card.name

    @property
    def title(self) -> str:
        """What people call it."""
        return self.card.title

    def embedder(self) -> Embedder:
        """The network, loaded when it is first needed; safe in any thread."""
        # A search may want it while the indexer is still preparing it in another thread.
        with self._embedder_lock:
            if self.loaded is None:
                threads = self._threads()
                device = device_of(self.card, self._device)
                self._embedder = open_embedder(
                    self.card,
                    self.key,
                    self._paths,
                    threads,
                    device=device,
                    precision=computable_precision(self._precision, device),
                )
                self._loaded_for = threads
            assert self._embedder is not None
            return self._embedder

    @property
    def loaded(self) -> Embedder | None:
        """The network, where it is ready to be used as the user wants it now."""
        return self._embedder if self._loaded_for == self._threads() else None

    def load(self) -> Future[Embedder]:
        """Have the network loaded in a thread of its own, for which nobody needs to wait."""
        loading: Future[Embedder] = Future()

        def work() -> None:
            try:
                loading.set_result(self.embedder())
            except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
                loading.set_exception(error)

        threading.Thread(target=work, name="network", daemon=True).start()
        return loading

    def run_on(self, device: DeviceChoice) -> None:
        """Load the network there when it is needed next."""
        with self._embedder_lock:
            self._device = device
            self._embedder = None

    def embed_file(self, path: Path, region: Region | None = None, moment: int | None = None) -> Feature:
        """The feature (D,) of a picture file or of a region of it; UnreadablePhoto where it cannot be read.

        Of a video it is that of its picture after so many milliseconds, or of the first that stands for it.
        """
        self._decoders.prepare()  # it starts while the network is loaded
        embedder = self.embedder()
        views = self._decoders.decode(Task(path, self.preparation, region=region, moment=moment)).stills[0].views
        assert views is not None
        feature: Feature = embedder.embed([views])[0]
        return feature

    def ready_text_search(self) -> TextSearch | KnownWords:
        """What answers queries with words; UserError where this backbone has neither text tower nor classifier."""
        return self._known_words.ready() if self.card.knows else self.text_search.ready()

    def recognise(self) -> Iterator[int]:
        """Have the classifier, where there is one, look at what is new; yields how many each step had."""
        return self._recognised.catch_up() if self.card.knows else iter(())

    def clearest_classes(self, keys: Keys, least: float) -> NDArray[np.int16]:
        """What it recognised in photos (n,) with at least this probability; NO_CLASS where there is none."""
        return self._recognised.clearest(keys, least)

    def synchronise(self, *, parts: bool = False) -> None:
        """Make the index hold just the present photos (and their parts), all at once."""
        for rows in (self.space, *([self.parts] if parts else [])):
            for _ in rows.reconcile():
                pass  # usually nothing: the saved index is up to date

    @property
    def general(self) -> GeneralHead:
        """The general head, which is one half of the space where there is a personal one."""
        return self.head.general if isinstance(self.head, PairedHead) else self.head

    @property
    def head(self) -> GeneralHead | PairedHead:
        """What photos are compared by: the general head, or both."""
        head = self.space.head
        assert not isinstance(head, JointHead)
        return head

    @property
    def personal_id(self) -> int:
        """Id of the personal head in use, or 0."""
        return self._choices.head_of(self.key)

    @property
    def general_id(self) -> int:
        """Id of the general head in use that was taken in, or 0 for the one that is fitted to the library."""
        return self._choices.general_head_of(self.key)

    def new_space(self, personal_id: int, general_id: int) -> Space:
        """A space, yet empty, under this general head (0 for the fitted one) and this personal one (0 for none)."""
        head, trained_on = self._heads(personal_id, general_id)
        return Space(head, self.head_id(personal_id, general_id), self.features, trained_on=trained_on)

    def head_id(self, personal_id: int, general_id: int) -> str:
        """What an index under these heads is called."""
        return f"{self._stored_general(general_id)[0]}-{personal_id}"

    def keep_general(self, head: GeneralHead, fitted_on: int) -> int:
        """Keep a newly fitted general head; its id. It is searched with once there is a space for it."""
        return self._head_store.keep_general(self.key, head.to_bytes(), fitted_on).id

    def parts_of(self, space: Space) -> PartSpace:
        """The parts of photos under the head of a space, none of them yet."""
        return PartSpace(space.head, space.head_id, self.part_store)

    def keep(self, *searched: IndexedRows) -> None:
        """Save indexes for the next start, if the disk lets it; those in use stay beside them."""
        with suppress(OSError):  # they are caches
            for rows in searched:
                rows.save(self._paths.vectors)

    def choose(self, personal_id: int, general_id: int) -> None:
        """These are the heads to search with, also at the next start."""
        if (personal_id, general_id) != (self.personal_id, self.general_id):
            self._choices.choose_heads(self.key, personal_id, general_id)

    def search_in(self, space: Space, parts: PartSpace, personal_id: int, general_id: int) -> None:
        """Search there from now on, also at the next start."""
        self.choose(personal_id, general_id)
        self.space, self.parts = space, parts
        with suppress(OSError):
            space.forget_others(self._paths.vectors)
            parts.forget_others(self._paths.vectors)

    def close(self) -> None:
        """Let go of all files."""
        for held in (self.space, self.parts, self.part_store):
            held.close()

    def _saved_space(self, folder: Path) -> Space:
        chosen = self.personal_id, self.general_id
        head, trained_on = self._heads(*chosen)
        return Space.load(head, self.head_id(*chosen), self.features, folder, trained_on)

    def _heads(self, personal_id: int, general_id: int) -> tuple[GeneralHead | PairedHead, Keys | None]:
        """The general head, or both, and what the personal one was trained on (None: photos elsewhere)."""
        general = self._stored_general(general_id)[1]
        personal = self._head_store.personal_version(self.key, personal_id)
        if personal is not None:
            try:
                trained_on = None if personal.is_imported else personal.trained_on
                return PairedHead(general, PersonalHead.from_bytes(personal.data)), trained_on
            except UserError:
                logger.exception("the personal head %d is damaged; searching with the general one", personal.id)
        return general, NOTHING

    def _stored_general(self, general_id: int) -> tuple[int, GeneralHead]:
        """The general head and its id; one that was taken in and is damaged or gone is as the fitted one.

        A fitted one that is damaged is as none, and is fitted again when the library is indexed.
        """
        if general_id and (trained := self._read(self._head_store.trained_general(self.key, general_id))) is not None:
            return trained
        fitted = self._read(self._head_store.latest_general(self.key))
        if fitted is not None:
            return fitted
        return 0, identity_head(self.card.feature_dimension)

    def _read(self, stored: StoredGeneralHead | None) -> tuple[int, GeneralHead] | None:
        if stored is not None:
            try:
                return stored.id, GeneralHead.from_bytes(stored.data)
            except UserError:
                logger.exception("the general head %d is damaged", stored.id)
        return None
