"""`placewell score`: scores, bands, counts, moves and recovery from a file, and every sentence for a faulty one."""

import json
from decimal import Decimal

import polars as pl
import pytest
from tests.library.cli.asking import asker
from tests.library.questionnaires.answering import adding_up_to, course, form, numbered, state

from placewell.questionnaires.instruments import DATA

ITEMS = "1, 2, 3, 4, 5, 6, 7"


@pytest.fixture
def ask(capsysbinary):
    asked = asker(capsysbinary)
    return lambda *words: asked("score", *words)


@pytest.fixture
def put(tmp_path):
    """Write forms, or text, to a file in a folder of this test."""

    def write(given, name="forms.csv"):
        place = tmp_path / name
        if isinstance(given, str):
            place.write_text(given, encoding="utf-8")
        elif name.endswith(".parquet"):
            pl.concat(given).collect().write_parquet(place)
        else:
            pl.concat(given).collect().write_csv(place)
        return place

    return write


def three_forms():
    return [
        form("swemwbs", numbered("3 3 3 3 3 3 3"), "R1"),
        form("swemwbs", numbered("3 3 3 3 3 3"), "R2"),  # half-answered
        form("phq9", numbered("0 0 0 0 0 0 0 0 0"), "R3"),
        form("swemwbs", numbered("1 1 1 1 1 1 1"), "-R4"),
    ]


SCORED = (
    "response_id,instrument,scale,score,complete\n"
    "'-R4,swemwbs,raw,7,true\n"
    "'-R4,swemwbs,metric,7,true\n"
    "R1,swemwbs,raw,21,true\n"
    "R1,swemwbs,metric,19.25,true\n"
    "R2,swemwbs,raw,,false\n"
    "R2,swemwbs,metric,,false\n"
)


def a_course(id="phq9", before=15, after=9):
    items = {"phq9": 9, "gad7": 7}[id]
    return course(
        id,
        ("baseline", "2019-01-01", adding_up_to(before, items, 3)),
        ("exit", "2019-06-01", adding_up_to(after, items, 3)),
    )


# --- scores ---


@pytest.mark.parametrize("name", ["forms.csv", "forms.parquet"])
def test_one_line_for_each_form_and_scale(ask, put, name):
    assert ask("swemwbs", put(three_forms(), name)) == (0, SCORED, "")


def test_json_holds_numbers_and_nulls(ask, put):
    status, out, told = ask("swemwbs", put(three_forms()), "--format", "json")
    assert (status, told) == (0, "")
    assert json.loads(out)[3:5] == [
        {"response_id": "R1", "instrument": "swemwbs", "scale": "metric", "score": 19.25, "complete": True},
        {"response_id": "R2", "instrument": "swemwbs", "scale": "raw", "score": None, "complete": False},
    ]
    assert '"score": 7,' in out


def test_the_answer_goes_to_a_file_when_asked(ask, put, tmp_path):
    assert ask("swemwbs", put(three_forms()), "--out", tmp_path / "scores.csv") == (0, "", "")
    assert (tmp_path / "scores.csv").read_text() == SCORED


def test_a_file_needs_four_columns_only(ask, put):
    file = put("response_id,instrument,item,answer,note\nR1,gad7,1,3,x\n")
    assert ask("gad7", file)[1].splitlines()[1:] == ["R1,gad7,total,,false"]


def test_eq5d_by_its_own_value_set_or_another(ask, put, tmp_path):
    file = put([form("eq5d5l", state("22222", 70))])
    usual = ["R1,eq5d5l,index,0.784,true", "R1,eq5d5l,vas,70,true"]
    assert ask("eq5d5l", file)[1].splitlines()[1:] == usual
    assert ask("eq5d5l", file, "--value-set", "eq5d5l_uk_2026")[1].splitlines()[1:] == usual
    assert ask("eq5d3l", put([form("eq5d3l", state("33333"))], "three.csv"))[1].splitlines()[1:] == [
        "R1,eq5d3l,index,-0.594,true",
        "R1,eq5d3l,vas,,false",
    ]
    text = (DATA / "value_sets" / "eq5d5l_uk_2026.toml").read_text(encoding="utf-8")
    ours = put(text[: text.index("[vectors]")].replace("0.032", "0.132"), "ours.toml")
    assert ask("eq5d5l", file, "--value-set", ours)[1].splitlines()[1] == "R1,eq5d5l,index,0.684,true"


