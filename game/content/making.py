"""From a file or a recipe to a draft in the workshop: what `main.py make` and the workshop's panel both do."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import msgspec

from game.content.diy.recipe import Recipe, Value
from game.content.diy.workbench import made, recipes
from game.content.fitting import Fit, fitted, refitted, within
from game.content.goods_model import Model, written
from game.content.imports.images import decoded
from game.content.imports.importer import PICTURES, Wanted, import_file
from game.content.imports.notes import ImportRefusedError, Wording, told
from game.content.imports.source import Pixels
from game.content.thumbnail import thumbnail
from game.content.workshop import Draft, Workshop, new_id
from game.core.errors import GameError
from game.core.goods import Text

ROOT = Path(__file__).resolve().parents[2]
SLOT_OF = {"hat": "head", "glasses": "face", "scarf": "neck", "bag": "back", "shoes": "feet", "top": "torso",
           "bottom": "legs"}  # fmt: skip
"""Where a kind of good is worn."""
HANGING = frozenset({"picture", "clock"})
NAME_MOST = 40


def make_of_file(
    workshop: Workshop, path: Path, *, wanted: Wanted | None = None, slot: str = "", fit: Fit | None = None,
    name: str = "",
) -> Draft:  # fmt: skip
    """Import a file into the workshop. Raises ImportRefusedError with the reason in plain words, GameError, OSError."""
    wanted = wanted or Wanted()
    if not wanted.kind:
        kind = "picture" if path.suffix.lower() in PICTURES else "sculpture"
    else:
        kind = wanted.kind
    found = import_file(path, wanted)
    slot = slot or SLOT_OF.get(kind, "")
    worn, wear = fitted(found.model, slot, fit) if slot else (None, None)
    called = "".join(letter for letter in name or told(path.stem).replace("_", " ") if letter.isprintable())[:NAME_MOST]
    draft = Draft(
        id=new_id(), kind=kind, size_m=found.model.size_m, name=Text(en=called, zh=called), wear=wear,
        fit=within(fit) if fit is not None else Fit(), hangs=kind in HANGING, source=told(path.name), notes=found.notes,
    )  # fmt: skip
    return workshop.put(
        draft, written(found.model), worn=written(worn) if worn is not None else None, thumb=thumbnail(found.model)
    )


def make_of_recipe(
    workshop: Workshop, recipe_id: str, values: Mapping[str, Value], pixels: Pixels | None, *,
    former: Draft | None = None,
) -> Draft:  # fmt: skip
    """Make a good by its knobs into the workshop, in the place of a former draft. Raises GameError, OSError."""
    recipe = recipe_of(recipe_id)
    done = made(recipe_id, values, pixels)
    fields = {"size_m": done.model.size_m, "values": recipe.within(values), "good": ""}
    worn = written(done.worn) if done.worn is not None else None
    if former is None:
        draft = Draft(
            id=new_id(), kind=recipe.kind, name=recipe.name, wear=recipe.wear, hangs=recipe.hangs, recipe=recipe_id,
            **fields,  # type: ignore[arg-type]
        )  # fmt: skip
    else:
        slot = former.wear.slot if former.wear is not None else ""
        draft, worn = worn_by(msgspec.structs.replace(former, **fields), done.model, slot, former.fit)
    return workshop.put(draft, written(done.model), worn=worn, thumb=thumbnail(done.model))


def worn_by(draft: Draft, model: Model, slot: str, fit: Fit) -> tuple[Draft, bytes | None]:
    """A draft as it is worn at a slot, and its model there; at the slot "" it is not worn.

    What a recipe made to be worn there is fitted from where the recipe put it.
    Raises GameError for a slot that is not known, and where the model would be too large.
    """
    fit = within(fit)
    if not slot:
        return msgspec.structs.replace(draft, wear=None, fit=fit), None
    recipe = recipes().get(draft.recipe)
    if recipe is not None and recipe.wear is not None and slot == recipe.wear.slot:
        base = _worn_of(draft.recipe, tuple(sorted(draft.values.items())))
        worn, wear = refitted(replace(base, picture=model.picture), fit), recipe.wear
    else:
        worn, wear = fitted(model, slot, fit)
    return msgspec.structs.replace(draft, wear=wear, fit=fit), written(worn)


@lru_cache(maxsize=4)
def _worn_of(recipe_id: str, values: tuple[tuple[str, Value], ...]) -> Model:
    """What a recipe makes to be worn, without a picture of the player's: it is on the model that stands."""
    worn = made(recipe_id, dict(values), None).worn
    assert worn is not None, "what is worn has a model for it"
    return worn


def recipe_of(recipe_id: str) -> Recipe:
    """A recipe by its id. Raises GameError where there is none."""
    recipe = recipes().get(recipe_id)
    if recipe is None:
        raise GameError(f"{recipe_id!r} cannot be made here; known are {', '.join(recipes())}")
    return recipe


def picture_of(path: Path) -> Pixels:
    """A picture to print. Raises ImportRefusedError with the reason in plain words."""
    try:
        if not path.is_file():
            raise ImportRefusedError("no_file", file=told(path.name))
        with path.open("rb") as file:
            raw = file.read(16 * 2**20 + 1)
    except OSError as error:
        raise ImportRefusedError("unreadable", file=told(path.name), why=told(error.strerror)) from None
    return decoded(raw, told(path.name))[0]


def run(args: Namespace, home: Path) -> int:
    """`main.py make FILE`: import it, and say what was found, corrected and where it is; 1 where it was refused."""
    words = Wording(ROOT)
    wanted = Wanted(
        kind=args.kind or "", unit=args.unit or "", up=args.up or "", turn_deg=args.turn or 0.0,
        size_m=(args.size or 0.0) / 100, triangles=args.triangles or Wanted().triangles,
    )  # fmt: skip
    workshop = Workshop(home)
    try:
        draft = make_of_file(workshop, args.file, wanted=wanted, slot=args.slot or "", name=args.name or "")
    except ImportRefusedError as refusal:
        said = words.say(refusal.note)
        print(json.dumps({"version": 1, "ok": False, "refused": said}) if args.json else f"{args.file}: {said}")
        return 1
    notes = [words.say(note) for note in draft.notes]
    thumb = workshop.thumb_path(draft.id)
    if args.json:
        answer = {"version": 1, "ok": True, "draft": draft.id, "size_m": draft.size_m, "kind": draft.kind,
                  "slot": draft.wear.slot if draft.wear else "", "notes": notes, "thumb": str(thumb)}  # fmt: skip
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    print("\n".join([f"{draft.name.en}: draft {draft.id}", *(f"- {note}" for note in notes), f"- Picture: {thumb}"]))
    return 0
