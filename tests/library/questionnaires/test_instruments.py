"""What each questionnaire is, number by number; and a service's own file, right or wrong."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from tests.library.questionnaires.answering import numbered, scored

from placewell.questionnaires import QuestionnaireError, instrument, instrument_ids, read_instrument
from placewell.questionnaires.instruments import DATA
from placewell.questionnaires.value_sets import VALUE_SETS, ValueSet, value_set
from placewell.vocabulary import code_list

SCALES = [
    # questionnaire, scale, items, items needed, lowest and highest score, improvement, change that may and does count
    ("swemwbs", "raw", 7, 7, "7", "35", "up", None),
    ("swemwbs", "metric", 7, 7, "7", "35", "up", ("meaningful", "1", "3")),
    ("wemwbs", "total", 14, 14, "14", "70", "up", ("meaningful", "3", "8")),
    ("eq5d3l", "index", 5, 5, "-0.594", "1", "up", ("meaningful", "0.07", "0.07")),
    ("eq5d3l", "vas", 1, 1, "0", "100", "up", None),
    ("eq5d5l", "index", 5, 5, "-0.567", "1", "up", None),
    ("eq5d5l", "vas", 1, 1, "0", "100", "up", None),
    ("rand36", "physical_functioning", 10, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "role_limitations_physical", 4, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "role_limitations_emotional", 3, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "energy_fatigue", 4, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "emotional_wellbeing", 5, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "social_functioning", 2, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "pain", 2, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("rand36", "general_health", 5, 1, "0", "100", "up", ("meaningful", "3", "5")),
    ("wsas", "total", 5, 5, "0", "40", "down", ("meaningful", "8", "8")),
    ("phq9", "total", 9, 9, "0", "27", "down", ("reliable", "6", "6")),
    ("gad7", "total", 7, 7, "0", "21", "down", ("reliable", "4", "4")),
    ("reqol10", "total", 10, 9, "0", "40", "up", ("meaningful", "5", "5")),
    ("reqol20", "total", 20, 20, "0", "80", "up", ("meaningful", "10", "10")),
]
BANDS = [
    ("swemwbs", "metric", "population", {"0": "low", "19.5": "average", "27.5": "high"}),
    ("wsas", "total", "impairment", {
        "0": "subclinical", "10": "significant impairment", "21": "moderately severe or worse",
    }),
    ("phq9", "total", "severity", {
        "0": "minimal", "5": "mild", "10": "moderate", "15": "moderately severe", "20": "severe",
    }),
    ("phq9", "total", "caseness", {"0": "below caseness", "10": "at or above caseness"}),
    ("gad7", "total", "severity", {"0": "minimal", "5": "mild", "10": "moderate", "15": "severe"}),
    ("gad7", "total", "caseness", {"0": "below caseness", "8": "at or above caseness"}),
    ("reqol10", "total", "clinical", {"0": "in the clinical range", "24": "in the general population's range"}),
    ("reqol10", "total", "clinical_to_24", {"0": "in the clinical range", "25": "in the general population's range"}),
]  # fmt: skip
MAY_SHIP = {
    "economic_status", "gad7", "peq_assessment", "phq9", "rand36", "satisfaction", "self_report",
}  # fmt: skip
COUNTED = {
    "economic_status": {
        "1": "01 02 03 04 05 06 07 08 ZZ",
        "2": "01 02 03 04 98 97 99",
        "3": "Y N U Z",
        "4": "Y N U Z",
    },
    "peq_assessment": {"1": "Y N NA", "2": "Y N NA", "3": "Y N NA", "4": "Y N NA", "5": "0 1 2 3 4"},
    "peq_treatment": dict.fromkeys("123456", "0 1 2 3 4 NA"),
    "satisfaction": {"overall": "excellent very_good good fair poor"},
    "self_report": {
        "1": "better same worse",
        "2": "better same worse",
        "3": "better same worse",
        "4": "less same more NA",
        "5": "less same more NA",
    },
}
FILES = sorted(DATA.glob("*.toml"))
OWN = """
id = "our_readiness"
name = "Readiness for work"
version = "2 items"
scoring_version = 1
better = "up"
source = "Our own"
[licence]
about = "Ours."
wording_may_be_shipped = true
status = "the service's own"
source = "Ours"
[missing]
about = "Both items are needed."
status = "the service's own"
source = "Ours"
[[answers]]
items = ["1"]
range = [0, 4]
[[answers]]
items = ["2"]
range = [0, 4]
reversed = true
[[scale]]
id = "total"
items = ["1", "2"]
rule = "sum"
least_answered = 2
"""


def own(place, *changes):
    """A questionnaire of a service's own in a file, with some of its lines written otherwise."""
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (place / "own.toml").write_text(text, encoding="utf-8")
    return place / "own.toml"


