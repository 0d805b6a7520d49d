"""Certificates: their facts, the plan of audits and reminders, the documents, an estimate."""
