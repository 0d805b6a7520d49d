"""The certification schemes, and how answers are scored under them: the names that other packages may import.

Modules of this package import each other, never this list.
"""

# Help for authors
from rubric.authoring.json_schema import schema_files
from rubric.authoring.placeholders import placeholder_text
from rubric.authoring.skeleton import MAX_INDICATORS, copy_scheme, copy_text, new_scheme, skeleton_files

# Certificates
from rubric.certificate.documents import DocumentRecord, count_documents, document_state, required_documents
from rubric.certificate.estimate import (
    AuditEstimate,
    CertificateDateEstimate,
    CertificationEstimate,
    FeeEstimate,
    estimate_certification,
)
from rubric.certificate.facts import CertificateFacts, CertificateFactsError, FactFault, check_facts
from rubric.certificate.months import add_months, anniversary
from rubric.certificate.plan import CertificatePlan, Milestone, plan_certificate
from rubric.certificate.reminder_stages import OPENS, stage_names, stage_offsets

# Schemes in folders
from rubric.check.command import check_paths
from rubric.layout import OVERLAYS_FOLDER, RESERVED_NAMES, SCHEMA_FOLDER, SHIPPED_SCHEMES, TEXT_FOLDER
from rubric.library.archive import SchemePin, restore_archived
from rubric.library.files import text_files, visible_files
from rubric.library.library import Library, NoSuchVersionError
from rubric.library.lock import lock_path, publish, version_file
from rubric.library.preload import preload_added

# Schemes, their texts, and answers
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.model.bodies import BodyProfile, BodyText, DocumentPurpose, RequiredDocument, StageActor
from rubric.model.changes import MigratedAnswers, Renumbered, VersionChange, convert_answer, migrate_answers
from rubric.model.conditions import Condition
from rubric.model.fields import IDENTIFIER_PATTERN, MarkedNumber, Source
from rubric.model.fractions import format_exact, format_rounded_down, format_rounded_up
from rubric.model.grades import GradeBand
from rubric.model.indicators import Group, Indicator, IndicatorType, Requirement
from rubric.model.lifecycle import Lifecycle, ReminderStages
from rubric.model.profile import CountedFigure, EligibilityQuestion, LimitRule
from rubric.model.scheme import OVERLAY_SEPARATOR, Scheme, base_scheme_id
from rubric.model.texts import LOCALE_PATTERN, EligibilityText, SchemeText

# Overlays
from rubric.overlays.library import composed_name, split_scheme_name
from rubric.overlays.model import Overlay
from rubric.overlays.weights import PointsFaultsError, build_points_overlay, points_overlay_texts, read_points

# Files and their faults
from rubric.parsing.document import YamlValue, read_document
from rubric.parsing.expectations import describe_allowed
from rubric.parsing.faults import FaultsFoundError, escape_unprintable, quote_short

# Scores and grades
from rubric.scoring.crosswalk import CarriedAnswer, Crosswalk, carry_answers, shared_evidence
from rubric.scoring.diff import Difference, describe_answer_changes, differences, text_differences
from rubric.scoring.improvements import Improvement, NextGrade, higher_grades, most_valuable_line, next_grade
from rubric.scoring.indicator_scores import required_count
from rubric.scoring.plausibility import check_plausibility
from rubric.scoring.score import keep_supported_answers, score, unasked_indicators
from rubric.scoring.scorecard import FAIL, IndicatorScore, Scorecard, ScoreReason

# Answer sheets
from rubric.sheets.reader import SheetFaultsError, read_sheet

__all__ = [
    "FAIL",
    "IDENTIFIER_PATTERN",
    "LOCALE_PATTERN",
    "MAX_INDICATORS",
    "OPENS",
    "OVERLAYS_FOLDER",
    "OVERLAY_SEPARATOR",
    "RESERVED_NAMES",
    "SCHEMA_FOLDER",
    "SHIPPED_SCHEMES",
    "TEXT_FOLDER",
    "Answer",
    "AnswerSheet",
    "AuditEstimate",
    "BodyProfile",
    "BodyText",
    "CarriedAnswer",
    "CertificateDateEstimate",
    "CertificateFacts",
    "CertificateFactsError",
    "CertificatePlan",
    "CertificationEstimate",
    "Condition",
    "CountedFigure",
    "Crosswalk",
    "Difference",
    "DocumentPurpose",
    "DocumentRecord",
    "EligibilityQuestion",
    "EligibilityText",
    "FactFault",
    "FaultsFoundError",
    "FeeEstimate",
    "GradeBand",
    "Group",
    "Improvement",
    "Indicator",
    "IndicatorScore",
    "IndicatorType",
    "Library",
    "Lifecycle",
    "LimitRule",
    "MarkedNumber",
    "Met",
    "MigratedAnswers",
    "Milestone",
    "NextGrade",
    "NoSuchVersionError",
    "NotApplicable",
    "Overlay",
    "PointsFaultsError",
    "ReminderStages",
    "Renumbered",
    "RequiredDocument",
    "Requirement",
    "Sampled",
    "Scheme",
    "SchemePin",
    "SchemeText",
    "ScoreReason",
    "Scorecard",
    "SheetFaultsError",
    "Source",
    "SpecialDeduction",
    "StageActor",
    "Unmet",
    "VersionChange",
    "YamlValue",
    "add_months",
    "anniversary",
    "base_scheme_id",
    "build_points_overlay",
    "carry_answers",
    "check_facts",
    "check_paths",
    "check_plausibility",
    "composed_name",
    "convert_answer",
    "copy_scheme",
    "copy_text",
    "count_documents",
    "describe_allowed",
    "describe_answer_changes",
    "differences",
    "document_state",
    "escape_unprintable",
    "estimate_certification",
    "format_exact",
    "format_rounded_down",
    "format_rounded_up",
    "higher_grades",
    "keep_supported_answers",
    "lock_path",
    "migrate_answers",
    "most_valuable_line",
    "new_scheme",
    "next_grade",
    "placeholder_text",
    "plan_certificate",
    "points_overlay_texts",
    "preload_added",
    "publish",
    "quote_short",
    "read_document",
    "read_points",
    "read_sheet",
    "required_count",
    "required_documents",
    "restore_archived",
    "schema_files",
    "score",
    "shared_evidence",
    "skeleton_files",
    "split_scheme_name",
    "stage_names",
    "stage_offsets",
    "text_differences",
    "text_files",
    "unasked_indicators",
    "version_file",
    "visible_files",
]
