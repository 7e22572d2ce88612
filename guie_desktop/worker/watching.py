"""What the worker scans by itself: settled directories, and everything where events cannot be relied on."""

import errno
import threading
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from pathlib import Path

from guie_desktop.disk.file_systems import folder_identity, is_remote
from guie_desktop.disk.patience import Asker, answers_of
from guie_desktop.disk.polling import EVERY, Poll, Repeated
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.watch import QUIET, Watcher
from guie_desktop.domain import PollChoice
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

FULL_SCAN_EVERY = 3600.0
"""Seconds; sleeping laptops lose events, and a scan of a known folder costs next to nothing."""
ROOTS_EVERY = 2.0
"""Seconds between looks at whether the folders are still what they were."""
_ANSWERS_WITHIN = 10.0
"""Seconds in which a folder's drive is expected to answer; one that does not counts as away until it does."""
_AT_ONCE = 0.5
"""The same where somebody waits for it."""


class FolderChanges:
    """The watcher, the poll of what it cannot watch, and the times of the full scans."""

    def __init__(
        self,
        most_watches: int | None = None,
        poll_every: float = EVERY,
        roots_every: float = ROOTS_EVERY,
        sight: Callable[[Path], Hashable] = folder_identity,
        quiet: float = QUIET,
    ) -> None:
        """`sight` tells, in any thread, what there is to be seen of a folder; when it changes all is to be scanned."""
        self._watcher = Watcher(most_watches, quiet)
        self._next_full_scan = time.monotonic() + FULL_SCAN_EVERY
        self._sight = sight
        self._asker, self._asker_of_roots = Asker(), Asker()
        self._seen: Mapping[Path, Hashable] = {}
        """What was seen of each folder when it was last looked at; replaced as a whole, for a thread reads it."""
        self._replacing = threading.Lock()
        self._polled: tuple[SkipRules, ...] = ()
        self._poll: PollChoice = "auto"
        self._rules: dict[Path, SkipRules] = {}
        self._are_others = False
        self._is_lacking = False
        self._complaint: UserError | None = None
        self._roots_every = roots_every
        self._polling = poll = Poll(self._trees, self._mark, self._watcher.forget, every=poll_every)
        self._threads = [Repeated("poll", poll.look), Repeated("roots", self._look_at_roots)]
        for thread in self._threads:
            thread.start()

    def watch(self, folders: Collection[SkipRules], poll: PollChoice = "auto") -> None:
        """Notice what happens in just these folders; those whose drive is away are noticed when they are back."""
        now = self._sights([one.root for one in folders])
        # Of a folder that was seen before nothing may have been scanned since; a change is for the thread to notice,
        # and so is the first answer of one that is silent.
        with self._replacing:
            kept = {root: self._seen.get(root, sight) for root, sight in now.items()}
            self._seen = {one.root: kept.get(one.root) for one in folders}
        answering = [one for one in folders if one.root in now]
        polled = {one.root for one in answering if poll == "always" or (poll == "auto" and is_remote(one.root))}
        self._rules = {one.root: one for one in folders}
        self._poll = poll
        self._polled = tuple(one for one in answering if one.root in polled)
        self._watcher.watch([one for one in answering if one.root not in polled])

    @property
    def roots(self) -> set[Path]:
        """The folders that it was told of."""
        return set(self._rules)

    def need_full_scan(self) -> bool:
        """Whether events were lost, a folder came or went, or it is time; a scan is to follow each time it is so.

        What is seen of the folders now is what that scan finds, so that nothing else asks for a second one.
        """
        due = time.monotonic() >= self._next_full_scan
        if not (self._watcher.dirty.take_overflow() or self._are_others or due):
            return False
        now = self._sights(self._seen)
        with self._replacing:
            self._seen = {root: now.get(root) for root in self._seen}
            self._are_others = False
        self._next_full_scan = time.monotonic() + FULL_SCAN_EVERY
        return True

    def settled_directories(self) -> set[Path]:
        """Directories in which something happened and has ended."""
        return self._watcher.dirty.take_settled(time.monotonic())

    def complaint(self) -> UserError | None:
        """That folders cannot be watched, once until all of them can be."""
        complaint, self._complaint = self._complaint, None
        return complaint

    def close(self) -> None:
        """Stop watching."""
        for thread in self._threads:
            thread.close()
        self._polling.close()
        self._watcher.close()
        self._asker.close()
        self._asker_of_roots.close()

    def _sights(self, roots: Iterable[Path]) -> dict[Path, Hashable]:
        """What there is to be seen of those whose drives answer at once."""
        return answers_of(self._asker, roots, self._sight, _AT_ONCE)

    def _look_at_roots(self) -> float:
        """Runs in a thread of its own, for a network drive may not answer."""
        before = self._seen
        now = answers_of(self._asker_of_roots, before, self._sight, _ANSWERS_WITHIN)
        seen = {root: now.get(root) for root in before}
        with self._replacing:
            if seen != before and before is self._seen:
                self._seen, self._are_others = seen, True
        self._look_for_lacking()
        return self._roots_every

    def _look_for_lacking(self) -> None:
        unwatched = self._watcher.unwatched().values()
        lacking = sum(number in (errno.ENOSPC, errno.EMFILE) for number in unwatched)
        was_lacking, self._is_lacking = self._is_lacking, lacking > 0
        if was_lacking or not lacking:
            return
        setting = "max_user_instances" if errno.EMFILE in unwatched else "max_user_watches"
        one = Sentence(
            "A folder is not watched, since the system allows no more (fs.inotify.{setting}).", setting=setting
        )
        several = Sentence(
            "{number} folders are not watched, since the system allows no more (fs.inotify.{setting}).",
            number=lacking,
            setting=setting,
        )
        asked = Sentence("What changes there is noticed when you look for changes.")
        later = asked if self._poll == "never" else Sentence("What changes there is noticed a little later.")
        self._complaint = UserError(
            Sentence("{problem} {effect}", problem=one if lacking == 1 else several, effect=later),
            Sentence(
                "To notice it at once, raise fs.inotify.{setting}, or leave out folders that hold no photos of yours.",
                setting=setting,
            ),
        )

    def _trees(self) -> list[tuple[Path, SkipRules]]:
        """What is to be polled; asked in the poll's thread."""
        rules = self._rules
        trees = [(one.root, one) for one in self._polled]
        if self._poll == "never":
            return trees
        unwatched = set(self._watcher.unwatched())
        for directory in sorted(unwatched):
            if unwatched.isdisjoint(directory.parents):
                trees += [(directory, rules[root]) for root in (directory, *directory.parents) if root in rules]
        return trees

    def _mark(self, directory: Path) -> None:
        self._watcher.dirty.mark(directory, time.monotonic())
