"""What the tests of the person share: where the models lie, and some of what can be worn."""

from pathlib import Path

from game.client.avatar import Avatar
from game.core.goods import Wear

MODELS = Path(__file__).parents[2] / "assets" / "models"
HOODIE = Wear(slot="torso", hides=("torso", "arms"))
SKIRT = Wear(slot="legs", hides=("hips",))
HAT = Wear(slot="head", joint="head", hides=("hair_top",))
TOTE = Wear(slot="hand", joint="leftHand")
BOOTS = Wear(slot="feet", hides=("feet",), lift_m=0.022)


def shown(avatar: Avatar) -> set[str]:
    return {child.get_name() for child in avatar.node.get_child(0).get_children()}