# --- what is shipped ---


def test_every_scale_is_in_the_table():
    assert sorted((id, scale.id) for id in instrument_ids() for scale in instrument(id).scales) == sorted(
        row[:2] for row in SCALES
    )


@pytest.mark.parametrize(("id", "scale_id", "items", "needed", "lowest", "highest", "better", "change"), SCALES)
def test_a_scale_is_as_published(id, scale_id, items, needed, lowest, highest, better, change):
    one = instrument(id)
    scale = one.scale(scale_id)
    assert (len(scale.items), scale.least_answered, one.better) == (items, needed, better)
    assert one.limits(scale) == (Decimal(lowest), Decimal(highest))
    counts = scale.change and (scale.change.kind, scale.change.least, scale.change.most)
    assert counts == (change and (change[0], Decimal(change[1]), Decimal(change[2])))


def test_every_banding_is_in_the_table():
    assert [
        (one, scale.id, b.id) for one in instrument_ids() for scale in instrument(one).scales for b in scale.bandings
    ]
    found = {(id, s.id, b.id) for id in instrument_ids() for s in instrument(id).scales for b in s.bandings}
    assert found == {row[:3] for row in BANDS}


@pytest.mark.parametrize(("id", "scale_id", "name", "bands"), BANDS)
def test_bands_begin_where_they_are_published_to_begin(id, scale_id, name, bands):
    banding = instrument(id).scale(scale_id).banding(name)
    assert [(band.least, band.label) for band in banding.bands] == [(Decimal(k), label) for k, label in bands.items()]


def test_the_first_banding_is_used_unless_another_is_named():
    total = instrument("phq9").scale("total")
    assert (total.banding().id, total.banding("caseness").id, total.banding("moods")) == ("severity", "caseness", None)
    assert instrument("swemwbs").scale("raw").banding() is None


@pytest.mark.parametrize("id", COUNTED)
def test_what_is_only_counted_has_its_answers_and_no_direction(id):
    one = instrument(id)
    assert {item: " ".join(one.answers_of(item).allowed) for item in one.items} == COUNTED[id]
    assert (one.better, one.scales) == ("neither", ())


def test_the_words_of_a_licensed_questionnaire_are_not_ours_to_ship():
    assert {id for id in instrument_ids() if instrument(id).licence.wording_may_be_shipped} == MAY_SHIP
    assert [id for id in instrument_ids() if instrument(id).labels] == [
        "economic_status",
        "satisfaction",
        "self_report",
    ]


