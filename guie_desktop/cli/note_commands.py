"""What `guie-desktop notes` does: what photos say of themselves, and finding them by that."""

import argparse
from datetime import date
from typing import Any, get_args

from sqlalchemy import and_

from guie_desktop.asking import Filter
from guie_desktop.cli.album_commands import photos_at
from guie_desktop.cli.output import CommandResult
