"""JSON Schemas of the files that authors write, for their editors: completion, help and the first mistakes.

`xingping rubric check` is what counts. It reads every scalar as the text that was typed, while an editor's YAML sees
numbers and booleans: the schemas take whatever `check` takes, in either form.
"""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from rubric.authoring.help import full_help
from rubric.library.version_texts import VersionText
from rubric.model.bodies import BodyProfile, BodyText
from rubric.model.fields import SWITCH_WORDS
from rubric.model.lifecycle import Lifecycle
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.overlays.model import Overlay
from rubric.overlays.texts import OverlayText
from rubric.scoring.crosswalk import Crosswalk

MODELS: dict[str, type[BaseModel]] = {
    "scheme": Scheme,
    "text": SchemeText,
    "body": BodyProfile,
    "body-text": BodyText,
    "crosswalk": Crosswalk,
    "version-text": VersionText,
    "overlay": Overlay,
    "overlay-text": OverlayText,
}
DIALECT = "http://json-schema.org/draft-07/schema#"  # the one that editors know best


def editor_line(path: str) -> str:
    """Return the comment by which an editor finds the schema of a file; the path is relative to the file."""
    return f"# yaml-language-server: $schema={path}"


def schema_files() -> dict[str, str]:
    """Return the content of the schema files by file name."""
    return {
        f"{name}.json": json.dumps(build_schema(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in MODELS.items()
    }


def build_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a file with a `model`."""
    found = model.model_json_schema(schema_generator=_SchemaGenerator)
    if model in (BodyProfile, Overlay):
        found["properties"]["lifecycle"] |= _partial_lifecycle(found["$defs"])
    return {"$schema": DIALECT, **found}


def _partial_lifecycle(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a life cycle in which every figure may be left out."""
    whole = Lifecycle.model_json_schema(schema_generator=_SchemaGenerator)
    definitions |= {
        name: _without_required(part) for name, part in whole["$defs"].items() if name != "Source"
    }
    return {"properties": whole["properties"], "additionalProperties": False}


def _without_required(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "required"}


class _SchemaGenerator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        if "description" in found:
            found["description"] = " ".join(found["description"].split())
        for key, inner in found.get("properties", {}).items():
            inner["description"] = full_help(schema["cls"], key)
        return found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema without null: an optional key is left out, and an empty value is a fault."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        if "default" in found and found["default"] in (None, [], {}):
            del found["default"]
        return found

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"enum": [*SWITCH_WORDS, True, False]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        limits = {"minimum": schema.get("ge"), "maximum": schema.get("le")}
        return {"type": ["integer", "string"], "pattern": "^[0-9]+$"} | _without_none(limits)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        limits = {"minimum": schema.get("ge"), "maximum": schema.get("le")}
        exact = {name: None if limit is None else int(limit) for name, limit in limits.items()}
        return {"type": ["number", "string"], "pattern": "^[0-9]*[.]?[0-9]*$"} | _without_none(exact)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Allow numbers and booleans as well: an editor reads `5.1` and `2024` as numbers and `no` as a boolean."""
        found = super().str_schema(schema)
        found.pop("description", None)
        types = ["string", "number"] if "pattern" in found else ["string", "number", "boolean"]
        return {**found, "type": types}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        expected = schema["expected"]
        return {"enum": [*expected, *(str(each) for each in expected if not isinstance(each, str))]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        values = schema.get("values_schema")
        found: JsonSchemaValue = {"type": "object"}
        return found if values is None else found | {"additionalProperties": self.generate_inner(values)}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        found = super().tagged_union_schema(schema)
        found.pop("discriminator", None)
        return found


def _without_none(limits: dict[str, Any]) -> dict[str, Any]:
    return {name: limit for name, limit in limits.items() if limit is not None}
