"""The names of the files and folders in a folder of schemes."""

import re
from pathlib import Path

SHIPPED_SCHEMES = Path(__file__).parent / "schemes"
"""The folder of the schemes that come with the program."""
TEXT_FOLDER = "text"
BODIES_FOLDER = "bodies"
OVERLAYS_FOLDER = "overlays"
CROSSWALKS_FOLDER = "crosswalks"
SCHEMA_FOLDER = "schema"
RESERVED_NAMES = (BODIES_FOLDER, CROSSWALKS_FOLDER, SCHEMA_FOLDER, OVERLAYS_FOLDER, TEXT_FOLDER)
"""Names of folders that cannot be the id of a scheme."""
VERSION_FILE = re.compile(r"([1-9][0-9]{0,5})\.yaml")
