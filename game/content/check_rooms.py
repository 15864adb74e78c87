"""Whether kit pieces and templates are what rooms can be furnished with: sizes, surfaces, doors, a way through."""

from game.content.check_goods import not_one_of
from game.content.check_layout import layout
from game.content.load import KIT_DIR, TEMPLATES_DIR, Catalogue
from game.content.problems import Problem
from game.core.goods import Vec3
from game.core.ids import HOME
from game.core.places import FLOORS, MOODS, Door, Place
from game.core.rooms import GROUPS, HOME_DOOR, RESTS, Piece, Template, new_room, place_of

SIZE_MIN_M, SIZE_MAX_M = 0.005, 10.0
ROOM_MIN_M, ROOM_MAX_M = 2.0, 40.0
OUTSIDE_M = 0.02  # a surface may stick out of its piece by so much


def room_problems(catalogue: Catalogue) -> list[Problem]:
    """All that is wrong with the kit and the templates, apart from their models and their words."""
    problems: list[Problem] = []
    for piece in catalogue.kit.values():
        problems += _piece(piece, f"{KIT_DIR}/{piece.id}.toml")
    for template in catalogue.templates.values():
        problems += _template(template, catalogue, f"{TEMPLATES_DIR}/{template.id}.toml")
    return problems


def _piece(piece: Piece, file: str) -> list[Problem]:
    problems = not_one_of(piece.group, GROUPS, file, "group") + not_one_of(piece.rests, RESTS, file, "rests")
    for axis, size_m in enumerate(piece.size_m):
        if not SIZE_MIN_M <= size_m <= SIZE_MAX_M:
            rule = f"{size_m} m is not between {SIZE_MIN_M} and {SIZE_MAX_M:.0f}"
            problems.append(Problem(file, f"size_m[{axis}]", rule, "write the true size in metres"))
    for index, surface in enumerate(piece.surfaces):
        reach_m = (surface.size_m[0] / 2, surface.size_m[1] / 2)
        problems += _within(surface.at_m, reach_m, piece.size_m, file, f"surfaces[{index}]")
    if piece.lamp is not None and not (0.0 < piece.lamp.power <= 10.0 and 0.0 < piece.lamp.reach_m <= 20.0):
        rule = f"power {piece.lamp.power} and reach {piece.lamp.reach_m} m are no lamp's"
        problems.append(Problem(file, "lamp", rule, "write a power up to 10 and a reach up to 20 m"))
    return problems


def _within(at_m: Vec3, reach_m: tuple[float, float], size_m: Vec3, file: str, key: str) -> list[Problem]:
    beyond = [
        abs(at_m[0]) + reach_m[0] > size_m[0] / 2 + OUTSIDE_M,
        abs(at_m[1]) + reach_m[1] > size_m[1] / 2 + OUTSIDE_M,
        not -OUTSIDE_M <= at_m[2] <= size_m[2] + OUTSIDE_M,
        min(reach_m) <= 0.0,
    ]
    return [Problem(file, key, "is not within the piece", "keep it inside size_m")] if any(beyond) else []


def _template(template: Template, catalogue: Catalogue, file: str) -> list[Problem]:
    problems = not_one_of(template.mood, MOODS, file, "mood") + not_one_of(template.floor, FLOORS, file, "floor")
    for axis, size_m in enumerate(template.size_m[:2]):
        if not ROOM_MIN_M <= size_m <= ROOM_MAX_M:
            rule = f"{size_m} m is not between {ROOM_MIN_M:.0f} and {ROOM_MAX_M:.0f}"
            problems.append(Problem(file, f"size_m[{axis}]", rule, "write the inner size in metres"))
    if template.door.id != HOME_DOOR:
        problems.append(Problem(file, "door.id", f"{template.door.id!r} is not {HOME_DOOR!r}", "rename it"))
    ids = [item.id for item in template.items]
    for index, item in enumerate(template.items):
        key = f"items[{index}]"
        if bool(item.piece) == bool(item.good):
            problems.append(Problem(file, key, "names neither or both of piece and good", "name one of them"))
        elif item.piece and item.piece not in catalogue.kit:
            problems.append(Problem(file, f"{key}.piece", f"{item.piece!r} is no piece", f"add it to {KIT_DIR}"))
        elif item.good:
            problems.append(Problem(file, f"{key}.good", "a template gives no goods away", "use kit pieces alone"))
        if ids.count(item.id) > 1:
            problems.append(Problem(file, f"{key}.id", f"{item.id!r} is there twice", "number the items"))
        if item.on and item.on not in ids:
            problems.append(Problem(file, f"{key}.on", f"{item.on!r} is no item here", "name one, or leave it out"))
    place = place_of(new_room(template, name=template.name.en), template, catalogue.kit, catalogue.goods)
    return problems or layout(place, catalogue.goods, file)


def home_door(place: Place, door: Door, catalogue: Catalogue, file: str, key: str) -> list[Problem]:
    """Problems of a door that leads to the player's home, whichever template it has."""
    problems: list[Problem] = []
    if door.to_door != HOME_DOOR:
        problems.append(
            Problem(file, f"{key}.to_door", f"{door.to_door!r} is no door of a home", f"write {HOME_DOOR!r}")
        )
    if not catalogue.templates:
        problems.append(Problem(file, f"{key}.to_place", "there is no template for a home", f"add {TEMPLATES_DIR}"))
    for template in catalogue.templates.values():
        back, theirs = template.door, f"{TEMPLATES_DIR}/{template.id}.toml"
        if (back.to_place, back.to_door) != (place.id, door.id):
            rule = f"leads to {back.to_place}.{back.to_door}, but {place.id}.{door.id} leads here"
            problems.append(Problem(theirs, "door", rule, "let the two doors name each other"))
        elif abs(back.width_m - door.width_m) > 0.01:
            rule = f"{back.width_m} m, but {place.id}.{door.id} is {door.width_m} m wide"
            problems.append(Problem(theirs, "door.width_m", rule, "make both sides of a door equally wide"))
    return problems


def leads_home(door: Door) -> bool:
    """Whether a door leads to the player's home, which is no place of the catalogue."""
    return door.to_place == HOME
