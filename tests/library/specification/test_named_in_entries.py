"""What an entry names must stand in the same specification: a consequence, a national outcome, a condition."""

import pytest
from tests.library.specification.small import FILES, problems, without_lines

NAMES = [
    (
        "indicators",
        'outcome = "job_start"\n',
        'outcome = "job_start"\nconsequence = "raised"\n',
        "indicators.toml: indicator “job_starts”.consequence: there is no consequence 'raised'",
    ),
    (
        "indicators",
        'outcome = "job_start"\n',
        'outcome = "job_start"\ncontributes_to = ["nhs_2_2"]\n',
        "indicators.toml: indicator “job_starts”.contributes_to: there is no national_outcome 'nhs_2_2'",
    ),
    (
        "eligibility",
        'kind = "inclusion"\n',
        'kind = "inclusion"\nsends_to = "gp"\n',
        "eligibility.toml: criterion “adult”.sends_to: there is no onward 'gp'",
    ),
]
ENTRIES = [
    (
        "indicators",
        'outcome = "job_start"\n',
        'outcome = "job_start"\nconsequence = "raised"\n',
        '\n[[consequence]]\nid = "raised"\nlabel = "Raised"\nfollows = "missed_target"\nclause = "009 §6"\n',
    ),
    (
        "indicators",
        'outcome = "job_start"\n',
        'outcome = "job_start"\ncontributes_to = ["nhs_2_2"]\n',
        '\n[[national_outcome]]\nid = "nhs_2_2"\nframework = "NHS"\ncode = "2.2"\nlabel = "Work"\nclause = "009 §6"\n',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), NAMES)
def test_what_is_named_and_not_there(tmp_path, file, old, new, said):
    found = without_lines(problems(tmp_path, (file, old, new)))
    assert len(found) == 1
    assert found[0].startswith(said.split(":")[0])
    assert said.rsplit(": ", 1)[-1] in found[0]


@pytest.mark.parametrize(("file", "old", "new", "added"), ENTRIES)
def test_what_is_named_and_there(tmp_path, file, old, new, added):
    assert problems(tmp_path, **{file: FILES[file].replace(old, new, 1) + added}) == ()
