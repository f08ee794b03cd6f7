"""The letter a participant takes home: the group in words, the number, the check code, whom to call, how to leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from placewell.specification import Specification
from placewell_web.nhsuk.words import day, moment

LARGE = re.compile(r"large|big(ger)? print|1[68] ?(point|pt)", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """What stands in the letter. `outside` is what a window or a fold shows: nothing of a study or a group."""

    outside: tuple[str, ...]
    sender: str
    dated: str
    salutation: str
    paragraphs: tuple[str, ...]
    number: str
    check_code: str
    decided: str
    signed: str
    large: bool


def letter(spec: Specification, episode: Any, found: Any, said: Any, asked: str) -> Letter:
    """`found`: the allocation; `said`: the group of the specification; `asked`: large, standard or as they need it."""
    person = episode.person
    outside = (f"{person.first_name} {person.surname}", *((person.postcode,) if person.postcode else ()))
    return Letter(
        outside=outside,
        sender=spec.service.name,
        dated=day(found.at),
        salutation=f"Dear {person.called}",
        paragraphs=said.letter or (said.result,),
        number=found.number,
        check_code=found.check_code,
        decided=moment(found.at),
        signed=str(found.pressed_by),
        large=asked == "large" or (not asked and needs_large_print(person.communication_needs)),
    )


def needs_large_print(needs: str) -> bool:
    """Whether what is known of how to write to a person asks for large print."""
    return bool(LARGE.search(needs))
