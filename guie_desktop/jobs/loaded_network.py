"""The network of a backbone, waited for while others are answered."""

from collections.abc import Generator

from guie_desktop.embedding.embedder import Embedder
from guie_desktop.jobs.background import until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_backbone import OpenBackbone


def loaded_network(backbone: OpenBackbone) -> Generator[Progress, None, Embedder]:
    """As soon as it is loaded, as the user wants it now."""
    if (ready := backbone.loaded) is not None:
        return ready
    loading = backbone.load()
    yield from until_done(loading, Pace("model").progress)
    return loading.result()
