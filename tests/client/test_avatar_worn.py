"""What the person wears."""

import numpy as np
import pytest
from panda3d.core import LMatrix3f

from game.client.avatar import PLAIN
from game.client.avatar_glb import read_figure
from game.core.errors import GameError
from game.core.goods import Wear
from tests.client.persons import BOOTS, HAT, HOODIE, MODELS, SKIRT, TOTE, shown


def test_nobody_is_ever_undressed(avatar):
    assert {"plain_tee", "plain_trousers", "plain_shoes"} <= shown(avatar)
    assert not {"body_torso", "body_hips", "body_legs", "body_feet"} & shown(avatar)
    assert avatar.worn == {}


def test_a_good_replaces_the_plain_clothes_of_its_slot_and_they_come_back(avatar):
    avatar.wear("legs", "rose_skirt", SKIRT)
    assert "rose_skirt" in shown(avatar)
    assert "plain_trousers" not in shown(avatar)
    assert "body_legs" in shown(avatar)
    avatar.take_off("legs")
    assert "plain_trousers" in shown(avatar)
    assert "rose_skirt" not in shown(avatar)
    assert "body_legs" not in shown(avatar)


def test_several_slots_are_worn_at_once_and_a_second_good_replaces_the_first(avatar):
    avatar.wear("head", "fedora", HAT)
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    avatar.wear("head", "bowler_hat", HAT)
    assert avatar.worn == {"head": "bowler_hat", "torso": "yellow_hoodie"}
    assert "fedora" not in shown(avatar)
    assert not {"hair_top", "body_arms", "plain_tee"} & shown(avatar)
    assert "hair" in shown(avatar)


def test_taking_off_nothing_changes_nothing(avatar):
    before = shown(avatar)
    avatar.take_off("back")
    assert shown(avatar) == before


def test_a_good_without_a_model_leaves_the_old_one_on(avatar):
    avatar.wear("head", "fedora", HAT)
    with pytest.raises(GameError, match="crown_of_nothing"):
        avatar.wear("head", "crown_of_nothing", HAT)
    assert avatar.worn == {"head": "fedora"}
    assert "fedora" in shown(avatar)


def test_a_joint_that_the_person_lacks_is_refused(avatar):
    with pytest.raises(GameError, match="tail"):
        avatar.wear("back", "fedora", Wear(slot="back", joint="tail"))
    assert avatar.worn == {}


@pytest.mark.parametrize(("good", "wear"), [("yellow_hoodie", HAT), ("fedora", HOODIE)])
def test_a_model_that_does_not_fit_its_wear_is_refused(avatar, good, wear):
    with pytest.raises(GameError, match="rigid"):
        avatar.wear(wear.slot, good, wear)
    assert avatar.worn == {}


def test_a_wide_face_widens_the_hat_and_leaves_the_boots(person):
    wide = {"face_width": 1.0}
    hat = read_figure(MODELS / "worn" / "fedora.glb").meshes[0]
    boots = read_figure(MODELS / "worn" / "rain_boots.glb").meshes[0]
    assert np.ptp(hat.edited(wide)[0][:, 0]) > 1.1 * np.ptp(hat.points[:, 0])
    assert np.array_equal(boots.edited(wide)[0], boots.points)


def test_soles_lift_the_person(avatar):
    figure = avatar.node.get_child(0)
    plain = figure.get_mat().get_row3(3)[2]
    avatar.wear("feet", "rain_boots", BOOTS)
    assert plain == pytest.approx(PLAIN["feet"][1].lift_m)
    assert figure.get_mat().get_row3(3)[2] == pytest.approx(0.022)


def test_a_hat_follows_the_head_and_a_tote_stays_upright(avatar):
    avatar.wear("head", "fedora", HAT)
    avatar.wear("hand", "tote_bag", TOTE)
    for _ in range(30):
        avatar.animate(1.4, 1 / 60)
    hat, tote = avatar.node.find("**/fedora").get_mat(), avatar.node.find("**/tote_bag").get_mat()
    assert not hat.get_upper_3().almost_equal(LMatrix3f.ident_mat(), 1e-3)
    assert tote.get_upper_3().is_identity()
    assert tote.get_row3(3).length() > 0.05


def test_preloaded_goods_are_ready_and_broken_ones_are_passed_over(avatar, caplog):
    avatar.preload([("fedora", HAT), ("crown_of_nothing", HAT), ("rose_skirt", SKIRT)])
    done = 0
    while avatar.load_next():
        done += 1
    assert done == 3
    assert "crown_of_nothing" in caplog.text
    assert avatar.worn == {}
    avatar.wear("head", "fedora", HAT)
    assert avatar.worn == {"head": "fedora"}
