"""What is kept: mapped classes, one file a tab.

Instances leave ``models`` detached and are for reading; only ``models.services`` writes.
"""

from models.records.accountability import AccountabilityCase, Disposition, Measure, Party
from models.records.base import Base, Record, fields_of, plain, values_of
from models.records.documents import Attachment, Document, DocumentRecord
from models.records.fields import Field
from models.records.findings import Finding
from models.records.history import Change, ImportedRow, UpdateNote
from models.records.office import Campaign, Office, Person, Site, Unit
from models.records.openings import OpeningFigures
from models.records.peers import Package, Peer, Receipt
from models.records.rectification import Extension, Feedback, Plan, Recheck, Transfer, Verification
from models.records.reference_data import Draft, Holiday, Phrase, Sequence, Term
from models.records.teams import Inspection, Member, Shift, Team, Visit

RECORDS: dict[str, type[Record]] = {
    record.__tablename__: record
    for record in (
        Office, Campaign, Unit, Person, Site, OpeningFigures,
        Team, Member, Shift, Inspection, Visit,
        Finding, Plan, Feedback, Verification, Extension, Recheck, Transfer,
        AccountabilityCase, Party, Disposition, Measure,
        Document, DocumentRecord, Attachment,
        Peer, Package, Receipt,
        Phrase, Term, Holiday, Sequence, Draft,
    )
}  # fmt: skip
"""Every record class by its table's name."""

__all__ = [
    "RECORDS", "AccountabilityCase", "Attachment", "Base", "Campaign", "Change", "Disposition",
    "Document", "DocumentRecord", "Draft", "Extension", "Feedback", "Field", "Finding", "Holiday",
    "ImportedRow", "Inspection", "Measure", "Member", "Office", "OpeningFigures", "Package", "Party", "Peer", "Person",
    "Phrase", "Plan", "Receipt", "Recheck", "Record", "Sequence", "Shift", "Site", "Team", "Term", "Transfer", "Unit",
    "UpdateNote", "Verification", "Visit", "fields_of", "plain", "values_of",
]  # fmt: skip