def test_scoring_of_a_services_own(ask, put):
    text = (DATA / "phq9.toml").read_text(encoding="utf-8")
    ours = put(text.replace("least_answered = 9", "least_answered = 7"), "ours.toml")
    file = put([form("phq9", numbered("3 3 3 3 3 3 3 3 ."))])
    assert ask("phq9", file)[1].splitlines()[1] == "R1,phq9,total,,false"
    assert ask(ours, file)[1].splitlines()[1] == "R1,phq9,total,27,true"
    other = put(text.replace('id = "phq9"', 'id = "our_moods"'), "other.toml")
    renamed = put([form("our_moods", numbered("3 3 3 3 3 3 3 3 3"))], "renamed.csv")
    assert ask(other, renamed)[1].splitlines()[1] == "R1,our_moods,total,27,true"


def test_a_hundred_thousand_forms(ask, tmp_path):
    """That all are there, to the last; how long it takes is for `make bench`."""
    forms = pl.select(response_id=pl.format("R{}", pl.int_range(100_000))).with_columns(instrument=pl.lit("gad7"))
    items = pl.DataFrame({"item": list("1234567"), "answer": list("0123012")})
    forms.join(items, how="cross").write_parquet(tmp_path / "many.parquet")
    status, out, _ = ask("gad7", tmp_path / "many.parquet")
    assert (status, out.count("\n"), out.count(",gad7,total,9,true\n")) == (0, 100_001, 100_000)


# --- bands, counts, moves, recovery ---


def test_bands_and_the_change_from_the_baseline(ask, put):
    file = put([a_course()])
    assert ask("phq9", file, "--bands")[1] == (
        "response_id,instrument,scale,score,complete,band,change,verdict\n"
        "R0-phq9,phq9,total,15,true,moderately severe,,\n"
        "R1-phq9,phq9,total,9,true,mild,-6,reliable improvement\n"
    )
    assert "R1-phq9,phq9,total,9,true,below caseness,-6," in ask("phq9", file, "--banding", "caseness")[1]


def test_counts_with_and_without_words(ask, put):
    file = put([form("satisfaction", {"overall": "good"})])
    assert ask("satisfaction", file, "--counts")[1].splitlines()[:4] == [
        "instrument,item,answer,forms",
        "satisfaction,overall,excellent,0",
        "satisfaction,overall,very_good,0",
        "satisfaction,overall,good,1",
    ]
    labels = "".join(f'{code} = "{code.upper()}"\n' for code in ("excellent", "very_good", "good", "fair", "poor"))
    words = put(
        'instrument = "satisfaction"\nlanguage = "en"\n[items]\noverall = "All in all"\n'
        f'[[answers]]\nitems = ["overall"]\n[answers.labels]\n{labels}',
        "words.toml",
    )
    status, out, told = ask("satisfaction", file, "--counts", "--wording", words)
    assert (status, told) == (0, "")
    assert "satisfaction,overall,good,1,All in all,GOOD\n" in out
    assert out.splitlines()[-1] == "satisfaction,overall,,0,All in all,"


def test_what_has_no_score_says_what_it_has_instead(ask, put):
    file = put([form("satisfaction", {"overall": "good"})])
    header = "response_id,instrument,scale,score,complete\n"
    told = "satisfaction has no score: see how many gave each answer with --counts.\n"
    assert ask("satisfaction", file) == (0, header, told)
    assert ask("satisfaction", file, "--bands") == (0, header.replace("\n", ",band,change,verdict\n"), told)


def test_moves_from_the_first_answer_to_the_last(ask, put):
    forms = course("economic_status", ("baseline", "2019-01-01", {"3": "Y"}), ("exit", "2019-06-01", {"3": "N"}))
    assert ask("economic_status", put([forms]), "--moves", "3") == (
        0, "episode_id,first_on,first,last_on,last\nE1,2019-01-01,Y,2019-06-01,N\n", "",
    )  # fmt: skip


def test_recovery_from_both(ask, put):
    file = put([a_course("phq9", 15, 9), a_course("gad7", 5, 7)])
    wanted = (
        "episode_id,phq9_baseline,phq9_later,gad7_baseline,gad7_later,recovery\n"
        "E1,15,9,5,7,recovered\n"
    )  # fmt: skip
    assert ask("phq9", file, "--recovery") == ask("gad7", file, "--recovery") == (0, wanted, "")


def test_recovery_by_scoring_of_a_services_own(ask, put):
    text = (DATA / "phq9.toml").read_text(encoding="utf-8")
    ours = put(text.replace('{ least = 10, label = "at', '{ least = 16, label = "at'), "phq9.toml")
    file = put([a_course("phq9", 15, 9), a_course("gad7", 5, 7)])
    assert ask(ours, file, "--recovery")[1].splitlines()[1] == "E1,15,9,5,7,below caseness at the start"


