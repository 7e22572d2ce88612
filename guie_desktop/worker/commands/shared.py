"""What the worker does about shared libraries; what has to ask them is done aside, for they may be slow or away.

Modules of `shared_library` load Lance, so each is imported where a shared library is asked.
"""

from dataclasses import replace
from functools import partial

from guie_desktop.arrays import Feature
from guie_desktop.domain import SharedLibrary
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.errors import UserError
from guie_desktop.library.shared_libraries import SharedLibraries
from guie_desktop.library.taking_in import SharedCopy, take_in
from guie_desktop.messages import (
    BrowseShared,
    Done,
    Event,
    ForgetShared,
    LibraryChanged,
    OpenShared,
    ReadOriginal,
    RememberShared,
    SearchShared,
    SharedOpened,
    SharedOriginal,
    SharedPage,
    TakeIn,
    TakenIn,
)
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.later import Aside

SharedCommand = OpenShared | RememberShared | ForgetShared | BrowseShared | SearchShared | TakeIn | ReadOriginal


def answer(desk: Desk, command: SharedCommand) -> Event | Aside:
    """The answer, or how it is made; UserError where a shared library cannot be read, or has no such photo."""
    known = SharedLibraries(desk.library.choices)
    match command:
        case OpenShared():
            return Aside(partial(_open, desk, command), partial(_remember, desk, command))
        case RememberShared(library):
            known.add(library.name, library.address)
        case ForgetShared(address):
            known.forget(known.named(address))
            desk.shared.close(address)
        case BrowseShared():
            return Aside(partial(_browse, desk, command))
        case SearchShared():
            return Aside(partial(_search, desk, command))
        case TakeIn():
            return Aside(partial(_copy, desk, command), partial(_keep, desk, command))
        case ReadOriginal():
            return Aside(partial(_original, desk, command))
    desk.tell(LibraryChanged())
    return Done()


def _open(desk: Desk, command: OpenShared) -> SharedOpened:
    """The library under the name that its address gives it."""
    table = desk.shared.open_anew(command.address)
    try:
        table.feature_column(desk.library.backbone.key)
        has_features = True
    except UserError:
        has_features = False
    return SharedOpened(SharedLibrary(table.name, table.address.uri), table.count(), has_features)


def _remember(desk: Desk, command: OpenShared, opened: SharedOpened) -> SharedOpened:
    known, address = SharedLibraries(desk.library.choices), opened.library.address
    before = known.name_of(address)
    name = command.name or before or known.free_name(opened.library.name)
    added = SharedLibrary(name, address)
    if name != before:
        added = known.add(name, address)
        desk.tell(LibraryChanged())
    return replace(opened, library=added)


def _browse(desk: Desk, command: BrowseShared) -> SharedPage:
    from guie_desktop.shared_library.remote_photos import next_page

    return next_page(desk.shared.get(command.address), command.which, command.after, command.most)


def _search(desk: Desk, command: SearchShared) -> SharedPage:
    from guie_desktop.shared_library.remote_photos import look_alikes

    table, backbone = desk.shared.get(command.address), desk.library.backbone
    table.feature_column(backbone.key)  # which says what is lacking before a picture is embedded for nothing
    feature, head = _feature(desk, command), backbone.space.head
    assert not isinstance(head, JointHead)
    head = table.head_for(head, backbone.key)
    which, most = command.which, command.most
    return look_alikes(table, feature, head, backbone.key, which=which, most=most, without=command.row)


def _feature(desk: Desk, command: SearchShared) -> Feature:
    """The feature (D,) of what is looked for."""
    library = desk.library
    if command.row is not None:
        from guie_desktop.shared_library.remote_photos import feature_of

        return feature_of(desk.shared.get(command.address), command.row, library.backbone.key)
    if command.photo is not None:
        photo = library.catalog.photos([command.photo]).get(command.photo)
        if photo is None:
            raise UserError("This photo is no longer in the library.", "Choose another one.")
        stored = library.backbone.features.keyed([photo.content_hash])
        if photo.content_hash in stored:
            feature: Feature = stored[photo.content_hash][1].astype("float32")
            return feature
        return library.backbone.embed_file(photo.path)
    if command.image is None:
        raise UserError("There is nothing to search for.", "Give a photo.")
    return library.backbone.embed_file(command.image)


def _copy(desk: Desk, command: TakeIn) -> list[SharedCopy]:
    from guie_desktop.shared_library.remote_photos import copies_of

    return copies_of(desk.shared.get(command.address), command.rows, desk.library.backbone.key)


def _keep(desk: Desk, command: TakeIn, copies: list[SharedCopy]) -> TakenIn:
    library = desk.library
    taken = take_in(library.catalog, library.backbone.features, library.thumbnails, command.address, copies)
    for _ in library.backbone.space.catch_up():
        pass  # there are as many as a user chooses
    desk.tell(LibraryChanged())
    return TakenIn(tuple(taken))


def _original(desk: Desk, command: ReadOriginal) -> SharedOriginal:
    from guie_desktop.shared_library.originals import original_of
    from guie_desktop.shared_library.remote_photos import photo_of

    photo = photo_of(desk.shared.get(command.address), command.row)
    return SharedOriginal(original_of(photo, desk.library.paths.fetched))
