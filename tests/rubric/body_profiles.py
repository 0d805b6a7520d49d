"""A certification body that differs from the default one, and its folder as a consultant would keep it."""

from pathlib import Path

from rubric.library.library import Library

QUICK = """\
id: quick
lifecycle:
  suspension: {revoked_after_months: 3, source: body}
  recertification: {stands_for_last_surveillance: yes, source: body}
stages:
  - {id: application, who: enterprise, working_days: {at_least: 2, at_most: 4}, source: body}
  - {id: document_review, who: body, working_days: {at_least: 3, at_most: 5}, source: memory}
  - {id: audit, who: body, working_days: {at_least: 1, at_most: 2}, source: body}
  - {id: corrective_actions, who: enterprise, limit_days: 15, source: body}
  - {id: decision, who: body, working_days: {at_least: 4, at_most: 9}, source: body}
  - {id: certificate, who: body, source: body}
audit_modes: [on_site]
audit_days:
  bands:
    - {up_to: 10, days: 1}
    - {up_to: 100, days: 2.5}
    - {days: 7}
  drawn: all
  per_outlet: 0.1
  source: body
fees: {at_least: 6000, source: body, per_day: {at_least: 1500.5, at_most: 3000, source: memory}}
duration: {at_least: 2, at_most: 4, source: memory}
materials:
  - {id: licence, for: [application, surveillance], expires: yes, source: body}
  - {id: seller_permit, for: [application], trades: [retail, medical], trades_source: proposed, source: body}
  - {id: room, for: [application, remote], source: body}
  - {id: chart, for: [application], indicators: [5.1.1.1, 5.1.1.2], source: body}
"""

WORDS = """\
body: quick
locale: en
source: proposed
title: The quick body
refused_if: ["Not registered."]
stages:
  application: {title: Application, what: "Hand it in."}
  document_review: {title: Review, what: "The body reads."}
  audit: {title: Audit, what: "The body comes."}
  corrective_actions: {title: Corrective actions, what: "Put it right."}
  decision: {title: Decision, what: "The body decides."}
  certificate: {title: Certificate, what: "It is issued."}
materials:
  licence: {title: Licence, shows: "In force."}
  seller_permit: {title: Permit, shows: "In force."}
  room: {title: Room, shows: "A camera."}
  chart: {title: Chart, shows: "Who heads what."}
"""


class Profile:
    """`bodies/quick.yaml` with its words in a folder of schemes, complete and right, for a test to edit."""

    def __init__(self, root: Path, name: str = "quick") -> None:
        self.root, self.name = root, name
        self.path = root / "bodies" / f"{name}.yaml"
        (root / "bodies" / name / "text").mkdir(parents=True)
        self.path.write_text(QUICK.replace("id: quick", f"id: {name}", 1), encoding="utf-8")
        self.write_words()

    def words(self, locale: str = "en") -> Path:
        return self.root / "bodies" / self.name / "text" / f"{locale}.yaml"

    def write_words(self, locale: str = "en") -> None:
        text = WORDS.replace("body: quick", f"body: {self.name}").replace("locale: en", f"locale: {locale}")
        self.words(locale).write_text(text, encoding="utf-8")

    def library(self) -> Library:
        return Library.from_folders([self.root])
