"""What a signed purchase costs in gas, by receipts on anvil, beside Seaport 1.6 doing the same job.

Every line pays seller, creator and room, and proves that the room displays the good among sixteen. Seaport's figures
are one ERC-1155 unit for ether from a signed order with three recipients paid, measured beforehand.
"""

from functools import cache

from tests.bench.harness import Figure, Result
from tests.bench.street import anvil_street

LINES = 10
SEAPORT = {
    "gas_buy_warm": 108_924,
    "gas_buy_first_unit": 132_069,
    "gas_first_sale": 132_069,  # it knows no registration: a buyer's first unit is its dearest
    "gas_basket_warm": 82_731,
    "gas_basket_new": 125_763,
}
TARGETS = {
    "gas_buy_warm": 95_000,
    "gas_buy_first_unit": 115_000,
    "gas_first_sale": 215_000,
    "gas_basket_warm": 45_000,
    "gas_basket_new": 75_000,
}

NOTES = {
    "gas_basket_new": "one maker's next ten offers; {apart:,.0f} where no two tallies share a word",
}


@cache
def _measured() -> dict[str, float]:
    """Gas of each case; of a line, for the baskets."""
    with anvil_street() as street:
        found: dict[str, float] = {"gas_first_sale": street.gas("bench_first", [street.fill(0)])}
        found["gas_buy_first_unit"] = street.gas("bench_second", [street.fill(0)])
        found["gas_buy_warm"] = street.gas("bench_second", [street.fill(0)])
        basket = [street.fill(i) for i in range(LINES)]
        street.buy("bench_second", basket)
        found["gas_basket_warm"] = street.gas("bench_second", basket) / LINES
        fresh = [street.fill(i, serial=800 + i) for i in range(LINES)]
        found["gas_basket_new"] = street.gas("bench_third", fresh) / LINES
        apart = [street.fill(i, serial=8000 + 8 * i) for i in range(LINES)]
        found["apart"] = street.gas("bench_fourth", apart) / LINES
    return found


def _result(name: str) -> Result:
    value, target = _measured()[name], TARGETS[name]
    return Result(
        name=name,
        value=value,
        unit="gas",
        baseline=Figure(name="seaport_1_6", value=SEAPORT[name]),
        limit=Figure(name="target", value=target),
        ratio=value / SEAPORT[name],
        target=f"<= {target:,} gas",
        met=value <= target,
        note=NOTES.get(name, "").format(**_measured()),
    )


BENCHMARKS = {name: (lambda name=name: _result(name)) for name in TARGETS}
