"""guie-desktop: search your own photos by example, on your own computer."""

import os

__version__ = "0.2.0"

# Here, as it must be said before NumPy or SciPy are loaded, by each process. The threads of their BLAS library wait for
# one another, and afterwards for more work, by asking for it without end: where cores are shared, a product of a
# millisecond in one thread takes ten and has each of the others busy for thirty.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
