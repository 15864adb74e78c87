"""Picking as it is seen: the hand that reaches, twists and pulls, the fruit on its way, basket, pole and ladder.

It shows what the world says and changes nothing in it. With reduced motion nothing flies, leans or shakes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, exp, hypot, pi, sin
from typing import TYPE_CHECKING

import numpy as np
from panda3d.core import LMatrix4f, LVector3f, NodePath

from game.client import shaders
from game.client.arm import Reach
from game.client.camera import Gaze
from game.client.grove_view import attach
from game.client.light import set_cube
from game.client.orchard_scenery import OrchardScenery
from game.client.part import Frame, Part
from game.client.picking_models import basket, ladder, lies_at, lone_fruit, piled, pole_head, pole_shaft
from game.client.shaders import Variant
from game.client.sound import Sound
from game.client.spaces import turned, yaw_pitch
from game.core import events
from game.core.goods import Vec3
from game.core.growing.dress import Dressed
from game.core.orchard_fruit import hanging
from game.core.orchard_trees import spot_in
from game.core.rules.orchard_aim import rules_here

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

REACH_PER_SEC, BACK_PER_SEC, LEAN_PER_SEC = 11.0, 7.0, 7.0
CARRY_SECS, FALL_SECS, TAP_SECS = 0.42, 0.16, 0.36
ARM_M = 0.62  # farther away than this one leans towards a fruit
MOST_LEAN_M, MOST_STEP_M = 0.34, 0.62  # of the eyes, and of who is seen from outside
ON_LADDER_M = 0.12  # of either, for who has to stay on a rung
PULLED_M = 0.10  # as far as a fruit gives way to the hardest pull
TURNS_RAD = 0.9  # of the hand, for a whole twist
KICK_SECS = 0.3
KICKS = {"A": -0.006, "B": 0.022, "held": 0.012}  # radians the gaze is moved by
BASKET_EYE = (-0.32, 0.66, -0.42)  # of the basket's bottom, in the space of the eyes
TIPPED_DEG = -5.0  # towards the eyes
BASKET_BODY = (-0.24, 0.27, 0.80)  # and of who is seen from outside
BUTT_EYE, REST_EYE = (0.26, 0.30, -0.40), (0.20, 1.55, 0.10)  # ends of a pole that does nothing
BUTT_BODY, REST_BODY = (0.24, 0.10, 0.85), (0.18, 0.85, 2.3)
GRIP_M = 0.42  # from a pole's butt to the hand
UP = np.array([0.0, 0.0, 1.0])


@dataclass(slots=True)
class Loose:
    """A fruit in the hand, or on its way into the basket: how it looks, its node, its size and where it was."""

    tree: int
    index: int
    dressed: Dressed
    node: NodePath
    home_m: np.ndarray
    radius_m: float
    secs: float = 0.0  # since it came off
    number: int = 0  # in the basket


class PickingView(Part):
    """Owns what is drawn of picking, below the root of the orchard where the player is."""

    def __init__(self, app: App, hud: Hud) -> None:
        super().__init__(app, hud)
        self._here: OrchardScenery | None = None
        self._tools: dict[str, NodePath] = {}
        self._looks: dict[tuple[int, int], Dressed] = {}  # of fruits that were picked
        self._held: Loose | None = None
        self._flying: list[Loose] = []
        self._piled: tuple[tuple[int, int], ...] | None = None
        self._part = 0.0  # of the right hand's way to what it reaches for
        self._hand = np.zeros(3)
        self._along, self._radius = np.array([0.0, 1.0, 0.0]), 0.04
        self._lean = np.zeros(3)
        self._tap_secs = 0.0
        self._kick, self._kick_secs = 0.0, KICK_SECS
        self._ladder_tick: int | None = None
        self._tip: np.ndarray | None = None

    # --- once a frame ---------------------------------------------------------------------------------------------

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        """Lean towards the fruit in the hand, feel it come off; put hands and tools where they are."""
        world, here = self.app.world, self.app.street.here
        player = self.app.player
        shown = isinstance(here, OrchardScenery) and here.built and rules_here(world) is not None
        if not shown or self.app.camera.turned_rad is not None:
            self._stow()
            player.hands, player.step_m = {}, (0.0, 0.0, self.app.camera.climbed_m)
            return gaze
        assert isinstance(here, OrchardScenery)
        self._move_to(here)
        self._take_hold()
        gaze = self._moved(gaze, dt_secs)
        x, y, _ = self._lean.tolist()
        player.step_m = (x, y, self.app.camera.climbed_m)
        frame = _frame(self.app, gaze)
        self._set_ladder()
        carries = self._set_basket(frame, inside=gaze.inside)
        self._fly(dt_secs)
        player.hands = self._hands(frame, gaze, dt_secs)
        if carries:
            at = frame.at((-0.205, -0.02, 0.19), of=self._tools["basket"].get_mat())
            player.hands["left"] = Reach(at, frame.ahead, frame.right, 1.0, 0.45)
        return gaze

    def draw(self, frame: Frame) -> None:
        """Act on what has happened to the fruit in the hand."""
        for event in frame.happened:
            match event:
                case events.FruitPicked(fruit=fruit):
                    self._come_off(fruit.tree, fruit.index, fruit.grade)
                case events.StalkHeld():
                    self._feel("held")
                case events.Knocked() | events.Tugged():
                    self._tap_secs = TAP_SECS
        if self._held is not None and self.app.world.orchard.grasped is None:
            self._held.node.remove_node()
            self._held = None

    def close(self) -> None:
        """Free the nodes."""
        self._leave()

    # --- what there is --------------------------------------------------------------------------------------------

    def _move_to(self, here: OrchardScenery) -> None:
        if self._here is here and here.light is not None:
            return
        self._leave()
        self._here = here
        for name, node in (("basket", basket()), ("pole", pole_shaft()), ("pole head", pole_head())):
            path = self._tools[name] = here.root.attach_new_node(node)
            shaders.dress(path, Variant.PROBE)
            path.stash()

    def _leave(self) -> None:
        for path in (*self._tools.values(), *(each.node for each in self._loose())):
            path.remove_node()
        self._tools, self._flying, self._held, self._here = {}, [], None, None
        self._piled = self._ladder_tick = None

    def _loose(self) -> list[Loose]:
        return [*self._flying, *([self._held] if self._held is not None else [])]

    def _stow(self) -> None:
        """Show nothing of it."""
        if self._here is not None:
            self._leave()
        self._part, self._lean = 0.0, np.zeros(3)

    def _look_of(self, tree: int, index: int) -> tuple[Dressed, np.ndarray, float] | None:
        """A fruit by itself, where its middle hangs, and its radius; None where nobody knows its tree."""
        world, here = self.app.world, self._here
        hung, spot = hanging(world, tree), spot_in(world.places, tree)
        if hung is None or spot is None or here is None or here.trees is None or hung.grown.fruit_size <= 0.0:
            return None
        species = here.species[hung.variety.species]
        dressed, middle = lone_fruit(tree, index, hung, species, here.trees.sunward)
        return dressed, middle + np.array(spot.at_m), species.fruit.size_m * float(hung.fruits.size[index]) * 0.5

    def _fruit_node(self, name: str, parts: list[Dressed]) -> NodePath:
        assert self._here is not None
        path = self._here.root.attach_new_node(name)
        if parts:
            attach(path, name, parts, Variant.FRUIT)
        path.set_shader_input("sway", (0.0, 1.0))  # the hand holds it still
        return path

    # --- the fruit in the hand ------------------------------------------------------------------------------------

    def _take_hold(self) -> None:
        grasped = self.app.world.orchard.grasped
        if grasped is None or (self._held is not None and (self._held.tree, self._held.index) ==
                               (grasped.tree, grasped.index)):  # fmt: skip
            return
        if self._held is not None:
            self._held.node.remove_node()
            self._held = None
        found = self._look_of(grasped.tree, grasped.index)
        if found is not None:
            dressed, home_m, radius_m = found
            node = self._fruit_node("fruit in hand", [dressed])
            self._held = Loose(grasped.tree, grasped.index, dressed, node, home_m, radius_m)

    def _come_off(self, tree: int, index: int, grade: str) -> None:
        held, self._held = self._held, None
        self._feel(grade)
        if held is None:
            return
        self._looks[tree, index] = held.dressed
        if self.app.calm:
            held.node.remove_node()
            return
        held.home_m = np.array(held.node.get_pos())
        held.number = len(self.app.world.orchard.basket) - 1
        self._flying.append(held)

    def _feel(self, how: str) -> None:
        """A small jerk of the gaze."""
        if not self.app.calm:
            self._kick, self._kick_secs = KICKS[how], 0.0

    def _moved(self, gaze: Gaze, dt_secs: float) -> Gaze:
        """The gaze with the lean towards what is in the hand, and the jerk of what came off."""
        held, wanted = self._held, np.zeros(3)
        if held is not None and self.app.world.orchard.tool == "hand" and not self.app.calm:
            way = held.home_m - np.array(gaze.eye_m if gaze.inside else self.app.world.body.pos_m)
            far = hypot(way[0], way[1])
            on_ladder = self.app.camera.climbed_m > 0.0
            most = ON_LADDER_M if on_ladder else MOST_LEAN_M if gaze.inside else MOST_STEP_M
            wanted[:2] = way[:2] / max(far, 1e-6) * min(max(far - ARM_M, 0.0), most)
            wanted[2] = min(max(way[2], 0.0), 0.10) if gaze.inside else 0.0
        self._lean += (wanted - self._lean) * (1.0 if self.app.calm else 1 - exp(-LEAN_PER_SEC * dt_secs))
        self._kick_secs = min(self._kick_secs + dt_secs, KICK_SECS)
        left = 1.0 - self._kick_secs / KICK_SECS
        if not gaze.inside:
            return gaze
        x, y, z = (float(a + b) for a, b in zip(gaze.eye_m, self._lean, strict=True))
        jerk = self._kick * left * left * cos(self._kick_secs * 38.0)
        return replace(gaze, eye_m=(x, y, z), pitch_rad=gaze.pitch_rad - jerk)

    # --- where things are -----------------------------------------------------------------------------------------

    def _hands(self, frame: _Frame, gaze: Gaze, dt_secs: float) -> dict[str, Reach]:
        """The right hand: at the fruit, at the pole, or on its way back."""
        world, held = self.app.world, self._held
        known, reaching = world.orchard, False
        self._tap_secs = max(self._tap_secs - dt_secs, 0.0)
        if known.tool == "pole":
            self._place_held(frame)
            return self._pole(frame, dt_secs, inside=gaze.inside)
        self._tip = None
        for name in ("pole", "pole head"):
            self._tools[name].stash()
        if held is not None:
            self._place_held(frame)
            self._target(np.array(held.node.get_pos()), held.radius_m, frame, self._twisted())
            reaching = True
        elif self._flying and self._flying[-1].secs < CARRY_SECS:
            self._target(np.array(self._flying[-1].node.get_pos()), self._flying[-1].radius_m, frame, 0.0)
            reaching = True
        elif self._tap_secs > 0.0 and known.aim is not None:
            found = self._look_of(known.aim.tree, known.aim.index)
            if found is not None:
                self._target(found[1] - frame.ahead * 0.02, found[2], frame, 0.5)
                reaching = True
        if self.app.calm:
            self._part = float(reaching)
        else:
            per_sec = REACH_PER_SEC if reaching else BACK_PER_SEC
            self._part += (float(reaching) - self._part) * (1 - exp(-per_sec * dt_secs))
        if self._part < 0.02:
            return {}
        grip = 0.75 if held is not None or self._flying else 0.35
        lean = 0.30 if reaching else 0.0
        palm = UP + frame.ahead * lean
        return {"right": Reach(self._hand, self._along, palm / np.linalg.norm(palm), self._part, grip)}

    def _target(self, fruit_m: np.ndarray, radius_m: float, frame: _Frame, twisted: float) -> None:
        """The hand cups a fruit from below and in front; with the twist it turns about it."""
        yaw_rad = 0.35 - TURNS_RAD * twisted
        aside = frame.ahead * cos(yaw_rad) - frame.right * sin(yaw_rad)
        along = aside + UP * 0.45
        self._along = along / np.linalg.norm(along)
        self._hand = fruit_m - UP * (radius_m * 0.80 + 0.022) - frame.ahead * radius_m * 0.55

    def _twisted(self) -> float:
        """How far the fruit in the hand is twisted, 0..1 of what its stalk needs."""
        grasped, held = self.app.world.orchard.grasped, self._held
        if grasped is None or held is None:
            return 0.0
        return min(grasped.held.twist_rad / (pi / 2), 1.0)

    def _place_held(self, frame: _Frame) -> None:
        held, grasped = self._held, self.app.world.orchard.grasped
        if held is None or grasped is None:
            return
        way = frame.eye_m - UP * 0.35 - held.home_m
        at = held.home_m + way / np.linalg.norm(way) * PULLED_M * grasped.held.pull
        held.node.set_mat(turned((float(at[0]), float(at[1]), float(at[2])), grasped.held.twist_rad))

    def _pole(self, frame: _Frame, dt_secs: float, *, inside: bool) -> dict[str, Reach]:
        """The pole: its head below the fruit that is meant, or up and ready."""
        aim, held = self.app.world.orchard.aim, self._held
        butt, tip = (frame.at(each) for each in ((BUTT_EYE, REST_EYE) if inside else (BUTT_BODY, REST_BODY)))
        if held is not None:
            tip = np.array(held.node.get_pos()) - UP * 0.01
        elif self._flying and self._flying[-1].secs < CARRY_SECS:
            tip = np.array(self._flying[-1].node.get_pos()) - UP * 0.01
        elif aim is not None and not aim.why_not:
            found = self._look_of(aim.tree, aim.index)
            tip = found[1] - UP * 0.20 if found is not None else tip
        if self._tip is None or self.app.calm:
            self._tip = tip
        self._tip = self._tip + (tip - self._tip) * (1 - exp(-REACH_PER_SEC * dt_secs))
        way = self._tip - butt
        long_m = float(np.linalg.norm(way))
        yaw, pitch = yaw_pitch((float(way[0]), float(way[1]), float(way[2])))
        spot = (float(butt[0]), float(butt[1]), float(butt[2]))
        shaft, head = self._tools["pole"], self._tools["pole head"]
        shaft.set_mat(LMatrix4f.scale_mat(1.0, long_m, 1.0) * turned(spot, yaw, pitch))
        head.set_mat(turned((float(self._tip[0]), float(self._tip[1]), float(self._tip[2])), yaw))
        for path in (shaft, head):
            self._light(path, frame.body_m)
            if path.is_stashed():
                path.unstash()
        along = way / max(long_m, 1e-6)
        self._part = 1.0
        return {"right": Reach(butt + along * min(GRIP_M, long_m * 0.5), along, -frame.right, 1.0, 1.0)}

    def _set_basket(self, frame: _Frame, *, inside: bool) -> bool:
        """Show the basket while there is fruit in it or to pick; its fruit by weight. Whether it is carried."""
        known, path = self.app.world.orchard, self._tools["basket"]
        carries = bool(known.basket or self._held or self._flying or (known.aim is not None and not known.aim.why_not))
        if not carries or self.app.world.hand is not None or self.app.world.sitting is not None:
            path.stash()
            return False
        if path.is_stashed():
            path.unstash()
        x, y, z = (float(each) for each in frame.at(BASKET_EYE if inside else BASKET_BODY))
        # seen a little from above in the eyes' own space
        lean = LMatrix4f.rotate_mat(TIPPED_DEG, LVector3f(1, 0, 0)) if inside else LMatrix4f.ident_mat()
        path.set_mat(lean * turned((0, 0, 0), frame.yaw_rad, frame.pitch_rad) * LMatrix4f.translate_mat(x, y, z))
        self._light(path, frame.body_m)
        self._fill(path)
        return True

    def _fill(self, path: NodePath) -> None:
        """Lay the fruit into the basket that is there and not on its way."""
        known, rules = self.app.world.orchard, self.app.world.orchard_rules
        away = {(each.tree, each.index) for each in self._flying}
        lies = tuple((each.tree, each.index) for each in known.basket if (each.tree, each.index) not in away)
        if lies == self._piled or rules is None:
            return
        self._piled = lies
        found = []
        for fruit in known.basket:
            spot = fruit.tree, fruit.index
            if spot not in self._looks and (look := self._look_of(*spot)) is not None:
                self._looks[spot] = look[0]
            if spot in self._looks and spot not in away:
                found.append((self._looks[spot], fruit.grams))
        old = path.find("fruit in basket")
        if old:
            old.remove_node()
        self._fruit_node("fruit in basket", piled(found, rules.picking.basket_grams)).reparent_to(path)
        if not known.basket:
            self._looks.clear()

    def _fly(self, dt_secs: float) -> None:
        """Carry what came off to the basket and let it fall in."""
        rules, known = self.app.world.orchard_rules, self.app.world.orchard
        for each in tuple(self._flying):
            each.secs += dt_secs
            if each.secs >= CARRY_SECS + FALL_SECS or rules is None:
                each.node.remove_node()
                self._flying.remove(each)
                self._land()
                continue
            into = self._tools["basket"].get_mat()
            full = known.basket_grams / rules.picking.basket_grams
            down = np.array(into.xform_point(LVector3f(*lies_at(each.number, full))))
            over = down + UP * 0.20
            t = min(each.secs / CARRY_SECS, 1.0)
            t = t * t * (3 - 2 * t)
            bow = UP * (0.10 * sin(pi * t))
            at = each.home_m + (over - each.home_m) * t + bow
            if each.secs > CARRY_SECS:
                fall = (each.secs - CARRY_SECS) / FALL_SECS
                at = over + (down - over) * fall * fall
            each.node.set_mat(turned((float(at[0]), float(at[1]), float(at[2])), 1.6 + 2.0 * t, 0.7 * t))

    def _land(self) -> None:
        """What falls into the basket is heard."""
        audio = self.app.part(Sound).audio
        if audio is not None:
            audio.sound("put", 0.7)

    def _set_ladder(self) -> None:
        """The ladder stands where it was set up, its rungs before who looks at the tree."""
        world, tick, here = self.app.world, self.app.world.orchard.ladder_tick, self._here
        if tick == self._ladder_tick and (tick is None) == ("ladder" not in self._tools):
            return
        if "ladder" in self._tools:
            self._tools.pop("ladder").remove_node()
        self._ladder_tick = tick
        if tick is None or here is None or world.orchard_rules is None:
            return
        path = here.root.attach_new_node(ladder(world.orchard_rules.picking.reach.ladder_m))
        shaders.dress(path, Variant.PROBE)
        path.set_mat(turned(world.body.pos_m, world.body.yaw_rad))
        self._light(path, world.body.pos_m)
        self._tools["ladder"] = path

    def _light(self, path: NodePath, at_m: Vec3) -> None:
        assert self._here is not None
        assert self._here.light is not None
        x, y, z = at_m
        set_cube(path, self._here.light.probes.at(np.array([[x, y, z + 1.2]]))[0])


@dataclass(frozen=True, slots=True)
class _Frame:
    """The space in which things are carried: the eyes' own, or that of who is seen from outside; unit vectors."""

    matrix: LMatrix4f
    eye_m: np.ndarray
    body_m: Vec3
    yaw_rad: float
    pitch_rad: float
    ahead: np.ndarray
    right: np.ndarray

    def at(self, point: Vec3, of: LMatrix4f | None = None) -> np.ndarray:
        """A point of this space, or of a thing's, in the place's."""
        return np.array((of or self.matrix).xform_point(LVector3f(*point)))


def _frame(app: App, gaze: Gaze) -> _Frame:
    x, y, z = app.world.body.pos_m
    yaw_rad = app.world.body.yaw_rad
    a, b, c = app.player.step_m
    body_m = (x + a, y + b, z + c)
    matrix = gaze.matrix() if gaze.inside else turned(body_m, yaw_rad)
    yaw_rad, pitch_rad = (gaze.yaw_rad, gaze.pitch_rad) if gaze.inside else (yaw_rad, 0.0)
    eye_m = np.array(gaze.eye_m) if gaze.inside else np.array(body_m) + UP * 1.5
    return _Frame(
        matrix, eye_m, body_m, yaw_rad, pitch_rad, np.array([-sin(yaw_rad), cos(yaw_rad), 0.0]),
        np.array([cos(yaw_rad), sin(yaw_rad), 0.0]),
    )  # fmt: skip
