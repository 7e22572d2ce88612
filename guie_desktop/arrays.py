"""The kinds of arrays that the program passes around; shapes are N rows of D numbers (features) or d (embeddings)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
"""Numbers of any shape."""

Feature = NDArray[np.float32]
"""(D,): what a backbone gives of one photo, of any length."""

StoredFeature = NDArray[np.float16]
"""(D,): the same as it is stored."""

StoredFeatures = NDArray[np.float16]
"""(N, D)"""

Features = StoredFeatures | NDArray[np.float32]
"""(N, D): of several photos, as stored or as computed."""

Embeddings = NDArray[np.float32]
"""(N, d): what a head makes of features, of unit length; a row of zeros is similar to nothing."""

Embedding = NDArray[np.float32]
"""(d,): of one photo, or a sum of several."""

Scores = NDArray[np.float32]
"""(N,): similarities, as inner products of embeddings of unit length."""

Keys = NDArray[np.int64]
"""(N,): ids of stored features, which are also their keys in an index."""

Mask = NDArray[np.bool_]
"""(N,): which of N things."""

ViewPixels = NDArray[np.uint8]
"""(V, S, S, 3): what the network sees of one photo, RGB; (N, V, S, S, 3) of several."""
