"""The figures that the study has published, which a user's own stand beside.

Florek, Tschirschwitz, Barz, Rodehorst: Efficient and Discriminative Image Feature Extraction for Universal Image
Retrieval (GCPR 2024, arXiv 2409.13513), the thesis that it comes from (github.com/morrisfl/mdfe), and the page of its
code (github.com/morrisfl/UniFEx). Its tables of backbones and losses could not be obtained.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChallengeEntry:
    """A row of Table 1: mMP@5 on the data of the challenge (GUIEC), which nobody but its hosts has."""

    rank: str
    thesis: str
    """The mean of the public and the private leader board."""
    private: str
    """The private one alone, which the paper has."""
    parameters: str
    trainable: str
    """With the centres of the classes, which are thrown away."""
    method: str


TABLE_1 = (
    ChallengeEntry("1", "0.730", "0.728", "661 M", "661 M", "ViT-H/14 (LAION-2B), trained whole"),
    ChallengeEntry("2", "0.711", "0.709", "667 M", "667 M", "backbone trained at a thousandth of the rate"),
    ChallengeEntry("5", "0.686", "0.688", "633 M", "1.1 M", "head only, ViT-H/14"),
    ChallengeEntry("10", "0.675", "0.676 (about)", "1045 M", "22.0 M", "head only, three backbones"),
    ChallengeEntry("the study", "0.722", "0.721", "431 M", "2.3 M", "head only, SigLIP SO400M/14 384"),
)


@dataclass(frozen=True, slots=True)
class CuratedSet:
    """A row of the study's table of its training data, M4D-35k."""

    domain: str
    title: str
    dataset: str
    """The name of its reader here."""
    classes: int
    """Rounded to hundreds there, as photos are."""
    photos: int


M4D_35K = (
    CuratedSet("packaged goods", "Products-10k", "products-10k", 9_500, 141_500),
    CuratedSet("landmarks", "Google Landmarks v2", "google-landmarks-v2", 10_000, 79_200),
    CuratedSet("apparel", "DeepFashion Consumer-to-Shop", "deepfashion-consumer-to-shop", 14_300, 100_400),
    CuratedSet("cars", "Stanford Cars, refined", "stanford-cars-refined", 1_000, 7_300),
)
M4D_35K_CLASSES, M4D_35K_PHOTOS = 34_800, 328_400


def learned_numbers(feature_dimension: int, dimension: int) -> int:
    """Of the layer alone, weights and bias: what is left of a training; 73,792 in the study."""
    return feature_dimension * dimension + dimension


def trainable_numbers(feature_dimension: int, dimension: int, classes: int) -> int:
    """With one centre for each class, as the study counts: 2,300,992 with its 34,800 classes."""
    return learned_numbers(feature_dimension, dimension) + classes * dimension
