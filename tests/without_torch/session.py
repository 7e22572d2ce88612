"""A worker does all that needs no learning: `python -m tests.without_torch.session LIBRARY PHOTOS`."""

import sys
from pathlib import Path

from guie_desktop.asking import EVERYTHING, Query
from guie_desktop.messages import (
    AddFolder,
    AlbumMade,
    CreateAlbum,
    Decide,
    DrawMap,
    DuplicatesFound,
    Failed,
    FindDuplicates,
    Found,
    JobEnded,
    Learn,
    ListModels,
    LookInside,
    MapDrawn,
    Models,
    ReadParts,
    Search,
    Suggest,
    Suggested,
)
from guie_desktop.paths import LibraryPaths
from tests.worker_end import WorkerEnd


def main(paths: LibraryPaths, folder: Path) -> None:
    """Each answer is of its own kind, and none a failure, except that of learning."""
    worker = WorkerEnd(paths)
    worker.wait_for(JobEnded)
    worker.ask(AddFolder(folder))
    worker.wait_for(JobEnded, lambda ended: ended.report is not None and ended.report.added > 0)
    photo = min(folder.iterdir())
    found = worker.ask(Search(Query(images=(photo,))))
    assert isinstance(found, Found)
    assert found.answer.hits
    words = worker.ask(Search(Query(text="balloon")))
    assert isinstance(words, Found)
    assert words.answer.known == ("balloon",)
    members = tuple(hit.photo_id for hit in found.answer.hits[:4])
    made = worker.ask(CreateAlbum("Alike", members[:3]))
    assert isinstance(made, AlbumMade)
    worker.ask(Decide(made.album_id, members[3:], "member"))
    assert isinstance(worker.ask(Suggest(made.album_id, 10)), Suggested)
    assert isinstance(worker.ask(FindDuplicates()), DuplicatesFound)
    assert isinstance(worker.ask(DrawMap()), MapDrawn)
    assert isinstance(worker.ask(ListModels(measure=True)), Models)
    worker.ask(LookInside(EVERYTHING))
    while worker.ask(ReadParts()).photos < len(list(folder.iterdir())):
        worker.receive(1)
    refused = worker.ask(Learn())
    assert isinstance(refused, Failed)
    assert "PyTorch" in refused.title
    worker.end()


if __name__ == "__main__":
    main(LibraryPaths(Path(sys.argv[1])), Path(sys.argv[2]))
