"""What must agree in payment.toml: shares, sums, lots, years, names; each mistake told where it stands."""

import pytest
from tests.library.specification.small import FILES, PAYMENT, problems, without_lines

TAIL = 'frees_place = true\nclause = "009 §8"\n'


def entry(kind, **keys):
    lines = "\n".join(f"{key} = {value}" for key, value in keys.items())
    return f'{TAIL}\n[[{kind}]]\n{lines}\nclause = "009 §8"\n'


def cap(**keys):
    return entry("lot_cap", **({"id": '"cap"', "lot": '"north"', "cap": 7500} | keys))


def block_sum(**keys):
    return entry("block_sum", **({"id": '"sum"', "year": 1, "amount": 900000} | keys))


FORECAST = (
    f'{TAIL}\n[forecast]\nid = "f"\nmethod = "recent_pace"\nwindow_days = 91\nleast = 5\nrange_per_cent = 80\n'
    'clause = "009 §8"\n'
)
BLOCK = 'in_arrears = true\nclause = "009 §8"'
YEARLY = 'in_arrears = true\nyearly_value = {value}\n{note}clause = "009 §8"'

RIGHT = {
    "as it stands": (TAIL, TAIL),
    "a cap of a lot": (TAIL, cap()),
    "a cap of a lot in its third year": (TAIL, cap(year=3)),
    "a cap of a lot and one of its year": (TAIL, cap() + cap(id='"second"', year=1).removeprefix(TAIL)),
    "a block sum": (TAIL, block_sum()),
    "yearly sums that add up": (BLOCK, YEARLY.format(value=300000, note="")),
    "yearly sums that do not, with a note": (BLOCK, YEARLY.format(value=299999, note='note = "Both are stated."\n')),
    "a forecast": (TAIL, FORECAST),
    "a currency": (TAIL, entry("currency", id='"one"', label='"One"', indicator='"job_starts"', planned_a_year=5)),
    "a cost": (TAIL, entry("cost_per", id='"one"', label='"One"', indicators='["job_starts"]')),
}


@pytest.mark.parametrize(("old", "new"), RIGHT.values(), ids=RIGHT.keys())
def test_what_agrees(tmp_path, old, new):
    assert problems(tmp_path, ("payment", old, new), payment=PAYMENT) == ()


WRONG = {
    "a lot that is not": (TAIL, cap(lot='"south"'), "lot_cap[0].lot (“cap”): there is no lot 'south'"),
    "a block sum of a lot that is not": (TAIL, block_sum(lot='"south"'), "block_sum[0].lot (“sum”): there is no lot"),
    "a lot capped twice": (
        TAIL,
        cap() + cap(id='"second"').removeprefix(TAIL),
        "lot_cap[1].lot (“second”): has a sum for that lot and year already",
    ),
    "a year after the contract": (
        TAIL,
        cap(year=4),
        "lot_cap[0].year (“cap”): is 4, but the contract has 3 years: correct it",
    ),
    "a block sum of no year": (TAIL, block_sum(year=0), "block_sum[0].year"),
    "block sums that do not add up": (
        TAIL,
        block_sum(amount=899999.5),
        "block (“block”): adds up to £899,999.50, but the block's share of contract_value is £900,000.00",
    ),
    "yearly sums that do not add up": (
        BLOCK,
        YEARLY.format(value=299999, note=""),
        "block (“block”): adds up to £899,997.00, but the block's share",
    ),
    "both kinds of yearly sums": (
        TAIL,
        block_sum() + "\n",
        "two ways of saying one thing",
    ),
    "a volume that is not": (
        TAIL,
        FORECAST + 'volumes = ["everybody"]\n',
        "forecast.volumes[0] (“f”): there is no volume 'everybody'",
    ),
    "an expectation that is not": (TAIL, FORECAST + 'expectation = "hope"\n', "there is no expectation 'hope'"),
    "a method nobody knows": (TAIL, FORECAST.replace("recent_pace", "tea_leaves"), "forecast.method"),
    "a currency of no indicator": (
        TAIL,
        entry("currency", id='"one"', label='"One"', indicator='"starts"', planned_a_year=5),
        "currency[0].indicator (“one”): there is no computed indicator 'starts'",
    ),
    "a currency of which none are planned": (
        TAIL,
        entry("currency", id='"one"', label='"One"', indicator='"job_starts"', planned_a_year=0),
        "currency[0].planned_a_year",
    ),
    "a cost of no indicator": (
        TAIL,
        entry("cost_per", id='"one"', label='"One"', indicators='["starts"]'),
        "there is no computed indicator 'starts'",
    ),
    "a cost for nothing": (TAIL, entry("cost_per", id='"one"', label='"One"', indicators="[]"), "cost_per[0]"),
    "outcomes paid for without a clawback": (
        f'[clawback]\nid = "rejected"\nline_falls_on = "rejection_day"\n{TAIL}',
        "",
        "outcome_payment and clawback belong together",
    ),
    "paid by the hour": ('subject = "person"', 'subject = "hour"', "outcome_payment.subject"),
    "paid every week": ('once_in = "programme"', 'once_in = "week"', "outcome_payment.once_in"),
    "paid without evidence": ("needs_evidence = true", "needs_evidence = false", "outcome_payment.needs_evidence"),
    "a payment of nothing": ("amount = 750", "amount = 0", "outcome_payment.amount"),
}


@pytest.mark.parametrize(("old", "new", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_agree_is_told(tmp_path, old, new, said):
    payment = PAYMENT
    if said == "two ways of saying one thing":
        payment = payment.replace(BLOCK, YEARLY.format(value=300000, note=""))
    found = problems(tmp_path, ("payment", old, new), payment=payment)
    assert said in without_lines(found)[0]


SHARES = "outcome_share_per_cent = 10"


def test_a_block_alone_has_no_share_cap_or_forecast_of_outcomes(tmp_path):
    alone = PAYMENT[: PAYMENT.index("[outcome_payment]")]
    assert "need an outcome_payment" in problems(tmp_path, payment=alone)[0]
    whole = alone.replace(SHARES, "outcome_share_per_cent = 0").replace("share_per_cent = 90", "share_per_cent = 100")
    assert problems(tmp_path, payment=whole) == ()


def test_a_forecast_may_name_volumes_that_stand_in_the_service(tmp_path):
    service = FILES["service"] + '[[volume]]\nid = "planned"\nlabel = "Planned"\npeople = 9\nclause = "009 §1"\n'
    payment = PAYMENT.replace(TAIL, FORECAST + 'volumes = ["planned"]\n')
    assert problems(tmp_path, service=service, payment=payment) == ()


def test_a_yearly_value_needs_whole_years(tmp_path):
    changes = (
        ("service", "contract_end = 2021-03-31", "contract_end = 2020-12-31"),
        (
            "payment",
            BLOCK,
            YEARLY.format(value=300000, note=""),
        ),
    )
    found = problems(tmp_path, *changes, payment=PAYMENT)
    assert "block.yearly_value (“block”): needs a contract of whole years" in without_lines(found)[0]


@pytest.mark.parametrize("missing", ["service", "indicators", "outcomes"])
def test_beside_a_file_that_cannot_be_read_the_rest_is_told(tmp_path, missing):
    found = problems(tmp_path, payment=PAYMENT.replace("cap = 100000", "cap = 90000"), **{missing: 'x = "'})
    assert any("is not the outcome share of contract_value" in problem for problem in found)