# --- what cannot be asked: exit status 2 ---


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sf36"], ['There is no questionnaire and no file "sf36": there are economic_status, eq5d3l, eq5d5l, gad7, '
                    "peq_assessment, peq_treatment, phq9, rand36, reqol10, reqol20, satisfaction, self_report, "
                    "swemwbs, wemwbs, wsas."]),
        (["phq9", "--value-set", "eq5d3l_uk_tto_1997"], ["--value-set: phq9 has none; only EQ-5D has."]),
        (["eq5d5l", "--value-set", "eq5d3l_uk_tto_1997"], [
            '--value-set: there is no value set and no file "eq5d3l_uk_tto_1997"; for eq5d5l there is '
            "eq5d5l_uk_2026.",
        ]),
        (["phq9", "--banding", "moods"], ['--banding: phq9 has no bands "moods"; it has severity, caseness.']),
        (["wemwbs", "--banding", "moods"], ['--banding: wemwbs has no bands "moods"; it has none.']),
        (["wsas", "--recovery"], ["--recovery: is judged by phq9 and gad7, not by wsas."]),
        (["economic_status", "--moves", "9"], ['--moves: economic_status has no item "9"; it has 1, 2, 3, 4.']),
        (["wsas", "--wording", "x.toml"], ["--wording: is shown with --counts only."]),
        (["phq9", "--counts", "--bands", "--banding", "caseness"], [
            "--bands: belongs to scores, and --counts shows none.",
            "--banding: belongs to scores, and --counts shows none.",
        ]),
        (["eq5d3l", "--moves", "pain", "--value-set", "eq5d3l_uk_tto_1997"], [
            "--value-set: belongs to scores, and --moves shows none.",
        ]),
        (["phq9", "--format", "xlsx"], ["--format xlsx is not a format of this command; available: csv, json."]),
    ],
)  # fmt: skip
def test_what_does_not_exist_or_does_not_go_together(ask, put, words, said):
    status, out, told = ask(words[0], put(three_forms()), *words[1:])
    assert (status, out, told.splitlines()) == (2, "", said)


def test_only_one_thing_is_shown_instead_of_scores(ask, put):
    status, out, told = ask("phq9", put(three_forms()), "--counts", "--recovery")
    assert (status, out) == (2, "")
    assert "--recovery: not allowed with argument --counts" in told


# --- what cannot be read: exit status 1, and nothing written ---

