"""The steps of the conversation: one for each class in a module of `dialogs.steps` that names a state."""

from importlib import import_module
from pkgutil import walk_packages

from dialogs import steps
from dialogs.steps.base import STEP_CLASSES, Step


def _load_steps() -> dict[str, Step]:
    for module in walk_packages(steps.__path__, f"{steps.__name__}."):
        import_module(module.name)
    return {state: step() for state, step in STEP_CLASSES.items()}


STEPS = _load_steps()
