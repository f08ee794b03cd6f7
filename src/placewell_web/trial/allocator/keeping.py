"""An allocator kept ready over its folder: packets that were put there since are taken in before the next question."""

from __future__ import annotations

from placewell.errors import UserError
from placewell.randomisation.allocator import Allocator
from placewell_web.trial.allocator.draws import Draws
from placewell_web.trial.allocator.folder import KEYS, PACKETS, AllocatorFolder, FolderUnfit
from placewell_web.trial.allocator.in_process import InProcess
from placewell_web.trial.allocator.wording import in_two_kinds


class Keeper:
    """Whoever serves asks it for the draws, each time."""

    def __init__(self, folder: AllocatorFolder) -> None:
        self._folder = folder
        self.custody = 1 if (folder.path / KEYS).is_file() else 2
        self.allocator: Allocator = folder.allocator(folder.keys(self.custody))
        self._draws = InProcess(self.allocator, folder.genesis())
        self._seen = self._packets()

    def draws(self) -> Draws:
        """The draws, with every packet that is in the folder now."""
        now = self._packets()
        if now != self._seen:
            with in_two_kinds():
                self.allocator.load(self._folder.keys(self.custody))
            self._seen = now
        return self._draws

    def check_may_start(self) -> None:
        """Raises FolderUnfit where the folder is not where it was last trusted, and for a damaged or older witness."""
        try:
            if not (reasons := self.allocator.locked_because()):
                self.allocator.head()
        except UserError as fault:
            raise FolderUnfit(f"The allocator does not start: {' '.join(fault.problems)}") from fault
        if reasons:
            raise FolderUnfit(
                f"The allocator does not start: {', and '.join(reasons)}. After a restore or a restart of the machine, "
                "hold it against what the evaluator keeps: placewell trial reconcile FOLDER --anchor FILE --mark MARK"
            )

    def _packets(self) -> int:
        folder = self._folder.path / PACKETS
        return folder.stat().st_mtime_ns if folder.is_dir() else 0
