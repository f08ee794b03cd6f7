"""Small contracts to pay by: with outcome payments and a block, or by a block alone as 004 does."""

from pathlib import Path

from tests.library.specification.small import FILES, PAYMENT, small

BLOCK_ALONE = (Path(__file__).parent / "block_contract.toml").read_text(encoding="utf-8")
"""The payment.toml of 004, for a specification that has the indicators it names."""

COUNTED = """
[[outcome]]
id = "in_touch"
kind = "engagement"
name = "In touch"
rule = "any"
appointments = 2
clause = "004 §5"
"""

INDICATOR = """
[[indicator]]
id = "{id}"
name = "{id}"
group = "operational"
outcome = "{outcome}"
clause = "004 §6"
"""
INDICATORS = {
    "in_work_assessed": "in_touch",
    "out_of_work_assessed": "job_start",
    "in_work_after_12_weeks": "in_touch",
    "returned_to_work_after_12_weeks": "job_start",
}


def outcome_contract(place, *changes, payment=PAYMENT, service=()):
    """£1,000,000 over three years: 90 % block, £750 a job start; changes are (old, new) of payment.toml."""
    return small(
        place,
        *(("payment", old, new) for old, new in changes),
        *(("service", old, new) for old, new in service),
        payment=payment,
    )


def block_contract(place, *changes):
    """004's money on a small specification of its days: August 2016 to July 2019."""
    files = {name: text.replace("009", "004") for name, text in FILES.items()}
    files["service"] = (
        files["service"]
        .replace("2018-04-01", "2016-08-01")
        .replace("2021-03-31", "2019-07-31")
        .replace('id = "small"', 'id = "nottingham"')
    )
    files["outcomes"] += COUNTED
    files["indicators"] += "".join(INDICATOR.format(id=id, outcome=outcome) for id, outcome in INDICATORS.items())
    return small(place, *(("payment", old, new) for old, new in changes), **files, payment=BLOCK_ALONE)
