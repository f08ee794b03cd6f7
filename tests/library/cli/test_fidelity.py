"""`placewell fidelity`: the scale as a table, an object, rows and a page, and the members behind an item."""

import csv
import io
import json

import pytest
from tests.factories import a_job, a_plan, an_appointment, an_employer_contact, an_episode
from tests.library.cli.asking import SERVICE, a_folder, asker
from tests.library.fidelity.asking import a_post

from placewell.fidelity import scale
from placewell.specification import service_ids

IDS = [item.id for item in scale("ips_25").items]
DAY = ("--as-at", "2019-06-30")
IPS = ("--scale", "ips_25")


def a_review(id, on, kind="external", **scores):
    given = dict.fromkeys(IDS, 4) | scores
    row = {"review_id": id, "on": on, "scale": "ips_25", "kind": kind}
    return [("fidelity_reviews", {**row, "item": item, "score": score}) for item, score in given.items()]


FACTS = (
    [a_post("s1", team="t1"), a_post("s2", fte="0.5", team="t2"), a_post("l1", "team_leader", team="t1")],
    [an_episode("e1", entered="2019-05-01", specialist_id="s1", team_id="t1"), a_plan("e1", "2019-05-10"),
     an_appointment("e1", "2019-06-20", place="community", minutes=45, specialist_id="s1")],
    [an_episode("e2", entered="2019-05-01", specialist_id="s1", team_id="t1"),
     an_appointment("e2", "2019-06-21", place="office", minutes=15, specialist_id="s1")],
    [an_employer_contact("e1", "2019-06-15", employer_contact_id="v1", specialist_id="s1", employer_id="x"),
     a_job("e1", "j1", first_day="2019-06-18", occupation="92", employer_id="x", contract_type="permanent")],
    a_review("r1", "2018-03-31", caseload_size=5),
    a_review("r2", "2019-03-31", disclosure=3, rapid_job_search=5),
    a_review("r3", "2019-04-30", "self_assessment", disclosure=None, zero_exclusion=2),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return a_folder(tmp_path_factory.mktemp("data") / "d", *FACTS)


@pytest.fixture
def ask(folder, capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("fidelity", SERVICE, "--data", folder, *words)


@pytest.fixture
def answer(ask):
    status, out, told = ask(*DAY, *IPS, "--format", "json")
    assert (status, told) == (0, "")
    return json.loads(out)


def test_one_object_about_the_scale(answer):
    assert (answer["service"], answer["as_at"], answer["team"]) == (SERVICE, "2019-06-30", None)
    assert (answer["scale"]["id"], answer["scale"]["items"], answer["scale"]["most"]) == ("ips_25", 25, 125)
    assert [(one["id"], one["from"], one["status"]) for one in answer["scale"]["bands"]] == [
        ("exemplary", 115, "general_knowledge"), ("good", 100, "published"), ("fair", 74, "published"),
        ("not_supported_employment", 25, "general_knowledge"),
    ]  # fmt: skip
    assert len(answer["data"]) == 64
    assert [(one["id"], one["number"]) for one in answer["items"]] == [(id, n) for n, id in enumerate(IDS, 1)]


def test_what_is_scored_adds_up(answer):
    scores = {one["id"]: one["score"] for one in answer["items"] if one["score"] is not None}
    assert scores == {
        "caseload_size": 5, "rapid_job_search": 4, "employer_contact": 1, "job_diversity": 5, "employer_diversity": 5,
        "competitive_jobs": 5, "community_services": 5,
    }  # fmt: skip
    assert answer["pre_scored"] == {"items": 7, "of": 25, "total": 30, "most": 35}


def test_a_measure_with_its_number_its_days_and_its_members(answer):
    (one,) = answer["items"][IDS.index("caseload_size")]["measures"]
    assert {name: one[name] for name in ("value", "mean", "numerator", "denominator", "unit", "per", "scored")} == {
        "value": pytest.approx(2 / 3), "mean": None, "numerator": 1, "denominator": 1.5, "unit": "people",
        "per": "full-time specialists in post", "scored": True,
    }  # fmt: skip
    assert one["window"] == {"start": "2019-06-30", "end": "2019-07-01"}
    assert one["members"] == {"counted": 1, "not_counted": 1, "not_due": 0, "excluded": 0}
    assert one["specialists"] == [
        {"specialist_id": "s1", "numerator": 1, "denominator": 1, "value": 1},
        {"specialist_id": "s2", "numerator": 0, "denominator": 0.5, "value": 0},
    ]
    (days,) = answer["items"][IDS.index("rapid_job_search")]["measures"]
    assert (days["value"], days["mean"], days["numerator"], days["denominator"]) == (45, 45, None, 1)


def test_values_on_the_day_of_the_last_review(ask):
    late = ("--as-at", "2019-07-31", *IPS, "--format", "json")
    then = {one["id"]: one["value"] for item in _items(ask("--as-at", "2019-04-30", *IPS, "--format", "json"))
            for one in item["measures"]}  # fmt: skip
    now = {one["id"]: one["at_last_review"] for item in _items(ask(*late)) for one in item["measures"]}
    assert now == then
    assert now["caseload"] == 0
    on_the_day = _items(ask("--as-at", "2019-04-30", *IPS, "--format", "json"))
    assert {one["at_last_review"] for item in on_the_day for one in item["measures"]} == {None}


def _items(asked):
    return json.loads(asked[1])["items"]


def test_thresholds_keep_how_sure_they_are(answer):
    items = {one["id"]: one for one in answer["items"]}
    assert (items["caseload_size"]["status"], items["caseload_size"]["anchors"][0]) == (
        "published", {"score": 5, "at_least": None, "at_most": 20, "words": ""},
    )  # fmt: skip
    assert items["rapid_job_search"]["status"] == "general_knowledge"
    assert items["vocational_rehabilitation"]["status"] == "unsure"


def test_reviews_changes_and_drift(answer):
    names = ("review_id", "total", "band", "change", "not_scored")
    assert [tuple(one[name] for name in names) for one in answer["reviews"]] == [
        ("r1", 101, "good", None, []), ("r2", 100, "good", -1, []), ("r3", None, None, None, ["disclosure"]),
    ]  # fmt: skip
    assert [(one["item"], one["was"], one["now"], one["fell"]) for one in answer["changes"]] == [
        ("zero_exclusion", 4, 2, True), ("rapid_job_search", 5, 4, True),
    ]  # fmt: skip
    assert [(one["item"], one["was"], one["now"], one["fell"]) for one in answer["drift"]] == [
        ("employer_contact", 4, 1, True), ("caseload_size", 4, 5, False), ("job_diversity", 4, 5, False),
        ("employer_diversity", 4, 5, False), ("competitive_jobs", 4, 5, False), ("community_services", 4, 5, False),
    ]  # fmt: skip


def test_the_table_reads_like_a_page(ask):
    status, out, told = ask(*DAY, *IPS)
    assert (status, told) == (0, "")
    for line in (
        "Supported Employment Fidelity Scale, 2008: Thrive Into Work, as at 30 June 2019",
        "7 items are scored from records, 30 of 35 points; 18 of 25 wait for a reviewer. "
        "A total is made of all items alone.",
        "  1 Caseload of a full-time specialist                    5",
        "      20 or fewer. Thresholds: confirmed from a public page.",
        "      Days from entry to the first face-to-face contact with an employer, median: 45 days, mean 45 (from 1)",
        "      Time of contacts in the community: 75% (45 of 60)",
        "  9 Nobody who wants work is left out                     –",
        "      Scored by a reviewer: no anchors are published.",
        "      Specialists to a team leader: 2 people (2 to 1 team leaders; 2 on 30 April 2019); asked: at most 10",
        "  31 March 2018, Outside review: 101 of 125, Good fidelity",
        "  31 March 2019, Outside review: 100 of 125 (-1), Good fidelity",
        "  30 April 2019, Self-assessment: no total, 1 item not scored",
        "  The total fell from 101 to 100 on 31 March 2019.",
        "  Frequent contact with employers: records now score 1; the review of 30 April 2019 gave 4.",
    ):
        assert line in out.splitlines(), line
    assert "0.67 people (1 to 1.5 full-time specialists in post; 0 on 30 April 2019)" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 120


def test_the_services_own_guidelines_are_the_default_and_have_no_scores(ask):
    status, out, _ = ask(*DAY)
    assert status == 0
    assert out.startswith("Fidelity guidelines, Thrive Into Work, as at 30 June 2019\nRecords score no")
    assert "asked: at most 35 in year 2" in " ".join(out.split())
    assert "\nReviews\n" not in out
    _, by_number, _ = ask(*DAY, "--scale", "24")
    assert by_number == out


def test_a_row_for_each_measure(ask, answer):
    status, out, _ = ask(*DAY, *IPS, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert list(dict.fromkeys(row["item"] for row in rows)) == IDS
    assert [row["measure"] for row in rows if row["measure"]] == [
        one["id"] for item in answer["items"] for one in item["measures"]
    ]
    assert [
        (row["score"], row["value"], row["window_start"], row["window_end"], row["counted"]) for row in rows[:1]
    ] == [("5", "0.6666666666666666", "2019-06-30", "2019-07-01", "1")]
    assert [row["value"] for row in rows if row["item"] == "executive_support"] == [""]


@pytest.mark.parametrize("words", [(), IPS])
def test_a_page_that_stands_alone(ask, words):
    status, out, _ = ask(*DAY, *words, "--format", "html")
    assert status == 0
    assert out.startswith("<!DOCTYPE html>")
    assert "<script" not in out
    assert "http" not in out
    assert out == ask(*DAY, *words, "--format", "html")[1]
    if words:
        for part in (
            "The total fell from 101 to 100", "Thresholds: confirmed from a public page", "Thresholds: not confirmed",
            "Good fidelity: 100 or more (confirmed from a public page)", "Nobody who wants work is left out: 4, then 2",
            "1 April 2019 to 30 June 2019", "on 30 June 2019",
        ):  # fmt: skip
            assert part in out, part
    else:
        assert "No bands are published for this scale." in out
        assert "The data set holds no review on this scale." in out
        assert "002 App. 7 St 1" in out


def test_names_from_the_data_are_text_on_the_page(ask, capsysbinary, tmp_path):
    place = a_folder(tmp_path / "d", *FACTS, a_post("s9", team="<b>t</b>"))
    words = ("fidelity", SERVICE, "--data", place, *DAY, "--team", "<b>t</b>", "--format", "html")
    _, out, _ = asker(capsysbinary)(*words)
    assert "&lt;b&gt;t&lt;/b&gt;" in out
    assert "<b>t" not in out


MEMBERS = [
    "measure",
    "subject_id",
    "specialist_id",
    "episode_id",
    "person_id",
    "status",
    "reason",
    "outcome_on",
    "value",
]


@pytest.mark.parametrize("item", ["community_services", "24"])
def test_the_members_behind_an_item(ask, answer, item):
    status, out, told = ask(*DAY, *IPS, "--members", item)
    rows = list(csv.reader(io.StringIO(out)))
    assert (status, told, rows[0]) == (0, "", MEMBERS)
    assert [(row[2], row[3], row[5], row[6], row[8]) for row in rows[1:]] == [
        ("s1", "e1", "counted", "Place: community.", "45"), ("s1", "e2", "not_counted", "Place: office.", "15"),
    ]  # fmt: skip
    status, out, _ = ask(*DAY, *IPS, "--members", item, "--format", "json")
    assert [one["value"] for one in json.loads(out)] == [45, 15]


def test_list_and_number_are_the_same_rows(ask, answer):
    for item in answer["items"]:
        if not item["measures"]:
            continue
        _, out, _ = ask(*DAY, *IPS, "--members", item["id"], "--format", "json")
        for one in item["measures"]:
            rows = [row for row in json.loads(out) if row["measure"] == one["id"]]
            assert {status: sum(row["status"] == status for row in rows) for status in one["members"]} == one["members"]


def test_one_team(ask):
    _, out, _ = ask(*DAY, *IPS, "--team", "t1", "--format", "json")
    found = json.loads(out)
    (one,) = found["items"][0]["measures"]
    assert (found["team"], one["numerator"], one["denominator"]) == ("t1", 1, 1)
    assert ask(*DAY, *IPS, "--team", "t1")[1].startswith(
        "Supported Employment Fidelity Scale, 2008: Thrive Into Work, team t1, as at 30 June 2019"
    )


def test_one_lot(ask):
    _, out, _ = ask(*DAY, *IPS, "--lot", "dudley", "--format", "json")
    found = json.loads(out)
    (one,) = found["items"][0]["measures"]
    assert (found["lot"], one["numerator"], one["denominator"]) == ("dudley", 1, 1)  # t2 has no case there
    assert ask(*DAY, "--lot", "wolverhampton")[1].startswith(
        "Fidelity guidelines, Thrive Into Work, lot wolverhampton, as at 30 June 2019"
    )
    _, out, _ = ask(*DAY, *IPS, "--lot", "wolverhampton", "--members", "1")
    assert out.splitlines() == [",".join(MEMBERS)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-at", "June"), '--as-at: "June" is not a date'),
        ((*DAY, "--scale", "26"), '--scale: There is no fidelity scale "26" for thrive_into_work'),
        ((*DAY, "--format", "pdf"), "--format pdf is not a format of this command; available: table, json, csv, html."),
        ((*DAY, "--members", "staffing_1", "--format", "html"), "--format html is not a format of this command"),
        ((*DAY, "--members", "stafing_1"), '--members: the scale adapted has no item "stafing_1": did you mean staf'),
        ((*DAY, "--members", "99"), '--members: the scale adapted has no item "99": did you mean staffing_1'),
        ((*DAY, "--members", "staffing_2"), "--members: records cannot tell of staffing_2, so there are none. The"),
        ((*DAY, "--lot", "leeds"), 'thrive_into_work has no lot "leeds"'),
        ((*DAY, "--team", "t7"), 'The data set names no team "t7": its teams are t1, t2.'),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense(ask, tmp_path, words, said):
    status, out, told = ask(*words, "--out", tmp_path / "answer")
    assert (status, out) == (1 if "--team" in words else 2, "")
    assert told.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_the_answer_is_written_whole(ask, tmp_path):
    status, out, _ = ask(*DAY, "--out", tmp_path / "fidelity.txt")
    assert (status, out) == (0, "")
    assert (tmp_path / "fidelity.txt").read_text().startswith("Fidelity guidelines")


@pytest.mark.parametrize("service", service_ids())
def test_every_service_can_be_asked(service, capsysbinary, tmp_path):
    asked = asker(capsysbinary)
    place = tmp_path / "d"
    assert asked("synth", service, "--people", 30, "--seed", 3, "--out", place)[0] == 0
    for words in ((), ("--scale", "25")):
        status, out, told = asked("fidelity", service, "--data", place, "--as-at", "2023-06-30", *words)
        assert (status, told) == (0, "")
        assert "Staffing" in out
