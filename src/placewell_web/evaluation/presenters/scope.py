"""The scope strip of the evaluator's pages: trial, area, whose view it is and whether it shows arms, the as-at day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from placewell.evaluation.trial import arm_name
from placewell.specification.trial import TrialFile
from placewell_web.evaluation.queries import Scope
from placewell_web.nhsuk.words import day

NUMBERS = {2: "both", 3: "all three", 4: "all four", 5: "all five", 6: "all six"}


@dataclass(frozen=True)
class Strip:
    """What every page says of itself; `query` carries the area on, with its question mark, or is empty."""

    trial: str
    area: str
    view: str
    warning: str
    as_at: str
    query: str
    one_area: bool

    @property
    def caption(self) -> str:
        """What stands above the page's heading."""
        return f"{self.trial} trial, {self.area if self.one_area else f'{self.area} areas'}"


@dataclass(frozen=True)
class Area:
    """An area to choose."""

    value: str
    words: str
    chosen: bool


def strip(scope: Scope, areas: Sequence[tuple[str, str]], trial: str, *, arms: bool, central: bool) -> Strip:
    """`central`: the reader is of the programme team, who is no evaluator."""
    view = "Programme team’s view." if central else "Statistician’s view." if arms else "Evaluator’s view."
    warning = "Shows both arms:" if arms else ""
    query = "?" + urlencode({"area": scope.lot}) if scope.lot else ""
    area = scope.lot_name if scope.lot else in_words(len(areas) - 1)
    return Strip(trial, area, view, warning, day(scope.as_at), query, scope.lot is not None)


def in_words(areas: int) -> str:
    """How all areas together are called: all four."""
    return NUMBERS.get(areas, f"all {areas}")


def offered(scope: Scope, areas: Sequence[tuple[str, str]]) -> tuple[Area, ...]:
    """The areas behind Change."""
    return tuple(
        Area(code, name if code else f"All together ({in_words(len(areas) - 1)})", code == (scope.lot or ""))
        for code, name in areas
    )


def arm_names(trial: TrialFile) -> dict[str, str]:
    """The arms as the head of a column names them: IPS, Control."""
    return {arm.id: (name := arm_name(arm))[:1].upper() + name[1:] for arm in trial.arms}