def test_the_items_of_the_patient_experience_questionnaire_have_their_codes():
    assert instrument("peq_assessment").codes["snomed_ct"] == {
        "1": "747861000000100", "2": "747871000000107", "3": "747881000000109", "4": "904691000000103",
        "5": "747891000000106",
    }  # fmt: skip
    assert instrument("peq_treatment").codes["snomed_ct"] == {"1": "747901000000107", "6": "747951000000108"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_ours_is_whole_and_read_the_same_without_validating(file):
    one = read_instrument(file)
    assert one == instrument(file.stem)
    assert (one.id, one.scoring_version) == (file.stem, 1)
    assert set(one.labels) | {item for codes in one.codes.values() for item in codes} <= set(one.items)
    assert one.id in code_list("instrument").codes


@pytest.mark.parametrize("file", sorted(VALUE_SETS.glob("*.toml")), ids=lambda file: file.stem)
def test_a_value_set_of_ours_is_whole_too(file):
    content = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    one = ValueSet.model_validate(content | {"decrements": {k: tuple(v) for k, v in content["decrements"].items()}})
    assert one == value_set(file.stem, content["instrument"])


# --- a service's own ---


def test_a_questionnaire_of_a_services_own_is_scored(tmp_path):
    one = read_instrument(own(tmp_path))
    assert one.answers_of("2").scored == {"0": 4, "1": 3, "2": 2, "3": 1, "4": 0}
    assert scored(one, numbered("4 0")) == {"total": Decimal(8)}
    assert scored(one, numbered("0 4")) == {"total": Decimal(0)}
    assert scored(one, numbered("4 .")) == {"total": None}


def test_published_bands_can_be_changed_in_a_copy(tmp_path):
    text = (DATA / "reqol10.toml").read_text(encoding="utf-8").replace("least = 24,", "least = 26,")
    (tmp_path / "reqol10.toml").write_text(text, encoding="utf-8")
    banding = read_instrument(tmp_path / "reqol10.toml").scale("total").banding()
    assert [band.least for band in banding.bands] == [0, 26]


ONE_SCALE = 'id = "total"\nitems = ["1", "2"]\nrule = "sum"\nleast_answered = 2\n'
WRONG = [
    ([('better = "up"', 'better = "sideways"')], "better: is 'sideways'; choose one of 'up', 'down' or 'neither'"),
    ([('better = "up"', 'better = "neither"')], "better: say up or down where there are scales, neither where"),
    ([('version = "2 items"\n', "")], "version: is missing: add version = ..."),
    ([("scoring_version = 1", "scoring_version = 0")], "scoring_version: is 0; expected greater than or equal to 1"),
    ([("scoring_version", "scored_version")], "scored_version: is not a key that belongs here"),
    ([('items = ["2"]', 'items = ["1"]')], "answers: an item stands in two places: take one out"),
    ([("reversed = true", "codes = ['x']")], "answers: give exactly one of points, range and codes"),
    ([("range = [0, 4]\nreversed", "points = { a = 1 }\nreversed")], "answers.reversed: only a range can be reversed"),
    ([("range = [0, 4]\nreversed = true", "range = [4, 4]")], "answers.range: put the smaller number first"),
    ([("reversed = true", 'left_out = ["3"]')], "answers: the same answer stands in two places: take one out"),
    ([("reversed = true", 'left_out = ["NA"]'), ("least_answered = 2", "least_answered = 1")],
     "scale total: least_answered: all the items it needs may be left out"),
    ([('["1", "2"]\nrule', '["1", "3"]\nrule')], "scale total: no answers with points for item 3: add them"),
    ([("range = [0, 4]\nreversed = true", 'codes = ["a", "b"]')], "scale total: no answers with points for item 2"),
    ([('["1", "2"]\nrule', '["1", "1"]\nrule')], "scale total: items: one stands there twice: take it out"),
    ([("least_answered = 2", "least_answered = 3")], "scale total: least_answered: there are only 2 items"),
    ([('rule = "sum"', 'rule = "profile"')], "scale total: value_set: a profile needs one, and no other rule has one"),
    ([('rule = "sum"', 'rule = "sum"\nvalue_set = "x"')], "scale total: value_set: a profile needs one"),
    ([('rule = "sum"', 'rule = "profile"\nvalue_set = "x"')], "scale total: the levels of item 1 must be 1 to 9"),
    ([("least_answered = 2", "least_answered = 1\nconversion = [[0, 0.5]]")],
     "scale total: least_answered: a score that is looked up needs every item"),
    ([(ONE_SCALE, f'{ONE_SCALE}[[scale.banding]]\nid = "b"\nstatus = "our choice"\nsource = "x"\n'
       'bands = [{ least = 5, label = "a" }, { least = 0, label = "b" }]\n')],
     "bands: each must begin above the one before: put them in order"),
    ([(ONE_SCALE, f'{ONE_SCALE}[scale.change]\nkind = "reliable"\nleast = 5\nmost = 3\nstatus = "our choice"\n'
       'source = "x"\n')],
     "change: least must be above 0, and most not below least"),
    ([(ONE_SCALE, f'{ONE_SCALE}[scale.change]\nkind = "reliable"\nleast = true\nmost = 3\nstatus = "our choice"\n'
       'source = "x"\n')],
     "change.least (“total”, line 24): is True; expected a number"),
    ([('status = "the service\'s own"\nsource = "Ours"\n[missing]', 'status = "sure"\nsource = "Ours"\n[missing]')],
     "licence.status: is 'sure'; choose one of 'confirmed', 'general knowledge', 'our choice' or"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_with_a_file_is_said(tmp_path, changes, said):
    file = own(tmp_path, *changes)
    with pytest.raises(QuestionnaireError) as refused:
        read_instrument(file)
    assert all(problem.startswith(f"{file}: ") for problem in refused.value.problems)
    assert any(said in problem for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id = ", "is not TOML: "),
        (b"id = '\xff'", "is not UTF-8 text (byte 6): save it as UTF-8"),
        (None, "cannot be read (No such file or directory): name a file that is there"),
    ],
)
def test_a_file_that_cannot_be_read_at_all(tmp_path, content, said):
    file = tmp_path / "own.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(QuestionnaireError) as refused:
        read_instrument(file)
    assert str(refused.value.problems[0]).startswith(f"{file}: {said}")


def test_no_question_is_in_the_package():
    """What is written by the hand of another has a question mark or "I": neither stands in a file of ours.

    `wording/` holds questions that are ours: test_shipped_wording.py says of which questionnaires.
    """
    files = [file for file in Path(DATA).rglob("*.toml") if file.parent.name != "wording"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert "?" not in text
    assert " I " not in text
    assert " you " not in text.lower()