HEAD = "response_id,episode_id,instrument,occasion,completed_on,item,answer"
LINE = "R1,E1,gad7,baseline,2019-01-01,"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [": expected a CSV file with a header: empty CSV"]),
        (f"{HEAD}\n", [", column instrument: expected answers of gad7; the file has no rows"]),
        ("response_id,instrument\nR1,gad7\n", [
            ", column item: expected a column of this name: no row can be read without it; the file has response_id, "
            "instrument",
            ", column answer: expected a column of this name: it holds the answers",
        ]),
        ("response_id,instrument,item\nR1,gad7,1\n", [
            ", column answer: expected a column of this name: it holds the answers",
        ]),
        (f"{HEAD}\n,E1,gad7,baseline,2019-01-01,,1\n", [
            ", row 2, column response_id: expected a value: a row cannot be read without its response_id",
            ", row 2, column item: expected a value: a row cannot be read without its item",
        ]),
        (f"{HEAD}\n{LINE}1,1\nR1,E1,gad7,baseline,1 Jan,2,1\n", [
            ', row 3, column completed_on: "1 Jan" stands there; expected a date written year-month-day, like '
            "2019-06-14",
        ]),
        (f"{HEAD}\n{LINE}1,1\nR2,E1,moods,baseline,2019-01-01,1,1\n", [
            ', row 3, column instrument: "moods" stands there; expected one of swemwbs, wemwbs, eq5d3l, eq5d5l, '
            "rand36, wsas, phq9, gad7, reqol10, reqol20, peq_assessment, peq_treatment, satisfaction, economic_status, "
            "self_report",
        ]),
        (f"{HEAD}\n{LINE.replace('gad7', 'phq9')}1,1\n", [
            ", column instrument: expected answers of gad7; the file has phq9",
        ]),
        (f"{HEAD}\n{LINE}1,1\n{LINE}8,1\n", [
            f', row 3, column item: "8" stands there; expected an item of gad7: {ITEMS}',
        ]),
        (f"{HEAD}\n{LINE}1,4\n{LINE}2, 3 \n{LINE}3,often\n{LINE}4,\n", [
            ', row 2, column answer: "4" stands there; expected a whole number from 0 to 3',
            ', row 4, column answer: "often" stands there; expected a whole number from 0 to 3',
        ]),
        (f"{HEAD}\n{LINE}1,1\n{LINE}1,2\n", [
            ', row 3, column item: "1" stands there; expected each item once in a form; R1 has it already',
        ]),
        (f"{HEAD}\n{LINE}1,1\nR1,E2,gad7,,2019-01-02,2,1\n", [
            ', row 3, column episode_id: "E2" stands there; expected E1, as in row 2 of the same response_id: '
            "it is one form",
            ", row 3, column occasion: expected baseline, as in row 2 of the same response_id: it is one form",
            ', row 3, column completed_on: "2019-01-02" stands there; expected 2019-01-01, as in row 2 of the same '
            "response_id: it is one form",
        ]),
        (f"{HEAD}\nR1,,gad7,,,1,1\n{LINE.replace('E1', '')}2,1\n", [
            ', row 3, column occasion: "baseline" stands there; expected nothing, as in row 2 of the same response_id: '
            "it is one form",
            ', row 3, column completed_on: "2019-01-01" stands there; expected nothing, as in row 2 of the same '
            "response_id: it is one form",
        ]),
        (f"{HEAD}\n{LINE}1,1,1\n", [", row 2: expected 7 cells, as in the header; the row has 8"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_row_by_row(ask, put, tmp_path, text, said):
    file = put(text)
    status, out, told = ask("gad7", file, "--out", tmp_path / "out.csv")
    assert (status, out) == (1, "")
    assert [line.removeprefix(str(file)) for line in told.splitlines()] == said
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["none.csv", "forms.txt", "folder.csv"])
def test_a_file_that_is_not_there_or_of_another_kind(ask, tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "forms.txt").write_text(HEAD)
    assert ask("gad7", tmp_path / name) == (
        1,
        "",
        f"{tmp_path}/{name}: expected a .csv or .parquet file that is there\n",
    )


def test_bytes_that_are_no_parquet(ask, tmp_path):
    (tmp_path / "forms.parquet").write_bytes(b"no parquet")
    status, out, told = ask("gad7", tmp_path / "forms.parquet")
    assert (status, out) == (1, "")
    assert told.startswith(f"{tmp_path}/forms.parquet: expected a PARQUET file that can be opened: ")


def test_answers_may_be_whole_numbers_and_not_fractions(ask, tmp_path):
    rows = pl.DataFrame({"response_id": "R1", "instrument": "gad7", "item": list("1234567"), "answer": [1] * 7})
    rows.write_parquet(tmp_path / "whole.parquet")
    assert ask("gad7", tmp_path / "whole.parquet")[1].splitlines()[1] == "R1,gad7,total,7,true"
    rows.cast({"answer": pl.Decimal(4, 1)}).write_parquet(tmp_path / "parts.parquet")
    status, out, told = ask("gad7", tmp_path / "parts.parquet")
    assert (status, out) == (1, "")
    assert "column answer: expected text; the column holds Decimal" in told


def test_a_file_of_both_is_needed_for_recovery(ask, put):
    file = put([form("wsas", {"1": "1"})])
    assert ask("phq9", file, "--recovery")[2] == (
        f"{file}, column instrument: expected answers of phq9 or gad7; the file has wsas\n"
    )


@pytest.mark.parametrize(
    ("words", "name", "text", "said"),
    [
        (["ours.toml"], "ours.toml", 'id = "x"\n', "ours.toml: name: is missing: add name = ..."),
        (["eq5d5l", "--value-set", "ours.csv"], "ours.csv", "state,value\n11111,1\n",
         "ours.csv: expected all 3125 states; there are 1."),
        (["phq9", "--counts", "--wording", "ours.toml"], "ours.toml",
         'instrument = "wsas"\nlanguage = "en"\nitems = {}\n',
         "ours.toml: instrument: is wsas, not phq9: name the file that belongs to it"),
        (["phq9", "--counts", "--wording", "none.toml"], "ours.toml", "",
         "none.toml: cannot be read (No such file or directory): name a file that is there"),
    ],
)  # fmt: skip
def test_a_file_of_a_services_own_with_a_fault(ask, put, tmp_path, monkeypatch, words, name, text, said):
    forms = put(three_forms())
    put(text, name)
    monkeypatch.chdir(tmp_path)
    status, out, told = ask(words[0], forms, *words[1:])
    assert (status, out) == (1, "")
    assert said in told.splitlines()


def test_scores_are_exact_to_four_decimals(ask, put):
    out = ask("rand36", put([form("rand36", {"13": "1", "14": "2", "15": "2"})]))[1]
    (line,) = [line for line in out.splitlines() if "role_limitations_physical" in line]
    assert Decimal(line.split(",")[3]) == Decimal("66.6667")
