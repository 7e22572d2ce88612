"""Where the frozen program starts: window, worker, decoders and command line are one executable."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A spawned process goes from here to its own work, before anything is imported that it may not need.
    multiprocessing.freeze_support()
    from guie_desktop.__main__ import main

    sys.exit(main())
