"""A grower's offer file, as the guide shows it."""

from datetime import UTC, datetime, timedelta


def offer_toml(now_secs: int, **changes: object) -> str:
    """Four trees of ten fruits: planted yesterday, in blossom in ten days, ripe in twenty."""
    day = datetime.fromtimestamp(now_secs, UTC).date()
    fields = {
        "variety": '"loquat_dawn"',
        "name": '{ en = "Green Valley Orchard", zh = "绿谷果园" }',
        "story": '{ en = "Forty years on one hill.", zh = "一座山，四十年。" }',
        "area": '{ en = "Sichuan and Chongqing", zh = "四川、重庆" }',
        "dates": '{ en = "Boxes leave on Tuesdays.", zh = "每周二发货。" }',
        "grams_a_box": 2500, "trees": 4, "fruits_per_tree": 10, "waterings": 12, "fruit_price": '"3.50"',
        "adoption_price": 20, "play_trees": 1, "planted": day - timedelta(days=1),
        "blossom": day + timedelta(days=10), "ripe": day + timedelta(days=20), "redeem_by": day + timedelta(days=40),
        **changes,
    }  # fmt: skip
    return "".join(f"{name} = {value}\n" for name, value in fields.items() if value is not None)
